"""Words: what is said, how it looks on each channel, what still has to go and what came in."""
