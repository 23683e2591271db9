"""The machine side of the phones: what is on them, and what their owners do."""
