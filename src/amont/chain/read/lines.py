"""What a file of lines with suppliers would change; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amont.catalogue.facts import LineDraft
from amont.catalogue.models import Item
from amont.catalogue.read.lines import lines_planned
from amont.catalogue.rules import Outcome, Planned, key_of
from amont.chain.book import FirmKey, PlannedContact
from amont.chain.facts_book import SupplierDraft
from amont.chain.models import Contact, Input, Source
from amont.chain.read.book import contacts_planned
from amont.kernel.viewer import Viewer

Pair = tuple[str, FirmKey]
"""(line's key, firm's key): a firm as a source of a line."""


@dataclass(frozen=True, slots=True)
class LinesOutcome:
    """What a file of lines comes to: outcome and clashing row (or 0) by row, and how much it adds around."""

    outcomes: Mapping[int, Outcome]
    clashes: Mapping[int, int]
    firms_added: int
    sources_added: int


@dataclass(frozen=True, slots=True)
class LinesPlan:
    """What is to be written: firms, new sources with their references, references to fill in, by (line, firm)."""

    lines: list[Planned]
    firms: list[PlannedContact]
    new_sources: Mapping[Pair, str]
    filled: Mapping[Pair, str]


def lines_brought_planned(
    viewer: Viewer, drafts: Sequence[LineDraft], suppliers: Mapping[int, SupplierDraft]
) -> tuple[LinesPlan, LinesOutcome]:
    """Return what the file would change among the viewer's lines, book and sources, and how that counts."""
    plan = lines_planned(viewer, drafts)
    good = [each for each in plan if each.outcome is not Outcome.REFUSED and each.row in suppliers]
    firms = contacts_planned(viewer, [suppliers[each.row].firm for each in good], fill_only=True)
    standing = _standing(viewer)
    fresh: dict[Pair, str] = {}
    filled: dict[Pair, str] = {}
    sourced: set[int] = set()
    for line, firm in zip(good, firms, strict=True):
        pair, reference = (line.key, firm.key), suppliers[line.row].supplier_reference
        target = filled if pair in standing else fresh
        if pair not in standing and pair not in fresh:
            fresh[pair] = reference
        elif reference and not (fresh.get(pair) or filled.get(pair) or standing.get(pair)):
            target[pair] = reference
        else:
            continue
        sourced.add(line.row)
    firm_changed = {line.row for line, firm in zip(good, firms, strict=True) if firm.changes}
    outcomes = {each.row: _outcome(each, sourced | firm_changed) for each in plan}
    added = sum(each.outcome is Outcome.ADDED for each in firms)
    clashes = {each.row: each.clash for each in plan if each.clash}
    return LinesPlan(plan, firms, fresh, filled), LinesOutcome(outcomes, clashes, added, len(fresh))


def _outcome(each: Planned, touched: set[int]) -> Outcome:
    return Outcome.UPDATED if each.outcome is Outcome.UNCHANGED and each.row in touched else each.outcome


def _standing(viewer: Viewer) -> dict[Pair, str]:
    owner = viewer.organization_id
    items = Item.objects.filter(owner_id=owner).values_list("pk", "reference", "name")
    lines = {pk: key_of(reference, name) for pk, reference, name in items}
    inputs = dict(Input.objects.filter(owner_id=owner, name="").values_list("pk", "item_id"))
    firms = {pk: (name, country) for pk, name, country in Contact.objects.values_list("pk", "folded", "country")}
    rows = Source.objects.filter(owner_id=owner, contact_id__isnull=False)
    return {
        (lines[inputs[entry]], firms[contact]): reference
        for entry, contact, reference in rows.values_list("input_id", "contact_id", "supplier_reference")
        if entry in inputs and contact is not None
    }
