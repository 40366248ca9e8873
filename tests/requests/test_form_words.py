"""What a supplier says under one consortium's charter tells no customer of another consortium that it is there."""

import pytest

from amont.catalogue.models import Item
from amont.consortia.models import Charter, Consortium
from amont.disclosure.guard import looking_as
from amont.requests import actions, read
from amont.requests.facts_answers import AnswerSaid
from stories import cast

pytestmark = pytest.mark.django_db
ADDRESS = "olea@olea.example"


def test_a_word_of_another_charters_list_stays_with_its_owner() -> None:
    first = cast.member("Maison Claire")
    elsewhere = cast.member("Tissages Dupont")
    Charter.objects.update(questions=["step", "country", "line-steps"])
    of_textile = Consortium.objects.order_by("-pk").first()
    steps = Charter.objects.first().steps  # type: ignore[union-attr]
    Charter.objects.filter(consortium=of_textile).update(steps=[*steps, {"code": "retting", "fr": "a", "en": "b"}])
    cast.ask(first, cast.line(first, "Oil", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    cast.send(olea, cast.answer(olea, cast.tasks(olea)[0]))
    cast.ask(elsewhere, cast.line(elsewhere, "Oil", "Olea", ADDRESS))
    with looking_as(olea.viewer):
        actions.accept_invitation(olea.viewer, invitation=read.invitations_to(olea.viewer)[0].invitation)
    task = next(each for each in cast.tasks(olea) if each.status == "open")
    item = next(row for row in cast.all_rows(Item) if row.owner_id == olea.viewer.organization_id)
    cast.send(olea, cast.answer(olea, task, item=item.public_id))
    with looking_as(olea.viewer):
        page = next(each for each in read.form(olea.viewer).subjects if each.kind == "item")
        said = AnswerSaid(value=("refining", "retting"))
        actions.say(olea.viewer, kind="item", ref=page.ref, question="line-steps", said=said)
        found = {each.name: each for each in read.form(olea.viewer).customers}
        assert (found["Maison Claire"].answers, found["Tissages Dupont"].answers) == (0, 1)
        assert actions.release(olea.viewer, customers=[found["Maison Claire"].organization]) == 0
        said = AnswerSaid(value=("refining",))
        actions.say(olea.viewer, kind="item", ref=page.ref, question="line-steps", said=said)
        assert actions.release(olea.viewer, customers=[each.organization for each in found.values()]) == 2
