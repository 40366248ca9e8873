"""A firm that is invited at several addresses recognizes what is meant for it: it alone, and nobody learns of it."""

import pytest

from amont.chain.models import Invitation
from amont.consortia.models import Participation
from amont.disclosure.guard import looking_as
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger import read as ledger
from amont.parties.actions import open_account
from amont.post.models import Mail
from amont.requests import actions, read
from amont.requests.facts import PerhapsOurs, RecognizedFact, SentRequest
from stories import cast

JEANNE, PAUL = "jeanne@olea.example", "paul@olea.example"


class Scene:
    """Two rivals ask one supplier, each at another address of it; the first of these opens the account."""

    def __init__(self, *, name: str = "Oléa SA", written: str = "Olea", paul: str = PAUL) -> None:
        self.brand = cast.member("Maison Claire")
        self.rival = cast.member("Rivale", cast.consortium())
        cast.ask(self.brand, cast.line(self.brand, "Emulsifier", "Olea", JEANNE))
        cast.ask(self.rival, cast.line(self.rival, "Glycerine", written, paul))
        self.paul = paul
        self.olea = cast.join(JEANNE, name)

    def perhaps(self, viewer: Viewer | None = None) -> tuple[PerhapsOurs, ...]:
        with looking_as(viewer or self.olea.viewer):
            return read.perhaps_ours(viewer or self.olea.viewer)

    def said(self) -> tuple[RecognizedFact, ...]:
        with looking_as(self.olea.viewer):
            return read.recognized(self.olea.viewer)

    def take(self, viewer: Viewer | None = None) -> None:
        with looking_as(viewer or self.olea.viewer):
            actions.take_as_ours(viewer or self.olea.viewer, invitation=self.invitation())

    def give_back(self) -> None:
        with looking_as(self.olea.viewer):
            actions.give_back(self.olea.viewer, invitation=self.invitation())

    def invitation(self) -> str:
        return next(row.public_id for row in cast.all_rows(Invitation) if row.email == self.paul)


@pytest.mark.django_db
@pytest.mark.both
def test_who_accepts_is_shown_what_was_sent_to_a_colleague_with_reasons_and_takes_it_up() -> None:
    scene = Scene()
    (found,) = scene.perhaps()
    assert (found.asker.organization, found.references, found.address) == ("Rivale", ("Glycerine",), PAUL)
    assert {each.code for each in found.reasons} == {"same_but_form", "same_country", "same_domain"}
    mails = Mail.objects.count()
    scene.take()
    scene.take()
    assert [task.asker.organization for task in cast.tasks(scene.olea)] == ["Maison Claire", "Rivale"]
    assert scene.perhaps() == ()
    assert Mail.objects.count() == mails, "nobody is told"
    with pytest.raises(Refused):
        read.invitation(cast.token(PAUL))
    assert ledger.first_broken_line() is None


@pytest.mark.django_db
@pytest.mark.both
def test_taking_up_is_undone_and_the_mailed_link_opens_again() -> None:
    scene = Scene()
    joined = Participation.objects.filter(organization_id=scene.olea.viewer.organization_id).count()
    scene.take()
    assert [each.may_undo for each in scene.said()] == [True]
    scene.give_back()
    assert [task.asker.organization for task in cast.tasks(scene.olea)] == ["Maison Claire"]
    assert [each.address for each in scene.perhaps()] == [PAUL]
    assert scene.said() == ()
    assert Participation.objects.filter(organization_id=scene.olea.viewer.organization_id).count() == joined
    assert read.invitation(cast.token(PAUL)).asker.organization == "Rivale"
    with pytest.raises(NotKnown):
        scene.give_back()


@pytest.mark.django_db
def test_what_was_answered_stays_with_who_answered_it() -> None:
    scene = Scene()
    scene.take()
    task = next(task for task in cast.tasks(scene.olea) if task.asker.organization == "Rivale")
    cast.send(scene.olea, cast.answer(scene.olea, task))
    assert [each.may_undo for each in scene.said()] == [False]
    with pytest.raises(Refused):
        scene.give_back()
    assert len(cast.tasks(scene.olea)) == 2


@pytest.mark.django_db
def test_an_invitation_for_another_firm_is_not_shown_again_until_that_is_taken_back() -> None:
    scene = Scene()
    with looking_as(scene.olea.viewer):
        actions.say_not_ours(scene.olea.viewer, invitation=scene.invitation())
    assert scene.perhaps() == ()
    assert [(each.is_ours, each.may_undo) for each in scene.said()] == [(False, True)]
    assert read.invitation(cast.token(PAUL)).asker.organization == "Rivale"
    scene.give_back()
    assert len(scene.perhaps()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said",
    [
        {"name": "Borneo Oils"},
        {"written": "Borneo Oils"},
        {"written": "Olea North"},
        {"written": "Olea GmbH"},
        {"paul": "paul@elsewhere.example"},
        {"paul": "paul@sub.olea.example"},
    ],
    ids=str,
)
def test_nobody_is_shown_what_may_concern_another_firm(said: dict[str, str]) -> None:
    scene = Scene(**said)
    assert scene.perhaps() == ()
    with pytest.raises(NotKnown):
        scene.take()
    assert len(cast.tasks(scene.olea)) == 1


@pytest.mark.django_db
def test_a_rival_that_takes_the_firms_name_is_shown_nothing() -> None:
    scene = Scene()
    spy = open_account(
        email="spy@rival.example", person_name="X", organization_name="Olea", country="IT", language="en"
    )
    assert scene.perhaps(spy) == ()
    with pytest.raises(NotKnown):
        scene.take(spy)


@pytest.mark.django_db
def test_who_asks_is_not_shown_its_own_invitation_and_a_reader_takes_nothing_up() -> None:
    scene = Scene()
    assert scene.perhaps(scene.rival.viewer) == ()
    reader = Viewer(scene.olea.viewer.organization_id, scene.olea.viewer.person_id, Role.READER)
    with pytest.raises(Denied):
        scene.take(reader)
    assert len(cast.tasks(scene.olea)) == 1


@pytest.mark.django_db
def test_the_asker_sees_the_same_whether_a_colleague_took_it_up_or_the_invited() -> None:
    scene = Scene()
    before = sent(scene.rival)
    scene.take()
    by_colleague = sent(scene.rival)
    scene.give_back()
    assert sent(scene.rival) == before
    cast.join(PAUL, "Oléa SA")
    assert sent(scene.rival) == by_colleague


def sent(firm: cast.Firm) -> tuple[SentRequest, ...]:
    with looking_as(firm.viewer):
        return read.requests_sent(firm.viewer)
