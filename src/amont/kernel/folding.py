"""Text made comparable: without case, accents, punctuation and runs of blanks."""

import re

from anyascii import anyascii

_NEITHER = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """Return `text` in lower-case ASCII letters and digits with single blanks between words.

    "Réf. Article" gives "ref article". A text in which nothing is left (only signs) folds to "".
    """
    plain = text if text.isascii() else anyascii(text)
    return _NEITHER.sub(" ", plain.casefold()).strip()
