"""Answering: facts of own items, once for all customers, all or nothing."""

from dataclasses import replace
from datetime import date

import pytest

from amont.catalogue.models import Item, Site
from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.chain.models import Input, Link, RequestMark, Source
from amont.disclosure.guard import looking_as
from amont.evidence.models import Certificate, Reliance
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger import read as ledger
from amont.post.models import Mail
from amont.requests import actions, read
from amont.requests.facts import AnswerValues, CertificateValues, Decision
from amont.requests.models import Draft, RequestLine
from stories import cast

pytestmark = pytest.mark.django_db

ADDRESS = "olea@olea.example"
BORNEO = "b@borneo.example"


@pytest.fixture
def brand() -> cast.Firm:
    firm = cast.member("Maison Claire")
    cast.ask(firm, cast.line(firm, "Emulsifier", "Olea", ADDRESS), cast.line(firm, "Wax", "Olea", ADDRESS))
    return firm


@pytest.fixture
def olea(brand: cast.Firm) -> cast.Firm:
    assert brand
    return cast.join(ADDRESS, "Olea")


def _values(olea: cast.Firm, number: int = 0, **changes: object) -> AnswerValues:
    answer = cast.answer(olea, cast.tasks(olea)[number], cast.invite("Borneo Oils", BORNEO))
    return replace(answer, **changes)  # type: ignore[arg-type]


def test_what_is_answered_are_facts_of_the_suppliers_own_records(olea: cast.Firm) -> None:
    certificate = CertificateValues("rspo", "123", date(2027, 1, 1))
    values = _values(olea, site_name="Works", site_town="Genova", certificates=(certificate,))
    cast.send(olea, values)
    (site,), (held,) = cast.all_rows(Site), cast.all_rows(Certificate)
    item = next(row for row in cast.all_rows(Item) if row.owner_id == olea.viewer.organization_id)
    assert (item.step, item.country, item.family, item.site_id) == ("refining", "IT", "palm", site.pk)
    assert (site.name, site.town, site.country) == ("Works", "Genova", "IT")
    assert (held.scheme, held.number) == ("rspo", "123")
    assert len(cast.all_rows(Reliance)) == 1


def test_an_accepted_link_takes_the_place_of_the_stated_source(brand: cast.Firm, olea: cast.Firm) -> None:
    before = ledger.network_version()
    cast.send(olea, _values(olea))
    (link,), (mark,) = cast.all_rows(Link), cast.all_rows(RequestMark)
    assert (link.buyer_id, link.supplier_id, link.family) == (
        brand.viewer.organization_id,
        olea.viewer.organization_id,
        "palm",
    )
    assert (mark.asker_id, mark.status, mark.passed) == (brand.viewer.organization_id, "answered", False)
    assert [row.link_id for row in cast.all_rows(Source) if row.owner_id == brand.viewer.organization_id] == [
        link.pk,
        None,
    ]
    assert ledger.network_version() == before + 1
    assert ledger.first_broken_line() is None


@pytest.mark.both
def test_sending_twice_changes_nothing(olea: cast.Firm) -> None:
    values = _values(olea)
    cast.send(olea, values)
    item = next(row for row in cast.all_rows(Item) if row.owner_id == olea.viewer.organization_id)
    counts = [len(cast.all_rows(model)) for model in (Item, Link, RequestMark, Input, Source, RequestLine)]
    mails = Mail.objects.count()
    cast.send(olea, replace(values, item=item.public_id))
    assert [len(cast.all_rows(model)) for model in (Item, Link, RequestMark, Input, Source, RequestLine)] == counts
    assert Mail.objects.count() == mails


@pytest.mark.both
def test_a_mistake_in_one_answer_leaves_nothing_of_the_others(olea: cast.Firm) -> None:
    good, bad = _values(olea), _values(olea, 1, step="no such step")
    with pytest.raises(Refused) as refused:
        cast.send(olea, good, bad)
    assert set(refused.value.errors) == {"1.step"}
    assert not cast.all_rows(Link)
    assert not cast.mails(BORNEO)
    assert {row.status for row in cast.all_rows(RequestLine)} == {"open"}


def test_many_lines_are_answered_in_one_act(olea: cast.Firm) -> None:
    cast.send(olea, _values(olea), _values(olea, 1))
    assert len(cast.all_rows(Link)) == 2
    assert len(cast.mails(BORNEO)) == 1
    assert {row.status for row in cast.all_rows(RequestLine)} == {"answered", "open"}


def test_a_refusal_is_told_to_the_asker_alone(brand: cast.Firm, olea: cast.Firm) -> None:
    line = cast.tasks(olea)[0].line
    with looking_as(olea.viewer):
        with pytest.raises(Refused):
            actions.decline_line(olea.viewer, line=line, reason="")
        actions.decline_line(olea.viewer, line=line, reason="Ours no more")
    with looking_as(brand.viewer):
        (sent,) = read.requests_sent(brand.viewer)
    assert {(each.status, each.reason) for each in sent.lines} == {("open", ""), ("declined", "Ours no more")}
    assert sum(row.refused_at is not None for row in cast.all_rows(Source)) == 1
    assert not cast.all_rows(Link)


def test_not_mine_needs_no_reason(olea: cast.Firm) -> None:
    line = cast.tasks(olea)[0].line
    cast.send(olea, AnswerValues(line=line, decision=Decision.NOT_MINE))
    assert sorted(row.status for row in cast.all_rows(RequestLine)) == ["not_mine", "open"]


def test_accepting_alone_makes_a_link_and_leaves_the_request_open(olea: cast.Firm) -> None:
    cast.send(olea, _values(olea, accept_only=True, inputs=()))
    assert cast.all_rows(Link)[0].status == "accepted"
    assert cast.all_rows(RequestMark)[0].status == "open"
    task = next(each for each in cast.tasks(olea) if each.status == "accepted")
    cast.send(olea, cast.answer(olea, task, item=task.item, end="synthetic"))
    assert cast.all_rows(RequestMark)[0].status == "answered"


def test_an_input_left_out_later_goes_with_its_open_request_and_its_link(olea: cast.Firm) -> None:
    cast.send(olea, _values(olea))
    borneo = cast.join(BORNEO, "Borneo Oils", "MY")
    cast.send(borneo, cast.answer(borneo, cast.tasks(borneo)[0]))
    task = next(each for each in cast.tasks(olea) if each.status == "answered")
    other = cast.invite("Sabah Mill", "s@sabah.example")
    cast.send(olea, cast.answer(olea, task, other, item=task.item))
    assert sorted(link.status for link in cast.all_rows(Link)) == ["accepted", "ended"]
    cast.send(olea, cast.answer(olea, task, item=task.item, end="pooled"))
    lines = [row for row in cast.all_rows(RequestLine) if row.asker_id == olea.viewer.organization_id]
    assert [row.status for row in lines] == ["answered", "cancelled"]
    assert not [row for row in cast.all_rows(Input) if row.owner_id == olea.viewer.organization_id]


def test_an_own_item_as_source_is_linked_at_once(olea: cast.Firm) -> None:
    cast.send(olea, cast.answer(olea, cast.tasks(olea)[0]))
    base = next(row for row in cast.all_rows(Item) if row.owner_id == olea.viewer.organization_id)
    open_task = next(each for each in cast.tasks(olea) if each.status == "open")
    own = SourceValues(SourceKind.OWN, item=base.public_id)
    cast.send(olea, cast.answer(olea, open_task, own))
    inner = next(link for link in cast.all_rows(Link) if link.buyer_id == link.supplier_id)
    assert (inner.status, inner.supplier_item_id) == ("accepted", base.pk)
    task = next(each for each in cast.tasks(olea) if each.item == base.public_id)
    with pytest.raises(Refused) as refused:
        cast.send(olea, cast.answer(olea, task, own, item=base.public_id))
    assert set(refused.value.errors) == {"inputs.0.sources.0.item"}


def test_a_firm_merely_stated_gets_no_mail_and_may_be_invited_later(olea: cast.Firm) -> None:
    stated = SourceValues(SourceKind.STATED, name="Sabah Mill", country="MY", step="mill", chain_end="pooled")
    cast.send(olea, cast.answer(olea, cast.tasks(olea)[0], stated))
    assert not cast.mails("s@sabah.example")
    with looking_as(olea.viewer):
        (found,) = read.stated(olea.viewer)
        actions.ask_source(olea.viewer, source=found.source, email="s@sabah.example", language="en")
    sabah = cast.join("s@sabah.example", "Sabah Mill", "MY")
    (task,) = cast.tasks(sabah)
    assert task.passed
    assert task.reference == "palm oil"


def test_only_who_was_asked_answers(brand: cast.Firm, olea: cast.Firm) -> None:
    values = _values(olea)
    rival = cast.member("Rivale", cast.consortium())
    for firm in (brand, rival):
        with pytest.raises(NotKnown):
            cast.send(firm, values)
        with looking_as(firm.viewer), pytest.raises(NotKnown):
            actions.save_draft(firm.viewer, line=values.line, content={})
    reader = Viewer(olea.viewer.organization_id, olea.viewer.person_id, Role.READER)
    with looking_as(reader), pytest.raises(Denied):
        actions.send_answer(reader, answers=[values])
    assert not cast.all_rows(Link)


def test_an_item_of_somebody_else_is_not_known(brand: cast.Firm, olea: cast.Firm) -> None:
    theirs = next(row for row in cast.all_rows(Item) if row.owner_id == brand.viewer.organization_id)
    with pytest.raises(NotKnown):
        cast.send(olea, _values(olea, item=theirs.public_id))
    source = SourceValues(SourceKind.OWN, item=theirs.public_id)
    with pytest.raises(NotKnown):
        cast.send(olea, cast.answer(olea, cast.tasks(olea)[0], source))


def test_what_was_taken_back_cannot_be_answered(brand: cast.Firm, olea: cast.Firm) -> None:
    values = _values(olea)
    with looking_as(brand.viewer):
        actions.cancel(brand.viewer, request=read.requests_sent(brand.viewer)[0].request)
    with pytest.raises(Refused):
        cast.send(olea, values)
    assert not cast.all_rows(Link)
    assert cast.tasks(olea) == ()


def test_sending_ends_the_draft(olea: cast.Firm) -> None:
    values = _values(olea)
    with looking_as(olea.viewer):
        actions.save_draft(olea.viewer, line=values.line, content={"name": "Half"})
        assert read.answer_form(olea.viewer, values.line).content == {"name": "Half"}
    cast.send(olea, values)
    assert not cast.all_rows(Draft)
    with looking_as(olea.viewer):
        assert not actions.save_draft(olea.viewer, line=values.line, content={"name": "Late"}, stage="open")
    assert not cast.all_rows(Draft)
    with looking_as(olea.viewer):
        form = read.answer_form(olea.viewer, values.line)
    assert form.content["step"] == "refining"


def test_a_certificate_renewed_for_one_item_is_renewed_for_all(olea: cast.Firm) -> None:
    for year, number in ((2027, 0), (2028, 1)):
        open_task = next(each for each in cast.tasks(olea) if each.status == "open")
        assert number in (0, 1)
        answer = cast.answer(olea, open_task)
        cast.send(olea, replace(answer, certificates=(CertificateValues("rspo", "9", date(year, 1, 1)),)))
    (held,) = cast.all_rows(Certificate)
    assert held.valid_until == date(2028, 1, 1)
    assert len(cast.all_rows(Reliance)) == 2


def test_two_alternative_sources_stand_under_one_input(olea: cast.Firm) -> None:
    two = (cast.invite("Borneo Oils", BORNEO), cast.invite("Glyco", "g@glyco.example", "DE"))
    inputs = (InputValues("palm oil", two, stock_weeks=6, switch_months=3),)
    cast.send(olea, replace(_values(olea), inputs=inputs))
    (stated,) = [row for row in cast.all_rows(Input) if row.owner_id == olea.viewer.organization_id]
    assert (stated.stock_weeks, stated.switch_months) == (6, 3)
    assert len([row for row in cast.all_rows(Source) if row.input_id == stated.pk]) == 2
