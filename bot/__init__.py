"""The bot: understanding what a payer writes, deciding what to do with it, and the stories of the house."""
