"""Saying what one paid before, and publishing what all together will buy."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.purchasing import may, opened, publishing
from amont.purchasing.models import Adhesion, Baseline, Category

_MOST = Decimal(10) ** 11
_MOST_BASELINES = 2_000


@transaction.atomic
def say_baseline(
    viewer: Viewer, agreement: str, *, kind: str, reference: str, price: Decimal, source: str, dated_on: date
) -> str:
    """Say, or say anew, what the viewer's organization paid, or was offered, before it joined; return its public id.

    Nobody else reads it, the supplier never. Raises `NotKnown` for who has not joined, `Denied`, `Refused`.
    """
    row = opened.agreement(viewer, agreement)
    may.write(viewer)
    if not Adhesion.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id).exists():
        raise NotKnown
    wrong = _troubles(kind, reference, price, source, dated_on)
    held = Baseline.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id)
    if not wrong and held.count() >= _MOST_BASELINES:
        wrong["reference"] = [_("At most %(most)s prices.") % {"most": _MOST_BASELINES}]
    if wrong:
        raise Refused(wrong)
    made, _new = Baseline.objects.update_or_create(
        owner_id=viewer.organization_id,
        agreement_id=row.pk,
        kind=kind,
        reference=reference.strip(),
        defaults={"price": price, "source": source.strip(), "dated_on": dated_on, "said_at": clock.now()},
    )
    ledger.append(viewer, "say_baseline", about=made.public_id)
    return made.public_id


def _troubles(kind: str, reference: str, price: Decimal, source: str, dated_on: date) -> dict[str, list[object]]:
    wrong: dict[str, list[object]] = {}
    if not 0 < len(reference.strip()) <= 80:  # noqa: PLR2004 - the table's
        wrong["reference"] = [_("Fill this in.")]
    if not 0 < price < _MOST:
        wrong["price"] = [_("Enter a price above zero.")]
    if not 0 < len(source.strip()) <= 300:  # noqa: PLR2004 - the table's
        wrong["source"] = [_("Say where this price stands: an invoice, a quotation, a list.")]
    if dated_on > clock.today():
        wrong["dated_on"] = [_("Choose a day that has been.")]
    if kind not in Baseline.Kind.values:
        wrong["kind"] = [_("Choose one of the answers.")]
    return wrong


@transaction.atomic
def publish_demand(viewer: Viewer, agreement: str) -> bool:
    """Publish, as the owner of an agreement, what all say that they will buy of its category.

    As of the last month's end, for its last year and the one after; only where the rule on pooled figures lets it be
    told to all alike. Tells whether something was published. Raises `NotKnown`, `Denied`.
    """
    row = may.own(viewer, agreement)
    if viewer.organization_id != row.owner_id:
        raise Denied
    on = clock.today().replace(day=1) - timedelta(days=1)
    Category.objects.select_for_update().get(pk=row.category_id)
    told = [
        publishing.demand(row.category_id, year, row.currency, on) for year in (row.last_on.year, row.last_on.year + 1)
    ]
    if any(told):
        ledger.append(viewer, "publish_demand", about=row.public_id)
    return any(told)
