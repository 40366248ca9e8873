"""Doing again what was ended after a backup was made: nothing here opens, adds or names anything."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from amont.consortia.models import Participation, Seat
from amont.disclosure.models import Consent, Grant, Inspection
from amont.evidence.models import Document
from amont.keeping.erasing import erase_again
from amont.kernel.viewer import Role
from amont.ledger import actions as ledger
from amont.parties.models import ColleagueInvitation, Membership, Organization, Staff, Token
from amont.post.models import Hook


@dataclass(frozen=True, slots=True)
class Line:
    """One act of the journal: when, by which organization (key), about what (public id), as what."""

    at: datetime
    act: str
    about: str
    organization: int
    detail: Mapping[str, object]


def replay(lines: Iterable[Mapping[str, object]], *, restored: bool) -> int:
    """Do these acts again, in their order; return how many. Twice changes nothing. Runs in a transaction, unsealed.

    One ledger line says that it was done, and how many: the network counts as changed.
    """
    done = 0
    for told in lines:
        line = _line(told)
        if line.act in _ACTS:
            _ACTS[line.act](line)
            done += 1
    if restored:
        ledger.append(None, "restore", detail={"replayed": done}, network=True)
    return done


def _line(told: Mapping[str, object]) -> Line:
    organization, detail = told.get("organization"), told.get("detail")
    return Line(
        at=datetime.fromisoformat(str(told["at"])),
        act=str(told["act"]),
        about=str(told["about"]),
        organization=organization if isinstance(organization, int) else 0,
        detail=detail if isinstance(detail, dict) else {},
    )


def _end_grant(line: Line) -> None:
    Grant.objects.filter(owner_id=line.organization, public_id=line.about, revoked_at=None).update(revoked_at=line.at)


def _refuse(line: Line) -> None:
    rows = Consent.objects.filter(owner_id=line.organization, public_id=line.about)
    rows.update(said=Consent.Said.NO, said_at=line.at)


def _remove_document(line: Line) -> None:
    Document.objects.filter(owner_id=line.organization, public_id=line.about).delete()


def _remove_colleague(line: Line) -> None:
    rows = Membership.objects.filter(organization_id=line.organization, person__public_id=line.about)
    rows.filter(since_at__lte=line.at).delete()


def _change_role(line: Line) -> None:
    rows = Membership.objects.filter(organization_id=line.organization, person__public_id=line.about)
    rows.update(role=Role(str(line.detail.get("role", Role.READER))))


def _revoke_token(line: Line) -> None:
    rows = Token.objects.filter(organization_id=line.organization, public_id=line.about, revoked_at=None)
    rows.update(revoked_at=line.at)


def _drop_hook(line: Line) -> None:
    rows = Hook.objects.filter(organization_id=line.organization, public_id=line.about, dropped_at=None)
    rows.update(dropped_at=line.at)


def _close_inspection(line: Line) -> None:
    rows = Inspection.objects.filter(owner_id=line.organization, public_id=line.about, closed_at=None)
    rows.update(closed_at=line.at)


def _end_staff(line: Line) -> None:
    rows = Staff.objects.filter(person__public_id=line.about, since_at__lt=line.at, until_at__gt=line.at)
    rows.update(until_at=line.at)


def _end_help(line: Line) -> None:
    rows = Participation.objects.filter(organization_id=line.organization, consortium__public_id=line.about)
    rows.update(helped_from=None)


def _withdraw_invitation(line: Line) -> None:
    rows = ColleagueInvitation.objects.filter(organization_id=line.organization, public_id=line.about)
    rows.filter(used_at=None).delete()


def _withdraw_seat(line: Line) -> None:
    Seat.objects.filter(public_id=line.about, used_at=None).delete()


def _erase(line: Line) -> None:
    row = Organization.objects.filter(public_id=line.about).first()
    if row is not None:
        erase_again(row)


_ACTS: Mapping[str, Callable[[Line], None]] = {
    "change": _end_grant,
    "change_role": _change_role,
    "close_inspection": _close_inspection,
    "drop_hook": _drop_hook,
    "end_help": _end_help,
    "end_staff": _end_staff,
    "erase_organization": _erase,
    "refuse_consent": _refuse,
    "remove_colleague": _remove_colleague,
    "remove_document": _remove_document,
    "revoke": _end_grant,
    "revoke_token": _revoke_token,
    "withdraw_colleague_invitation": _withdraw_invitation,
    "withdraw_seat": _withdraw_seat,
}
