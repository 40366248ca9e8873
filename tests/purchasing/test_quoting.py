"""Prices asked of several vendors on the sum of needs, sealed until the closing, then compared, chosen, agreed on."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.parties.models import Organization
from amont.post.models import Mail
from amont.purchasing import actions, quoting, read, read_quotes
from amont.purchasing.facts_needs import LeadDraft
from amont.purchasing.facts_quotes import Certified, LineAsked, Priced, QuoteDraft, QuoteRequestDraft, VendorAsked
from amont.purchasing.models import Mandate, Quote
from amont.purchasing.publishing import sum_needs
from amont.purchasing.quoting import open_quotes
from amont.purchasing.rules.quoting import standings
from purchasing.stage import Stage, founded

pytestmark = pytest.mark.django_db
ASKED = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLOSED = datetime(2026, 3, 11, tzinfo=UTC)
LINES = (LineAsked(1, "Paper A4", "BX"), LineAsked(2, "Pens", "EA"))
VENDORS = (
    VendorAsked("Papeterie Neuve", "anne@neuve.example"),
    VendorAsked("Bureau Vif", "luc@vif.example"),
    VendorAsked("Encre et Cie", "zoe@encre.example"),
)


def prices(paper: str, pens: str = "") -> QuoteDraft:
    """Return prices of paper and, if there are any, of pens."""
    given = {1: Priced(Decimal(paper), "P-1"), **({2: Priced(Decimal(pens))} if pens else {})}
    return QuoteDraft(given, (Certified("ISO 14001", "FR-1", date(2027, 6, 30)),), "Free delivery", 3, 45, None)


def led(stage: Stage | None = None) -> Stage:
    """Return a network whose lead is mandated, and whose six other buyers' needs have been told as a sum."""
    stage = founded(stage=stage)
    for name in ("Lead", *"ABCDEF"):
        stage.join(name)
        with stage.as_(name) as viewer:
            said = {"amount": Decimal(1000), "currency": "EUR"}
            actions.say_need(viewer, stage.network, category=stage.category, year=2026, **said)
    offer = LeadDraft(stage.category, date(2026, 3, 1), date(2026, 12, 31), "We know paper")
    with stage.as_("Lead") as lead:
        mandate = actions.offer_to_lead(lead, stage.network, offer)
    for name in "ABCDEF":
        with stage.as_(name) as viewer:
            actions.vote_on_lead(viewer, stage.network, mandate=mandate, say="yes")
    with clock.held_at(ASKED):
        sum_needs()
    return stage


def draft(stage: Stage, **more: object) -> QuoteRequestDraft:
    """Return a request for paper and pens."""
    asked = QuoteRequestDraft(stage.category, 2026, "EUR", date(2026, 3, 10), LINES, VENDORS, language="en")
    return replace(asked, **more)  # type: ignore[arg-type]


def ask(stage: Stage, name: str = "Lead", **more: object) -> str:
    """Ask, and return the request."""
    with stage.as_(name, ASKED) as viewer:
        return actions.ask_quotes(viewer, stage.network, draft(stage, **more))


def link(vendor: VendorAsked) -> str:
    """Return the secret of the link that a vendor was mailed."""
    text = Mail.objects.filter(to=vendor.email).order_by("pk").first()
    assert text is not None
    return re.findall(r"/prices/([^/\s]+)/", text.text)[0]


def quote(vendor: VendorAsked, given: QuoteDraft, at: datetime = ASKED) -> None:
    """Quote by the mailed link, nobody being signed in."""
    with clock.held_at(at):
        quoting.quote_by_link(link(vendor), given)


def _opened(stage: Stage) -> str:
    request = ask(stage)
    quote(VENDORS[0], prices("2.50", "0.40"))
    quote(VENDORS[1], prices("2.00"))
    with clock.held_at(ASKED):
        quoting.decline_by_link(link(VENDORS[2]))
    with clock.held_at(CLOSED):
        assert open_quotes() == 1
        assert open_quotes() == 0
    return request


@pytest.mark.both
def test_from_prices_asked_to_an_agreement_with_the_chosen_prices() -> None:
    stage = led()
    request = _opened(stage)
    with stage.as_("Lead", CLOSED) as lead:
        found = read_quotes.request(lead, request)
        assert [(each.vendor, each.declined) for each in found.quotes] == [
            ("Papeterie Neuve", False),
            ("Bureau Vif", False),
            ("Encre et Cie", True),
        ]
        first = found.quotes[0]
        assert (first.said.delivery_days, first.said.payment_days, first.said.terms) == (3, 45, "Free delivery")
        assert first.said.certificates == (Certified("ISO 14001", "FR-1", date(2027, 6, 30)),)
        actions.choose_quote(lead, request, quote=first.quote, reason="Prices both lines")
        agreed = actions.agree_on_quote(lead, request, stage.draft(category="", currency=""))
        assert actions.agree_on_quote(lead, request, stage.draft()) == agreed
        assert {(each.reference, each.price) for each in read.prices(lead, agreed)} == {
            ("P-1", Decimal("2.50")),
            ("2", Decimal("0.40")),
        }
        found_lead = read_quotes.led_by(lead, agreed)
        assert found_lead is not None
        assert found_lead.lead == "Lead"
        assert read.agreement(lead, agreed).category.category == stage.category
    acts = set(Entry.objects.values_list("act", flat=True))
    assert acts >= {"ask_quotes", "quote_by_link", "open_quotes", "choose_quote", "agree_on_quote"}


def test_until_the_closing_the_lead_learns_neither_prices_nor_who_answered() -> None:
    stage = led()
    request = ask(stage)
    with stage.as_("Lead", ASKED) as lead:
        before = read_quotes.request(lead, request)
    quote(VENDORS[0], prices("2.50"))
    with clock.held_at(ASKED):
        assert open_quotes() == 0
    with stage.as_("Lead", ASKED) as lead:
        assert read_quotes.request(lead, request) == before
        assert not Quote.objects.exists()
        with unsealed("a test looks up what the lead cannot"):
            held = Quote.objects.get().public_id
        with pytest.raises(Refused, match="sealed"):
            actions.choose_quote(lead, request, quote=held, reason="Why not")


def test_a_vendor_reads_the_sum_and_its_own_prices_and_nothing_else() -> None:
    stage = led()
    ask(stage)
    quote(VENDORS[0], prices("2.50"))
    with clock.held_at(ASKED):
        first, second = quoting.by_link(link(VENDORS[0])), quoting.by_link(link(VENDORS[1]))
    assert first.own == prices("2.50")
    assert (second.own, second.total, second.vendor) == (None, Decimal(7000), "Bureau Vif")
    told = f"{second} {[each.text for each in Mail.objects.filter(to=VENDORS[1].email)]}"
    assert not any(word in told for word in ("Neuve", "Encre", "1000", "2.50", "Owner"))
    with pytest.raises(NotKnown):
        quoting.by_link("another")


def test_a_vendor_changes_its_prices_until_the_closing_and_twice_adds_nothing() -> None:
    stage = led()
    request = ask(stage)
    for given in (prices("2.50"), prices("2.50"), prices("2.40", "0.30")):
        quote(VENDORS[0], given)
    assert Entry.objects.filter(act="quote_by_link").count() == 2
    with pytest.raises(Refused, match="closing moment"):
        quote(VENDORS[0], prices("1.00"), at=CLOSED)
    with clock.held_at(CLOSED):
        open_quotes()
    with stage.as_("Lead", CLOSED) as lead:
        (only,) = read_quotes.request(lead, request).quotes
        assert only.said.prices[1].price == Decimal("2.40")


def test_prices_that_do_not_do_are_refused_at_their_line_and_keep_what_stood() -> None:
    stage = led()
    ask(stage)
    quote(VENDORS[0], prices("2.50"))
    for wrong, place in (
        (prices("0"), "line 1"),
        (prices("2.1234567"), "line 1"),
        (QuoteDraft({3: Priced(Decimal(1))}), "line 3"),
        (QuoteDraft({}), "prices"),
        (replace(prices("1"), delivery_days=366), "delivery_days"),
        (replace(prices("1"), terms="x" * 2001), "terms"),
    ):
        with pytest.raises(Refused) as refusal:
            quote(VENDORS[0], wrong)
        assert place in refusal.value.errors
    with clock.held_at(ASKED):
        assert quoting.by_link(link(VENDORS[0])).own == prices("2.50")


def test_the_choice_is_told_to_every_vendor_without_the_name_of_another() -> None:
    stage = led()
    request = _opened(stage)
    with stage.as_("Lead", CLOSED) as lead:
        found = read_quotes.request(lead, request)
        with pytest.raises(Refused):
            actions.choose_quote(lead, request, quote=found.quotes[0].quote, reason=" ")
        with pytest.raises(NotKnown):
            actions.choose_quote(lead, request, quote=found.quotes[2].quote, reason="It declined")
        for _twice in range(2):
            actions.choose_quote(lead, request, quote=found.quotes[0].quote, reason="Both lines")
        with pytest.raises(Refused, match="Another"):
            actions.choose_quote(lead, request, quote=found.quotes[1].quote, reason="Cheaper")
    told = {each.to: each.text for each in Mail.objects.filter(cause__endswith="decided")}
    assert len(told) == 3
    assert "were chosen for" in told["anne@neuve.example"]
    assert told["luc@vif.example"] == told["zoe@encre.example"]
    assert not any(name in " ".join(told.values()) for name in ("Neuve", "Vif", "Encre", "Both lines"))


def test_only_the_mandated_lead_asks_reads_and_chooses() -> None:
    stage = led()
    with pytest.raises(Refused) as refusal:
        ask(stage, "A")
    assert "category" in refusal.value.errors
    with pytest.raises(NotKnown):
        ask(stage, "Stranger")
    request = _opened(stage)
    for name in ("A", "Owner", "Vendor", "Stranger"):
        with stage.as_(name, CLOSED) as viewer:
            with pytest.raises(NotKnown):
                read_quotes.request(viewer, request)
            with pytest.raises(NotKnown):
                actions.choose_quote(viewer, request, quote="any", reason="Why not")
    lead = Viewer(stage.firm("Lead").organization_id, role=Role.READER)
    with looking_as(lead), clock.held_at(CLOSED), pytest.raises(Denied):
        actions.choose_quote(lead, request, quote="any", reason="Why not")


def test_a_request_rests_on_a_told_sum_and_asks_several_vendors_in_time() -> None:
    stage = led()
    for more, place in (
        ({"year": 2027}, "category"),
        ({"vendors": VENDORS[:1]}, "vendors"),
        ({"vendors": (VENDORS[0], VENDORS[0])}, "vendors"),
        ({"vendors": (VENDORS[0], VendorAsked("Bureau Vif", "no address"))}, "vendors"),
        ({"closes_on": date(2026, 3, 3)}, "closes_on"),
        ({"lines": ()}, "lines"),
    ):
        with pytest.raises(Refused) as refusal:
            ask(stage, **more)
        assert list(refusal.value.errors) == [place]
    assert not Mail.objects.filter(to=VENDORS[0].email).exists()
    first = ask(stage)
    assert ask(stage) == first
    assert Mail.objects.filter(to=VENDORS[0].email).count() == 1
    with pytest.raises(Refused) as refusal:
        ask(stage, vendors=VENDORS[:2])
    assert list(refusal.value.errors) == ["category"]


def test_a_vendor_apart_from_joint_talks_is_not_asked() -> None:
    stage = led()
    with stage.as_("Vendor") as vendor:
        actions.ask_to_stand_apart(vendor, stage.network, reason="Talks of our own")
    name = Organization.objects.get(pk=stage.firm("Vendor").organization_id).name
    with pytest.raises(Refused) as refusal:
        ask(stage, vendors=(*VENDORS, VendorAsked(name.upper(), "v@v.example")))
    assert list(refusal.value.errors) == ["vendors"]


def test_quotes_stand_by_their_distance_to_the_lowest_price_of_each_line() -> None:
    low, high = {1: Decimal(2), 2: Decimal(10)}, {1: Decimal(3), 2: Decimal(10)}
    found = standings({"low": low, "high": high, "part": {1: Decimal(2)}}, 2)
    assert (found["low"].level, found["low"].lowest, found["low"].one_of_each) == (Decimal(100), 2, Decimal(12))
    assert (found["high"].level, found["high"].lowest, found["high"].priced) == (Decimal(125), 1, 2)
    assert (found["part"].level, found["part"].one_of_each) == (Decimal(100), None)


def test_a_mandate_that_ended_asks_nobody() -> None:
    stage = led()
    Mandate.objects.update(last_on=date(2026, 3, 1))
    with pytest.raises(Refused):
        ask(stage)
