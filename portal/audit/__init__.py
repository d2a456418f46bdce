"""What happened, provably: a transparency log of our own, in published formats."""
