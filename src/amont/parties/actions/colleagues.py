"""Inviting colleagues, joining by the mailed link, changing roles."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock, ids
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger import actions as ledger
from amont.parties import may, notices, read, rules
from amont.parties.actions.accounts import new_person
from amont.parties.models import ColleagueInvitation, Membership, Organization, Person


@transaction.atomic
def invite_colleague(viewer: Viewer, *, email: str, role: Role, language: str) -> str:
    """Mail a link to a colleague: single use, 14 days, bound to the address. Return the invitation's public id.

    A second invitation to an address takes the place of the first, whose link stops working. Whether the address has
    an account is told to nobody. Raises `Denied` to who is no admin, `Refused` at the field.
    """
    may.administer(viewer)
    email = rules.folded(email)
    _check(viewer, email, language)
    ColleagueInvitation.objects.filter(organization_id=viewer.organization_id, email=email, used_at=None).delete()
    token, at = ids.new_token(), clock.now()
    invitation = ColleagueInvitation.objects.create(
        organization_id=viewer.organization_id,
        email=email,
        role=role,
        token_digest=ids.digest_of(token),
        invited_by_id=viewer.person_id,
        created_at=at,
        expires_at=at + timedelta(days=rules.INVITATION_DAYS),
    )
    ledger.append(viewer, "invite_colleague", about=invitation.public_id, detail={"role": role.value})
    notices.colleague_invited(invitation, token=token, language=language)
    return invitation.public_id


@transaction.atomic
def withdraw_invitation(viewer: Viewer, invitation: str) -> None:
    """Make a link that was not used stop working. Raises `Denied`, and `NotKnown` where there is none."""
    may.administer(viewer)
    rows = ColleagueInvitation.objects.filter(
        organization_id=viewer.organization_id, public_id=invitation, used_at=None
    )
    if not rows.delete()[0]:
        raise NotKnown
    ledger.append(viewer, "withdraw_colleague_invitation", about=invitation)


@transaction.atomic
def join_by_account(person_id: int, *, token: str) -> Viewer:
    """Let a signed-in person, of whatever organization or of none, join the one that invited its address.

    Raises `Refused` as `read.welcome` says, or for another address.
    """
    invitation = _open(token)
    person = Person.objects.get(pk=person_id)
    if person.email != invitation.email:
        raise Refused(_("This link was sent to another address. Sign in with that address to use it."))
    return _join(invitation, person)


@transaction.atomic
def join_by_link(*, token: str, name: str, password: str | None, language: str) -> Viewer:
    """Open an account for an invited colleague, whose address the link proves, and join.

    Raises `Refused` at the field, as `read.welcome` says for the link, or if the address has an account already.
    """
    invitation = _open(token)
    return _join(invitation, new_person(email=invitation.email, name=name, language=language, password=password))


@transaction.atomic
def change_role(viewer: Viewer, *, person: str, role: Role) -> None:
    """Give a colleague another role. Raises `Denied`, `NotKnown`, and `Refused` where no admin would be left."""
    membership, roles = _colleague(viewer, person)
    if membership.role == role:
        return
    if not rules.keeps_an_admin(roles, person, role):
        raise Refused(_("Your organization needs an administrator. Name another one first."))
    membership.role = role
    membership.save(update_fields=["role"])
    ledger.append(viewer, "change_role", about=person, detail={"role": role.value})


@transaction.atomic
def remove_colleague(viewer: Viewer, *, person: str) -> None:
    """End a colleague's access. Raises `Denied`, `NotKnown`, and `Refused` where no admin would be left."""
    membership, roles = _colleague(viewer, person)
    if not rules.keeps_an_admin(roles, person, None):
        raise Refused(_("Your organization needs an administrator. Name another one first."))
    membership.delete()
    ledger.append(viewer, "remove_colleague", about=person)


def _check(viewer: Viewer, email: str, language: str) -> None:
    wrong: dict[str, list[object]] = {}
    try:
        validate_email(email)
    except ValidationError:
        wrong["email"] = [_("Enter an address such as name@firm.example.")]
    if Membership.objects.filter(organization_id=viewer.organization_id, person__email=email).exists():
        wrong["email"] = [_("This colleague is already there.")]
    if language not in rules.LANGUAGES:
        wrong["language"] = [_("Choose French or English.")]
    if wrong:
        raise Refused(wrong)


def _open(token: str) -> ColleagueInvitation:
    """Return the invitation behind a link, locked, if it may be used now."""
    invitation = (
        ColleagueInvitation.objects.select_for_update(of=("self",)).filter(token_digest=ids.digest_of(token)).first()
    )
    if invitation is None:
        raise NotKnown
    refusal = read.refusal_of(invitation.used_at, invitation.expires_at)
    if refusal:
        raise Refused(refusal)
    return invitation


def _join(invitation: ColleagueInvitation, person: Person) -> Viewer:
    invitation.used_at = clock.now()
    invitation.save(update_fields=["used_at"])
    membership, _made = Membership.objects.get_or_create(
        person=person, organization_id=invitation.organization_id, defaults={"role": invitation.role}
    )
    viewer = Viewer(invitation.organization_id, person.pk, Role(membership.role))
    ledger.append(viewer, "join_organization", about=invitation.public_id)
    return viewer


def _colleague(viewer: Viewer, person: str) -> tuple[Membership, dict[str, Role]]:
    """Return a colleague's membership and everybody's roles; the organization is locked against a race of two."""
    may.administer(viewer)
    Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    rows = Membership.objects.filter(organization_id=viewer.organization_id).select_related("person")
    found = {row.person.public_id: row for row in rows}
    if person not in found:
        raise NotKnown
    return found[person], {each: Role(row.role) for each, row in found.items()}
