"""Two at once: one wins, the other is told so, and nothing is written twice."""

import pytest

from amont.chain.models import Link, RequestMark, Source
from amont.disclosure.guard import looking_as
from amont.kernel.errors import AmontError
from amont.ledger import read as ledger
from amont.parties.models import Organization
from amont.post.models import Mail
from amont.requests import actions
from amont.requests.models import Draft, Request, RequestLine
from stories import cast
from stories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

ADDRESS = "olea@olea.example"


def test_an_invitation_used_twice_at_once_opens_one_account() -> None:
    brand = cast.member("Maison Claire")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    token = cast.token(ADDRESS)

    def join() -> None:
        actions.join(token=token, person_name="Bruno", organization_name="Olea", country="IT", language="en")

    raised = at_once(join, join)
    assert [isinstance(each, AmontError) for each in raised] == [True]
    assert Organization.objects.filter(name="Olea").count() == 1
    assert ledger.first_broken_line() is None


def test_an_answer_sent_twice_at_once_is_one() -> None:
    brand = cast.member("Maison Claire")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    answer = cast.answer(olea, cast.tasks(olea)[0], cast.invite("Borneo Oils", "b@borneo.example"))
    raised = at_once(lambda: cast.send(olea, answer), lambda: cast.send(olea, answer))
    assert raised == []
    assert [link.status for link in cast.all_rows(Link) if link.status == "accepted"] == ["accepted"]
    assert Mail.objects.filter(to="b@borneo.example").count() == 1
    assert ledger.first_broken_line() is None


def test_asking_twice_at_once_asks_once() -> None:
    brand = cast.member("Maison Claire")
    line = cast.line(brand, "Emulsifier", "Olea", ADDRESS)
    raised = at_once(lambda: cast.ask(brand, line), lambda: cast.ask(brand, line))
    assert raised == []
    assert len(cast.all_rows(Request)) == len(cast.all_rows(RequestLine)) == len(cast.all_rows(Source)) == 1
    assert Mail.objects.filter(to=ADDRESS).count() == 1


def test_taking_back_and_answering_at_once_leave_one_truth() -> None:
    brand = cast.member("Maison Claire")
    (request,) = cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS)).requests
    olea = cast.join(ADDRESS, "Olea")
    answer = cast.answer(olea, cast.tasks(olea)[0])

    def cancel() -> None:
        with looking_as(brand.viewer):
            actions.cancel(brand.viewer, request=request)

    raised = at_once(cancel, lambda: cast.send(olea, answer))
    assert all(isinstance(each, AmontError) for each in raised)
    (line,) = cast.all_rows(RequestLine)
    assert (line.status == "answered") == (len(cast.all_rows(RequestMark)) == 1) == (raised == [])


def test_two_customers_lines_answered_and_joined_at_once_end_well() -> None:
    brand = cast.member("Maison Claire")
    cast.ask(brand, *(cast.line(brand, f"Line {n}", f"Firm {n}", f"f{n}@firm{n}.example") for n in range(4)))
    tokens = [cast.token(f"f{n}@firm{n}.example") for n in range(4)]

    def join(number: int) -> None:
        actions.join(
            token=tokens[number], person_name="P", organization_name=f"Firm {number}", country="IT", language="en"
        )

    assert at_once(*(lambda n=n: join(n) for n in range(4))) == []  # type: ignore[misc]
    assert all(row.supplier_id for row in cast.all_rows(Request))
    assert ledger.first_broken_line() is None


def test_a_draft_saved_twice_at_once_is_one() -> None:
    brand = cast.member("Maison Claire")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    line = cast.tasks(olea)[0].line

    def save() -> None:
        with looking_as(olea.viewer):
            actions.save_draft(olea.viewer, line=line, content={"name": "x"})

    assert at_once(save, save, save) == []
    assert len(cast.all_rows(Draft)) == 1
