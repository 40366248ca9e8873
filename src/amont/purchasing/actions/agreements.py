"""Drafting an agreement, bringing its prices, consenting to its opening, closing it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import Refused
from amont.kernel.money import exact
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.purchasing import may
from amont.purchasing.facts import AgreementDraft, PriceDraft
from amont.purchasing.models import Adhesion, Agreement, Category, Exclusion, Participant, PriceLine, PriceList
from amont.purchasing.rules import law
from amont.purchasing.rules.prices import PriceLine as Line
from amont.purchasing.rules.prices import meet, overlaps
from amont.purchasing.rules.schemes import Band, BandTrouble, Formula, Period, band_troubles

MOST_LINES = 20_000
_CURRENCY = re.compile(r"[A-Z]{3}")
_MOST_PRICE, _PLACES = Decimal(10) ** 11, -6


@transaction.atomic
def draft(viewer: Viewer, network: str, given: AgreementDraft) -> str:
    """Draft an agreement of the viewer's with a vendor of the network; return its public id.

    A category that the network did not allow is refused with that explanation. Raises `NotKnown`, `Denied`, `Refused`
    at the field.
    """
    part = may.buy(viewer, network)
    may.administer(viewer)
    category = Category.objects.filter(network_id=part.network_id, public_id=given.category).first()
    supplier = Participant.objects.filter(
        network_id=part.network_id, is_vendor=True, organization__public_id=given.supplier
    ).first()
    wrong = _troubles(given)
    if category is None:
        wrong["category"].append(_("This network may buy together only what it has allowed. Choose such a category."))
    if supplier is None or supplier.organization_id == viewer.organization_id or _stands_apart(supplier):
        wrong["supplier"].append(_("Choose a vendor of the network."))
    if wrong or category is None or supplier is None:
        raise Refused(wrong)
    row = Agreement.objects.create(
        owner_id=viewer.organization_id,
        supplier_id=supplier.organization_id,
        network_id=part.network_id,
        category=category,
        name=given.name.strip(),
        currency=given.currency,
        first_on=given.first_on,
        last_on=given.last_on,
        terms=given.terms.strip(),
        formula=given.formula,
        bands=[{"from": f"{start:f}", "rate": f"{percent / 100:f}"} for start, percent in given.bands],
        vat_nature=given.vat_nature,
        counterpart=given.counterpart.strip(),
        created_at=clock.now(),
    )
    ledger.append(viewer, "draft_agreement", about=row.public_id)
    return row.public_id


def _stands_apart(vendor: Participant) -> bool:
    which = {"network_id": vendor.network_id, "organization_id": vendor.organization_id}
    return Exclusion.objects.filter(**which, ended_at=None).exists()


def _troubles(given: AgreementDraft) -> defaultdict[str, list[object]]:
    wrong: defaultdict[str, list[object]] = defaultdict(list)
    for field, text, most in (("name", given.name, 200), ("counterpart", given.counterpart, 600)):
        if not 0 < len(text.strip()) <= most:
            wrong[field].append(_("Fill this in."))
    if not _CURRENCY.fullmatch(given.currency):
        wrong["currency"].append(_("Enter a currency such as EUR."))
    if given.last_on < given.first_on:
        wrong["last_on"].append(_("The last day lies before the first."))
    if given.formula not in set(Formula) or given.vat_nature not in Agreement.VatNature.values:
        wrong["formula"].append(_("Choose one of the answers."))
    bands = [Band(exact(start, given.currency), Fraction(percent) / 100) for start, percent in given.bands]
    if not bands:
        wrong["bands"].append(_("Enter at least one band, from 0 on."))
    for number, trouble in band_troubles(bands):
        wrong["bands"].append(_("Line %(number)s: %(why)s") % {"number": number + 1, "why": _said(trouble)})
    return wrong


def _said(trouble: BandTrouble) -> str:
    return {
        BandTrouble.NOT_FROM_ZERO: _("the first band starts at 0."),
        BandTrouble.NOT_ASCENDING: _("each band starts above the one before."),
        BandTrouble.RATE_FALLS: _("the rate falls below that of the band before."),
        BandTrouble.RATE_ABOVE_ONE: _("a rate is at most one hundred percent."),
        BandTrouble.RATE_BELOW_ZERO: _("a rate is not below zero."),
    }[trouble]


@transaction.atomic
def bring_prices(
    viewer: Viewer, agreement: str, *, lines: Sequence[PriceDraft], first_on: date, last_on: date, file_name: str
) -> int:
    """Bring a version of the price list for some days, whole or not at all; return its number.

    Its days lie within the agreement's and meet no other version's. The same list again stands once. Raises
    `NotKnown`, `Denied`, `Refused` at "first_on", "file", or the places of lines that do not do.
    """
    row = may.decide_for(viewer, agreement)
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=row.pk)
    there = list(PriceList.objects.filter(agreement=row).order_by("version"))
    again = next((each for each in there if (each.first_on, each.last_on) == (first_on, last_on)), None)
    if again is not None and _stored(again) == {_key(line) for line in lines}:
        return again.version
    wrong = _days(row, there, first_on, last_on)
    wrong.update(price_troubles(lines))
    if wrong:
        raise Refused(wrong)
    shared = {"owner_id": row.owner_id, "supplier_id": row.supplier_id}
    made = PriceList.objects.create(
        agreement=row, version=len(there) + 1, first_on=first_on, last_on=last_on, file_name=file_name[:200], **shared
    )
    PriceLine.objects.bulk_create(
        (
            PriceLine(
                price_list=made,
                reference=each.reference,
                name=each.name[:200],
                unit=each.unit,
                price=each.price,
                base=each.base,
                from_quantity=each.from_quantity,
                **shared,
            )
            for each in lines
        ),
        batch_size=1000,
    )
    ledger.append(viewer, "bring_prices", about=row.public_id, detail={"version": made.version, "lines": len(lines)})
    return made.version


def _key(line: PriceDraft) -> tuple[str, str, Decimal, Decimal, Decimal]:
    return line.reference, line.unit, line.price, line.base, line.from_quantity


def _stored(held: PriceList) -> set[tuple[object, ...]]:
    fields = ("reference", "unit", "price", "base", "from_quantity")
    return set(PriceLine.objects.filter(price_list=held).values_list(*fields))


def _days(row: Agreement, there: Sequence[PriceList], first_on: date, last_on: date) -> dict[str, list[object]]:
    if last_on < first_on or first_on < row.first_on or last_on > row.last_on:
        return {"first_on": [_("The days of a price list lie within the agreement’s.")]}
    for each in there:
        if meet(Period(each.first_on, each.last_on), Period(first_on, last_on)):
            said = {"version": each.version, "first": each.first_on, "last": each.last_on}
            told = _("Version %(version)s holds from %(first)s to %(last)s: two lists never hold on one day.") % said
            return {"first_on": [told]}
    return {}


def price_troubles(lines: Sequence[PriceDraft]) -> dict[str, list[object]]:
    """Return what is wrong with the lines of a price list, by their places; nothing for a list that does."""
    wrong: defaultdict[str, list[object]] = defaultdict(list)
    if not lines or len(lines) > MOST_LINES:
        wrong["file"].append(_("A price list has 1 to %(most)s lines.") % {"most": MOST_LINES})
    for each in lines[: MOST_LINES + 1]:
        if not each.reference or len(each.reference) > 80 or not each.unit or len(each.unit) > 20:  # noqa: PLR2004 - the tables'
            wrong[each.place].append(_("Reference and unit are needed."))
        if not 0 <= each.price < _MOST_PRICE or int(each.price.as_tuple().exponent) < _PLACES:
            wrong[each.place].append(_("A price is zero or more, with six decimals at most."))
        if each.base <= 0 or each.from_quantity < 0:
            wrong[each.place].append(_("A quantity is above zero."))
    held = [Line(each.reference, each.unit, each.price, each.base, each.from_quantity) for each in lines]
    for one, other in overlaps(held):
        told = _("This stands already at %(place)s: one price for a reference, a unit and a quantity.")
        wrong[lines[other].place].append(told % {"place": lines[one].place})
    return dict(wrong)


@transaction.atomic
def consent(viewer: Viewer, agreement: str) -> None:
    """Consent, as owner or as supplier, to opening the agreement to its network; with both it is open.

    The owner then has an adhesion of its own. Twice changes nothing. Raises `NotKnown`, `Denied`, `Refused` with the
    reason: no price yet, a category whose review has ended or that lacks a legal opinion, an agreement that has ended.
    """
    may.administer(viewer)
    known = may.decide_for(viewer, agreement)
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=known.pk)
    field = "owner_consented_at" if row.owner_id == viewer.organization_id else "supplier_consented_at"
    if getattr(row, field) is not None:
        return
    _check_opening(row)
    setattr(row, field, clock.now())
    row.save(update_fields=[field])
    ledger.append(viewer, "consent_opening", about=row.public_id)
    if row.owner_consented_at and row.supplier_consented_at:
        Adhesion.objects.get_or_create(
            agreement=row,
            owner_id=row.owner_id,
            supplier_id=row.supplier_id,
            defaults={
                "state": Adhesion.State.ACCEPTED,
                "starts_on": row.first_on,
                "asked_at": clock.now(),
                "answered_at": clock.now(),
            },
        )


def _check_opening(row: Agreement) -> None:
    if Exclusion.objects.filter(network_id=row.network_id, organization_id=row.supplier_id, ended_at=None).exists():
        raise Refused(_("This vendor takes no part in joint talks: nothing with it is opened in this network."))
    category = Category.objects.get(pk=row.category_id)
    needs = law.needs_opinion(category.buying_percent, category.selling_percent)
    barred = law.bar(review_on=category.review_on, today=clock.today(), needs=needs, opinion=category.legal_opinion)
    if barred is law.Bar.REVIEW_ENDED:
        raise Refused(_("The review of this category has ended: it must be looked at anew before anything is opened."))
    if barred is law.Bar.NO_OPINION:
        raise Refused(
            _("From a market share of fifteen percent on a legal opinion must be recorded before this is opened.")
        )
    if row.closed_at is not None or row.last_on < clock.today():
        raise Refused(_("This agreement has ended."))
    if not PriceList.objects.filter(agreement_id=row.pk).exists():
        raise Refused(_("Bring the price list first."))


@transaction.atomic
def close(viewer: Viewer, agreement: str) -> None:
    """Close an agreement to new adhesions, for good. Twice changes nothing. Raises `NotKnown`, `Denied`."""
    may.administer(viewer)
    known = may.decide_for(viewer, agreement)
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=known.pk)
    if row.closed_at is None:
        row.closed_at = clock.now()
        row.save(update_fields=["closed_at"])
        ledger.append(viewer, "close_agreement", about=row.public_id)
