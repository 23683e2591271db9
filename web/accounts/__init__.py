"""Who may come in: users and their sessions, keys of systems, and how often somebody may knock."""
