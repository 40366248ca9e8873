"""What a person keeps of its own looking."""

from django.db import transaction
from django.utils.translation import gettext as _

from amont.insight import rules
from amont.insight.models import SavedFilter, Visit
from amont.insight.read import article_lines
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

MOST_FILTERS = 30
LONGEST_NAME = 80
LONGEST_QUERY = 600


@transaction.atomic
def save_filter(viewer: Viewer, *, name: str, query: str) -> None:
    """Keep a filter of the list of all lines under a name, for the person alone; the same name keeps the newer one.

    Raises `Refused` at "name" for none, one too long, and past 30 filters, `NotKnown` where no person looks.
    """
    name = " ".join(name.split())
    person = _person(viewer)
    if not name:
        raise Refused({"name": [_("Give the filter a name.")]})
    if len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise Refused({"name": [_("This is too long.")]})
    own = SavedFilter.objects.filter(owner_id=viewer.organization_id, person_id=person)
    if own.exclude(name=name).count() >= MOST_FILTERS:
        raise Refused({"name": [_("You keep 30 filters already. Drop one first.")]})
    row, made = SavedFilter.objects.get_or_create(
        owner_id=viewer.organization_id, person_id=person, name=name, defaults={"query": query}
    )
    if made or row.query != query:
        row.query = query
        row.save(update_fields=["query"])
        ledger.append(viewer, "save_filter", about=row.public_id)


@transaction.atomic
def drop_filter(viewer: Viewer, public_id: str) -> None:
    """Drop an own saved filter. Twice changes nothing."""
    rows = SavedFilter.objects.filter(owner_id=viewer.organization_id, person_id=_person(viewer), public_id=public_id)
    if rows.delete()[0]:
        ledger.append(viewer, "drop_filter", about=public_id)


@transaction.atomic
def note_visit(viewer: Viewer, *, all_seen: bool = False) -> None:
    """Remember what the person sees of its lines now, to tell next time what is new.

    After a pause of `rules.PAUSE` a new visit begins, and what was seen last becomes what it is compared with; with
    `all_seen` that is done at once. Writes nothing where nothing moved and no visit began.
    """
    now = clock.now()
    seen = {each.item: rules.mark_of(each) for each in article_lines(viewer)}
    rows = Visit.objects.select_for_update(of=("self",))
    row, made = rows.get_or_create(
        owner_id=viewer.organization_id, person_id=_person(viewer), defaults={"seen_at": now, "seen": seen}
    )
    if not made and not all_seen and row.seen == seen and now - row.seen_at < rules.NOTED_AGAIN:
        return
    if now - row.seen_at >= rules.PAUSE:
        row.before_at, row.before = row.seen_at, row.seen
    row.seen_at, row.seen = now, seen
    if all_seen:
        row.before_at, row.before = now, seen
    row.save()
    ledger.append(viewer, "note_visit")


def _person(viewer: Viewer) -> int:
    if viewer.person_id is None:
        raise NotKnown
    return viewer.person_id
