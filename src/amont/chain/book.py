"""Rules of one's own book: when two writings are one firm, and what a file would change. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from amont.catalogue.rules import Outcome, Refusal
from amont.chain.facts_book import ContactDraft
from amont.kernel.folding import folded

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
    """The firms of a book, by key, and by name alone."""

    keys: set[FirmKey] = field(default_factory=set)
    countries: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, keys: Iterable[FirmKey]) -> "Book":
        """Make a book of these keys."""
        book = cls()
        for key in keys:
            book.add(key)
        return book

    def add(self, key: FirmKey) -> None:
        """Write a firm into the book."""
        if key not in self.keys:
            self.keys.add(key)
            self.countries.setdefault(key[0], []).append(key[1])

    def match(self, key: FirmKey) -> tuple[FirmKey, ...]:
        """Return the firms that a writing may mean: none for a new one, several where it does not say which.

        The same name and country; a writing without a country means any firm of that name; a firm in the book
        without a country is meant by a writing with one, which completes it.
        """
        if key in self.keys:
            return (key,)
        countries = self.countries.get(key[0], [])
        if not key[1]:
            return tuple((key[0], country) for country in sorted(countries))
        return ((key[0], ""),) if "" in countries else ()

    def move(self, old: FirmKey, new: FirmKey) -> None:
        """Give a firm its country."""
        self.keys.discard(old)
        self.countries[old[0]].remove(old[1])
        self.add(new)


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
    fill_only: bool = False,
    ids: Mapping[str, FirmKey] | None = None,
) -> list[PlannedContact]:
    """Return what each draft comes to against the book; `ids` are the keys of its firms by public id.

    Fields that differ are updated (with `fill_only` only those that the book leaves empty are set). Two rows of one
    file that contradict each other: the later is refused. Applied once, the same drafts come to "unchanged".
    """
    stands = {key: dict(fields) for key, fields in existing.items()}
    state = _State(stands, Book.of(existing), fill_only, ids or {})
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
        meant = self.book.match(key)
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
        self.book.add(key)
        self.first[key] = row
        return PlannedContact(row, key, Outcome.ADDED, dict(said))

    def _change(self, known: FirmKey, start: FirmKey, changes: Mapping[str, str]) -> None:
        now = self.firms[known]
        now.update(changes)
        if "country" in changes and known[1] != changes["country"]:
            new = (known[0], changes["country"])
            self.firms[new] = self.firms.pop(known)
            self.book.move(known, new)
            self.origin[new] = start
