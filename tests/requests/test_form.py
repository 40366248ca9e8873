"""Answer once: one form for all customers, one consent each, and nobody learns of another."""

from datetime import timedelta

import pytest

from amont.catalogue.models import Item, Site
from amont.consortia.models import Charter
from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.post.models import Mail
from amont.requests import actions, read
from amont.requests.facts_answers import AnswerSaid, WholeForm
from amont.requests.models import Answer, Release, Request
from amont.sight.released import released
from stories import cast

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ADDRESS = "olea@olea.example"
QUESTIONS = ["step", "country", "company-role", "company-offer", "line-nature", "line-harvest", "line-origin-share"]


def _asked(*more: str) -> tuple[cast.Firm, cast.Firm, cast.Firm]:
    """Two brands buy the same oil of Olea, which has answered about its product."""
    first = cast.member("Maison Claire")
    second = cast.member("Atelier Rival", cast.consortium())
    Charter.objects.update(questions=[*QUESTIONS, *more])
    cast.ask(first, cast.line(first, "Oil", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    cast.send(olea, cast.answer(olea, cast.tasks(olea)[0]))
    return first, second, olea


def _second_asks(second: cast.Firm, olea: cast.Firm) -> None:
    cast.ask(second, cast.line(second, "Oil", "Olea", ADDRESS))
    with looking_as(olea.viewer):
        waiting = read.invitations_to(olea.viewer)
        if waiting:
            actions.accept_invitation(olea.viewer, invitation=waiting[0].invitation)
    task = next(each for each in cast.tasks(olea) if each.status == "open")
    item = next(row for row in cast.all_rows(Item) if row.owner_id == olea.viewer.organization_id)
    cast.send(olea, cast.answer(olea, task, item=item.public_id))


def _form(firm: cast.Firm) -> WholeForm:
    with looking_as(firm.viewer):
        return read.form(firm.viewer)


def _say(firm: cast.Firm, question: str, *value: str, state: str = "value", kind: str = "", **more: object) -> None:
    subjects = _form(firm).subjects
    page = next(p for p in subjects if question in {q.question.code for q in p.asked} and kind in {"", p.kind})
    said = AnswerSaid(state=state, value=value, **more)  # type: ignore[arg-type]
    with looking_as(firm.viewer):
        actions.say(firm.viewer, kind=page.kind, ref=page.ref, question=question, said=said)


def _send(firm: cast.Firm, *names: str) -> int:
    chosen = [each.organization for each in _form(firm).customers if each.name in names]
    with looking_as(firm.viewer):
        return actions.release(firm.viewer, customers=chosen)


def _read(firm: cast.Firm) -> dict[str, tuple[str, ...]]:
    request = next(row for row in cast.all_rows(Request) if row.asker_id == firm.viewer.organization_id)
    with looking_as(firm.viewer):
        from amont.disclosure.reading import noting  # noqa: PLC0415 - the pages do it for all

        with noting():
            return {each.question.code: each.said.value for each in released(firm.viewer, request.public_id)}


def test_a_customer_reads_what_it_asked_once_the_supplier_consents() -> None:
    first, _second, olea = _asked()
    _say(olea, "line-nature", "plant")
    _say(olea, "company-role", "producer")
    assert _read(first) == {}
    assert _send(olea, "Maison Claire") == 2
    assert _read(first) == {"company-role": ("producer",), "line-nature": ("plant",)}
    assert _send(olea, "Maison Claire") == 0


def test_what_is_asked_for_the_owners_own_sake_never_leaves() -> None:
    first, _second, olea = _asked()
    _say(olea, "company-offer", "all")
    assert _send(olea, "Maison Claire") == 0
    assert _read(first) == {}
    assert not cast.all_rows(Release)


def test_a_second_customer_is_one_consent_away_and_reads_nothing_of_the_first() -> None:
    first, second, olea = _asked()
    with clock.held_at(clock.now()):
        _say(olea, "line-nature", "plant")
        _send(olea, "Maison Claire")
    with clock.held_at(clock.now() + timedelta(days=40)):
        _second_asks(second, olea)
        found = next(each for each in _form(olea).customers if each.name == "Atelier Rival")
        assert (found.answers, found.changed) == (1, 1)
        assert _read(second) == {}
        _send(olea, "Atelier Rival")
        assert _read(second) == {"line-nature": ("plant",)}
        today = clock.today()
    theirs = next(row for row in cast.all_rows(Release) if row.reader_id == second.viewer.organization_id)
    assert theirs.said_on == today, "the day is that of the consent: not when it was first said"
    assert _read(first) == {"line-nature": ("plant",)}


def test_what_is_said_after_sending_stays_with_its_owner_until_it_consents_anew() -> None:
    first, _second, olea = _asked()
    _say(olea, "line-nature", "plant")
    _send(olea, "Maison Claire")
    _say(olea, "line-nature", "mixed")
    assert _read(first) == {"line-nature": ("plant",)}
    _send(olea, "Maison Claire")
    assert _read(first) == {"line-nature": ("mixed",)}
    history = [(row.value, row.replaced_at is None) for row in cast.all_rows(Answer)]
    assert history == [(["plant"], False), (["mixed"], True)]


def test_it_is_recalled_until_reviewed_and_withdrawn_after() -> None:
    first, _second, olea = _asked()
    _say(olea, "line-nature", "plant")
    _send(olea, "Maison Claire")
    customer = _form(olea).customers[0].organization
    with looking_as(olea.viewer):
        assert actions.take_back(olea.viewer, customer=customer) == 1
    assert _read(first) == {}
    _send(olea, "Maison Claire")
    row = next(each for each in cast.all_rows(Release) if each.ended_at is None)
    with looking_as(first.viewer):
        actions.review(first.viewer, releases=[row.public_id], say="accepted")
    with looking_as(olea.viewer), pytest.raises(Refused):
        actions.take_back(olea.viewer, customer=customer)
    assert _read(first) == {"line-nature": ("plant",)}
    with looking_as(olea.viewer):
        actions.take_back(olea.viewer, customer=customer, reviewed=True)
    assert _read(first) == {}


def test_the_asker_asks_again_on_one_answer_and_the_supplier_reads_it_there() -> None:
    first, second, olea = _asked()
    _say(olea, "line-nature", "plant")
    _send(olea, "Maison Claire")
    row = next(iter(cast.all_rows(Release)))
    with looking_as(second.viewer), pytest.raises(NotKnown):
        actions.review(second.viewer, releases=[row.public_id], say="accepted")
    with looking_as(first.viewer), pytest.raises(Refused):
        actions.review(first.viewer, releases=[row.public_id], say="again")
    with looking_as(first.viewer):
        actions.review(first.viewer, releases=[row.public_id], say="again", note="Which plant?")
    assert [q.again for p in _form(olea).subjects for q in p.asked if q.question.code == "line-nature"] == [
        "Which plant?"
    ]
    assert "Maison Claire" in Mail.objects.filter(to=ADDRESS).order_by("-pk")[0].text
    _say(olea, "line-nature", "mixed")
    assert not any(q.again for p in _form(olea).subjects for q in p.asked)


def test_a_product_inherits_from_the_firm_and_an_exception_overrides() -> None:
    _first, _second, olea = _asked()
    _say(olea, "line-nature", "plant")
    page = next(each for each in _form(olea).subjects if each.kind == "item")
    with looking_as(olea.viewer):
        actions.widen(olea.viewer, kind="item", ref=page.ref, question="line-nature")

    def told() -> tuple[tuple[str, ...], str]:
        asked = next(q for p in _form(olea).subjects for q in p.asked if q.question.code == "line-nature")
        assert asked.said
        return asked.said.value, asked.inherited

    assert told() == (("plant",), "company")
    _say(olea, "line-nature", "mixed")
    assert told() == (("mixed",), "")
    _say(olea, "line-nature")
    assert told() == (("plant",), "company")


@pytest.mark.parametrize("state", ["not_known", "confidential", "not_applicable", "pooled"])
def test_to_say_that_one_cannot_say_is_an_answer(state: str) -> None:
    first, _second, olea = _asked()
    _say(olea, "line-nature", state=state)
    _send(olea, "Maison Claire")
    assert _read(first) == {"line-nature": ()}
    assert [row.state for row in cast.all_rows(Release)] == [state]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("line-origin-share", "101"),
        ("line-origin-share", "-1"),
        ("line-origin-share", "40 kg"),
        ("line-origin-share", "=1+1"),
        ("line-nature", "a thing"),
        ("line-harvest", "x" * 5000),
    ],
)
def test_what_does_not_do_is_refused_at_the_field_and_nothing_is_written(question: str, value: str) -> None:
    _first, _second, olea = _asked()
    with pytest.raises(Refused) as refusal:
        _say(olea, question, value)
    assert list(refusal.value.errors) == ["value"]
    assert not cast.all_rows(Answer)


def test_after_a_year_one_click_confirms_all() -> None:
    first, _second, olea = _asked()
    _say(olea, "line-nature", "plant")
    _say(olea, "company-role", "producer")
    _send(olea, "Maison Claire")
    with clock.held_at(clock.now() + timedelta(days=366)):
        assert _form(olea).stale == 2
        with looking_as(olea.viewer):
            assert actions.still_true(olea.viewer) == 2
            assert actions.still_true(olea.viewer) == 0
        assert _form(olea).stale == 0
        assert _send(olea, "Maison Claire") == 2
    assert _read(first) == {"company-role": ("producer",), "line-nature": ("plant",)}


def test_nobody_answers_what_it_is_not_asked() -> None:
    first, _second, olea = _asked()
    said = AnswerSaid(value=("producer",))
    for viewer, kind, ref, question in (
        (first.viewer, "company", "own", "company-role"),
        (olea.viewer, "company", "own", "company-size"),
        (olea.viewer, "item", "nothing", "line-nature"),
    ):
        with looking_as(viewer), pytest.raises(NotKnown):
            actions.say(viewer, kind=kind, ref=ref, question=question, said=said)


def test_a_site_is_asked_once_for_all_its_products() -> None:
    first, _second, olea = _asked("site-grievance")
    with looking_as(olea.viewer):
        site = Site.objects.create(owner_id=olea.viewer.organization_id, name="Press", town="Lecce", country="IT")
        Item.objects.filter(owner_id=olea.viewer.organization_id).update(site=site)
    _say(olea, "site-grievance", "both")
    _send(olea, "Maison Claire")
    assert _read(first)["site-grievance"] == ("both",)


def test_a_colleague_answers_one_question_by_the_mailed_link_without_an_account() -> None:
    _first, _second, olea = _asked()
    page = next(each for each in _form(olea).subjects if each.kind == "item")
    with looking_as(olea.viewer):
        actions.ask_colleague(
            olea.viewer, kind="item", ref=page.ref, question="line-nature", email="ugo@olea.example", language="en"
        )
    token = cast.mails("ugo@olea.example")[0].split("/question/")[1].split("/")[0]
    assert read.by_link(token).asking.question.code == "line-nature"
    with pytest.raises(Refused):
        actions.answer_by_link(token, said=AnswerSaid(value=("nonsense",)))
    actions.answer_by_link(token, said=AnswerSaid(value=("plant",)))
    with pytest.raises(NotKnown):
        actions.answer_by_link(token, said=AnswerSaid(value=("mixed",)))
    assert [row.value for row in cast.all_rows(Answer)] == [["plant"]]
    assert not cast.all_rows(Release), "nothing leaves by a colleague's answer"
