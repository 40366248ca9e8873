"""Which lines are asked about, of whom: what a page offers, and what was chosen on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from amont.requests.facts import FirmToAsk, LineAsked, LineToAsk
from amont.web.shell.templatetags.ui import in_country

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Firm:
    """A supplier of the own book with the lines that it was not asked about yet, as (value, name)."""

    contact: str
    name: str
    lines: tuple[tuple[str, str], ...]
    chosen: bool
    needs_address: bool

    @property
    def first(self) -> str:
        """Return the names of a few of its lines."""
        names = [name for _value, name in self.lines[:SHOWN]]
        return ", ".join(names) + (" …" if len(self.lines) > SHOWN else "")


@dataclass(frozen=True, slots=True)
class Offer:
    """All that a new request may be about; `narrow` where it was begun for certain lines.

    `alone` are lines for which a supplier is still to be named: the one that the page was opened for, or any.
    `lines` and `supplied` count all lines looked at, and those with a known supplier, asked or not. `families` are
    those of the lines that may be asked about; `family` the one that was chosen: "" all of them, None that none was.
    """

    firms: tuple[Firm, ...]
    alone: tuple[LineToAsk, ...]
    contacts: tuple[FirmToAsk, ...]
    chosen: frozenset[str]
    narrow: bool
    lines: int = 0
    supplied: int = 0
    families: tuple[str, ...] = ()
    family: str | None = None

    @property
    def needs_address(self) -> bool:
        """Tell whether the supplier for which the page was opened has no address yet."""
        return any(each.contact in self.chosen and not each.email for each in self.contacts)


def offered(
    lines: Sequence[LineToAsk], contacts: Sequence[FirmToAsk], *, chosen: frozenset[str], narrow: bool
) -> Offer:
    """Return what a page offers; begun for certain lines and one supplier, that supplier alone."""
    alone = tuple(line for line in lines if narrow and _is_alone(line, chosen))
    found: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        for contact in line.contacts:
            if contact not in line.asked and (not narrow or not chosen or contact in chosen):
                found.setdefault(contact, []).append((f"{line.item}:{contact}", line.name))
    firms = tuple(_firm(each, found[each.contact], chosen) for each in contacts if each.contact in found)
    supplied = sum(bool(line.contacts) for line in lines)
    return Offer(firms, alone, tuple(contacts), chosen, narrow, len(lines), supplied)


def families_of(lines: Sequence[LineToAsk]) -> tuple[str, ...]:
    """Return the families (codes) of the lines that have a supplier not asked yet."""
    return tuple(sorted({line.family for line in lines if line.family and set(line.contacts) - set(line.asked)}))


def of_family(lines: Sequence[LineToAsk], family: str | None) -> Sequence[LineToAsk]:
    """Return the lines of a family, all where none is chosen."""
    return [line for line in lines if line.family == family] if family else lines


def reachable(lines: Sequence[LineToAsk], contacts: Sequence[FirmToAsk]) -> frozenset[str]:
    """Return the suppliers of these lines whom one can write to: all are chosen where a family is."""
    supply = {contact for line in lines for contact in line.contacts}
    return frozenset(each.contact for each in contacts if each.email and each.contact in supply)


def _firm(each: FirmToAsk, lines: Sequence[tuple[str, str]], chosen: frozenset[str]) -> Firm:
    name = in_country(each.name, each.country)
    return Firm(each.contact, name, tuple(lines), each.contact in chosen, not each.email)


def _is_alone(line: LineToAsk, chosen: frozenset[str]) -> bool:
    if chosen:
        return not chosen & set(line.contacts)
    return not set(line.contacts) - set(line.asked)


def chosen_lines(posted: QueryDict, lines: Sequence[LineToAsk]) -> list[LineAsked]:
    """Return the lines chosen: one by one ("line" as item:contact), or all new ones of a supplier ("contact")."""
    contacts = frozenset(posted.getlist("contact"))
    known = {f"{line.item}:{contact}" for line in lines for contact in line.contacts if contact not in line.asked}
    picked = [value for value in posted.getlist("line") if ":" in value]
    of_firms = [value for value in sorted(known) if value.partition(":")[2] in contacts]
    alone = [f"{item}:{contact}" for item in posted.getlist("item") if (contact := posted.get("supplier", ""))]
    return [
        LineAsked(
            item,
            contact,
            reference=posted.get(f"reference:{item}:{contact}", ""),
            email=posted.get(f"email:{contact}", "") or (posted.get("supplier_email", "") if alone else ""),
            language=posted.get(f"language:{contact}", "") or posted.get("supplier_language", ""),
        )
        for item, _colon, contact in (value.partition(":") for value in dict.fromkeys([*picked, *of_firms, *alone]))
    ]
