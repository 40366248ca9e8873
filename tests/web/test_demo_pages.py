"""The demo's own pages: there in demo mode, nowhere otherwise."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import clear_url_caches

from amont.kernel.errors import NotKnown
from amont.parties import actions as parties
from amont.post import actions, read
from web import demo_urls  # read while demo mode is off, as the usual urls are

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> Iterator[None]:
    settings.DEMO, settings.ROOT_URLCONF = True, demo_urls.__name__
    clear_url_caches()
    yield
    clear_url_caches()


def _mail(text: str) -> None:
    with transaction.atomic():
        actions.write(cause=text, to="paul@firm.example", language="en", subject="An <invitation>", text=text)


@pytest.mark.parametrize("path", ["/demo/", "/demo/outbox/", "/demo/enter/"])
def test_outside_of_demo_mode_there_is_no_such_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, {"persona": "brand"}).status_code == 404


def test_outside_of_demo_mode_nobody_reads_the_outbox() -> None:
    _mail("hello")
    with pytest.raises(NotKnown):
        read.newest()


@pytest.mark.usefixtures("demo")
def test_the_first_page_is_the_demos() -> None:
    client = Client(headers={"accept-language": "en"})
    assert client.get("/")["Location"] == "/demo/"
    page = client.get("/demo/")
    assert page.status_code == 200
    assert b"invented" in page.content


@pytest.mark.usefixtures("demo")
def test_a_visitor_takes_a_seat_without_a_password_and_only_one_of_the_three(client: Client) -> None:
    for email, firm in (("brand@demo.example", "Maison Orvanne"), ("other@demo.example", "Other")):
        parties.open_account(email=email, person_name="Claire", organization_name=firm, country="FR", language="en")
    assert client.post("/demo/enter/", {"persona": "other@demo.example"}).status_code == 404
    assert client.post("/demo/enter/", {"persona": "brand"}).status_code == 302
    assert b"Maison Orvanne" in client.get("/account/organization/").content


@pytest.mark.usefixtures("demo")
def test_the_outbox_shows_mails_newest_first_with_links_and_without_markup(client: Client) -> None:
    _mail("first")
    _mail("second <b>bold</b> http://127.0.0.1:8000/account/join/x/")
    page = client.get("/demo/outbox/").content.decode()
    assert page.index("second") < page.index("first</")
    assert 'href="http://127.0.0.1:8000/account/join/x/"' in page
    assert "<b>bold" not in page
    assert "An &lt;invitation&gt;" in page
