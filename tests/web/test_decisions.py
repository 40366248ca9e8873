"""Pages of decisions: proposed, read against today, voted on."""

from datetime import timedelta

import pytest

from amont.consortia import actions
from amont.consortia.facts import ConsortiumFacts
from amont.consortia.models import Charter, Participation, Proposal, Vote
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def beauty(opened: Opened) -> tuple[ConsortiumFacts, Viewer, Viewer]:
    claire, victor = opened("claire"), opened("victor", language="fr")
    facts = actions.found(claire, name="Clear beauty", template="cosmetics")
    Participation.objects.create(consortium_id=facts.key, organization_id=victor.organization_id, is_member=True)
    return facts, claire, victor


def typed(**more: object) -> dict[str, object]:
    day = (clock.today() + timedelta(days=40)).isoformat()
    said = {"customers": 3, "requesters": 1, "chain": 0, "quorum": 50, "majority": 50, "notice_days": 30}
    return {**said, "floor_palm": 3, "reason": "We need names of palm.", "in_force_on": day, **more}


def test_a_change_is_proposed_read_and_voted_on(
    beauty: tuple[ConsortiumFacts, Viewer, Viewer], signed_in: SignedIn
) -> None:
    facts, claire, victor = beauty
    first, second = signed_in(claire), signed_in(victor)
    pages = f"/decisions/{facts.public_id}/"
    assert pages in first.get(f"/consortium/{facts.public_id}/").content.decode()
    made = first.post(f"{pages}new/charter/", typed())
    assert made.status_code == 302
    page = first.get(made.headers["Location"]).content.decode()
    for said in (
        "We need names of palm.",
        "Members who asked see of: Palm",
        "no minimum",
        "At least each firm by name",
    ):
        assert said in page
    assert "0 of 2 members have voted; 50 % must." in page
    french = second.get(made.headers["Location"]).content.decode()
    assert "Ce que cela signifie pour vous" in french
    assert made.headers["Location"] in second.get("/home/").content.decode()
    assert second.post(f"{made.headers['Location']}vote/", {"say": "yes"}).status_code == 302
    assert made.headers["Location"] not in second.get("/home/").content.decode()
    assert "Votre vote" in second.get(made.headers["Location"]).content.decode()
    assert Vote.objects.filter(said="yes").count() == 1
    assert "to be voted on" in first.get(pages).content.decode()
    for kind in ("csv", "xlsx"):
        assert first.get(pages, {"file": kind}).status_code == 200
        for table in ("1", "2"):
            assert first.get(made.headers["Location"], {"file": kind, "table": table}).status_code == 200
    with clock.held_at(clock.now() + timedelta(days=41)):
        assert "adopted and in force" in first.get(made.headers["Location"]).content.decode()
        assert "Version 2" in first.get(f"/consortium/{facts.public_id}/").content.decode()


def test_questions_are_proposed_on_a_page_of_their_own(
    beauty: tuple[ConsortiumFacts, Viewer, Viewer], signed_in: SignedIn
) -> None:
    facts, claire, _victor = beauty
    client = signed_in(claire)
    form = client.get(f"/decisions/{facts.public_id}/new/questions/").content.decode()
    assert form.count("checked") == len(facts.charter.questions)
    asked = {"questions": ["step", "family"], "reason": "Less.", "in_force_on": typed()["in_force_on"]}
    made = client.post(f"/decisions/{facts.public_id}/new/questions/", asked)
    assert "not asked of a line" in client.get(made.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"chain": 2}, "A wider circle cannot see more than a narrower one."),
        ({"in_force_on": "2020-01-01"}, "Choose a day after the votes are counted."),
        ({"reason": ""}, "This field is required."),
        ({"quorum": 0}, "greater than or equal to 1"),
    ],
)
def test_what_does_not_do_is_told_at_its_field(
    beauty: tuple[ConsortiumFacts, Viewer, Viewer], signed_in: SignedIn, wrong: dict[str, object], said: str
) -> None:
    page = signed_in(beauty[1]).post(f"/decisions/{beauty[0].public_id}/new/charter/", typed(**wrong))
    assert said in page.content.decode()
    assert not Proposal.objects.exists()


def test_a_proposal_is_taken_back_by_a_button(
    beauty: tuple[ConsortiumFacts, Viewer, Viewer], signed_in: SignedIn
) -> None:
    facts, claire, victor = beauty
    client = signed_in(claire)
    page = client.post(f"/decisions/{facts.public_id}/new/charter/", typed()).headers["Location"]
    assert signed_in(victor).post(f"{page}withdraw/").status_code == 403
    assert client.post(f"{page}withdraw/").status_code == 302
    assert "withdrawn by its author" in client.get(page).content.decode()
    assert client.post(f"{page}vote/", {"say": "yes"}).status_code == 302
    assert not Vote.objects.filter(said="yes").exists()


def test_decisions_are_not_there_for_partners_and_strangers(
    beauty: tuple[ConsortiumFacts, Viewer, Viewer], signed_in: SignedIn, opened: Opened
) -> None:
    facts, claire, _victor = beauty
    page = signed_in(claire).post(f"/decisions/{facts.public_id}/new/charter/", typed()).headers["Location"]
    partner = opened("mael")
    Participation.objects.create(consortium_id=facts.key, organization_id=partner.organization_id)
    for viewer in (partner, opened("samir")):
        client = signed_in(viewer)
        paths = (f"/decisions/{facts.public_id}/", f"/decisions/{facts.public_id}/new/charter/", page)
        answers = [client.get(each) for each in (*paths, "/decisions/never234567neverwas2/")]
        assert {each.status_code for each in answers} == {404}
        assert client.post(f"{page}vote/", {"say": "yes"}).status_code == 404
    assert Charter.objects.count() == 2
