"""The access log's one door: what an answer told of others is noted while it is made, and written before it leaves.

The only thing that reading a page writes. An answer whose reading cannot be written does not leave.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from django.apps import apps
from django.db import transaction

from amont.disclosure.models import Consent, Inspected, Reading
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.viewer import Viewer


class NobodyNotes(RuntimeError):
    """Facts of others were given out where no answer notes what it tells: a defect in the code, never the user's."""


class Channel(StrEnum):
    """By what a fact was read."""

    PAGE = "page"
    FILE = "file"
    API = "api"


@dataclass(slots=True)
class Told:
    """What one answer told of one owner: items by name, items in full (keys), documents (public ids)."""

    named: set[int] = field(default_factory=set)
    full: set[int] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    @property
    def digest(self) -> str:
        """Return what is the same for the same facts, and for them alone."""
        text = f"{sorted(self.named)}{sorted(self.full)}{sorted(self.documents)}"
        return blake2b(text.encode(), digest_size=16).hexdigest()


Notes = dict[int, dict[int, Told]]
"""By reader, then by owner: keys of organizations."""

_notes: ContextVar[Notes | None] = ContextVar("notes", default=None)


@contextmanager
def noting() -> Iterator[Notes]:
    """Note what is told inside the block; giving out facts of others anywhere else raises `NobodyNotes`."""
    notes: Notes = defaultdict(lambda: defaultdict(Told))
    mark = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(mark)


def note(
    viewer: Viewer, *, owner: int, named: Iterable[int] = (), full: Iterable[int] = (), documents: Iterable[str] = ()
) -> None:
    """Note that the viewer is told facts of an owner: its items by name, in full, and documents.

    What an organization reads of its own is not noted. Raises `NobodyNotes` where no answer notes.
    """
    notes = _notes.get()
    if notes is None:
        raise NobodyNotes
    if owner == viewer.organization_id:
        return
    told = notes[viewer.organization_id][owner]
    told.named.update(named)
    told.full.update(full)
    told.documents.update(documents)


def write(notes: Mapping[int, Mapping[int, Told]], channel: Channel) -> None:
    """Write what an answer told, before it leaves: a line for each owner, once in an hour for the same facts.

    Raises what the database raises: the answer must not leave then.
    """
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    for reader, owners in notes.items():
        _write(reader, owners, channel, hour)


def _write(reader: int, owners: Mapping[int, Told], channel: Channel, hour: datetime) -> None:
    with transaction.atomic(), unsealed("what a reader was told is written for those who own it"):
        lines = Reading.objects.filter(reader_id=reader, hour=hour, channel=channel)
        there = set(lines.values_list("owner_id", "digest"))
        found = {(owner, told.digest): told for owner, told in owners.items()}
        new = {key: told for key, told in found.items() if key not in there}
        known = _known_to(reader) if new else frozenset()
        Reading.objects.bulk_create(
            (
                Reading(
                    owner_id=owner,
                    reader_id=reader,
                    is_known=owner in known,
                    hour=hour,
                    channel=channel,
                    named=sorted(told.named),
                    full=sorted(told.full),
                    documents=sorted(told.documents),
                    digest=digest,
                )
                for (owner, digest), told in new.items()
            ),
            ignore_conflicts=True,
        )


def write_inspected(inspection: int, *, owner: int, person: int, items: Iterable[int]) -> None:
    """Write what a person is about to be shown under an inspection (keys), once in an hour for the same items."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    with transaction.atomic(), unsealed("what was looked at under an inspection is written for its owner"):
        Inspected.objects.bulk_create(
            (
                Inspected(owner_id=owner, inspection_id=inspection, person_id=person, hour=hour, item_id=item)
                for item in items
            ),
            ignore_conflicts=True,
        )


def _known_to(reader: int) -> frozenset[int]:
    """Return the owners that know the reader: it buys from them, or asked them under its name."""
    links = apps.get_model("chain.Link").objects.filter(buyer_id=reader, status="accepted")
    asked = Consent.objects.filter(asker_id=reader)
    return frozenset({*links.values_list("supplier_id", flat=True), *asked.values_list("owner_id", flat=True)})
