"""Looking for rows of one's own book that may be one."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from django.db import transaction

from amont.catalogue import may
from amont.catalogue.actions.imports import note_alike
from amont.catalogue.matching import firms as firm_rules
from amont.catalogue.matching.firms import FirmWriting
from amont.catalogue.matching.pairs import Pair, firm_pairs, site_pairs
from amont.catalogue.matching.sites import prepared
from amont.catalogue.models import Site
from amont.catalogue.read.imports import import_of, undo_of
from amont.catalogue.sites import writing
from amont.catalogue.tracing import Trace
from amont.chain.models import Alike, ClaimedPlace, Contact
from amont.chain.read import book, sites
from amont.disclosure.guard import Owned
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

MOST_PAIRS = 500
MOST_AT_ONCE = 1_000
"""More new rows than this in one file are compared after it is in, by the worker."""
CHUNK = 500
TRACED: Mapping[str, type[Owned]] = {"contact": Contact, "place": ClaimedPlace, "site": Site}


def is_long(viewer: Viewer) -> bool:
    """Tell whether comparing the whole own book takes longer than a page may: then the worker does it."""
    rows = sum(model.objects.filter(owner_id=viewer.organization_id).count() for model in TRACED.values())
    return rows > MOST_AT_ONCE


def look_for_alike(viewer: Viewer) -> int:
    """Look through the whole own book for rows that may be one, and return how many pairs are new. Raises `Denied`."""
    may.write(viewer)
    found = _new_pairs(viewer)
    with transaction.atomic():
        _keep(found)
        ledger.append(viewer, "look_for_alike", detail={"new": len(found)})
    return len(found)


def propose(viewer: Viewer, touched: AbstractSet[str]) -> int:
    """Keep the pairs of the own book that may be one, of which one is touched; return how many are new.

    What its owner said to be two stays so. Part of the acts that bring data, inside their transaction.
    """
    return _keep(_new_pairs(viewer, touched)) if touched else 0


def propose_new(viewer: Viewer, trace: Trace) -> int | None:
    """Do so for the firms and sites that a file has just added, as its trace says; None: too many to do it at once.

    Then `propose_of_import` does it afterwards.
    """
    if sum(len(trace.added[table].keys) for table in TRACED if table in trace.added) > MOST_AT_ONCE:
        return None
    return propose(viewer, _touched(trace))


def propose_of_import(viewer: Viewer, public_id: str) -> None:
    """Keep the pairs of which an import added one, and note in its report how many they are; once, in one ledger line.

    What is compared holds no lock; only the pairs are written in a transaction. Raises `NotKnown`, `Denied`.
    """
    may.write(viewer)
    packed = undo_of(viewer, public_id)
    if not import_of(viewer, public_id).report.get("alike_later"):
        return
    found = _new_pairs(viewer, _touched(Trace.of(packed))) if packed else []
    with transaction.atomic():
        if note_alike(viewer, public_id, len(found)):
            _keep(found)
            ledger.append(viewer, "look_for_alike", about=public_id, detail={"new": len(found)})


def _touched(trace: Trace) -> set[str]:
    touched: set[str] = set()
    for table, model in TRACED.items():
        keys = trace.added[table].keys if table in trace.added else []
        for start in range(0, len(keys), CHUNK):
            rows: Any = model.objects
            touched |= set(rows.filter(pk__in=keys[start : start + CHUNK]).values_list("public_id", flat=True))
    return touched


def _new_pairs(viewer: Viewer, touched: AbstractSet[str] | None = None) -> list[Alike]:
    known = {(row.kind, row.one, row.other) for row in Alike.objects.filter(owner_id=viewer.organization_id)}
    return [
        Alike(
            owner_id=viewer.organization_id,
            kind=kind,
            one=one,
            other=other,
            score=round(100 * verdict.score),
            reasons=[{"code": each.code, "said": dict(each.said), "weight": each.weight} for each in verdict.reasons],
        )
        for kind, pairs in _found(viewer, touched)
        for one, other, verdict in pairs[:MOST_PAIRS]
        if (kind, one, other) not in known
    ]


def _keep(pairs: Sequence[Alike]) -> int:
    Alike.objects.bulk_create(pairs, batch_size=200, ignore_conflicts=True)  # another may have found the same at once
    return len(pairs)


def _found(viewer: Viewer, touched: AbstractSet[str] | None) -> Iterable[tuple[str, list[Pair]]]:
    book_firms = {
        each.contact: firm_rules.prepared(
            FirmWriting(each.name, each.country, each.registry_id, each.group, each.email)
        )
        for each in book.all_contacts(viewer)
    }
    yield "firm", firm_pairs(book_firms, touched)
    standing = sites.standing(viewer)
    named = {each.site: prepared(writing(each)) for each in standing if each.contact and each.name}
    yield "place", site_pairs(named, touched)
    yield "site", site_pairs({each.site: prepared(writing(each)) for each in standing if not each.contact}, touched)
