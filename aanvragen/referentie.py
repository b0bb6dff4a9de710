"""The number under which a family and the loket know a question."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

#: Letters and digits that can't be mistaken for each other on paper or over the phone.
_TEKENS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_bron: random.Random = random.SystemRandom()


def nieuwe_referentie() -> str:
    """Eight characters in two groups, e.g. `7KQ2-M9XD`: hard to guess, easy to say aloud."""
    tekens = "".join(_bron.choices(_TEKENS, k=8))
    return f"{tekens[:4]}-{tekens[4:]}"


@contextmanager
def herhaalbaar(bron: random.Random) -> Iterator[None]:
    """Draw references from a seeded source meanwhile, so that demo data comes out the same each
    time.
    """
    global _bron  # noqa: PLW0603 -- one process fills an empty database, nothing else runs
    vorige, _bron = _bron, bron
    try:
        yield
    finally:
        _bron = vorige
