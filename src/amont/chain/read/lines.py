"""What a file of lines with suppliers would change; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amont.catalogue.facts import LineDraft
from amont.catalogue.read.lines import Known, known, lines_planned
from amont.catalogue.rules import Outcome, Planned, Refusal
from amont.chain.book import FirmKey, PlannedContact
from amont.chain.facts_book import SupplierDraft
from amont.chain.models import Contact, Input, Source
from amont.chain.read.book import contacts_planned
from amont.kernel.viewer import Viewer

Pair = tuple[str, FirmKey]
"""(line's key, firm's key): a firm as a source of a line."""
_NONE = (0, "")


@dataclass(frozen=True, slots=True)
class LinesOutcome:
    """What a file of lines comes to: outcome by row, why rows do not go in, and how much it adds around.

    A refusal is (why, the row that it contradicts or 0).
    """

    outcomes: Mapping[int, Outcome]
    refusals: Mapping[int, tuple[Refusal, int]]
    firms_added: int
    sources_added: int


@dataclass(frozen=True, slots=True)
class LinesPlan:
    """What is to be written: lines, firms, new sources with their references, references to fill in.

    Sources are by (line, firm), with the row that speaks of them first; `stands` are the own lines as they were.
    """

    stands: Known
    lines: list[Planned]
    firms: list[PlannedContact]
    new_sources: Mapping[Pair, tuple[int, str]]
    filled: Mapping[Pair, tuple[int, str]]


def lines_brought_planned(
    viewer: Viewer, drafts: Sequence[LineDraft], suppliers: Mapping[int, SupplierDraft]
) -> tuple[LinesPlan, LinesOutcome]:
    """Return what the file would change among the viewer's lines, book and sources, and how that counts."""
    stands = known(viewer)
    plan = lines_planned(viewer, drafts, among=stands)
    good = [each for each in plan if each.outcome is not Outcome.REFUSED and each.row in suppliers] if suppliers else []
    named = [suppliers[each.row].firm for each in good]
    firms = contacts_planned(viewer, named, fill_only=True) if named else []
    standing = _standing(viewer, stands) if named else {}
    fresh: dict[Pair, tuple[int, str]] = {}
    filled: dict[Pair, tuple[int, str]] = {}
    touched: set[int] = set()
    for line, firm in zip(good, firms, strict=True):
        pair, reference = (line.key, firm.key), suppliers[line.row].supplier_reference
        if firm.changes:
            touched.add(line.row)
        if pair not in standing and pair not in fresh:
            fresh[pair] = (line.row, reference)
        elif reference and not (fresh.get(pair, _NONE)[1] or filled.get(pair, _NONE)[1] or standing.get(pair)):
            (filled if pair in standing else fresh)[pair] = (line.row, reference)
        else:
            continue
        touched.add(line.row)
    outcomes = {each.row: each.outcome for each in plan}
    outcomes |= {row: Outcome.UPDATED for row in touched if outcomes[row] is Outcome.UNCHANGED}
    added = sum(each.outcome is Outcome.ADDED for each in firms)
    refusals = {each.row: (each.refusal, each.clash) for each in plan if each.refusal is not None}
    whole = LinesPlan(stands, plan, firms, fresh, filled)
    return whole, LinesOutcome(outcomes, refusals, added, len(fresh))


def _standing(viewer: Viewer, stands: Known) -> dict[Pair, str]:
    owner = viewer.organization_id
    lines = {pk: key for key, pk in stands.keys.items()}
    inputs = dict(Input.objects.filter(owner_id=owner, name="").values_list("pk", "item_id"))
    firms = {pk: (name, country) for pk, name, country in Contact.objects.values_list("pk", "folded", "country")}
    rows = Source.objects.filter(owner_id=owner, contact_id__isnull=False)
    return {
        (lines[inputs[entry]], firms[contact]): reference
        for entry, contact, reference in rows.values_list("input_id", "contact_id", "supplier_reference")
        if entry in inputs and contact is not None
    }
