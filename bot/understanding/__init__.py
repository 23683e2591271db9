"""Understands what payers write back: ``understand(text, context, now=...)`` gives a Reading."""

from bot.understanding.reading import (
    HALF,
    REST,
    About,
    Ask,
    Context,
    Intent,
    Plight,
    Reading,
    Share,
    Span,
    Told,
    TwoParts,
)
from bot.understanding.understand import understand

__all__ = [
    "HALF",
    "REST",
    "About",
    "Ask",
    "Context",
    "Intent",
    "Plight",
    "Reading",
    "Share",
    "Span",
    "Told",
    "TwoParts",
    "understand",
]
