"""Invitations that were sent to another address of the viewer's own house, and may be meant for its firm."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amont.catalogue.matching import names
from amont.catalogue.matching.firms import EVERYBODYS, FirmWriting, compared, prepared
from amont.chain.facts_alike import ReasonFact
from amont.chain.models import Invitation
from amont.disclosure.concerned import house_of, is_concerned
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.parties.read import proved_address
from amont.requests.facts import Asker, PerhapsOurs, RecognizedFact
from amont.requests.models import Recognized, Request, RequestLine
from amont.requests.read.tasks import askers_of

ONE_NAME = frozenset({"same_name", "same_but_form", "same_words"})
Status = RequestLine.Status
UNTOUCHED = (Status.OPEN, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Meant:
    """An invitation that concerns the viewer's firm: key and public id, where it went, the name written, reasons."""

    key: int
    invitation: str
    address: str
    written: str
    reasons: tuple[ReasonFact, ...]


def perhaps_ours(viewer: Viewer) -> tuple[PerhapsOurs, ...]:
    """Return the waiting invitations that may be meant for the viewer's firm, by due date, each with its reasons.

    They are shown to a person whose own proved address is of the same house, under the firm's name, and to nobody
    else; who asks learns nothing of it.
    """
    found = meant(viewer)
    asked = _asked([each.key for each in found])
    shown = []
    for each in found:
        requests, lines = asked[each.key]
        references = tuple(line.reference for line in lines if line.status == Status.OPEN)
        if references:
            due = min(row.due_on for row in requests)
            asker = asked.askers[requests[0].pk]
            shown.append(PerhapsOurs(each.invitation, asker, references, due, each.address, each.written, each.reasons))
    return tuple(sorted(shown, key=lambda each: (each.due_on, each.invitation)))


def meant(viewer: Viewer) -> list[Meant]:
    """Return the waiting invitations that concern the viewer's firm and of which it said nothing yet."""
    proved, firm, house = _house(viewer)
    if not house:
        return []
    said = Recognized.objects.filter(owner_id=viewer.organization_id).values_list("invitation_id", flat=True)
    with unsealed("invitations sent into the viewer's own house, of which is_concerned gives what concerns its firm"):
        rows = Invitation.objects.filter(
            email__iendswith=f"@{house}", used_at=None, declined_at=None, cancelled_at=None, expires_at__gt=clock.now()
        )
        rows = rows.exclude(owner_id=viewer.organization_id).exclude(email__iexact=proved).exclude(pk__in=list(said))
        found = list(rows.values_list("pk", "public_id", "email", "contact__name", "contact__country"))
    own = prepared(FirmWriting(firm.name, firm.country, email=proved))
    kept = []
    for key, public_id, email, name, country in found:
        why = compared(own, prepared(FirmWriting(name, country, email=email))).reasons
        one = any(each.code in ONE_NAME for each in why) and all(each.weight > 0 for each in why)
        if is_concerned(house, sent_to=email, one_firm=one):
            reasons = tuple(ReasonFact(each.code, each.said, is_for=True) for each in why)
            kept.append(Meant(key, public_id, email, name, reasons))
    return kept


def _house(viewer: Viewer) -> tuple[str, Organization, str]:
    """Return the address that the person proved, its firm, and the house that the two show; "" where they show none."""
    proved = proved_address(viewer)
    firm = Organization.objects.get(pk=viewer.organization_id)
    return proved, firm, house_of(proved, firm=" ".join(names.name(firm.name).words), everybodys=EVERYBODYS)


def recognized(viewer: Viewer) -> tuple[RecognizedFact, ...]:
    """Return what the viewer's firm said of such invitations, the latest first; "another's" to its house alone."""
    said = Recognized.objects.filter(owner_id=viewer.organization_id).order_by("-said_at", "-pk")
    rows = list(said if _house(viewer)[2] else said.filter(is_ours=True))
    asked = _asked([row.invitation_id for row in rows])
    with unsealed("the public ids of invitations that the viewer's firm was shown"):
        ids = dict(Invitation.objects.filter(pk__in=[row.invitation_id for row in rows]).values_list("pk", "public_id"))
    found = []
    for row in rows:
        requests, lines = asked[row.invitation_id]
        if requests:
            references = tuple(line.reference for line in lines)
            may_undo = not row.is_ours or not is_touched(viewer, requests, lines)
            asker = asked.askers[requests[0].pk]
            found.append(RecognizedFact(ids[row.invitation_id], asker, references, row.is_ours, may_undo, row.said_at))
    return tuple(found)


def is_touched(viewer: Viewer, requests: Iterable[Request], lines: Iterable[RequestLine]) -> bool:
    """Tell whether something leans on what was taken up: a line answered, or something asked directly since."""
    keys = [row.pk for row in requests]
    since = Request.objects.filter(
        supplier_id=viewer.organization_id, contact_id__in={row.contact_id for row in requests}
    )
    return any(line.status not in UNTOUCHED for line in lines) or since.exclude(pk__in=keys).exists()


@dataclass(frozen=True, slots=True)
class _Asked:
    requests: Mapping[int, list[Request]]
    lines: Mapping[int, list[RequestLine]]
    askers: Mapping[int, Asker]

    def __getitem__(self, invitation: int) -> tuple[list[Request], list[RequestLine]]:
        return self.requests.get(invitation, []), self.lines.get(invitation, [])


def _asked(invitations: list[int]) -> _Asked:
    """Return what invitations ask, which concern the viewer's firm or were taken up by it."""
    by: dict[int, list[Request]] = {}
    lines: dict[int, list[RequestLine]] = {}
    if not invitations:
        return _Asked(by, lines, {})
    with unsealed("what is asked of the viewer's firm at another address"):
        requests = list(Request.objects.filter(invitation_id__in=invitations).order_by("created_at", "pk"))
        rows = list(RequestLine.objects.filter(request_id__in=[row.pk for row in requests]).order_by("pk"))
    of = {row.pk: row.invitation_id or 0 for row in requests}
    for row in requests:
        by.setdefault(row.invitation_id or 0, []).append(row)
    for line in rows:
        lines.setdefault(of[line.request_id], []).append(line)
    return _Asked(by, lines, askers_of(requests))
