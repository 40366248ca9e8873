"""Addresses made comparable, and how near two of them are. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from amont.catalogue.matching.words import expanded, table
from amont.kernel.countries import country_code
from amont.kernel.folding import folded

_POSTAL = re.compile(r"\d{4,6}")
TYPO = 0.8
SHORTEST_WITH_TYPO = 5
WORD, NUMBER = 1.0, 0.8


@dataclass(frozen=True, slots=True)
class Address:
    """An address made comparable: its words, its numbers, and apart from them what may be a postal code."""

    words: frozenset[str]
    numbers: frozenset[str]
    postal: frozenset[str]

    @property
    def is_known(self) -> bool:
        """Tell whether it says enough to be compared."""
        return len(self.words) + len(self.numbers) > 1


@dataclass(frozen=True, slots=True)
class AddressLikeness:
    """How near two addresses are, 0 to 1; whether their house numbers agree or differ; likewise the postal codes."""

    value: float
    numbers_same: bool
    numbers_differ: bool
    postal_same: bool
    postal_differs: bool


@lru_cache(maxsize=65_536)
def address(written: str) -> Address:
    """Return an address made comparable; names of countries in it say nothing."""
    text = re.sub(r"(\d{3})[ -](\d{3})\b(?!\s*\d)", r"\1\2", folded(written))
    tokens = expanded(text.split(), table("address"))
    words, numbers, postal = set(), set(), set()
    for token in tokens:
        if _POSTAL.fullmatch(token):
            postal.add(token)
        elif any(letter.isdigit() for letter in token):
            numbers.add(token.lstrip("0") or "0")
        elif len(token) > 1 and not (len(token) > 3 and country_code(token)):  # noqa: PLR2004 - "in", "no" are words
            words.add(token)
    return Address(frozenset(words), frozenset(numbers), frozenset(postal))


@lru_cache(maxsize=65_536)
def likeness(one: Address, other: Address) -> AddressLikeness:
    """Return how near two addresses are."""
    shared = _shared(one.words, other.words) * WORD + len(one.numbers & other.numbers) * NUMBER
    sizes = [len(each.words) * WORD + len(each.numbers) * NUMBER for each in (one, other)]
    least, most = min(sizes), max(sizes)
    dice = 2 * shared / (least + most) if most else 0.0
    within = shared / least if least > 2 else 0.0  # noqa: PLR2004 - two words stand in many addresses
    return AddressLikeness(
        value=min(1.0, max(dice, 0.9 * within)),
        numbers_same=bool(one.numbers & other.numbers),
        numbers_differ=bool(one.numbers and other.numbers and not one.numbers & other.numbers),
        postal_same=bool(one.postal & other.postal),
        postal_differs=bool(one.postal and other.postal and not one.postal & other.postal),
    )


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    same = one & other
    rest = sorted(other - same)
    count = float(len(same))
    for word in sorted(one - same):
        if len(word) < SHORTEST_WITH_TYPO:
            continue
        near = [(OSA.normalized_similarity(word, each, score_cutoff=TYPO), each) for each in rest]
        best = max(near, default=(0.0, ""))
        if best[0]:
            rest.remove(best[1])
            count += best[0]
    return count
