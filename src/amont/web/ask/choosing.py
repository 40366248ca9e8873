"""Which lines are asked about, of whom: what a page offers, and what was chosen on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from amont.requests.facts import LineAsked, LineToAsk

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Firm:
    """A supplier of the own book with the lines that it was not asked about yet, as (value, name)."""

    contact: str
    name: str
    lines: tuple[tuple[str, str], ...]
    chosen: bool

    @property
    def first(self) -> str:
        """Return the names of a few of its lines."""
        names = [name for _value, name in self.lines[:SHOWN]]
        return ", ".join(names) + (" …" if len(self.lines) > SHOWN else "")


def firms(lines: Iterable[LineToAsk], contacts: Sequence[tuple[str, str]], *, chosen: frozenset[str]) -> list[Firm]:
    """Return the suppliers that may be asked something new, by name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        for contact in line.contacts:
            if contact not in line.asked:
                found.setdefault(contact, []).append((f"{line.item}:{contact}", line.name))
    return [
        Firm(contact, name, tuple(found[contact]), contact in chosen) for contact, name in contacts if contact in found
    ]


@dataclass(frozen=True, slots=True)
class Offer:
    """All that a new request may be about; `narrow` where it was begun for certain lines."""

    firms: tuple[Firm, ...]
    alone: tuple[LineToAsk, ...]
    contacts: tuple[tuple[str, str], ...]
    chosen: frozenset[str]
    narrow: bool


def offered(
    lines: Sequence[LineToAsk], contacts: Sequence[tuple[str, str]], *, chosen: frozenset[str], narrow: bool
) -> Offer:
    """Return what a page offers; begun for certain lines, those whose supplier is not known yet stand apart."""
    alone = tuple(line for line in lines if narrow and not set(line.contacts) - set(line.asked))
    return Offer(tuple(firms(lines, contacts, chosen=chosen)), alone, tuple(contacts), chosen, narrow)


def chosen_lines(posted: QueryDict, lines: Sequence[LineToAsk]) -> list[LineAsked]:
    """Return the lines chosen: one by one ("line" as item:contact), or all new ones of a supplier ("contact")."""
    contacts = frozenset(posted.getlist("contact"))
    known = {f"{line.item}:{contact}" for line in lines for contact in line.contacts if contact not in line.asked}
    picked = [value for value in posted.getlist("line") if ":" in value]
    of_firms = [value for value in sorted(known) if value.partition(":")[2] in contacts]
    alone = [f"{item}:{contact}" for item in posted.getlist("item") if (contact := posted.get("supplier", ""))]
    return [
        LineAsked(item, contact, posted.get(f"reference:{item}:{contact}", ""))
        for item, _colon, contact in (value.partition(":") for value in dict.fromkeys([*picked, *of_firms, *alone]))
    ]
