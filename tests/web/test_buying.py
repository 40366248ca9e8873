"""Buying together in the browser's own steps: a network founded, an agreement opened, joined, settled."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.purchasing.models import Adhesion, Agreement, Category, Dispute, Network, Settlement, Statement

Opened = Callable[..., Viewer]
SignedIn = Callable[[Viewer], Client]
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
CATEGORY = {
    "scheme": "cpv",
    "code": "30192000-1",
    "label": "Office supplies",
    "reason": "Small",
    "reviewer": "Counsel",
    "review_on": "2027-01-01",
}
DRAFT = {
    "name": "Office 2026",
    "currency": "EUR",
    "first_on": "2026-01-01",
    "last_on": "2026-12-31",
    "formula": "retroactive",
    "bands": "0 0\n1 000 2 %\n10000;4",
    "counterpart": "One delivery a week",
}
PRICES = b"reference,unit,price\nPAPER,BX,2.50\n"


class Stage:
    """Three firms in their browsers."""

    def __init__(self, opened: Opened, signed_in: SignedIn) -> None:
        self.clients = {}
        for name in ("owner", "vendor", "buyer", "stranger"):
            viewer = opened(name)
            self.clients[name] = signed_in(viewer)
        self.network = self.agreement = ""

    def get(self, who: str, page: str, *about: str, status: int = 200) -> str:
        answer = self.clients[who].get(reverse(f"buy:{page}", args=about))
        assert answer.status_code == status, answer.content
        return answer.content.decode()

    def post(self, who: str, page: str, *about: str, status: int = 302, **said: object) -> str:
        answer = self.clients[who].post(reverse(f"buy:{page}", args=about), said)
        assert answer.status_code == status, answer.content
        return answer.content.decode()

    def founded(self) -> "Stage":
        self.post("owner", "found", name="Small firms together")
        network = Network.objects.get()
        self.network = network.public_id
        self.post("vendor", "join", network.joining, part="sells")
        self.post("buyer", "join", network.joining, part="buys")
        self.post("owner", "category", self.network, **CATEGORY)
        return self

    def opened(self) -> "Stage":
        vendor = Organization.objects.get(name="Maison Vendor").public_id
        category = Category.objects.get().public_id
        self.post("owner", "draft", self.network, **DRAFT, supplier=vendor, category=category)
        with unsealed("a test looks up the agreement"):
            self.agreement = Agreement.objects.get().public_id
        self.post("owner", "prices", self.agreement, **self.list())
        self.post("owner", "consent", self.agreement)
        self.post("vendor", "consent", self.agreement)
        return self

    @staticmethod
    def list(content: bytes = PRICES) -> dict[str, object]:
        return {"file": SimpleUploadedFile("prices.csv", content), "first_on": "2026-01-01", "last_on": "2026-12-31"}

    def joined(self) -> "Stage":
        self.post("buyer", "adhere", self.agreement, sites="Lyon", starts_on="2026-02-01", need="1200")
        with unsealed("a test looks up the adhesion"):
            adhesion = Adhesion.objects.get(state="asked").public_id
        self.post("vendor", "answer", self.agreement, adhesion, say="accept", customer="C7")
        return self


@pytest.fixture
def stage(opened: Opened, signed_in: SignedIn) -> Stage:
    with clock.held_at(NOON):
        return Stage(opened, signed_in).founded()


@pytest.fixture(autouse=True)
def _held() -> Iterator[None]:
    with clock.held_at(NOON):
        yield


def test_a_network_is_founded_and_an_agreement_opened_joined_and_settled(stage: Stage) -> None:
    stage.opened().joined()
    assert "Office 2026" in stage.get("buyer", "start")
    assert "Accepted" in stage.get("buyer", "own", stage.agreement)
    rows = b"invoice,date,customer,reference,unit,quantity,amount,vat\nF1,2026-02-01,C7,PAPER,BX,800,2000.00,20\n"
    file = SimpleUploadedFile("invoices.csv", rows)
    stage.post("vendor", "documents", stage.agreement, file=file)
    assert "2,000.00" in stage.get("buyer", "own", stage.agreement)
    with clock.held_at(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        stage.post("vendor", "settle", stage.agreement, on="2026-02-28")
        page = stage.get("buyer", "own", stage.agreement)
        assert "40.00" in page
        assert "at least five others" in page
        assert "28 February 2026" in stage.get("vendor", "sold", stage.agreement)
        with unsealed("a test looks up the settlement"):
            settled = Settlement.objects.get().public_id
        page = stage.get("vendor", "settlement", stage.agreement, settled)
        assert "48.00" in page, "40.00 net, 8.00 of VAT"
        assert "PAPER" not in stage.get("vendor", "recompute", stage.agreement), "amounts and documents, nothing else"
        for who, status in (("owner", 403), ("buyer", 404), ("stranger", 404)):
            stage.get(who, "settlement", stage.agreement, settled, status=status)
            stage.get(who, "recompute", stage.agreement, status=status)
        stage.get("vendor", "settlement", stage.agreement, "nothing", status=404)


def test_who_has_no_part_finds_nothing(stage: Stage) -> None:
    stage.opened().joined()
    pages = {"network": stage.network, **dict.fromkeys(("agreement", "adhere", "own", "sold"), stage.agreement)}
    for page, about in pages.items():
        assert "Office 2026" not in stage.get("stranger", page, about, status=404)
    stage.get("stranger", "join", "nothing", status=404)
    for page in ("consent", "close", "settle", "documents", "prices"):
        stage.post("stranger", page, stage.agreement, status=404, on="2026-02-28", file=SimpleUploadedFile("a", b"b"))


def test_owner_and_buyer_do_not_read_what_the_supplier_reads(stage: Stage) -> None:
    stage.opened().joined()
    stage.get("owner", "sold", stage.agreement, status=403)
    stage.get("buyer", "sold", stage.agreement, status=404)
    stage.post("owner", "settle", stage.agreement, status=403, on="2026-01-31")
    assert "Maison Buyer" not in stage.get("owner", "agreement", stage.agreement)
    assert "Maison Buyer" not in stage.get("owner", "own", stage.agreement)
    with unsealed("a test counts"):
        assert not Statement.objects.exists()


def test_what_a_price_list_lacks_is_told_on_the_page(stage: Stage) -> None:
    stage.opened()
    page = stage.post(
        "owner", "prices", stage.agreement, status=200, **stage.list(b"reference,unit,price\nA,EA,dear\n")
    )
    assert "row 2" in page
    assert "error-summary" in page


def test_bands_that_do_not_ascend_are_told_at_the_field(stage: Stage) -> None:
    vendor = Organization.objects.get(name="Maison Vendor").public_id
    said = {**DRAFT, "bands": "0 0\n500 2\n400 3", "supplier": vendor, "category": Category.objects.get().public_id}
    page = stage.post("owner", "draft", stage.network, status=200, **said)
    assert "Line 3" in page
    with unsealed("a test counts"):
        assert not Agreement.objects.exists()


def test_opening_without_prices_is_refused_in_words(stage: Stage) -> None:
    vendor = Organization.objects.get(name="Maison Vendor").public_id
    stage.post("owner", "draft", stage.network, **DRAFT, supplier=vendor, category=Category.objects.get().public_id)
    with unsealed("a test looks up the agreement"):
        agreement = Agreement.objects.get().public_id
    assert "Bring the price list first." in stage.post("owner", "consent", agreement, status=200)


def test_every_table_is_a_file_too(stage: Stage) -> None:
    stage.opened().joined()
    for who, page, about in (
        ("buyer", "start", ()),
        ("buyer", "network", (stage.network,)),
        ("buyer", "agreement", (stage.agreement,)),
        ("buyer", "own", (stage.agreement,)),
        ("vendor", "sold", (stage.agreement,)),
    ):
        for table in ("1", "2"):
            url = reverse(f"buy:{page}", args=about)
            answer = stage.clients[who].get(f"{url}?file=csv&table={table}")
            assert answer.status_code == 200
            assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_line_above_the_agreed_price_is_disputed_and_answered(stage: Stage) -> None:
    stage.opened().joined()
    rows = b"invoice,date,customer,reference,unit,quantity,amount,vat\nF1,2026-02-01,C7,PAPER,BX,4,12.00,20\n"
    stage.post("vendor", "documents", stage.agreement, file=SimpleUploadedFile("invoices.csv", rows))
    assert "Not as agreed" in stage.get("buyer", "own", stage.agreement)
    url = reverse("buy:dispute", args=[stage.agreement]) + "?document=F1&line=1"
    assert "12.00" in stage.clients["buyer"].get(url).content.decode()
    assert stage.clients["buyer"].post(url, {"said": ""}).status_code == 200
    assert stage.clients["buyer"].post(url, {"said": "10.00 was agreed"}).status_code == 302
    for who, status in (("owner", 404), ("stranger", 404)):
        assert stage.clients[who].get(url).status_code == status
    stage.get("owner", "disputes", stage.agreement, status=403)
    assert "1 waits for your answer" in stage.get("vendor", "sold", stage.agreement)
    assert "10.00 was agreed" in stage.get("vendor", "disputes", stage.agreement)
    with unsealed("a test looks up the dispute"):
        dispute = Dispute.objects.get().public_id
    stage.post("vendor", "answer_dispute", stage.agreement, dispute, say="refuse", answer="")
    assert "waits for the supplier" in stage.get("buyer", "own", stage.agreement), "a refusal needs its reason"
    stage.post("vendor", "answer_dispute", stage.agreement, dispute, say="credit", answer="Sorry.")
    assert "a credit note follows (Sorry.)" in stage.get("buyer", "own", stage.agreement)


def test_the_guard_is_read_by_all_and_who_stands_apart_by_the_operator_and_that_vendor_alone(stage: Stage) -> None:
    vendor = Organization.objects.get(name="Maison Vendor").public_id
    stage.post("owner", "exclude", stage.network, vendor=vendor, reason="It sits in our trade body")
    assert "It sits in our trade body" in stage.get("owner", "law", stage.network)
    assert "It sits in our trade body" in stage.get("vendor", "law", stage.network)
    assert "Maison Vendor" not in stage.get("buyer", "law", stage.network)
    stage.get("stranger", "law", stage.network, status=404)
    assert "Maison Vendor" not in stage.get("owner", "draft", stage.network), "nobody drafts with it"
    stage.post("owner", "readmit", stage.network, vendor)
    assert "Maison Vendor" in stage.get("owner", "draft", stage.network)
    stage.post("vendor", "apart", stage.network, reason="We sell to members ourselves")
    assert "at its own wish" in stage.get("owner", "law", stage.network)
    for who in ("buyer", "vendor"):
        stage.post(who, "exclude", stage.network, status=403, vendor=vendor, reason="x")
