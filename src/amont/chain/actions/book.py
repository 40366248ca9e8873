"""Finding or writing firms of one's own book, many at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from amont.chain.book import firm_key
from amont.chain.facts_inputs import SourceValues
from amont.chain.models import Contact
from amont.kernel.viewer import Viewer


@dataclass(slots=True)
class Firms:
    """The firms of one's own book that some sources may mean, by key and by public id."""

    by_key: dict[tuple[str, str], Contact] = field(default_factory=dict)
    by_id: dict[str, Contact] = field(default_factory=dict)

    def of(self, values: SourceValues) -> Contact | None:
        """Return the firm that a source means, None if there is none."""
        return (
            self.by_id.get(values.contact) if values.contact else self.by_key.get(firm_key(values.name, values.country))
        )


def write_firms(viewer: Viewer, sources: Iterable[SourceValues]) -> Firms:
    """Find the firms meant, and write those that are new into the own book; what is said anew completes the old.

    Runs in the transaction of the act, looking as `viewer`.
    """
    wanted = [each for each in sources if each.contact or each.name.strip()]
    firms = _known(viewer, wanted)
    new: dict[tuple[str, str], Contact] = {}
    changed: dict[int, Contact] = {}
    for each in wanted:
        contact, key = firms.of(each), firm_key(each.name, each.country)
        if contact is None and not each.contact:
            contact = new.setdefault(key, _new(viewer, each))
            firms.by_key[key] = contact
        elif contact is not None and _complete(contact, each) and contact.pk:
            changed[contact.pk] = contact
    Contact.objects.bulk_create(new.values())
    Contact.objects.bulk_update(changed.values(), ["email", "person", "language", "country"], batch_size=200)
    return firms


def _known(viewer: Viewer, wanted: list[SourceValues]) -> Firms:
    names = {firm_key(each.name, "")[0] for each in wanted if not each.contact}
    mine = Contact.objects.filter(owner_id=viewer.organization_id)
    firms = Firms()
    for row in mine.filter(folded__in=names):
        firms.by_key[row.folded, row.country] = row
    for row in mine.filter(public_id__in={each.contact for each in wanted if each.contact}):
        firms.by_id[row.public_id] = row
    return firms


def _new(viewer: Viewer, values: SourceValues) -> Contact:
    return Contact(
        owner_id=viewer.organization_id,
        name=values.name.strip(),
        country=values.country,
        person=values.person.strip(),
        email=values.email.strip().lower(),
        language=values.language or "en",
        folded=firm_key(values.name, "")[0],
    )


def _complete(contact: Contact, values: SourceValues) -> bool:
    """Write what is said anew onto a known firm, and tell whether anything changed."""
    before = (contact.email, contact.person, contact.language)
    contact.email = values.email.strip().lower() or contact.email
    contact.person = values.person.strip() or contact.person
    if values.email:
        contact.language = values.language or contact.language
    return before != (contact.email, contact.person, contact.language)
