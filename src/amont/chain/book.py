"""Rules of one's own book: when two writings are one firm, and what a file would change. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from amont.catalogue.matching import names
from amont.catalogue.matching.firms import NEAR_ENOUGH
from amont.catalogue.rules import Outcome, Refusal
from amont.chain.facts_book import ContactDraft
from amont.kernel.folding import folded
from amont.kernel.identifiers import firm_number

FIELDS = ("name", "country", "group", "registry_id", "person", "email", "language")
FILLED = ("country", "group", "registry_id", "person", "email", "language")
LONGEST = 200
_written = attrgetter(*FIELDS)

FirmKey = tuple[str, str]
"""(folded name, country): what a firm is recognized by."""


def firm_key(name: str, country: str) -> FirmKey:
    """Return what a firm is recognized by; a name of signs alone stands for itself."""
    return (folded(name) or name.strip())[:LONGEST], country


@dataclass(slots=True)
class Book:
    """The firms of a book, by key, by the writings that were merged into them, by bare name and by registry number."""

    keys: set[FirmKey] = field(default_factory=set)
    by_name: dict[str, dict[str, FirmKey]] = field(default_factory=dict)
    by_bare: dict[FirmKey, set[FirmKey]] = field(default_factory=dict)
    by_number: dict[str, set[FirmKey]] = field(default_factory=dict)
    moved: dict[FirmKey, FirmKey] = field(default_factory=dict)

    @classmethod
    def of(cls, firms: Mapping[FirmKey, Mapping[str, str]], aliases: Mapping[FirmKey, FirmKey] | None = None) -> "Book":
        """Make a book of these firms; `aliases` are writings that stand for one of them since a merge."""
        book = cls()
        for key, fields in firms.items():
            book.add(key, fields)
        for alias, key in (aliases or {}).items():
            book.by_name.setdefault(alias[0], {}).setdefault(alias[1], key)
        return book

    def add(self, key: FirmKey, fields: Mapping[str, str]) -> None:
        """Write a firm into the book."""
        self.keys.add(key)
        self.by_name.setdefault(key[0], {})[key[1]] = key
        self.by_bare.setdefault((bare_name(key[0]), key[1]), set()).add(key)
        self.number(key, fields.get("registry_id", ""))

    def number(self, key: FirmKey, registry_id: str) -> None:
        """Keep a firm's registry number."""
        if number := firm_number(registry_id):
            self.by_number.setdefault(number, set()).add(key)

    def match(self, key: FirmKey, registry_id: str = "") -> tuple[FirmKey, ...]:
        """Return the firms that a writing may mean: none for a new one, several where it does not say which.

        The same name and country; a writing without a country means any firm of that name; a firm in the book
        without a country is meant by a writing with one, which completes it. Else a firm of a near name that bears
        the same registry number; else the one firm of that country whose name is the same but for a legal form.
        """
        named = self.by_name.get(key[0], {})
        if key[1] in named:
            return self._now([named[key[1]]])
        if named and not key[1]:
            return self._now(named.values())
        if "" in named and self._now([named[""]])[0][1] in ("", key[1]):
            return self._now([named[""]])
        return self._by_number(key, registry_id) or self._by_bare(key)

    def _by_number(self, key: FirmKey, registry_id: str) -> tuple[FirmKey, ...]:
        found = self._now(self.by_number.get(firm_number(registry_id), ())) if registry_id else ()
        near = [each for each in found if {each[1], key[1]} & {""} or each[1] == key[1]]
        return tuple(near) if len(near) == 1 and is_near(near[0][0], key[0]) else ()

    def _by_bare(self, key: FirmKey) -> tuple[FirmKey, ...]:
        found = [each for each in self._now(self.by_bare.get((bare_name(key[0]), key[1]), ())) if each[1] == key[1]]
        return tuple(found) if len(found) == 1 and same_but_form(found[0][0], key[0]) else ()

    def move(self, old: FirmKey, new: FirmKey) -> None:
        """Give a firm its country."""
        self.keys.discard(old)
        self.keys.add(new)
        self.moved[old] = new
        self.by_name[old[0]].pop(old[1], None)
        self.by_name.setdefault(new[0], {})[new[1]] = new
        self.by_bare.setdefault((bare_name(new[0]), new[1]), set()).add(new)

    def _now(self, keys: Iterable[FirmKey]) -> tuple[FirmKey, ...]:
        """Return these firms under the keys that they have now."""
        found = set()
        for each in keys:
            key = each
            while key in self.moved:
                key = self.moved[key]
            found.add(key)
        return tuple(sorted(found))


def bare_name(name: str) -> str:
    """Return a folded name without its legal form, abbreviations written out; with its numbers."""
    found = names.name(name)
    return " ".join((*found.words, *sorted(found.numbers)))


def same_but_form(one: str, other: str) -> bool:
    """Tell whether two names are one but for a legal form that only one of them has."""
    here, there = names.name(one), names.name(other)
    found = names.likeness(here, there)
    if not found.same_order or here.numbers != there.numbers or here.contrasts != there.contrasts:
        return False
    return here.weight >= 1 and not found.legal_differs


def is_near(one: str, other: str) -> bool:
    """Tell whether two names are near enough for the same registry number to make them one firm."""
    found = names.likeness(names.name(one), names.name(other))
    return found.value >= NEAR_ENOUGH or found.within


@dataclass(frozen=True, slots=True)
class PlannedContact:
    """What one draft comes to; `key` is that of the firm in the book before (or as added), `changes` what it sets.

    A refused one contradicts row `clash`, is unclear (the book has several firms of that name), or `refusal` says why:
    an id that is none of the book's, or a name that another firm of the book has.
    """

    row: int
    key: FirmKey
    outcome: Outcome
    changes: Mapping[str, str]
    clash: int = 0
    is_unclear: bool = False
    refusal: Refusal | None = None


def planned_contacts(
    existing: Mapping[FirmKey, Mapping[str, str]],
    drafts: Sequence[ContactDraft],
    *,
    aliases: Mapping[FirmKey, FirmKey] | None = None,
    fill_only: bool = False,
    ids: Mapping[str, FirmKey] | None = None,
) -> list[PlannedContact]:
    """Return what each draft comes to against the book; `ids` are the keys of its firms by public id.

    `aliases` are writings that were merged into a firm before.
    Fields that differ are updated (with `fill_only` only those that the book leaves empty are set). Two rows of one
    file that contradict each other: the later is refused. Applied once, the same drafts come to "unchanged".
    """
    stands = {key: dict(fields) for key, fields in existing.items()}
    state = _State(stands, Book.of(existing, aliases), fill_only, ids or {})
    return [state.plan(draft) for draft in drafts]


@dataclass(slots=True)
class _State:
    firms: dict[FirmKey, dict[str, str]]
    book: Book
    fill_only: bool
    ids: Mapping[str, FirmKey]
    origin: dict[FirmKey, FirmKey] = field(default_factory=dict)
    first: dict[FirmKey, int] = field(default_factory=dict)

    again: dict[tuple[str, ...], PlannedContact] = field(default_factory=dict)

    def plan(self, draft: ContactDraft) -> PlannedContact:
        """Return what a draft comes to; of suppliers that stand on many rows the first does all."""
        if not self.fill_only:
            return self._of_id(draft) if draft.public_id else self._plan(draft)
        same = _written(draft)
        known = self.again.get(same)
        if known is not None:
            return known
        found = self._plan(draft)
        self.again[same] = replace(found, outcome=Outcome.UNCHANGED, changes={})
        return found

    def _of_id(self, draft: ContactDraft) -> PlannedContact:
        start = self.ids.get(draft.public_id)
        if start is None:
            key = firm_key(draft.name, draft.country)
            return PlannedContact(draft.row, key, Outcome.REFUSED, {}, refusal=Refusal.UNKNOWN_ID)
        known = next((now for now, first in self.origin.items() if first == start), start)
        now = self.firms[known]
        said = {name: value for name in FIELDS if (value := str(getattr(draft, name)))}
        changes = {name: value for name, value in said.items() if now.get(name, "") != value}
        moved = firm_key(said.get("name", now["name"]), said.get("country", now.get("country", "")))
        if moved != known and moved in self.book.keys:
            return PlannedContact(draft.row, start, Outcome.REFUSED, {}, refusal=Refusal.TAKEN)
        if start in self.first and any(now.get(name) for name in changes):
            return PlannedContact(draft.row, start, Outcome.REFUSED, {}, clash=self.first[start])
        self.first.setdefault(start, draft.row)
        now.update(changes)
        if moved != known:
            self.firms[moved] = self.firms.pop(known)
            self.book.move(known, moved)
            self.origin.pop(known, None)
            self.origin[moved] = start
        return PlannedContact(draft.row, start, Outcome.UPDATED if changes else Outcome.UNCHANGED, changes)

    def _plan(self, draft: ContactDraft) -> PlannedContact:
        key = firm_key(draft.name, draft.country)
        said = {name: value for name in FIELDS if (value := str(getattr(draft, name)))}
        meant = self.book.match(key, draft.registry_id)
        if not meant:
            return self._add(draft.row, key, said)
        if len(meant) > 1:
            return self._unclear(draft.row, meant, said)
        known = meant[0]
        now, start = self.firms[known], self.origin.get(known, known)
        changes = {name: value for name, value in said.items() if name in FILLED and now.get(name, "") != value}
        against = {name for name in changes if now.get(name)}
        if self.fill_only:
            changes = {name: value for name, value in changes.items() if name not in against}
        elif against and start in self.first:
            return PlannedContact(draft.row, start, Outcome.REFUSED, {}, clash=self.first[start])
        self.first.setdefault(start, draft.row)
        self._change(known, start, changes)
        return PlannedContact(draft.row, start, Outcome.UPDATED if changes else Outcome.UNCHANGED, changes)

    def _unclear(self, row: int, meant: Sequence[FirmKey], said: Mapping[str, str]) -> PlannedContact:
        """Take the first of several firms that holds all that is said; where none does, nobody knows which is meant."""
        told = {name: value for name, value in said.items() if name in FILLED}
        fitting = [each for each in meant if all(self.firms[each].get(name) == value for name, value in told.items())]
        start = self.origin.get((fitting or meant)[0], (fitting or meant)[0])
        outcome = Outcome.UNCHANGED if fitting or self.fill_only else Outcome.REFUSED
        return PlannedContact(row, start, outcome, {}, is_unclear=outcome is Outcome.REFUSED)

    def _add(self, row: int, key: FirmKey, said: dict[str, str]) -> PlannedContact:
        self.firms[key] = said
        self.book.add(key, said)
        self.first[key] = row
        return PlannedContact(row, key, Outcome.ADDED, dict(said))

    def _change(self, known: FirmKey, start: FirmKey, changes: Mapping[str, str]) -> None:
        now = self.firms[known]
        now.update(changes)
        self.book.number(known, changes.get("registry_id", ""))
        if "country" in changes and known[1] != changes["country"]:
            new = (known[0], changes["country"])
            self.firms[new] = self.firms.pop(known)
            self.book.move(known, new)
            self.origin[new] = start
