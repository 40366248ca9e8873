"""What the list of all lines can be narrowed to, as its address says it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amont.kernel.folding import folded
from amont.sight.facts import Gap, LineSight
from amont.web.see import words


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its code, its word, how many lines it holds of all, and whether it is chosen."""

    code: str
    word: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter as a list to choose from."""

    name: str
    word: Promise
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a filter reads a line: its values there, and the word of each value."""

    word: Promise
    values: Callable[[LineSight], Iterable[str]]
    say: Callable[[str], str]


def _reached(line: LineSight) -> Iterable[str]:
    return [str(tier) for tier in range(1, line.tier + 1)] or ["0"]


def _say_tier(code: str) -> str:
    return str(_("Not traced")) if code == "0" else str(_("Tier %(tier)s or beyond") % {"tier": code})


KINDS: Mapping[str, Kind] = {
    "kind": Kind(_("Kind"), lambda line: [line.kind], lambda code: str(words.KINDS.get(code, code))),
    "family": Kind(_("Family"), lambda line: [line.family] if line.family else [], words.listed),
    "tier": Kind(_("Traced to"), _reached, _say_tier),
    "end": Kind(_("How it ends"), lambda line: line.ends, lambda code: str(words.SHORT_ENDS.get(code, code))),
    "country": Kind(_("Country in the chain"), lambda line: line.countries, words.country),
    "certificate": Kind(_("Certificate in the chain"), lambda line: line.schemes, words.listed),
    "uncertified": Kind(_("A step without a certificate"), lambda line: line.uncertified, words.listed),
    "gap": Kind(
        _("Not asked, not said"), lambda line: line.gaps, lambda code: str(words.SHORT_GAPS.get(Gap(code), code))
    ),
}


def query_of(chosen: Mapping[str, str]) -> str:
    """Return the part of an address that narrows and sorts the list as chosen, in one order, nothing else in it."""
    names = (*KINDS, "changed", "text", "sort")
    return urlencode([(name, chosen[name]) for name in names if chosen.get(name)])


def narrowed(lines: Iterable[LineSight], chosen: Mapping[str, str]) -> list[LineSight]:
    """Return the lines that answer every chosen filter, and hold each word of `text` where their chain shows it."""
    wanted = folded(chosen.get("text", "")).split()
    asked = [(kind, chosen[name]) for name, kind in KINDS.items() if chosen.get(name)]
    return [
        line for line in lines if all(code in set(kind.values(line)) for kind, code in asked) and _says(line, wanted)
    ]


def filters(lines: Iterable[LineSight], chosen: Mapping[str, str]) -> tuple[Filter, ...]:
    """Return every filter with its values, each with how many of all lines it holds."""
    found: dict[str, Counter[str]] = {name: Counter() for name in KINDS}
    for line in lines:
        for name, kind in KINDS.items():
            found[name].update(set(kind.values(line)))
    return tuple(
        Filter(name, kind.word, _choices(kind, found[name], chosen.get(name, ""))) for name, kind in KINDS.items()
    )


def _choices(kind: Kind, counts: Counter[str], chosen: str) -> tuple[Choice, ...]:
    choices = [Choice(code, kind.say(code), counts[code], code == chosen) for code in counts]
    return tuple(sorted(choices, key=lambda choice: (choice.word.casefold(), choice.code)))


def _says(line: LineSight, wanted: list[str]) -> bool:
    if not wanted:
        return True
    text = " ".join(map(_folded, line.texts))
    return all(word in text for word in wanted)


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return folded(text)
