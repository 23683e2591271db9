"""The ground floor: clock, settings, database, money, calendar and secrets. Imports nothing of ours."""
