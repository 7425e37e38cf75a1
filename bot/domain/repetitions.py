"""The same words twice: a second wish, or a second press of Enter?"""

from __future__ import annotations

import hashlib
from datetime import timedelta

SAME_TYPED = timedelta(seconds=60)
"""Within this time the same words by the same person are taken for a repetition: they are asked first."""


def digest(words: object) -> str:
    """What tells the same words again without keeping them."""
    return hashlib.sha256(repr(words).encode()).hexdigest()
