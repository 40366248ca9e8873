"""Access tokens: how programs act for an organization."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock, ids
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties import may, rules
from amont.parties.facts import Bearer
from amont.parties.models import Token

PREFIX = "amont_"


@transaction.atomic
def make_token(viewer: Viewer, *, name: str, scopes: Collection[str], days: int) -> tuple[str, str]:
    """Make an access token and return its public id and its secret, which nobody can read again.

    `scopes` are of `rules.SCOPES`, `days` of `rules.TOKEN_DAYS`. Raises `Denied` to who is no admin, `Refused` at the
    field.
    """
    may.administer(viewer)
    name = " ".join(name.split())
    _check(viewer, name, scopes, days)
    secret, at = PREFIX + ids.new_token(), clock.now()
    row = Token.objects.create(
        organization_id=viewer.organization_id,
        name=name,
        digest=ids.digest_of(secret),
        scopes=[each for each in rules.SCOPES if each in scopes],
        made_by_id=viewer.person_id,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    ledger.append(viewer, "make_token", about=row.public_id, detail={"scopes": row.scopes, "days": days})
    return row.public_id, secret


@transaction.atomic
def revoke_token(viewer: Viewer, token: str) -> None:
    """Make a token of the organization stop working at once. Twice changes nothing. Raises `Denied`, `NotKnown`."""
    may.administer(viewer)
    rows = Token.objects.select_for_update(of=("self",))
    row = rows.filter(organization_id=viewer.organization_id, public_id=token).first()
    if row is None:
        raise NotKnown
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        row.save(update_fields=["revoked_at"])
        ledger.append(viewer, "revoke_token", about=token)


def note_use(bearer: Bearer) -> None:
    """Note that a token is used, at most once an hour: it is told on a page, and stands in no ledger."""
    now = clock.now()
    rows = Token.objects.filter(pk=bearer.key)
    seen = rows.values_list("used_at", flat=True).first()
    if seen is None or now - seen >= rules.NOTED_AGAIN:
        rows.update(used_at=now)


def _check(viewer: Viewer, name: str, scopes: Collection[str], days: int) -> None:
    wrong: dict[str, list[object]] = {}
    live = Token.objects.filter(organization_id=viewer.organization_id, revoked_at=None, expires_at__gt=clock.now())
    if not name or len(name) > rules.LONGEST_TOKEN_NAME:
        wrong["name"] = [_("Say what the token is for, in at most 80 characters.")]
    elif live.filter(name=name).exists():
        wrong["name"] = [_("A token of this name works already. Revoke it first, or choose another name.")]
    if not scopes or not set(scopes) <= set(rules.SCOPES):
        wrong["scopes"] = [_("Choose what the token may do.")]
    if days not in rules.TOKEN_DAYS:
        wrong["days"] = [_("Choose how long the token works.")]
    if wrong:
        raise Refused(wrong)
