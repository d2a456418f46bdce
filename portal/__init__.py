"""The portal: schools, officers, paper, and a trail that anyone can verify."""
