"""The demonstration authority: wholly made up, and made through the same actions that people use."""
