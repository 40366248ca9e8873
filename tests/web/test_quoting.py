"""Asking vendors for prices, answering by the mailed link, comparing and choosing, in the browser's own steps."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.post.models import Mail
from amont.purchasing.quoting import open_quotes
from purchasing.stage import Stage
from purchasing.test_quoting import ASKED, CLOSED, VENDORS, led
from web.test_buying import DRAFT, Opened, SignedIn

ANSWERED = {
    "price_1": "2.50",
    "reference_1": "P-1",
    "delivery_days": "3",
    "certificates": "ISO 14001; FR-1; 2027-06-30",
}


class Desk:
    """The lead in its browser, and vendors in theirs, without an account."""

    def __init__(self, viewer: Viewer, lead: Client, network: str, category: str) -> None:
        self.viewer, self.lead, self.network, self.request = viewer, lead, network, ""
        self.category = category

    def ask(self, **more: str) -> str:
        said = {
            "on": f"{self.category} 2026 EUR",
            "lines": "Paper A4; BX\nPens; EA",
            "vendors": "\n".join(f"{each.name}; {each.email}" for each in VENDORS),
            "closes_on": "2026-03-10",
            "language": "en",
            **more,
        }
        answer = self.lead.post(reverse("buy:quotes", args=(self.network,)), said)
        if answer.status_code == 302:
            self.request = answer["Location"].rstrip("/").split("/")[-1]
        return answer.content.decode()

    def vendor(self, number: int, **said: str) -> str:
        mail = Mail.objects.filter(to=VENDORS[number].email).order_by("pk").first()
        assert mail is not None
        token = re.findall(r"/prices/([^/\s]+)/", mail.text)[0]
        url = reverse("buy:quote", args=(token,))
        browser = Client(headers={"Accept-Language": "en"})
        answer = browser.post(url, said) if said else browser.get(url)
        assert answer.status_code == 200
        return answer.content.decode()

    def compared(self, query: str = "") -> str:
        return self.lead.get(reverse("buy:compared", args=(self.request,)) + query).content.decode()


@pytest.fixture
def desk(opened: Opened, signed_in: SignedIn) -> Iterator[Desk]:
    lead = opened("lead")
    stage = led(Stage({"Lead": lead}))
    with clock.held_at(ASKED):
        yield Desk(lead, signed_in(lead), stage.network, stage.category)


def test_from_the_question_to_the_agreement_in_the_browser(desk: Desk, opened: Opened, signed_in: SignedIn) -> None:
    desk.ask()
    assert "Sealed" in desk.compared()
    asked = desk.vendor(0).replace(",", "")
    assert "7000.00 EUR" in asked
    assert "Bureau Vif" not in asked
    assert "sealed until the last day" in desk.vendor(0, **ANSWERED)
    assert 'value="2.50"' in desk.vendor(0)
    desk.vendor(1, price_1="2.40", price_2="0.40")
    desk.vendor(2, say="decline")
    assert "2.40" not in desk.compared()
    with clock.held_at(CLOSED):
        open_quotes()
        page = desk.compared()
        assert page.index("Bureau Vif</th>") < page.index("Papeterie Neuve</th>") < page.index("Encre et Cie</th>")
        assert "ISO 14001 · FR-1" in page
        desk.lead = signed_in(desk.viewer)
        assert "2.40" in desk.compared("?table=2&file=csv")
        key = re.findall(r'<option value="([^"]+)">Bureau Vif', page)[0]
        choose = reverse("buy:choose_quote", args=(desk.request,))
        assert desk.lead.post(choose, {"quote": key, "reason": ""}).status_code == 200
        assert desk.lead.post(choose, {"quote": key, "reason": "Both lines"}).status_code == 302
        stranger = signed_in(opened("stranger")).get(reverse("buy:compared", args=(desk.request,)))
        assert stranger.status_code == 404
        agree = reverse("buy:agree_on_quote", args=(desk.request,))
        vendor = re.findall(r'<option value="([^"]+)">Vendor', desk.lead.get(agree).content.decode())[0]
        said = {key: value for key, value in DRAFT.items() if key != "currency"}
        answer = desk.lead.post(agree, {**said, "supplier": vendor})
        assert answer.status_code == 302, answer.content
        drafted = desk.lead.get(answer["Location"]).content.decode()
        assert "Negotiated for all" in drafted
        assert "Pens" in drafted


def test_a_form_that_does_not_do_says_where_and_sends_nothing(desk: Desk) -> None:
    assert "Line 1: separate" in desk.ask(lines="Paper")
    assert "Select a valid choice" in desk.ask(on=f"{desk.category} 2027 EUR")
    assert "two to twenty" in desk.ask(vendors="Papeterie Neuve; anne@neuve.example")
    assert not Mail.objects.filter(to=VENDORS[0].email).exists()
    desk.ask()
    assert "at least one price" in desk.vendor(0, delivery_days="3")
    assert "above zero" in desk.vendor(0, price_1="0")
    assert "2027-06-30" in desk.vendor(0, price_1="1", certificates="ISO; 1; soon")
    assert "value" in desk.vendor(0)


def test_after_the_closing_the_link_shows_what_was_quoted_and_takes_nothing(desk: Desk) -> None:
    desk.ask()
    desk.vendor(0, **ANSWERED)
    with clock.held_at(CLOSED):
        page = desk.vendor(0)
        assert "Paper A4: 2.50 EUR" in page
        assert 'name="price_1"' not in page
        assert "closing moment" in desk.vendor(0, price_1="1.00")
        open_quotes()
        assert "1.00" not in desk.compared()
