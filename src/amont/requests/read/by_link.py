"""What a colleague reads behind a mailed link: one question."""

from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock, ids
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Role, Viewer
from amont.parties.models import Organization, Person
from amont.requests.facts_answers import Asking, ColleagueQuestion
from amont.requests.models import ColleagueAsked
from amont.requests.read.form import Desk
from amont.requests.rules_answers import About


def by_link(token: str) -> ColleagueQuestion:
    """Return the question of a mailed link, without what was said to it before. Reading consumes nothing.

    Raises `NotKnown` where it does not open.
    """
    with unsealed("whoever holds the mailed link reads its one question"):
        row = held(token)
    viewer = Viewer(row.owner_id, None, Role.CONTRIBUTOR)
    with looking_as(viewer):
        desk = Desk(viewer)
        about = About(row.site_id, row.item_id)
        if row.question not in desk.wanted.get(about, {}):
            raise NotKnown
        person = Person.objects.filter(pk=row.asked_by_id or 0).first()
        firm = Organization.objects.get(pk=row.owner_id).name
        question = desk.wanted[about][row.question]
        asking = Asking(question=question, choices=desk.choices(question), said=None)
        return ColleagueQuestion(person.name if person else "", firm, desk.named(about)[2], asking)


def held(token: str) -> ColleagueAsked:
    """Return what a mailed link asks, while it may be used; for an unsealed block. Raises `NotKnown`."""
    row = ColleagueAsked.objects.filter(digest=ids.digest_of(token), answered_at=None).first()
    if row is None or clock.now() >= row.expires_at:
        raise NotKnown
    return row
