"""Names made comparable, and how near two of them are. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

from amont.catalogue.matching.words import expanded, replaced, table
from amont.kernel.folding import folded

SAYS_LITTLE = 0.35
TYPO = 0.78
SHORTEST_WITH_TYPO = 5
SHORTEST_ACRONYM = 3
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_DIGIT = re.compile(r"\d")
_SQUASHED = (("ph", "f"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ck", "k"), ("sch", "s"), ("sh", "s"), ("ch", "c"))


class Numbers(StrEnum):
    """What the numbers in two names say: no number, the same, one has none (or just a 1), one has more, others."""

    NONE = "none"
    SAME = "same"
    ONE = "one"
    FIRST = "first"
    PART = "part"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """A name made comparable: its words without legal forms, and apart from them its numbers and contrasts."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    joined: str
    numbers: frozenset[str]
    contrasts: frozenset[str]
    legal: frozenset[str]
    initials: str
    key: str
    inside: "tuple[Name, ...]" = ()

    @property
    def weight(self) -> float:
        """Return how much the words say together."""
        return sum(self.weights)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near two names are: `value` 0 to 1; whether the one stands within the other; what tells them apart."""

    value: float
    within: bool
    numbers: Numbers
    contrast: bool
    legal_differs: bool
    same_words: bool
    same_order: bool


@lru_cache(maxsize=65_536)
def name(written: str) -> Name:
    """Return a name made comparable; what stands in brackets is left out of it and kept as names of their own."""
    plain = anyascii(written)
    inside: list[str] = []

    def taken(found: re.Match[str]) -> str:
        said = folded(found[1])
        if not said or _tells_units(said):
            return f" {found[1]} "
        inside.append(said)
        return " "

    base = _BRACKETS.sub(taken, plain)
    if not folded(base):
        base, inside = plain, []
    return _name(base, tuple(_name(each, ()) for each in inside))


def _tells_units(said: str) -> bool:
    return any(word in table("unit") or word in table("roman") or _DIGIT.search(word) for word in said.split())


def _name(text: str, inside: tuple[Name, ...]) -> Name:
    tokens = _glued(folded(text).split())
    tokens, legal = replaced(tokens, table("legal"))
    tokens = expanded(tokens or folded(text).split(), table("short"))
    words, numbers = _numbers(tokens)
    words = replaced(words, table("kind"))[0] or words
    weights = tuple(_weight(word) for word in words)
    contrasts = frozenset(code for word in words if (code := table("contrast").get(word)))
    joined = "".join(words)
    return Name(
        words=tuple(words),
        weights=weights,
        joined=joined,
        numbers=frozenset(numbers),
        contrasts=contrasts,
        legal=frozenset(legal) - {"the", "group", "co"},
        initials="".join(word[0] for word in words),
        key=squashed(joined),
        inside=inside,
    )


def _glued(tokens: Sequence[str]) -> list[str]:
    """Return the tokens with runs of single letters in one: "s a r l" is "sarl"."""
    found: list[str] = []
    run = ""
    for token in (*tokens, "  "):
        if len(token) == 1 and token.isalpha():
            run += token
            continue
        if run:
            found.append(run)
            run = ""
        found.append(token)
    return found[:-1]


def _numbers(tokens: Sequence[str]) -> tuple[list[str], set[str]]:
    words: list[str] = []
    numbers: set[str] = set()
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else ""
        number = _number(token, before, is_last=at == len(tokens) - 1)
        if number and (at or len(tokens) > 1):
            numbers.add(number)
        elif not (token in table("unit") and _is_unit_mark(tokens, at)):
            words.append(token)
    return (words or list(tokens)), numbers


def _is_unit_mark(tokens: Sequence[str], at: int) -> bool:
    return bool(at + 1 < len(tokens) and _number(tokens[at + 1], tokens[at], is_last=at + 2 == len(tokens)))


def _number(token: str, before: str, *, is_last: bool) -> str:
    if token.isdigit():
        return token.lstrip("0") or "0"
    if _DIGIT.search(token):
        return token
    roman = table("roman").get(token)
    if roman and before and (len(token) > 1 or is_last or before in table("unit")):
        return roman
    if before in table("unit") and (len(token) == 1 or token in table("number")):
        return table("number").get(token, token)
    if before and is_last and len(token) == 1:
        return token
    return table("number").get(token, "") if before and is_last else ""


def _weight(word: str) -> float:
    if word in table("generic") or word in table("contrast"):
        return SAYS_LITTLE
    return 0.5 if len(word) < 3 else 1.0  # noqa: PLR2004 - words of one or two letters say less


@lru_cache(maxsize=65_536)
def squashed(word: str) -> str:
    """Return a word as it may sound: letters that languages write differently made one, doubled ones single."""
    for written, heard in _SQUASHED:
        word = word.replace(written, heard)
    word = word.replace("y", "i").replace("w", "v").replace("z", "s").replace("q", "k")
    return "".join(letter for at, letter in enumerate(word) if not at or word[at - 1] != letter)


@lru_cache(maxsize=262_144)
def _near(one: str, other: str) -> float:
    """Return how near two words are, 0 where they are not."""
    if one == other:
        return 1.0
    if squashed(one) == squashed(other):
        return 0.95
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 4 and longer.startswith(shorter):  # noqa: PLR2004 - "indust" for "industries"
        return 0.85
    if len(shorter) < SHORTEST_WITH_TYPO:
        return 0.0
    found: float = OSA.normalized_similarity(one, other, score_cutoff=TYPO)
    return found


def likeness(one: Name, other: Name) -> Likeness:
    """Return how near two names are; what stands in brackets counts where it brings them nearer."""
    pairs = [(one, other), *((each, other) for each in one.inside), *((one, each) for each in other.inside)]
    pairs += [(_with(one, each), other) for each in one.inside] + [(one, _with(other, each)) for each in other.inside]
    if one.inside and other.inside:
        pairs += [(_with(one, one.inside[0]), _with(other, other.inside[0]))]
    found = [_likeness(*pair) for pair in pairs]
    best = max(found, key=lambda each: (round(each.value, 3), each.numbers is not Numbers.OTHER))
    told = found[0]
    if one.inside and other.inside and one.inside != other.inside and told.value > TYPO:
        mismatch = max(_likeness(a, b).value for a in one.inside for b in other.inside) < TYPO
        return _lowered(best) if mismatch else best
    return best


def _lowered(found: Likeness) -> Likeness:
    return replace(found, value=min(found.value, 0.75), contrast=True, same_words=False, same_order=False)


@lru_cache(maxsize=16_384)
def _with(base: Name, inside: Name) -> Name:
    words = base.words + inside.words
    joined = "".join(words)
    return Name(
        words,
        base.weights + inside.weights,
        joined,
        base.numbers | inside.numbers,
        base.contrasts | inside.contrasts,
        base.legal | inside.legal,
        "".join(word[0] for word in words),
        squashed(joined),
    )


def _likeness(one: Name, other: Name) -> Likeness:
    matched, rest_one, rest_other = _aligned(one, other)
    total = one.weight + other.weight
    dice = 2 * matched / total if total else 0.0
    least = min(one.weight, other.weight)
    whole = 0.0
    if one.joined and other.joined:
        whole = 1.0 if one.key == other.key else OSA.normalized_similarity(one.joined, other.joined)
    both_have_own = rest_one >= 1 and rest_other >= 1
    value = max(dice, whole) if not both_have_own else min(max(dice, whole), max(0.7, whole))
    value = max(value, _acronym(one, other))
    return Likeness(
        value=min(value, 1.0),
        within=bool(least >= 1 and matched >= 0.9 * least and abs(one.weight - other.weight) > 0.1),  # noqa: PLR2004
        numbers=_numbers_say(one.numbers, other.numbers),
        contrast=bool(one.contrasts - other.contrasts and other.contrasts - one.contrasts),
        legal_differs=bool(one.legal and other.legal and not one.legal & other.legal),
        same_words=sorted(one.words) == sorted(other.words) or one.key == other.key,
        same_order=one.words == other.words or one.key == other.key,
    )


def _aligned(one: Name, other: Name) -> tuple[float, float, float]:
    """Return the weight of words that stand in both, and of those that only the one, only the other has."""
    free = list(range(len(other.words)))
    matched = rest = 0.0
    for at, word in enumerate(one.words):
        best, where = 0.0, -1
        for position in free:
            near = _near(word, other.words[position])
            if near > best:
                best, where = near, position
        if where < 0:
            rest += one.weights[at]
            continue
        free.remove(where)
        matched += best * (one.weights[at] + other.weights[where]) / 2
    return matched, rest, sum(other.weights[position] for position in free)


def _acronym(one: Name, other: Name) -> float:
    """Return 0.9 where one name is the initials of the other, 0 elsewhere."""
    for short, long in ((one, other), (other, one)):
        if (
            len(short.words) == 1
            and len(short.words[0]) >= SHORTEST_ACRONYM
            and len(long.words) == len(short.words[0])
            and long.initials == short.words[0]
        ):
            return 0.88
    return 0.0


def _numbers_say(one: frozenset[str], other: frozenset[str]) -> Numbers:
    if not one and not other:
        return Numbers.NONE
    if one == other:
        return Numbers.SAME
    if not one or not other:
        return Numbers.FIRST if one | other == {"1"} else Numbers.ONE
    return Numbers.PART if one < other or other < one else Numbers.OTHER


def keys(names: Iterable[Name]) -> Iterator[str]:
    """Give the words by which names that may be one are brought together: starts of their telling words, the whole."""
    for each in names:
        for found in (each, *each.inside):
            if found.key:
                yield f"={found.key[:6]}"
            for word, weight in zip(found.words, found.weights, strict=True):
                if weight >= 1:
                    yield squashed(word)[:5]
            if len(found.words) >= SHORTEST_ACRONYM:
                yield f"={squashed(found.initials)[:6]}"
