"""Reminders: rarely, together, in working hours, and unknown to who asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from amont.chain.models import Contact
from amont.disclosure.guard import looking_as
from amont.kernel import clock, countries
from amont.kernel.errors import NotKnown
from amont.ledger.models import Entry
from amont.post.models import Mail
from amont.requests import actions, read
from amont.requests.actions import confirm_statement
from amont.requests.models import Pause, Reminder
from amont.requests.rules_reminders import Waiting, at_work, to_name
from stories import cast

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
ADDRESS = "olea@olea.example"
DAY = timedelta(days=1)


@contextmanager
def on(days: float, *, hour: int = 10) -> Iterator[None]:
    """Hold the clock so many days after the Monday on which all begins."""
    with clock.held_at((MONDAY + days * DAY).replace(hour=hour)):
        yield


def reminders(address: str = ADDRESS) -> list[Mail]:
    return list(Mail.objects.filter(to=address, cause__startswith="reminder").order_by("pk"))


# when


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 3)), max_size=6),
    st.one_of(st.none(), st.integers(0, 30)),
)
def test_a_mail_names_only_what_waits_and_leaves_at_most_once_a_week(
    asked: list[tuple[int, int]], last: int | None
) -> None:
    waiting = [Waiting(key, MONDAY - days * DAY, told) for key, (days, told) in enumerate(asked)]
    named = to_name(waiting, last=None if last is None else MONDAY - last * DAY, now=MONDAY)
    if named:
        assert last is None or last >= 7
        assert any(days >= 7 and told < 3 for days, told in asked)
    assert all(asked[key][0] >= 2 and asked[key][1] < 3 for key in named)


@pytest.mark.parametrize(
    ("country", "moment", "works"),
    [
        ("FR", datetime(2026, 3, 2, 7, 30, tzinfo=UTC), True),
        ("FR", datetime(2026, 3, 2, 6, 30, tzinfo=UTC), False),
        ("FR", datetime(2026, 3, 2, 17, 30, tzinfo=UTC), False),
        ("FR", datetime(2026, 3, 1, 10, tzinfo=UTC), False),
        ("ID", datetime(2026, 3, 2, 2, tzinfo=UTC), True),
        ("ID", datetime(2026, 3, 2, 14, tzinfo=UTC), False),
        ("SA", datetime(2026, 3, 1, 10, tzinfo=UTC), True),
        ("SA", datetime(2026, 3, 6, 10, tzinfo=UTC), False),
        ("US", datetime(2026, 3, 2, 18, tzinfo=UTC), True),
        ("", datetime(2026, 3, 2, 10, tzinfo=UTC), True),
        ("XX", datetime(2026, 3, 2, 3, tzinfo=UTC), False),
    ],
)
def test_mails_leave_in_the_working_hours_of_the_country(country: str, moment: datetime, *, works: bool) -> None:
    assert at_work(country, moment) is works


def test_every_country_has_working_hours_in_a_week() -> None:
    hours = [MONDAY + timedelta(hours=each) for each in range(7 * 24)]
    for country in countries.countries():
        assert 30 <= sum(at_work(country.code, hour) for hour in hours) <= 70, country


# what

stored = pytest.mark.django_db


@pytest.fixture
def brand() -> cast.Firm:
    with on(0):
        firm = cast.member("Maison Claire")
        cast.ask(firm, cast.line(firm, "Emulsifier", "Olea", ADDRESS))
    return firm


@pytest.fixture
def rival(brand: cast.Firm) -> cast.Firm:
    assert brand
    with on(3):
        firm = cast.member("Savons Durand", cast.consortium())
        cast.ask(firm, cast.line(firm, "Soap base", "Olea SpA", ADDRESS))
    return firm


@stored
@pytest.mark.both
def test_one_mail_reminds_of_all_that_waits_whoever_asked(brand: cast.Firm, rival: cast.Firm) -> None:
    assert (brand.name, rival.name) == ("Maison Claire", "Savons Durand")
    with on(6):
        assert actions.remind() == 0
    with on(7, hour=3):
        assert actions.remind() == 0, "nobody is written to at night"
    with on(7):
        assert [actions.remind(), actions.remind()] == [1, 0]
    (mail,) = reminders()
    assert mail.subject == "2 requests wait for your answer"
    assert "Maison Claire, by" in mail.text
    assert "Savons Durand, by" in mail.text
    assert mail.text.count("/invitation/") == 2
    assert (mail.language, mail.reply_to) == ("en", "")


@stored
@pytest.mark.both
def test_a_week_apart_and_three_in_all_then_a_human(brand: cast.Firm) -> None:
    for days in range(60):
        with on(days):
            actions.remind()
    assert [each.number for each in Reminder.objects.order_by("at")] == [1, 2, 3]
    assert [(each.at - MONDAY).days for each in Reminder.objects.order_by("at")] == [7, 14, 21]
    with on(27), looking_as(brand.viewer):
        assert not read.requests_sent(brand.viewer)[0].needs_a_human
    with on(28), looking_as(brand.viewer):
        assert read.requests_sent(brand.viewer)[0].needs_a_human


@stored
def test_the_link_in_a_reminder_opens_the_request(brand: cast.Firm) -> None:
    with on(7):
        actions.remind()
        olea = cast.join(ADDRESS, "Olea")
        assert [task.reference for task in cast.tasks(olea)] == ["Emulsifier"]
        assert brand
    with on(14):
        assert actions.remind() == 1
    assert "/tasks/" in reminders()[1].text


@stored
def test_what_is_answered_taken_back_or_confirmed_by_mail_is_not_reminded_of(
    brand: cast.Firm, rival: cast.Firm
) -> None:
    with on(4):
        cast.ask(brand, cast.line(brand, "Beeswax", "Apis", "apis@apis.example"))
        link = cast.token("apis@apis.example")
        confirm_statement(link, lines=[each.line for each in read.invitation(link).lines])
        olea = cast.join(ADDRESS, "Olea")
        cast.send(olea, cast.answer(olea, cast.tasks(olea)[0]))
        with looking_as(brand.viewer):
            for each in read.requests_sent(brand.viewer):
                if each.email == ADDRESS:
                    actions.cancel(brand.viewer, request=each.request)
    with on(20):
        assert actions.remind() == 0
    assert rival


@stored
def test_a_pause_holds_and_ends_and_nobody_who_asks_learns_of_either(brand: cast.Firm) -> None:
    word = actions.token_for(ADDRESS)
    with on(7):
        actions.pause_reminders(word)
        assert actions.remind() == 0
        with looking_as(brand.viewer):
            before = read.requests_sent(brand.viewer)
    with on(38):
        assert actions.paused_by(word) is None
    with on(8):
        actions.resume_reminders(word)
        assert actions.remind() == 1
        with looking_as(brand.viewer):
            assert read.requests_sent(brand.viewer) == before
    assert list(Entry.objects.filter(act__contains="reminders").values_list("act", flat=True)) == [
        "pause_reminders",
        "resume_reminders",
    ]


@stored
def test_a_reminder_for_another_changes_nothing_for_who_asked(brand: cast.Firm, rival: cast.Firm) -> None:
    """Not the state of the request, not when its link ends, not how often it may be sent again."""
    with on(7), looking_as(rival.viewer):
        before = read.requests_sent(rival.viewer)
    with on(7):
        actions.remind()
        Mail.objects.filter(cause__startswith="reminder").update(status=Mail.Status.FAILED)
        with looking_as(rival.viewer):
            assert read.requests_sent(rival.viewer) == before
            for _ in range(3):
                actions.resend(rival.viewer, request=before[0].request)
    assert brand


@stored
def test_the_link_of_a_pause_is_bound_to_its_address() -> None:
    for word in ("", "x", "~", actions.token_for(ADDRESS)[:-1], actions.token_for(ADDRESS) + "a"):
        with pytest.raises(NotKnown):
            actions.pause_reminders(word)
    assert not Pause.objects.exists()


@stored
def test_the_page_pauses_stops_and_resumes(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    at = f"/reminders/{actions.token_for(ADDRESS)}/"
    assert b"Reminders are on" in client.get(at).content
    for act, said in (("pause", b"Paused until"), ("stop", b"Off."), ("resume", b"Reminders are on")):
        assert client.post(at, {"act": act}).status_code == 302
        assert said in client.get(at).content
    assert client.get("/reminders/other/").status_code == 404
    assert Pause.objects.count() == 1


@stored
def test_a_mail_in_french_reads_as_french(brand: cast.Firm) -> None:
    with looking_as(brand.viewer):
        Contact.objects.update(language="fr")
    with on(7):
        actions.remind()
    (mail,) = reminders()
    assert mail.subject == "Une demande attend votre réponse"
    assert "Maison Claire, pour le" in mail.text
