"""Doors for machines: verify, store, answer; the worker does the rest."""
