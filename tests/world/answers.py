"""What Maël says of his firm and his product: let out to Claire alone, and then said otherwise."""

from datetime import timedelta
from typing import TYPE_CHECKING

from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.parties.models import Organization
from amont.requests import actions, read
from amont.requests.facts_answers import AnswerSaid
from amont.requests.models import Release

if TYPE_CHECKING:
    from world.build import World


def say_answers(world: "World") -> None:
    """Let Claire read two answers, have her ask again; say one anew, which nobody reads; ask a colleague."""
    mael, claire = world.firms["mael"], world.firms["claire"]
    customer = Organization.objects.get(pk=claire.organization_id).public_id
    with looking_as(mael):
        page = next(each for each in read.form(mael).subjects if each.kind == "item")
        said = AnswerSaid(value=("trader",), note=world.word("mael: answer to claire", "mael", "claire"))
        actions.say(mael, kind="company", ref="own", question="company-role", said=said)
        said = AnswerSaid(value=("plant",), note=world.word("mael: answer of the product", "mael", "claire"))
        actions.say(mael, kind="item", ref=page.ref, question="line-nature", said=said)
        actions.release(mael, customers=[customer])
        said = AnswerSaid(value=("mixed",), note=world.word("mael: answer said since", "mael"))
        actions.say(mael, kind="item", ref=page.ref, question="line-nature", said=said)
        actions.ask_colleague(
            mael, kind="item", ref=page.ref, question="line-custody", email=world.address("tove", "mael"), language="fr"
        )
    with looking_as(claire):
        row = Release.objects.filter(reader_id=claire.organization_id).order_by("question").first()
        assert row
        note = world.word("claire asks again: note", "claire", "mael")
        actions.review(claire, releases=[row.public_id], say="again", note=note)


def remind_all() -> None:
    """Write the reminders of all that still waits, on a Tuesday a week on."""
    later = clock.now() + timedelta(days=8)
    with clock.held_at((later + timedelta(days=(1 - later.weekday()) % 7)).replace(hour=10)):
        assert actions.remind()
