"""Settling an agreement at the end of a month: the pure engine on what counts by then, told to each by the rule."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from amont.disclosure import pooling
from amont.kernel import clock
from amont.kernel.errors import Refused
from amont.kernel.money import rounded
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.purchasing import may
from amont.purchasing.models import Adhesion, Agreement, Invoice, Settlement, Share, Statement, Turnover
from amont.purchasing.rules.foresight import Cliff, cliff
from amont.purchasing.rules.schemes import Formula, Scheme, band_at
from amont.purchasing.rules.settling import Share as Part
from amont.purchasing.rules.settling import settled
from amont.purchasing.rules.shapley import ORDERS, shapley
from amont.purchasing.schemes import scheme_of

_STEPS, _LEAST_ORDERS = 200_000, 20
"""How many joinings are looked at for what each adds; of a larger network fewer orders, with a larger error."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was published last: the day, the volume of all, and where it stands."""

    on: date
    volume: int
    here: Cliff


@transaction.atomic
def settle(viewer: Viewer, agreement: str, *, on: date) -> str:
    """Settle an agreement, as its supplier, at the last day of a month that is over; return the public id.

    Once for a day: again it is the same. Each adherent is told, and paid, by the rule on pooled figures. Raises
    `NotKnown`, `Denied`, `Refused` at "on", and at "" for numbers that stand for two buyers.
    """
    known = may.supply(viewer, agreement)
    may.administer(viewer)
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=known.pk)
    there = Settlement.objects.filter(agreement_id=row.pk, on=on).first()
    if there is not None:
        return there.public_id
    last = Settlement.objects.filter(agreement_id=row.pk).order_by("-on").first()
    _check(row, on, last)
    volumes = _volumes(row, on, last)
    scheme = scheme_of(row)
    days, standing = ([last.on], [_before(last)]) if last else ([], [])
    found = settled(scheme, [*standing, volumes], [*days, on])[-1]
    made = Settlement.objects.create(
        agreement=row,
        supplier_id=row.supplier_id,
        on=on,
        volume=found.volume,
        entitlement=found.entitlement,
        delta=found.delta,
        made_at=clock.now(),
    )
    adhesions = {each.public_id: each for each in Adhesion.objects.filter(agreement_id=row.pk)}
    Share.objects.bulk_create(
        Share(
            settlement=made,
            adhesion=adhesions[each.adherent],
            supplier_id=row.supplier_id,
            volume=each.volume,
            cumulative=each.cumulative,
            delta=each.delta,
        )
        for each in found.shares
    )
    _tell(row, scheme, made, {each.adherent: each for each in found.shares}, adhesions)
    ledger.append(viewer, "settle", about=made.public_id)
    return made.public_id


def _check(row: Agreement, on: date, last: Settlement | None) -> None:
    if on >= clock.today() or on.day != monthrange(on.year, on.month)[1]:
        raise Refused({"on": [_("Choose the last day of a month that is over.")]})
    if on < row.first_on or (last is not None and on < last.on):
        raise Refused({"on": [_("Settlements follow one another: choose a later month.")]})
    if row.vat_nature != Agreement.VatNature.REDUCTION:
        raise Refused(_("The rebate is the price of a service here: it is invoiced, not settled by credit notes."))
    numbers = Invoice.objects.filter(agreement_id=row.pk, dropped_on=None).values("number")
    twice = numbers.annotate(many=Count("pk")).filter(many__gt=1).values_list("number", flat=True)
    if twice:
        said = ", ".join(sorted(twice)[:5])
        raise Refused(
            _("One number stands for two buyers: %(numbers)s. Take the wrong document back first.") % {"numbers": said}
        )


def _before(last: Settlement) -> dict[str, int]:
    """Return the volumes of a settlement, by adhesion."""
    shares = dict(Share.objects.filter(settlement_id=last.pk).values_list("adhesion_id", "volume"))
    named = dict(Adhesion.objects.filter(pk__in=shares).values_list("pk", "public_id"))
    return {named[key]: units for key, units in shares.items()}


def _volumes(row: Agreement, on: date, last: Settlement | None) -> dict[str, int]:
    """Return what counts of each adherent by a day: what stood at the last settlement, and what came since.

    Nothing that comes later counts by a day that is over, so the last settlement's volumes stand.
    """
    since = Turnover.objects.filter(agreement_id=row.pk, counts_from__lte=on)
    if last is not None:
        since = since.filter(counts_from__gt=last.on)
    moved = dict(since.values_list("adhesion_id").annotate(Sum("units")))
    accepted = Adhesion.objects.filter(agreement_id=row.pk, state=Adhesion.State.ACCEPTED)
    before = _before(last) if last else {}
    return {name: before.get(name, 0) + (moved.get(key) or 0) for key, name in accepted.values_list("pk", "public_id")}


def _tell(
    row: Agreement, scheme: Scheme, made: Settlement, parts: Mapping[str, Part], adhesions: Mapping[str, Adhesion]
) -> None:
    """Write each adherent's statement: pooled figures, and what would tell them, only as published to all alike."""
    last = Settlement.objects.filter(agreement_id=row.pk, is_published=True).order_by("on").last()
    now = {key: part.volume for key, part in parts.items()}
    if pooling.may_publish(now, _before(last) if last else {}):
        made.is_published = True
        made.save(update_fields=["is_published"])
        last = made
    rate = band_at(scheme, made.volume).rate
    said = f"{Decimal(rate.numerator) / rate.denominator:f}"
    lasts = _last_statements(row)
    told = Told(last.on, last.volume, cliff(scheme, last.volume)) if last else None
    values = _values(scheme, now) if made.is_published else {}
    rows = []
    for key, part in parts.items():
        each = _statement(row, made, adhesions[key], part, last=lasts.get(adhesions[key].pk), told=told, rate=said)
        each.value, each.value_error = values.get(key, (None, None))
        rows.append(each)
    Statement.objects.bulk_create(rows)


def _values(scheme: Scheme, volumes: Mapping[str, int]) -> dict[str, tuple[int, int | None]]:
    """Return what each adds on average, in minor units, with the standard error of what was only sampled."""
    orders = max(_LEAST_ORDERS, min(ORDERS, _STEPS // max(len(volumes), 1)))
    return {
        key: (rounded(found.units), None if found.error is None else -int(-found.error // 1))
        for key, found in shapley(scheme, volumes, orders=orders).items()
    }


def _statement(
    row: Agreement,
    made: Settlement,
    adhesion: Adhesion,
    part: Part,
    *,
    last: Statement | None,
    told: Told | None,
    rate: str,
) -> Statement:
    pays = made.is_published or row.formula == Formula.RETROACTIVE
    before = last.paid if last else 0
    paid = part.cumulative if pays else before
    return Statement(
        agreement=row,
        adhesion=adhesion,
        owner_id=adhesion.owner_id,
        supplier_id=row.supplier_id,
        on=made.on,
        volume=part.volume,
        rate=rate if pays else (last.rate if last else ""),
        paid=paid,
        delta=paid - before,
        accrues=not pays,
        pooled_on=told.on if told else None,
        pool=told.volume if told else None,
        distance=told.here.distance if told else None,
        gain=told.here.gain if told else None,
    )


def _last_statements(row: Agreement) -> dict[int, Statement]:
    rows = Statement.objects.filter(agreement_id=row.pk).order_by("on")
    return {each.adhesion_id: each for each in rows}
