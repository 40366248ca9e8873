"""Erasing an organization: all that no law and nobody else's record keeps, its keys first; the ledger stays whole."""

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from amont.catalogue.models import ColumnsChosen, FormerFacts, Import, Item, Site
from amont.chain.models import (
    Alike,
    ClaimedPath,
    ClaimedPlace,
    Contact,
    Input,
    Invitation,
    InvitationKey,
    Link,
    Merge,
    RequestMark,
)
from amont.consortia.models import Participation
from amont.disclosure.models import Consent, Grant, Inspected, Inspection, MoreAsked, Reading
from amont.disclosure.unsealed import unsealed
from amont.evidence.actions import shred
from amont.evidence.models import Certificate, Document, FormerSchemes
from amont.insight.models import SavedFilter, Visit
from amont.kernel import clock
from amont.kernel.errors import Denied, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import ColleagueInvitation, Membership, Organization, Person, Token
from amont.post.models import Hook, Mail
from amont.purchasing.models import (
    Adhesion,
    Agreement,
    Ballot,
    Baseline,
    Mandate,
    Need,
    Participant,
    Quote,
    QuoteRequest,
)
from amont.requests.models import Answer, ColleagueAsked, Draft, Recognized, Release, Request, RequestLine

GONE = "—"
"""Stands where the name of an erased organization, item or contact stood."""
_WHOLE = (
    *(
        Document,
        FormerSchemes,
        Certificate,
        FormerFacts,
        ColumnsChosen,
        Draft,
        Answer,
        ColleagueAsked,
        Release,
        Recognized,
        Import,
        SavedFilter,
        Need,
        Quote,
        QuoteRequest,
        Baseline,
        Visit,
        Alike,
        Merge,
    ),
    *(ClaimedPath, ClaimedPlace, Input, Grant, Consent, MoreAsked, Reading, Inspected, Inspection, InvitationKey),
)
"""Tables of which all of an owner's rows go, in this order: nobody else's record leans on them."""


def erase(viewer: Viewer, *, typed: str) -> None:
    """Erase the viewer's organization for good. `typed`: its name, written out by who confirms.

    Its documents can be read no more, in no backup either; what others see of it ends at once. Raises `Denied` but to
    an administrator, `Refused` at "typed" for another name, and at "" for the only coordinator of a consortium.
    """
    if not viewer.may_administer:
        raise Denied(_("Only an administrator of your organization may do this."))
    with transaction.atomic(), unsealed("an administrator erases its own organization"):
        row = Organization.objects.select_for_update().get(pk=viewer.organization_id)
        if typed.strip() != row.name:
            raise Refused({"typed": [_("Type the name of your company exactly as it stands here.")]})
        if _coordinates_alone(row):
            raise Refused(_("Your company alone coordinates a consortium. Let another one coordinate it first."))
        erase_again(row)


def erase_again(row: Organization) -> None:
    """Erase an organization, unsealed, in the transaction of the act; twice changes nothing more."""
    shred(row.pk)
    _overwrite()
    _end_links(row.pk)
    for table in _WHOLE:
        table._default_manager.filter(owner_id=row.pk).delete()  # noqa: SLF001 - Django's public name for it
    _blank_requests(row.pk)
    _blank_items(row.pk)
    _blank_book(row.pk)
    _let_people_go(row.pk)
    Hook.objects.filter(organization_id=row.pk).delete()
    Token.objects.filter(organization_id=row.pk).delete()
    Participation.objects.filter(organization_id=row.pk).delete()
    _end_buying(row.pk)
    ledger.erase_lines(row.pk)
    ledger.append(None, "erase_organization", about=row.public_id, network=True)
    row.name, row.registry_id, row.country = GONE, "", ""
    row.checked_by = Organization.Check.NONE
    row.save(update_fields=["name", "registry_id", "country", "checked_by"])


def _coordinates_alone(row: Organization) -> bool:
    mine = Participation.objects.filter(organization_id=row.pk, is_coordinator=True).values_list(
        "consortium_id", flat=True
    )
    others = Participation.objects.filter(consortium_id__in=mine, is_coordinator=True).exclude(organization_id=row.pk)
    return set(mine) != set(others.values_list("consortium_id", flat=True))


def _overwrite() -> None:
    """Let a database in a file overwrite what is deleted from now on, and write its log back once all is committed."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
    transaction.on_commit(_write_back)


def _write_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _end_links(organization: int) -> None:
    """End every link of the organization: nobody's walk passes it any more. The other side keeps that there was one."""
    links = Link.objects.filter(Q(buyer_id=organization) | Q(supplier_id=organization))
    keys = list(links.values_list("pk", flat=True))
    RequestMark.objects.filter(link_id__in=keys).update(status=RequestMark.Status.CLOSED)
    links.update(status=Link.Status.ENDED)
    Link.objects.filter(buyer_id=organization).update(reference="")


def _blank_requests(organization: int) -> None:
    """Take its words out of what it asked and answered; that something was asked is the other side's record too."""
    open_ones = (RequestLine.Status.OPEN, RequestLine.Status.ACCEPTED)
    asked = RequestLine.objects.filter(Q(asker_id=organization) | Q(supplier_id=organization), status__in=open_ones)
    asked.update(status=RequestLine.Status.CANCELLED)
    RequestLine.objects.filter(asker_id=organization).update(reference=GONE)
    RequestLine.objects.filter(supplier_id=organization).update(reason="")
    Request.objects.filter(asker_id=organization).update(message="", asked_by=None)
    Release.objects.filter(reader_id=organization).update(review_note="", ended_at=clock.now())


def _blank_items(organization: int) -> None:
    """Drop its items, and blank those that an ended link still names; its sites go with them."""
    mine = Item.objects.filter(owner_id=organization)
    linked = set(Link.objects.filter(buyer_id=organization).values_list("buyer_item_id", flat=True))
    linked |= set(Link.objects.filter(supplier_id=organization).values_list("supplier_item_id", flat=True))
    said = dict.fromkeys(("reference", "inci", "material", "hs_code", "family", "unit", "volume_band"), "")
    said |= dict.fromkeys(("step", "country", "chain_end"), "")
    mine.update(name=GONE, site=None, is_active=False, is_bought=False, **said)
    mine.exclude(pk__in=linked).delete()
    Site.objects.filter(owner_id=organization).delete()


def _blank_book(organization: int) -> None:
    """Drop its book and its invitations, and blank the rows that a request still names."""
    invited = Invitation.objects.filter(owner_id=organization)
    for number in invited.values_list("pk", flat=True):
        Invitation.objects.filter(pk=number).update(email=f"erased-{number}@erased.invalid", cancelled_at=clock.now())
    asked = Request.objects.filter(asker_id=organization)
    invited.exclude(pk__in=asked.exclude(invitation=None).values_list("invitation_id", flat=True)).delete()
    book, leaning = Contact.objects.filter(owner_id=organization), set(asked.values_list("contact_id", flat=True))
    leaning |= set(Invitation.objects.filter(owner_id=organization).values_list("contact_id", flat=True))
    book.exclude(pk__in=leaning).delete()
    said = dict.fromkeys(("country", "group", "registry_id", "person", "email"), "")
    for number in book.values_list("pk", flat=True):
        Contact.objects.filter(pk=number).update(name=GONE, folded=f"erased {number}", **said)


def _end_buying(organization: int) -> None:
    """End what it buys or sells with others. Invoices and settlements stay: the other side's law keeps them."""
    Participant.objects.filter(organization_id=organization).delete()
    agreements = Agreement.objects.filter(Q(owner_id=organization) | Q(supplier_id=organization), closed_at=None)
    agreements.update(closed_at=clock.now())
    Ballot.objects.filter(organization_id=organization, mandate__closes_at__gt=clock.now()).delete()
    led = Mandate.objects.filter(lead_id=organization)
    led.filter(withdrawn_at=None, last_on__gte=clock.today()).update(withdrawn_at=clock.now())
    led.update(pay="", reason="")
    mine = Adhesion.objects.filter(owner_id=organization)
    mine.filter(ends_on=None).update(ends_on=clock.today())
    mine.update(sites=[])


def _let_people_go(organization: int) -> None:
    """End all access; who acts for no other organization is nobody from now on."""
    ColleagueInvitation.objects.filter(organization_id=organization).delete()
    members = list(Membership.objects.filter(organization_id=organization).values_list("person_id", flat=True))
    Membership.objects.filter(organization_id=organization).delete()
    for person in Person.objects.filter(pk__in=members, memberships=None):
        EmailAddress.objects.filter(user=person).delete()
        Mail.objects.filter(Q(to=person.email) | Q(reply_to=person.email)).delete()
        person.email, person.name, person.is_active = f"{person.public_id}@erased.invalid", "", False
        person.set_unusable_password()
        person.save(update_fields=["email", "name", "is_active", "password"])
