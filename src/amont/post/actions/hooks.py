"""Hooks: addresses of programs that are called when something happens that their organization may see."""

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.post import may, rules
from amont.post.actions.calls import tell
from amont.post.models import Hook
from amont.post.secrets import secret_of


@transaction.atomic
def register_hook(viewer: Viewer, *, url: str) -> tuple[str, str]:
    """Let an address be called from now on; return the hook's public id and the secret that calls are signed by.

    An address stands once; registered again it is refused. Raises `Denied` to who is no admin, `Refused` at the field.
    """
    may.administer(viewer)
    url = url.strip()
    mine = Hook.objects.filter(organization_id=viewer.organization_id, dropped_at=None)
    if rules.target(url) is None:
        raise Refused({"url": [_("Enter an address such as https://firm.example/amont, by name.")]})
    if mine.filter(url=url).exists():
        raise Refused({"url": [_("This address is called already.")]})
    if mine.count() >= rules.MOST_HOOKS:
        raise Refused({"url": [_("Ten addresses are called already. Drop one first.")]})
    row = Hook.objects.create(organization_id=viewer.organization_id, url=url, created_at=clock.now())
    ledger.append(viewer, "register_hook", about=row.public_id)
    return row.public_id, secret_of(row.public_id, row.turn)


@transaction.atomic
def rotate_secret(viewer: Viewer, hook: str) -> str:
    """Return a new secret for a hook; for a day calls are signed by the one before as well.

    Raises `Denied`, `NotKnown`.
    """
    row = _mine(viewer, hook)
    row.turn, row.rotated_at = row.turn + 1, clock.now()
    row.save(update_fields=["turn", "rotated_at"])
    ledger.append(viewer, "rotate_secret", about=hook)
    return secret_of(hook, row.turn)


@transaction.atomic
def drop_hook(viewer: Viewer, hook: str) -> None:
    """Let an address be called no more; what waits for it is not sent. Raises `Denied`, `NotKnown`."""
    row = _mine(viewer, hook)
    row.dropped_at = clock.now()
    row.save(update_fields=["dropped_at"])
    ledger.append(viewer, "drop_hook", about=hook)


@transaction.atomic
def try_hook(viewer: Viewer, hook: str) -> None:
    """Have an address called once with the type "test". Raises `Denied`, `NotKnown`."""
    row = _mine(viewer, hook)
    tell(viewer.organization_id, "test", about=hook, hook=row.pk)
    ledger.append(viewer, "try_hook", about=hook)


@transaction.atomic
def note_view(organization: int, *, digest: str, about: str) -> None:
    """Note what an organization (key) sees now, by a digest; where it saw something else before, its hooks are told.

    What is seen at the first look is no change. `about` is the organization's public id.
    """
    rows = Hook.objects.select_for_update(of=("self",)).filter(organization_id=organization, dropped_at=None)
    for row in rows:
        if row.view_digest and row.view_digest != digest:
            tell(organization, "view.changed", about=about, hook=row.pk)
        row.view_digest, row.looked_at = digest, clock.now()
        row.save(update_fields=["view_digest", "looked_at"])


def _mine(viewer: Viewer, hook: str) -> Hook:
    may.administer(viewer)
    rows = Hook.objects.select_for_update(of=("self",))
    row = rows.filter(organization_id=viewer.organization_id, dropped_at=None, public_id=hook).first()
    if row is None:
        raise NotKnown
    return row
