"""Group purchasing in the test consortium: Claire runs a network and opens an agreement with Maël; Victor joins it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock, ids
from amont.parties.models import Organization
from amont.purchasing import actions, notices, read
from amont.purchasing.facts import AgreementDraft, CategoryDraft, DocumentDraft, LineDraft, PriceDraft
from amont.purchasing.facts_needs import LeadDraft
from amont.purchasing.models import Mandate, Quote, QuoteAsked, QuoteRequest

if TYPE_CHECKING:
    from world.build import World

ALL = ("claire", "mael", "victor")
VENDORS = ("paper", "ink")
"""Vendors without an account, asked for prices by mail: their addresses alone are there."""


def buy_together(world: World) -> None:
    """Open one agreement, keep one a draft, let both buyers bring an invoice, settle the month before."""
    claire, mael, victor = (world.firms[key] for key in ALL)
    year = clock.today().year
    with looking_as(claire):
        network = actions.found(claire, name=world.word("network: name", *ALL))
        said = {part: world.word(f"network: category {part}", *ALL) for part in ("label", "reason", "reviewer")}
        category = actions.allow_category(
            claire, network, CategoryDraft("cpv", "30192000-1", review_on=date(year + 1, 12, 31), **said)
        )
        token = read.network(claire, network).joining
    world.words.give(Organization.objects.get(pk=claire.organization_id).name, *ALL)
    world.words.give(Organization.objects.get(pk=victor.organization_id).name, "claire", "mael")
    world.words.give(Organization.objects.get(pk=mael.organization_id).name, *ALL)
    for viewer, sells in ((mael, True), (victor, False)):
        with looking_as(viewer):
            actions.join(viewer, token, sells=sells)
    opened = _drafted(world, network, category, name="open agreement", readers=ALL)
    _drafted(world, network, category, name="draft agreement", readers=("claire", "mael"))
    for viewer in (claire, mael):
        with looking_as(viewer):
            actions.consent(viewer, opened)
    with looking_as(victor):
        site = world.word("victor: site that orders", "victor", "mael")
        adhesion = actions.adhere(victor, opened, sites=[site], starts_on=clock.today())
        actions.say_need(victor, network, category=category, year=year, amount=Decimal(1200), currency="EUR")
        said = {part: world.word(f"victor leads: {part}", "claire", "victor") for part in ("pay", "reason")}
        term = {"first_on": date(year + 1, 1, 1), "last_on": date(year + 1, 12, 31)}
        actions.offer_to_lead(victor, network, LeadDraft(category, rotates=True, **term, **said))
    _quotes(world)
    with looking_as(mael):
        customer = world.word("mael: number of victor", "mael", "victor")
        actions.answer(mael, opened, adhesion=adhesion, accept=True, customer=customer)
    for key, viewer in (("claire", claire), ("victor", victor)):
        with looking_as(viewer):
            actions.bring(viewer, opened, documents=[_invoice(world, key)], channel="csv")
    with looking_as(mael):
        before = clock.today().replace(day=1) - timedelta(days=1)
        if before.year == year:
            actions.settle(mael, opened, on=before.replace(day=monthrange(before.year, before.month)[1]))


def _drafted(world: World, network: str, category: str, *, name: str, readers: tuple[str, ...]) -> str:
    claire, year = world.firms["claire"], clock.today().year
    said = {part: world.word(f"{name}: {part}", *readers) for part in ("name", "counterpart", "terms")}
    supplier = Organization.objects.get(pk=world.firms["mael"].organization_id).public_id
    days = {"first_on": date(year, 1, 1), "last_on": date(year, 12, 31)}
    with looking_as(claire):
        bands = ((Decimal(0), Decimal(1)), (Decimal(1000), Decimal(2)))
        draft = AgreementDraft(
            category=category, supplier=supplier, currency="EUR", formula="retroactive", bands=bands, **said, **days
        )
        made = actions.draft(claire, network, draft)
        line = PriceDraft(
            "row 2",
            world.word(f"{name}: price reference", *readers),
            world.word(f"{name}: price name", *readers),
            "EA",
            Decimal("2.5"),
        )
        file_name = f"{world.word(f'{name}: price file', 'claire', 'mael')}.csv"
        actions.bring_prices(claire, made, lines=[line], file_name=file_name, **days)
    return made


def _quotes(world: World) -> None:
    """Let Victor ask two vendors for prices twice: one request is sealed still, the other one opened."""
    world.words.give(world.word("network: name"), *VENDORS)
    world.words.give(world.word("network: category label"), *VENDORS)
    world.words.give(Organization.objects.get(pk=world.firms["victor"].organization_id).name, *VENDORS)
    soon, gone = clock.now() + timedelta(days=9), clock.now() - timedelta(days=1)
    with unsealed("the test world has quotes at both ends of their seal"), transaction.atomic():
        _asked(world, "sealed", soon, None)
        _asked(world, "opened", gone, clock.now())


def _asked(world: World, name: str, closes_at: datetime, opened_at: datetime | None) -> None:
    victor = world.firms["victor"].organization_id
    firm = Organization.objects.get(pk=victor).name
    row = QuoteRequest.objects.create(
        owner_id=victor,
        mandate=Mandate.objects.get(),
        year=clock.today().year,
        currency="EUR",
        units=700_000,
        told_on=clock.today(),
        terms=world.word(f"{name} quotes: terms", "victor", *VENDORS),
        language="fr",
        lines=[{"name": world.word(f"{name} quotes: line", "victor", *VENDORS), "unit": "EA"}],
        asked_at=closes_at - timedelta(days=10),
        closes_at=closes_at,
        opened_at=opened_at,
    )
    for key in VENDORS:
        token, readers = ids.new_token(), (key, *(["victor"] if opened_at else []))
        said = {"name": world.word(f"{key}: vendor", "victor", key), "email": world.address(key, "victor")}
        asked = QuoteAsked.objects.create(owner_id=victor, request=row, digest=ids.digest_of(token), **said)
        notices.quote_asked(row, asked, lead=firm, token=token)
        Quote.objects.create(
            owner_id=victor if opened_at else None,
            asked=asked,
            prices={"1": {"price": "2.5", "reference": world.word(f"{name} quote of {key}: reference", *readers)}},
            terms=world.word(f"{name} quote of {key}: terms", *readers),
        )


def _invoice(world: World, key: str) -> DocumentDraft:
    number = world.word(f"{key}: invoice", key, "mael")
    name = world.word(f"{key}: invoice line", key, "mael")
    reference = world.word("open agreement: price reference")
    line = LineDraft("row 2", "1", reference, name, "EA", Decimal(4), Decimal(10), Decimal(20))
    return DocumentDraft("row 2", number, "invoice", clock.today(), "EUR", "", "", (line,))
