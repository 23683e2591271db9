"""Phone numbers as people read them out."""

from __future__ import annotations

import phonenumbers


def spoken(value: str) -> str:
    """Return `+31612345678` as `06 12345678`; a number from abroad keeps its country; other text stays."""
    if not value.startswith("+"):
        return value
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return value
    dutch = number.country_code == 31
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if dutch else form.INTERNATIONAL)
