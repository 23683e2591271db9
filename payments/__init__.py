"""Money: who owes what to whom, what was paid, and when to ask again."""
