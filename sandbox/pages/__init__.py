"""The sandbox's own pages for people: the bank, the clock, and a list of what is here."""
