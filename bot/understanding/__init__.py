"""Understands what payers write back: ``understand(text, context, now=...)`` gives a Reading."""

from bot.understanding.reading import Ask, Context, Intent, Plight, Reading, Span
from bot.understanding.understand import understand

__all__ = ["Ask", "Context", "Intent", "Plight", "Reading", "Span", "understand"]
