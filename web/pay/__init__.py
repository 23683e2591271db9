"""The payer's page: who, how much, what for, and one button."""

from web.pay.door import room

__all__ = ["room"]
