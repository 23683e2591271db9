"""The stories of the house, one file each: the only place where money and words meet."""
