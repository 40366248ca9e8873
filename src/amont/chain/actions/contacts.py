"""Writing one's own book: firms, by hand or from a file, and which firm supplies which line."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from amont.catalogue import may
from amont.catalogue.rules import Outcome
from amont.chain.book import FIELDS, FILLED, FirmKey, PlannedContact, firm_key
from amont.chain.facts_book import ContactDraft, ContactFact
from amont.chain.models import Contact
from amont.chain.read import book as read
from amont.kernel.countries import country_code
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

CHUNK = 500
FRENCH_SPEAKING = frozenset(
    ["FR", "BE", "CH", "LU", "MC", "MA", "TN", "DZ", "SN", "CI", "MG", "CM", "BJ", "TG", "BF", "ML"]
)


def bring_contacts(viewer: Viewer, drafts: Sequence[ContactDraft]) -> list[PlannedContact]:
    """Add and update firms of the viewer's own book from a file, and return what each draft came to.

    Brought twice, the second time changes nothing. One ledger line. Raises `Denied`.
    """
    may.write(viewer)
    with transaction.atomic():
        plan, _keys = write_contacts(viewer, drafts)
        ledger.append(viewer, "bring_contacts", detail={"rows": len(drafts)}, network=any(p.changes for p in plan))
    return plan


def write_contacts(
    viewer: Viewer, drafts: Sequence[ContactDraft], *, fill_only: bool = False
) -> tuple[list[PlannedContact], dict[FirmKey, int]]:
    """Write firms into the viewer's own book; return what each draft came to and the rows' keys by planned key.

    Writes no ledger line: it is a part of the acts that bring lines, contacts and paths, inside their transaction.
    """
    may.write(viewer)
    mine = Contact.objects.select_for_update(of=("self",)).filter(owner_id=viewer.organization_id)
    rows = {(row.folded, row.country): row for row in mine}
    plan = read.contacts_planned(viewer, drafts, fill_only=fill_only)
    added: dict[FirmKey, Contact] = {}
    changed: dict[FirmKey, Contact] = {}
    for each in plan:
        row = rows.get(each.key) or added.get(each.key)
        if row is None:
            row = added[each.key] = Contact(owner_id=viewer.organization_id, folded=each.key[0])
        elif each.changes and each.key in rows:
            changed[each.key] = row
        for name, value in each.changes.items():
            setattr(row, name, value)
    for each in plan:
        if each.key in added and "language" not in each.changes and each.outcome is Outcome.ADDED:
            added[each.key].language = usual_language(added[each.key].country)
    Contact.objects.bulk_create(added.values(), batch_size=CHUNK)
    Contact.objects.bulk_update(changed.values(), FILLED, batch_size=CHUNK)
    return plan, {key: row.pk for key, row in {**rows, **added}.items()}


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
