"""Merging firms of one's own book: sources, invitations, requests and facilities follow."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from amont.chain.actions.merging import places, rows
from amont.chain.models import ClaimedPlace, Contact, Source
from amont.kernel.errors import Refused

FILLED = ("group", "registry_id", "person", "email")


def merge(firm: Contact, gone: Contact) -> rows.Kept:
    """Let one firm stand for another; return what stood before. Raises `Refused` where both were asked about a line."""
    kept: rows.Kept = {"row": rows.kept(gone), "sources": _merge_sources(firm, gone)}
    kept["places"] = _merge_places(firm, gone)
    kept["moved"] = rows.moved(Contact, gone.pk, firm.pk)
    key = gone.pk
    gone.delete()
    names = FILLED if firm.country or _is_taken(firm, gone.country) else (*FILLED, "country")
    kept["filled"] = rows.filled(firm, gone, names)
    kept["row"]["id"] = key
    return kept


def _is_taken(firm: Contact, country: str) -> bool:
    rows_of_name = Contact.objects.filter(owner_id=firm.owner_id, folded=firm.folded, country=country)
    return rows_of_name.exclude(pk=firm.pk).exists()


def _merge_sources(firm: Contact, gone: Contact) -> list[rows.Kept]:
    """Leave one source where both firms are named for one input: the one that was asked or linked."""
    stand = {row.input_id: row for row in Source.objects.filter(contact_id=firm.pk)}
    found = []
    for row in Source.objects.filter(contact_id=gone.pk).order_by("pk"):
        other = stand.get(row.input_id)
        if other is None:
            continue
        if _is_at_work(row) and _is_at_work(other):
            raise Refused(
                _("Both supply one of your lines, and both were asked about it: withdraw one of these first.")
            )
        stays, goes = (row, other) if _is_at_work(row) else (other, row)
        kept = rows.kept(goes)
        moved = rows.moved(Source, goes.pk, stays.pk)
        goes.delete()
        filled = rows.filled(stays, Source(**_plain(kept)), ("supplier_reference", "country", "step", "family"))
        found.append({"row": kept, "stays": stays.pk, "moved": moved, "filled": filled})
    return found


def _plain(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: kept[name] for name in ("supplier_reference", "country", "step", "family")}


def _is_at_work(source: Source) -> bool:
    return source.link_id is not None or source.asked_at is not None


def _merge_places(firm: Contact, gone: Contact) -> list[rows.Kept]:
    stand = {(row.folded, row.external_id): row for row in ClaimedPlace.objects.filter(contact_id=firm.pk)}
    found = []
    for row in ClaimedPlace.objects.filter(contact_id=gone.pk).order_by("pk"):
        other = stand.get((row.folded, row.external_id))
        if other is not None:
            found.append({"kept": other.public_id, "gone": row.public_id, "before": places.merge(other, row)})
    return found


def undo(firm: Contact, kept: Mapping[str, Any]) -> None:
    """Let the firm stand for itself again. Raises `Refused` where that is not possible any more."""
    row = kept["row"]
    rows.emptied(firm, kept["filled"])
    if Contact.objects.filter(owner_id=firm.owner_id, folded=row["folded"], country=row["country"]).exists():
        raise Refused(_("Your book has a firm of this name and country again: rename it first."))
    rows.again(Contact, dict(row))
    rows.moved_back(Contact, row["id"], firm.pk, kept["moved"])
    for each in reversed(kept["places"]):
        stands = ClaimedPlace.objects.filter(public_id=each["kept"]).first()
        if stands is None:
            raise Refused(_("One of its sites was merged since: undo that merge first."))
        places.undo(stands, each["before"])
    for each in kept["sources"]:
        _undo_source(each)


def _undo_source(kept: Mapping[str, Any]) -> None:
    row, stays = kept["row"], Source.objects.filter(pk=kept["stays"]).first()
    if Source.objects.filter(input_id=row["input_id"], contact_id=row["contact_id"]).exists():
        return  # named anew since
    if stays is None:
        return  # the line or its supplier was removed since
    rows.emptied(stays, kept["filled"])
    rows.again(Source, dict(row))
    rows.moved_back(Source, row["id"], stays.pk, kept["moved"])
