"""Pages of chains: what stands on them, what does not, and how fast they come."""

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from amont.catalogue.models import Site
from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import unsealed
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Membership, Organization
from amont.sight import read as sight
from amont.sight.facts import SiteFact
from small_world import SmallWorld

Opened = Callable[..., Viewer]
SignedIn = Callable[[Viewer], Client]
FORMS = ("drawing", "map", "tree", "table")


@pytest.fixture
def world(opened: Opened) -> SmallWorld:
    """Give M's chain: t1 by name, t2 and t3 without, a stated source beside t1, and claims; Claire looks for M."""
    world = SmallWorld()
    for name, firm in (("claire", "M"), ("rachel", "Rival"), ("tom", "T1")):
        world.firms[firm] = Organization.objects.get(pk=opened(name, firm=firm).organization_id)
    Organization.objects.update(checked_by="world")
    world.item("m1", "M", family="palm")
    world.item("t1", "T1", country="FR", step="blending", family="palm")
    world.item("t2", "Hidden Refinery", country="MY", step="refining", family="palm")
    world.item("t3", "Hidden Mill", country="ID", step="milling", family="palm", chain_end="origin_reached")
    world.ask(world.link("m1", "t1"))
    world.ask(world.link("t1", "t2"), passed=True)
    world.link("t2", "t3")
    world.state("t1", "Secret Trader", country="SG", step="trading", input="palm kernel oil")
    world.claim("m1", "Somebody Else", "Far Mill")
    return world


def _person(world: SmallWorld, signed_in: SignedIn, firm: str) -> Client:
    seat = Membership.objects.get(organization=world.firm(firm))
    return signed_in(Viewer(seat.organization_id, seat.person_id))


def _page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def _without_token(page: bytes) -> bytes:
    return re.sub(rb"[A-Za-z0-9]{64}", b"", page)


@pytest.mark.parametrize("form", ["tree", "table"])
def test_a_claim_says_which_firm_it_invites(world: SmallWorld, signed_in: SignedIn, form: str) -> None:
    page = _page(_person(world, signed_in, "M"), f"/lines/{world.items['m1'].public_id}/?as={form}")
    assert page.count("Invite<span> Somebody Else</span>") == 1, "above it, its direct supplier is invited"
    assert "Far Mill</span></a>" not in page


@pytest.mark.parametrize("form", FORMS)
def test_each_form_shows_the_same_places(world: SmallWorld, signed_in: SignedIn, form: str) -> None:
    page = _page(_person(world, signed_in, "M"), f"/lines/{world.items['m1'].public_id}/?as={form}")
    for word in ("T1", "Malaysia", "Indonesia", "Singapore", "Somebody Else", "Far Mill", "Unnamed firm"):
        assert word in page, word
    for secret in ("Hidden Refinery", "Hidden Mill", "Secret Trader"):
        assert secret not in page


@pytest.mark.parametrize("name", ["drawing.svg", "map.svg"])
def test_a_file_for_print_holds_what_the_page_shows_and_no_more(
    world: SmallWorld, signed_in: SignedIn, name: str
) -> None:
    answer = _person(world, signed_in, "M").get(f"/lines/{world.items['m1'].public_id}/{name}")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="amont-m1-')
    text = answer.content.decode()
    for word in ("Malaysia", "Indonesia", "Nameless"):
        assert word in text, word
    for secret in ("Hidden Refinery", "Hidden Mill", "Secret Trader", "var(--", "<a ", "<script"):
        assert secret not in text


def _at_site(world: SmallWorld, item: str) -> None:
    row = world.items[item]
    where = {"name": "Works", "town": "Lumut", "latitude": 4.25, "longitude": 100.625}
    with unsealed("a test puts an item at a site"), transaction.atomic():
        row.site = Site.objects.create(owner_id=row.owner_id, **where)
        row.save()
        ledger.append(None, "test", network=True)


@pytest.mark.parametrize("level", [3, 4])
def test_a_place_stands_at_its_site_only_where_its_coordinates_show(
    world: SmallWorld, signed_in: SignedIn, level: int
) -> None:
    _at_site(world, "t1")
    world.grant("T1", "identity", "customers", level)
    with looking_as(world.viewer("M")):
        places = sight.chain_above(world.viewer("M"), world.items["m1"].public_id).places
    site = next(place.site for place in places if place.organization == "T1")
    assert site == (SiteFact("Works", "Lumut", 4.25, 100.625) if level == 4 else SiteFact("Works", "Lumut"))
    page = _page(_person(world, signed_in, "M"), f"/lines/{world.items['m1'].public_id}/?as=map")
    assert ("<title>T1, " in page) is (level == 4)
    assert "4.25" not in page


def test_the_owner_of_a_stated_source_reads_its_name(world: SmallWorld, signed_in: SignedIn) -> None:
    page = _page(_person(world, signed_in, "T1"), f"/lines/{world.items['t1'].public_id}/?as=tree")
    assert "Secret Trader" in page


def test_a_line_of_somebody_else_is_not_found_like_one_that_is_not_there(
    world: SmallWorld, signed_in: SignedIn
) -> None:
    client = _person(world, signed_in, "Rival")
    for url in ("/lines/{}/", "/lines/{}/who/", "/lines/{}/?as=table", "/lines/{}/drawing.svg", "/lines/{}/map.svg"):
        hidden = client.get(url.format(world.items["m1"].public_id))
        absent = client.get(url.format("2" * 20))
        assert (hidden.status_code, absent.status_code) == (404, 404)
        said = hidden.content.replace(world.items["m1"].public_id.encode(), b"2" * 20)  # the address asked for
        assert _without_token(said) == _without_token(absent.content)


def test_nobody_signed_in_is_sent_to_sign_in(world: SmallWorld) -> None:
    answer = Client().get(f"/lines/{world.items['m1'].public_id}/")
    assert answer.status_code == 302


def test_what_was_not_asked_is_told_and_leads_to_its_places(world: SmallWorld, signed_in: SignedIn) -> None:
    client = _person(world, signed_in, "M")
    page = _page(client, f"/lines/{world.items['m1'].public_id}/")
    assert "as=table&amp;only=not_asked" in page
    table = _page(client, f"/lines/{world.items['m1'].public_id}/?as=table&only=not_asked")
    assert "Singapore" in table
    assert "Malaysia" not in table


@pytest.mark.parametrize("sort", ["who", "-who", "country", "-tier", "end", "nonsense"])
def test_the_table_is_sorted_by_the_server(world: SmallWorld, signed_in: SignedIn, sort: str) -> None:
    assert "<caption" in _page(
        _person(world, signed_in, "M"), f"/lines/{world.items['m1'].public_id}/?as=table&sort={sort}"
    )


def test_all_lines_are_narrowed_by_what_is_asked(world: SmallWorld, signed_in: SignedIn) -> None:
    world.item("soap", "M", family="glycerin")
    client = _person(world, signed_in, "M")
    assert "soap" in _page(client, "/lines/")
    for query in ("tier=3", "end=origin_reached", "country=MY", "text=t1", "family=palm"):
        page = _page(client, f"/lines/?{query}")
        assert ">m1<" in page, query
        assert ">soap<" not in page, query
    assert ">soap<" in _page(client, "/lines/?gap=no_supplier")
    assert "No line answers all of this" in _page(client, "/lines/?text=nothing-like-it")


def test_a_supplier_reads_who_sees_what(world: SmallWorld, signed_in: SignedIn) -> None:
    client = _person(world, signed_in, "T1")
    for url in ("/lines/mine/", f"/lines/{world.items['t1'].public_id}/who/"):
        page = _page(client, url)
        assert "your firm&#x27;s name" in page
        assert "a rare step in a rare country names itself" in page


def test_what_is_written_by_people_is_escaped(world: SmallWorld, signed_in: SignedIn) -> None:
    world.claim("m1", "<script>alert(1)</script>")
    client = _person(world, signed_in, "M")
    for form in FORMS:
        page = _page(client, f"/lines/{world.items['m1'].public_id}/?as={form}")
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def _large(world: SmallWorld) -> None:
    """Put 300 places in five tiers above a line, all by name below, origins beyond."""
    world.item("big", "M")
    previous = ["big"]
    for tier in range(5):
        made = [f"b{tier}-{number}" for number in range(60)]
        for number, name in enumerate(made):
            world.item(name, f"Firm {name}", country="ID", step="milling", family="palm")
            world.ask(world.link(previous[number % len(previous)], name), passed=bool(tier))
        previous = made


def test_a_chain_of_300_places_comes_in_every_form(world: SmallWorld, signed_in: SignedIn) -> None:
    _large(world)
    client = _person(world, signed_in, "M")
    for form in FORMS:
        url = f"/lines/{world.items['big'].public_id}/?as={form}"
        assert _page(client, url).count("Indonesia") > 50, form


def test_a_claimed_chain_of_several_hundred_paths_stays_whole(world: SmallWorld, signed_in: SignedIn) -> None:
    world.item("big", "M")
    for number in range(419):
        world.claim("big", f"Trader {number % 12}", f"Crusher {number % 90}", f"Mill {number}")
    client = _person(world, signed_in, "M")
    tree = _page(client, f"/lines/{world.items['big'].public_id}/?as=tree")
    assert all(f"Mill {number}<" in tree for number in range(419))
    table = _page(client, f"/lines/{world.items['big'].public_id}/?as=table&sort=-tier")
    assert "Page 1 of 7" in table
    drawing = _page(client, f"/lines/{world.items['big'].public_id}/?as=drawing")
    assert "places are folded into groups" in drawing


def test_the_list_is_searched_where_the_chain_shows_and_nowhere_else(world: SmallWorld, signed_in: SignedIn) -> None:
    client = _person(world, signed_in, "M")
    for shown in ("t1", "far mill", "somebody"):
        assert "m1" in _page(client, f"/lines/?text={shown}"), shown
    for hidden in ("hidden", "secret trader", "t2"):
        assert world.items["m1"].public_id not in _page(client, f"/lines/?text={hidden}"), hidden


def test_lines_are_narrowed_to_a_step_without_a_certificate(world: SmallWorld, signed_in: SignedIn) -> None:
    client = _person(world, signed_in, "M")
    assert world.items["m1"].public_id in _page(client, "/lines/?family=palm&uncertified=refining")
    assert world.items["m1"].public_id not in _page(client, "/lines/?uncertified=trading")


def test_a_filter_is_kept_shown_and_dropped(world: SmallWorld, signed_in: SignedIn) -> None:
    client = _person(world, signed_in, "M")
    sent = client.post("/lines/filters/", {"name": "Palm lines", "query": "family=palm&x=1&changed=new"})
    assert sent["Location"] == "/lines/?family=palm&changed=new"
    page = _page(client, "/lines/")
    assert "Palm lines" in page
    refused = client.post("/lines/filters/", {"name": "", "query": "family=palm"})
    assert refused.status_code == 422
    drop = re.search(r'action="(/lines/filters/[^"]+/drop/)"', page)
    assert drop
    assert "Palm lines" not in _page(_person(world, signed_in, "Rival"), "/lines/")
    client.post(drop[1])
    assert "Palm lines" not in _page(client, "/lines/")


def test_what_is_new_since_the_last_look_is_told_at_the_top_and_at_the_line(
    world: SmallWorld, signed_in: SignedIn
) -> None:
    client = _person(world, signed_in, "M")
    assert client.post("/lines/visited/", {"all": "1"}).status_code == 302
    world.item("u1", "U1", country="GH", step="harvest")
    world.link("m1", "u1")
    with transaction.atomic():
        ledger.append(None, "test", network=True)
    page = _page(client, "/lines/?changed=further")
    assert "1 more place" in page
    assert "Ghana" in page
    assert client.post("/lines/visited/").status_code == 204
    client.post("/lines/visited/", {"all": "1"})
    assert "1 more place" not in _page(client, "/lines/")


def test_every_page_heads_its_print_with_firm_and_date(world: SmallWorld, signed_in: SignedIn) -> None:
    client = _person(world, signed_in, "M")
    for url in ("/coverage/", "/lines/", "/ask/", f"/lines/{world.items['m1'].public_id}/"):
        head = re.search(r'<p class="print-head">(.*?)</p>', _page(client, url))
        assert head is not None, url
        firm, *_consortium, day = head[1].split(" · ")
        assert firm == "M"
        assert re.search(r"\d{4}", day)


def test_a_script_gets_the_picture_alone_and_its_address(world: SmallWorld, signed_in: SignedIn) -> None:
    client = _person(world, signed_in, "M")
    url = f"/lines/{world.items['m1'].public_id}/?as=drawing&by=country"
    answer = client.get(url, headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == url
    assert "HX-Request" in answer["Vary"]
    text = answer.content.decode()
    assert 'id="picture"' in text
    assert "<html" not in text
    assert "<table" not in text
    for secret in ("Hidden Refinery", "Hidden Mill", "Secret Trader"):
        assert secret not in text
    again = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(url, headers=again).content.decode()
