"""Reading who exists, for those it concerns."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from amont.kernel import clock, ids
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Role, Viewer
from amont.parties import may, rules
from amont.parties.facts import Account, Bearer, Choice, Colleague, Me, TokenFact, Welcome
from amont.parties.models import ColleagueInvitation, Membership, Organization, Person, Staff, Token


def viewer_of(person_id: int, *, organization: str | None = None) -> Viewer | None:
    """Return the viewer that a person is: for this public id, else for its first organization; None without any."""
    rows = Membership.objects.filter(person_id=person_id).select_related("organization").order_by("since_at", "pk")
    found = {row.organization.public_id: row for row in rows}
    row = found.get(organization or "") or next(iter(found.values()), None)
    return Viewer(row.organization_id, person_id, Role(row.role)) if row else None


def viewer_again(organization_id: int, person_id: int | None) -> Viewer:
    """Return the viewer on whose behalf something was begun, in the role that it has now.

    One who left the organization meanwhile may only look. For the software's own use.
    """
    if person_id is None:
        return Viewer(organization_id)
    row = Membership.objects.filter(person_id=person_id, organization_id=organization_id).first()
    return Viewer(organization_id, person_id, Role(row.role) if row else Role.READER)


def viewer_of_address(email: str) -> Viewer | None:
    """Return the viewer that the person with this address is; None for nobody. For the software's own use."""
    person = Person.objects.filter(email=email).first() if email else None
    return viewer_of(person.pk) if person else None


def proved_address(viewer: Viewer) -> str:
    """Return the address that the person who looks has proved to read; "" for a program, or where it proved none."""
    person = Person.objects.filter(pk=viewer.person_id or 0).first()
    email = person.email.lower() if person else ""
    proved = EmailAddress.objects.filter(user_id=viewer.person_id or 0, email__iexact=email, verified=True)
    return email if email and proved.exists() else ""


def is_staff(person_id: int | None) -> bool:
    """Tell whether a person works for the platform's operator at this moment."""
    return Staff.objects.filter(person_id=person_id or 0, since_at__lte=clock.now(), until_at__gt=clock.now()).exists()


def accounts(person_id: int | None) -> tuple[Account, ...]:
    """Return all accounts, by firm, for the operator's staff: who there is, never what it does. Raises `NotKnown`."""
    if not is_staff(person_id):
        raise NotKnown
    found = (
        Account(
            organization=seat.organization.name,
            country=seat.organization.country,
            is_checked=seat.organization.checked_by != Organization.Check.NONE,
            email=seat.person.email,
            role=seat.role,
            since_at=seat.since_at,
            signed_in_at=seat.person.last_login,
        )
        for seat in Membership.objects.select_related("person", "organization")
    )
    return tuple(sorted(found, key=lambda each: (each.organization.casefold(), each.email)))


def any_organization() -> bool:
    """Tell whether the database holds any organization: a demo or a world is loaded into an empty one."""
    return Organization.objects.exists()


def organization_key(public_id: str) -> int:
    """Return the key of the organization with this public id, for the operator's commands; raise `NotKnown`."""
    found = Organization.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    if found is None:
        raise NotKnown
    return found


def id_of_person(person_id: int) -> str:
    """Return the public id of a person; empty where nobody has this key. For links that are mailed to it."""
    return Person.objects.filter(pk=person_id).values_list("public_id", flat=True).first() or ""


def person_by(public_id: str) -> int:
    """Return the database key of a person; 0 where nobody has this public id. For links that were mailed to it."""
    return Person.objects.filter(public_id=public_id).values_list("pk", flat=True).first() or 0


def choices(person_id: int) -> tuple[Choice, ...]:
    """Return the organizations that a person may act for, by name."""
    rows = Membership.objects.filter(person_id=person_id).select_related("organization")
    found = (Choice(row.organization.public_id, row.organization.name, Role(row.role)) for row in rows)
    return tuple(sorted(found, key=lambda each: (each.name, each.organization)))


def me(viewer: Viewer) -> Me | None:
    """Return the person who looks and its organization, or None for an act of the software itself."""
    if viewer.person_id is None:
        return None
    row = (
        Membership.objects.filter(person_id=viewer.person_id, organization_id=viewer.organization_id)
        .select_related("person", "organization")
        .first()
    )
    if row is None:
        return None
    return Me(
        person_name=row.person.name or row.person.email,
        person_email=row.person.email,
        organization=row.organization.public_id,
        organization_name=row.organization.name,
        country=row.organization.country,
        role=Role(row.role),
        other_organizations=Membership.objects.filter(person_id=row.person_id).count() - 1,
        checked_by=row.organization.checked_by,
        person=row.person.public_id,
        language=row.person.language,
    )


def language_of(person_id: int) -> str:
    """Return the language that a person reads; empty where nobody has this key."""
    return Person.objects.filter(pk=person_id).values_list("language", flat=True).first() or ""


def colleagues(viewer: Viewer) -> tuple[Colleague, ...]:
    """Return the people of the viewer's own organization by name; to its admins those invited as well, after them."""
    rows = Membership.objects.filter(organization_id=viewer.organization_id).select_related("person")
    here = [
        Colleague(
            person=row.person.public_id,
            name=row.person.name,
            email=row.person.email,
            role=Role(row.role),
            waiting=False,
            is_me=row.person_id == viewer.person_id,
        )
        for row in rows
    ]
    return (*sorted(here, key=lambda each: (each.name.casefold(), each.email)), *_waiting(viewer))


def _waiting(viewer: Viewer) -> tuple[Colleague, ...]:
    if not viewer.may_administer:
        return ()
    rows = ColleagueInvitation.objects.filter(organization_id=viewer.organization_id, used_at=None).order_by("email")
    return tuple(
        Colleague(
            "", "", row.email, Role(row.role), waiting=True, invitation=row.public_id, until=row.expires_at.date()
        )
        for row in rows
    )


def welcome(token: str, *, person_id: int | None = None) -> Welcome:
    """Return what the holder of a mailed link may read. `person_id` is who is signed in already, if anybody.

    A link that was used or has expired names nothing but that. Raises `NotKnown` for a link that never was.
    """
    row = (
        ColleagueInvitation.objects.filter(token_digest=ids.digest_of(token))
        .select_related("organization", "invited_by")
        .first()
    )
    if row is None:
        raise NotKnown
    refusal = refusal_of(row.used_at, row.expires_at)
    if refusal:
        return Welcome("", "", Role(row.role), "", refusal, other_account=False)
    signed_in = Person.objects.filter(pk=person_id).values_list("email", flat=True).first() if person_id else None
    who = row.invited_by
    return Welcome(
        organization_name=row.organization.name,
        email=row.email,
        role=Role(row.role),
        invited_by=(who.name or who.email) if who else "",
        refusal="",
        other_account=signed_in is not None and signed_in != row.email,
    )


def refusal_of(used_at: datetime | None, expires_at: datetime) -> str:
    """Return in words why a mailed link does not work any more; empty while it does."""
    if used_at is not None:
        return _("This link has been used already. It works once.")
    if expires_at <= clock.now():
        return _("This link has expired. Ask for a new one.")
    return ""


def bearer_of(secret: str) -> Bearer | None:
    """Return who comes with a token that works now, else None: for what never was, has expired or was revoked."""
    row = Token.objects.filter(digest=ids.digest_of(secret), revoked_at=None, expires_at__gt=clock.now()).first()
    if row is None:
        return None
    viewer = Viewer(row.organization_id, None, rules.role_of(row.scopes), token=row.public_id)
    return Bearer(viewer, frozenset(row.scopes), row.pk)


def tokens(viewer: Viewer) -> tuple[TokenFact, ...]:
    """Return the access tokens of the viewer's organization, the latest first. Raises `Denied` to who is no admin."""
    may.administer(viewer)
    rows = Token.objects.filter(organization_id=viewer.organization_id).select_related("made_by")
    now = clock.now()
    return tuple(
        TokenFact(
            token=row.public_id,
            name=row.name,
            scopes=tuple(row.scopes),
            made_by=(row.made_by.name or row.made_by.email) if row.made_by else "",
            created_at=row.created_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
            state="revoked" if row.revoked_at else "expired" if row.expires_at <= now else "live",
        )
        for row in rows.order_by("-created_at", "public_id")
    )


def public_id_of(viewer: Viewer) -> str:
    """Return the public id of the viewer's own organization."""
    return Organization.objects.values_list("public_id", flat=True).get(pk=viewer.organization_id)
