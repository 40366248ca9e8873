"""Writing one's own book: firms, by hand or from a file, and which firm supplies which line."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from amont.catalogue import may
from amont.catalogue.rules import Outcome
from amont.catalogue.tracing import Trace
from amont.chain.book import FIELDS, FirmKey, PlannedContact, firm_key
from amont.chain.facts_book import ContactDraft, ContactFact
from amont.chain.models import Contact
from amont.chain.read import book as read
from amont.disclosure import bulk
from amont.kernel import ids
from amont.kernel.countries import country_code
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

CHUNK = 500
FRENCH_SPEAKING = frozenset(
    ["FR", "BE", "CH", "LU", "MC", "MA", "TN", "DZ", "SN", "CI", "MG", "CM", "BJ", "TG", "BF", "ML"]
)


def bring_contacts(
    viewer: Viewer, drafts: Sequence[ContactDraft], *, trace: Trace | None = None
) -> list[PlannedContact]:
    """Add and update firms of the viewer's own book from a file, and return what each draft came to.

    Brought twice, the second time changes nothing. One ledger line. `trace` notes what is written. Raises `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        plan, _keys = write_contacts(viewer, drafts, trace=trace)
        ledger.append(viewer, "bring_contacts", detail={"rows": len(drafts)}, network=any(p.changes for p in plan))
    return plan


def write_contacts(
    viewer: Viewer, drafts: Sequence[ContactDraft], *, fill_only: bool = False, trace: Trace | None = None
) -> tuple[list[PlannedContact], dict[FirmKey, int]]:
    """Write firms into the viewer's own book; return what each draft came to and the rows' keys by planned key.

    Writes no ledger line: it is a part of the acts that bring lines, contacts and paths, inside their transaction.
    """
    may.write(viewer)
    plan = read.contacts_planned(viewer, drafts, fill_only=fill_only)
    return plan, write_planned(viewer, plan, trace=trace)


def write_planned(viewer: Viewer, plan: Sequence[PlannedContact], *, trace: Trace | None = None) -> dict[FirmKey, int]:
    """Write what drafts come to against the own book, and return the keys of all rows. Part of other acts."""
    may.write(viewer)
    mine = Contact.objects.select_for_update(of=("self",)).filter(owner_id=viewer.organization_id)
    rows = {(row.folded, row.country): row for row in mine}
    added: dict[FirmKey, dict[str, str]] = {}
    changed: dict[FirmKey, dict[str, str]] = {}
    numbers: dict[FirmKey, int] = {}
    for each in plan:
        if each.outcome is not Outcome.REFUSED and (each.changes or each.outcome is Outcome.ADDED):
            (changed if each.key in rows else added).setdefault(each.key, {}).update(each.changes)
            numbers.setdefault(each.key, each.row)
    keys = _insert(viewer, added, numbers, trace)
    _update([(rows[key], numbers[key], said) for key, said in changed.items()], trace)
    return {key: row.pk for key, row in rows.items()} | keys


def _insert(
    viewer: Viewer, added: Mapping[FirmKey, Mapping[str, str]], numbers: Mapping[FirmKey, int], trace: Trace | None
) -> dict[FirmKey, int]:
    keys, named = bulk.reserve(Contact, len(added)), ids.new_public_ids(len(added))
    usual = ({"language": usual_language(said.get("country", "")), **said} for said in added.values())
    values = [tuple([said.get(name, "") for name in FIELDS]) for said in usual]
    owner = viewer.organization_id
    whole = (
        (key, name, owner, firm[0], *said) for key, name, firm, said in zip(keys, named, added, values, strict=True)
    )
    bulk.insert(Contact, ("id", "public_id", "owner_id", "folded", *FIELDS), whole)
    if trace is not None and keys:
        trace.add("contact", keys, map(numbers.__getitem__, added), values)
    return dict(zip(added, keys, strict=True))


def _update(changed: Sequence[tuple[Contact, int, Mapping[str, str]]], trace: Trace | None) -> None:
    for row, number, said in changed:
        if trace is not None:
            trace.change("contact", row.pk, number, before={name: getattr(row, name) for name in said}, after=said)
        for name, value in said.items():
            setattr(row, name, value)
        if "name" in said:
            row.folded = firm_key(row.name, "")[0]
    names = (*FIELDS, "folded")
    bulk.update(Contact, names, [(row.pk, *(getattr(row, name) for name in names)) for row, _number, _said in changed])


def add_contact(viewer: Viewer, draft: ContactDraft) -> ContactFact:
    """Write one firm into the viewer's own book by hand. Raises `Denied`, and `Refused` at the field."""
    may.write(viewer)
    _check(viewer, draft, but="")
    with transaction.atomic():
        row = Contact.objects.create(owner_id=viewer.organization_id, **_values(draft))
        ledger.append(viewer, "add_contact", about=row.public_id, network=True)
    return read.contact(viewer, row.public_id)


def edit_contact(viewer: Viewer, public_id: str, draft: ContactDraft) -> ContactFact:
    """Set the fields of one firm of the viewer's own book; here an empty field erases.

    Raises `NotKnown`, `Denied`, and `Refused` at the field.
    """
    may.write(viewer)
    read.contact(viewer, public_id)
    _check(viewer, draft, but=public_id)
    with transaction.atomic():
        row = Contact.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
        if row is None:
            raise NotKnown
        values = _values(draft)
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save(update_fields=list(values))
            ledger.append(viewer, "edit_contact", about=public_id, network=True)
    return read.contact(viewer, public_id)


def _values(draft: ContactDraft) -> Mapping[str, str]:
    values = {name: getattr(draft, name) for name in FIELDS}
    return {**values, "language": draft.language or "fr", "folded": firm_key(draft.name, "")[0]}


def _check(viewer: Viewer, draft: ContactDraft, *, but: str) -> None:
    errors: dict[str, list[object]] = {}
    if not draft.name.strip():
        errors["name"] = [_("Give the firm a name.")]
    if draft.country and country_code(draft.country) != draft.country:
        errors["country"] = [_("Choose a country of the list.")]
    if draft.email and not is_mail(draft.email):
        errors["email"] = [_("Write one address, like name@firm.com.")]
    name, country = firm_key(draft.name, draft.country)
    same = Contact.objects.filter(owner_id=viewer.organization_id, folded=name, country=country).exclude(public_id=but)
    if folded(draft.name) and same.exists():
        errors["name"] = [_("Your book already has a firm of this name in this country.")]
    if errors:
        raise Refused(errors)


def usual_language(country: str) -> str:
    """Return the language in which to write to a firm of this country when nobody said: French or English."""
    return "fr" if not country or country in FRENCH_SPEAKING else "en"


def is_mail(written: str) -> bool:
    """Tell whether this is one mail address."""
    try:
        validate_email(written)
    except ValidationError:
        return False
    return True
