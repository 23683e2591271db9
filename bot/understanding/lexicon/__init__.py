"""The words people use, as data that anyone may read and extend."""


def words(text: str) -> frozenset[str]:
    """A set of words written one after another."""
    return frozenset(text.split())
