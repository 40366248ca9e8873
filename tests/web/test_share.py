"""Who sees what: decisions in one act, refusals at the field, see-as, and asking for more, page by page."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from amont.chain.models import Link
from amont.disclosure.models import Consent, Grant
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Membership, Organization
from amont.post.models import Mail
from small_world import SmallWorld

Opened = Callable[..., Viewer]
SignedIn = Callable[[Viewer], Client]


@pytest.fixture
def world(opened: Opened) -> SmallWorld:
    """Give M <- T1 <- T2 <- T3, all asked and answered; one person looks for each firm."""
    world = SmallWorld()
    for name, firm in (("claire", "M"), ("tom", "T1"), ("rana", "T2"), ("gita", "T3"), ("rachel", "Rival")):
        world.firms[firm] = Organization.objects.get(pk=opened(name, firm=firm).organization_id)
    Organization.objects.update(checked_by="world")
    world.member("M")
    world.item("m1", "M", family="palm")
    world.item("t1", "T1", country="FR", step="blending", family="palm")
    world.item("t2", "T2", country="MY", step="refining", family="palm")
    world.item("t3", "T3", country="ID", step="milling", family="palm")
    world.ask(world.link("m1", "t1", reference="base"))
    world.ask(world.link("t1", "t2", reference="oil"), passed=True)
    world.ask(world.link("t2", "t3", reference="kernels"), passed=True)
    return world


def person(world: SmallWorld, signed_in: SignedIn, firm: str) -> Client:
    seat = Membership.objects.get(organization=world.firm(firm))
    return signed_in(Viewer(seat.organization_id, seat.person_id))


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def grants() -> int:
    with unsealed("a test counts"):
        return Grant.objects.count()


SAID = {"about": "whole", "audience": "requesters", "level": "origin", "starts_on": "", "until_on": ""}


def test_the_page_says_who_sees_what_and_why_without_a_number(world: SmallWorld, signed_in: SignedIn) -> None:
    world.grant("T2", "identity", "organization", 1, audience_organization=world.firm("T1"))
    shown = page(person(world, signed_in, "T2"), "/who/")
    for words in ("My customers", "Those who asked", "Anyone in the chain", "T1", "by the charter", "it buys from you"):
        assert words in shown, words
    assert "level" not in re.sub(r"<[^>]+>", "", shown).lower()
    assert "T3" not in re.sub(r"[A-Za-z0-9]{64}", "", shown)


def test_a_decision_is_added_changed_and_withdrawn_in_one_act_each(world: SmallWorld, signed_in: SignedIn) -> None:
    client = person(world, signed_in, "T2")
    item = world.items["t2"].public_id
    assert client.post(f"/who/decide/?item={item}", {**SAID, "about": f"item:{item}"}).status_code == 302
    shown = page(client, f"/lines/{item}/who/")
    assert "by your decision" in shown
    with unsealed("a test reads"):
        made = Grant.objects.get()
    changed = client.post(f"/who/grants/{made.public_id}/", {"level": "sealed", "until_on": ""})
    assert changed.status_code == 302
    assert grants() == 2
    with unsealed("a test reads"):
        last = Grant.objects.get(revoked_at=None)
    assert client.post(f"/who/grants/{last.public_id}/withdraw/", {"back": f"/lines/{item}/who/"}).status_code == 302
    assert "Your decisions" not in page(client, "/who/")


def test_before_withdrawing_the_owner_reads_that_a_name_becomes_an_origin(
    world: SmallWorld, signed_in: SignedIn
) -> None:
    world.grant("T2", "identity", "requesters", 3, item=world.items["t2"])
    shown = page(person(world, signed_in, "T2"), "/who/")
    assert "Once withdrawn, sees at most: the country, the step, the family." in shown
    assert "never as an unnamed firm" in shown


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"starts_on": "2020-01-01"}, "cannot start in the past"),
        ({"until_on": "2020-01-01"}, "The end must come after the start."),
        ({"until_on": "2199-01-01"}, "Choose a day within ten years."),
        ({"starts_on": "2199-01-01"}, "Choose a day within ten years."),
        ({"audience": "firm:22222222222222222222"}, "Select a valid choice"),
        ({"audience": "nobody"}, "Select a valid choice"),
        ({"level": "5"}, "Select a valid choice"),
        ({"about": "item:22222222222222222222"}, "Select a valid choice"),
    ],
)
def test_what_does_not_do_is_refused_at_its_field_and_nothing_is_written(
    world: SmallWorld, signed_in: SignedIn, wrong: dict[str, str], words: str
) -> None:
    answer = person(world, signed_in, "T2").post("/who/decide/", {**SAID, **wrong})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert 'class="error"' in answer.content.decode()
    assert grants() == 0


def test_a_firm_that_is_hidden_is_refused_like_one_that_is_not_there(world: SmallWorld, signed_in: SignedIn) -> None:
    client = person(world, signed_in, "T2")
    hidden = world.firm("M").public_id
    said = [
        client.post("/who/decide/", {**SAID, "audience": f"firm:{each}"}).content.decode().replace(each, "")
        for each in (hidden, "2" * 20)
    ]
    token = re.compile(r"[A-Za-z0-9]{64}")
    assert token.sub("", said[0]) == token.sub("", said[1])
    assert grants() == 0


@pytest.mark.parametrize("url", ["/lines/{}/who/", "/who/decide/?item={}"])
def test_another_firms_item_is_not_found(world: SmallWorld, signed_in: SignedIn, url: str) -> None:
    client = person(world, signed_in, "T2")
    assert client.get(url.format(world.items["m1"].public_id)).status_code == 404
    assert client.get(url.format("2" * 20)).status_code == 404


def test_another_firms_decision_is_neither_changed_nor_withdrawn(world: SmallWorld, signed_in: SignedIn) -> None:
    made = world.grant("T2", "identity", "requesters", 3)
    client = person(world, signed_in, "T1")
    assert client.get(f"/who/grants/{made.public_id}/").status_code == 404
    assert client.post(f"/who/grants/{made.public_id}/withdraw/").status_code == 404
    with unsealed("a test reads"):
        assert Grant.objects.get().revoked_at is None


def test_withdrawing_leads_nowhere_else(world: SmallWorld, signed_in: SignedIn) -> None:
    made = world.grant("T2", "identity", "requesters", 3)
    client = person(world, signed_in, "T2")
    answer = client.post(f"/who/grants/{made.public_id}/withdraw/", {"back": "https://elsewhere.example/"})
    assert answer["Location"] == "/who/"


def test_see_as_shows_the_very_words_of_the_customers_page(world: SmallWorld, signed_in: SignedIn) -> None:
    world.state("t2", "Secret Farm", country="ID", step="farming", input="fruit")
    world.grant("T2", "sourcing", "chain", 2)
    seen = page(person(world, signed_in, "T2"), f"/who/as/{world.firm('T1').public_id}/")
    theirs = page(person(world, signed_in, "T1"), f"/lines/{world.items['t1'].public_id}/?as=tree")
    told = re.findall(r'<svg class="mark.*?</svg> <span class="visually-hidden">.*?(?=\n|</li>)', seen, re.DOTALL)
    assert len(told) == 2
    assert all(each in theirs for each in told)
    assert "Secret Farm" not in seen


def test_see_as_tells_nothing_of_the_customer_or_of_a_source(world: SmallWorld, signed_in: SignedIn) -> None:
    seen = page(person(world, signed_in, "T1"), f"/who/as/{world.firm('M').public_id}/")
    words = set(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", seen)))  # a token in a form may spell any of them
    assert words.isdisjoint({"m1", "T2", "T3", "Malaysia"})
    client = person(world, signed_in, "T2")
    assert client.get(f"/who/as/{world.firm('M').public_id}/").status_code == 404
    assert client.get(f"/who/as/{'2' * 20}/").status_code == 404


def ask(world: SmallWorld, signed_in: SignedIn) -> tuple[Client, str]:
    """Let M ask who stands at t3's place; return M's client and the page."""
    client = person(world, signed_in, "M")
    tree = page(client, f"/lines/{world.items['m1'].public_id}/?as=tree")
    places = re.findall(r"/who/ask/([a-z0-9]+)/", tree)
    urls = [f"/who/ask/{place}/" for place in dict.fromkeys(places)]
    url = next(each for each in urls if "Indonesia" in page(client, each))
    assert client.post(url, {"purpose": "To visit the mill"}).status_code == 302
    return client, url


def consent(world: SmallWorld, signed_in: SignedIn, firm: str, say: str) -> None:
    client = person(world, signed_in, firm)
    for url in re.findall(r"/who/asked/[a-z0-9]+/", page(client, "/who/asked/")):
        assert client.post(url, {"say": say}).status_code == 302


def test_the_name_shows_once_every_owner_on_the_way_agrees_and_not_before(
    world: SmallWorld, signed_in: SignedIn
) -> None:
    client, url = ask(world, signed_in)
    line = f"/lines/{world.items['m1'].public_id}/?as=tree"
    with unsealed("a test reads"):
        asked = sorted((row.owner.name, row.covers) for row in Consent.objects.select_related("owner"))
    assert asked == [("T1", "sourcing"), ("T2", "identity"), ("T2", "sourcing"), ("T3", "identity")]
    assert "You asked. The question stands until" in page(client, url)
    for firm in ("T1", "T2"):
        consent(world, signed_in, firm, "yes")
        assert "<strong>T3</strong>" not in page(client, line)
        assert grants() == 0
    consent(world, signed_in, "T3", "yes")
    assert grants() == 4
    assert "<strong>T3</strong>" in page(client, line)
    assert "<strong>T2</strong>" in page(client, line)


def test_whatever_the_owners_say_the_asker_reads_the_same(world: SmallWorld, signed_in: SignedIn) -> None:
    client, url = ask(world, signed_in)
    token = re.compile(r"[A-Za-z0-9]{64}")
    urls = (url, "/who/asked/", "/who/", "/home/", f"/lines/{world.items['m1'].public_id}/?as=tree")

    def read() -> list[str]:
        return [token.sub("", page(client, each)) for each in urls]

    before = read()
    consent(world, signed_in, "T1", "yes")
    assert read() == before
    consent(world, signed_in, "T2", "no")
    assert read() == before
    consent(world, signed_in, "T3", "yes")
    assert read() == before
    assert client.post(url, {"purpose": "Again"}).status_code == 302
    with unsealed("a test counts"):
        assert Consent.objects.count() == 4


def test_the_mail_tells_nothing_in_its_subject_and_goes_to_each_owner_once(
    world: SmallWorld, signed_in: SignedIn
) -> None:
    ask(world, signed_in)
    mails = list(Mail.objects.filter(cause__startswith="more "))
    assert sorted(each.to for each in mails) == ["gita@firm.example", "rana@firm.example", "tom@firm.example"]
    assert {each.subject for each in mails} == {"A question for you on Amont"}
    assert all("M, further down" in each.text for each in mails)
    assert mail.outbox == []


def test_after_thirty_days_all_consents_lapse(world: SmallWorld, signed_in: SignedIn) -> None:
    _client, _url = ask(world, signed_in)
    consent(world, signed_in, "T1", "yes")
    consent(world, signed_in, "T2", "yes")
    with unsealed("a test lets time pass"):
        for row in Consent.objects.all():
            row.asked_at -= timedelta(days=30)
            row.expires_at = row.asked_at + timedelta(days=30)
            row.save()
        late = Consent.objects.get(owner=world.firm("T3"))
    gita = person(world, signed_in, "T3")
    assert late.expires_at <= clock.now()
    answer = gita.post(f"/who/asked/{late.public_id}/", {"say": "yes"}, follow=True)
    assert "This question has lapsed" in answer.content.decode()
    assert grants() == 0


def test_an_owner_reads_who_asks_about_its_own_link_and_nobody_else(world: SmallWorld, signed_in: SignedIn) -> None:
    ask(world, signed_in)
    shown = page(person(world, signed_in, "T3"), "/who/asked/")
    assert "<strong>M</strong>" in shown
    assert "To visit the mill" in shown
    assert "as sold to T2" in shown
    assert "T1" not in shown
    assert "1 firm asks to know more" in page(person(world, signed_in, "T3"), "/home/")
    assert "Nobody asks you" in page(person(world, signed_in, "Rival"), "/who/asked/")


def test_who_asked_under_its_name_may_be_named_in_a_decision_and_be_seen_as(
    world: SmallWorld, signed_in: SignedIn
) -> None:
    asker = world.firm("M").public_id
    client = person(world, signed_in, "T3")
    assert client.get(f"/who/as/{asker}/").status_code == 404
    ask(world, signed_in)
    seen = page(client, f"/who/as/{asker}/")
    assert "at most" in seen
    assert "Indonesia" in seen
    assert client.post("/who/decide/", {**SAID, "audience": f"firm:{asker}"}).status_code == 302
    assert grants() == 1


def test_a_consent_taken_back_after_the_last_one_ends_ones_own_grant(world: SmallWorld, signed_in: SignedIn) -> None:
    client, _url = ask(world, signed_in)
    for firm in ("T1", "T2", "T3"):
        consent(world, signed_in, firm, "yes")
    consent(world, signed_in, "T3", "no")
    line = page(client, f"/lines/{world.items['m1'].public_id}/?as=tree")
    assert "<strong>T3</strong>" not in line
    assert "<strong>T2</strong>" in line
    with unsealed("a test counts"):
        assert Grant.objects.exclude(revoked_at=None).count() == 1


def test_another_firms_question_and_place_are_not_found(world: SmallWorld, signed_in: SignedIn) -> None:
    _client, url = ask(world, signed_in)
    with unsealed("a test reads"):
        theirs = Consent.objects.get(owner=world.firm("T3"))
        assert Link.objects.count() == 3
    rival = person(world, signed_in, "Rival")
    assert rival.post(f"/who/asked/{theirs.public_id}/", {"say": "yes"}).status_code == 404
    assert rival.get(url).status_code == 404
    assert rival.post(url, {"purpose": "Who?"}).status_code == 404
    with unsealed("a test reads"):
        assert Consent.objects.get(pk=theirs.pk).said == "nothing"


def test_an_asking_without_a_reason_is_refused_at_its_field(world: SmallWorld, signed_in: SignedIn) -> None:
    client = person(world, signed_in, "M")
    tree = page(client, f"/lines/{world.items['m1'].public_id}/?as=tree")
    url = re.findall(r"/who/ask/[a-z0-9]+/", tree)[0]
    answer = client.post(url, {"purpose": "  "})
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    with unsealed("a test counts"):
        assert Consent.objects.count() == 0
