"""Joining an agreement opened to one's network, and what its supplier answers."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.purchasing import may, opened
from amont.purchasing.models import Adhesion

_MOST_SITES, _LONGEST = 50, 200


@transaction.atomic
def adhere(viewer: Viewer, agreement: str, *, sites: Sequence[str], starts_on: date) -> str:
    """Ask to join an open agreement for named sites, from a day on; return the adhesion's public id.

    The supplier is asked; volume counts from that day on, never before. Asking again while it waits, or after a
    refusal, asks anew. Raises `NotKnown`, `Denied` but to an administrator, `Refused` at "sites" or "starts_on".
    """
    row = opened.agreement(viewer, agreement)
    may.administer(viewer)
    if row.supplier_id == viewer.organization_id:
        raise Refused(_("Your company sells under this agreement."))
    if not opened.is_running(row):
        raise Refused(_("This agreement is not open."))
    named = [each.strip() for each in sites if each.strip()]
    wrong: dict[str, list[object]] = {}
    if not 0 < len(named) <= _MOST_SITES or any(len(each) > _LONGEST for each in named):
        wrong["sites"] = [_("Name the sites that order, at most 50.")]
    if not max(row.first_on, clock.today()) <= starts_on <= row.last_on:
        wrong["starts_on"] = [_("Choose a day from today on, within the agreement’s.")]
    there = Adhesion.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id).first()
    if there is not None and there.state == Adhesion.State.ACCEPTED:
        return there.public_id
    if wrong:
        raise Refused(wrong)
    said = {"state": Adhesion.State.ASKED, "sites": named, "starts_on": starts_on, "asked_at": clock.now()}
    made, _new = Adhesion.objects.update_or_create(
        agreement_id=row.pk, owner_id=viewer.organization_id, supplier_id=row.supplier_id, defaults=said
    )
    ledger.append(viewer, "adhere", about=made.public_id)
    return made.public_id


@transaction.atomic
def answer(viewer: Viewer, agreement: str, *, adhesion: str, accept: bool, customer: str = "") -> None:
    """Accept or decline a buyer, as the supplier, with its own number of that buyer.

    Once accepted it stays so; the number may be corrected. Raises `NotKnown`, `Denied`, `Refused` at "customer".
    """
    row = may.supply(viewer, agreement)
    asked = Adhesion.objects.select_for_update(of=("self",)).filter(agreement_id=row.pk, public_id=adhesion).first()
    if asked is None:
        raise NotKnown
    customer = customer.strip()
    if len(customer) > 80:  # noqa: PLR2004 - the table's
        raise Refused({"customer": [_("A number has at most 80 characters.")]})
    taken = Adhesion.objects.filter(agreement_id=row.pk, customer=customer).exclude(pk=asked.pk)
    if customer and taken.exists():
        raise Refused({"customer": [_("This is another buyer’s number.")]})
    if asked.state == Adhesion.State.ACCEPTED and not accept:
        raise Refused(_("This buyer was accepted. An adhesion is ended by its buyer."))
    said = (Adhesion.State.ACCEPTED if accept else Adhesion.State.DECLINED, customer)
    if (asked.state, asked.customer) == said:
        return
    asked.state, asked.customer = said
    asked.answered_at = clock.now()
    asked.save(update_fields=["state", "customer", "answered_at"])
    ledger.append(viewer, "accept_adhesion" if accept else "decline_adhesion", about=asked.public_id)


@transaction.atomic
def leave(viewer: Viewer, agreement: str, *, last_on: date) -> None:
    """End one's own adhesion on a day from today on: nothing counts after it, what counted before does.

    Raises `NotKnown`, `Denied`, `Refused` at "last_on".
    """
    row = opened.agreement(viewer, agreement)
    may.administer(viewer)
    mine = Adhesion.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id).first()
    if mine is None:
        raise NotKnown
    if last_on < max(clock.today(), mine.starts_on):
        raise Refused({"last_on": [_("Choose a day from today on.")]})
    mine.ends_on = last_on
    mine.save(update_fields=["ends_on"])
    ledger.append(viewer, "leave_agreement", about=mine.public_id)
