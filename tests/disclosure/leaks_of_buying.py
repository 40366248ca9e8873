"""Leaks to plant where firms buy together."""

from dataclasses import replace

import pytest
from django.db.models import Q

from amont.disclosure.guard import looking_as
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.purchasing import opened, read, read_settlements
from amont.purchasing.facts import AdhesionFact, Own, SettlementFact
from amont.purchasing.models import Quote
from disclosure.planting import Leak


def draft_to_every_buyer(patch: pytest.MonkeyPatch) -> None:
    """An agreement is read by the network before both have consented."""
    patch.setattr(opened, "is_open", lambda _row: True)


def buyers_to_the_owner(patch: pytest.MonkeyPatch) -> None:
    """The owner of an agreement reads who joined it, as its supplier does."""
    adhesions, settlements = read.adhesions, read_settlements.settlements

    def supplier(viewer: Viewer, agreement: str) -> Viewer:
        return Viewer(opened.agreement(viewer, agreement).supplier_id)

    def all_buyers(viewer: Viewer, agreement: str) -> tuple[AdhesionFact, ...]:
        with looking_as(supplier(viewer, agreement)):
            return adhesions(supplier(viewer, agreement), agreement)

    def all_settlements(viewer: Viewer, agreement: str) -> tuple[SettlementFact, ...]:
        with looking_as(supplier(viewer, agreement)):
            return settlements(supplier(viewer, agreement), agreement)

    patch.setattr(read, "adhesions", all_buyers)
    patch.setattr(read_settlements, "settlements", all_settlements)


def sealed_quotes(patch: pytest.MonkeyPatch) -> None:
    """A lead reads what vendors quote before the closing."""
    patch.setattr(Quote, "visible_to", classmethod(lambda _cls, _viewer: Q()))


def invoices_of_all(patch: pytest.MonkeyPatch) -> None:
    """A buyer's own page shows every buyer's invoices."""
    own = read.own

    def all_lines(viewer: Viewer, agreement: str, *, page: int | None = None) -> Own:
        found = own(viewer, agreement, page=page)
        lines = list(found.lines)
        for firm in Organization.objects.all():
            with looking_as(Viewer(firm.pk)):
                try:
                    lines += own(Viewer(firm.pk), agreement).lines
                except NotKnown:
                    continue
        return replace(found, lines=tuple(lines))

    patch.setattr(read, "own", all_lines)


BUYING: dict[str, Leak] = {
    "a draft agreement to every buyer": Leak(draft_to_every_buyer, "victor", ("buy:agreement", "buy:start")),
    "quotes before the closing to whoever asked": Leak(sealed_quotes, "victor", ("buy:compared",)),
    "buyers of an agreement to its owner": Leak(buyers_to_the_owner, "claire", ("buy:sold",)),
    "invoices of all on one's own page": Leak(invoices_of_all, "claire", ("buy:own",)),
}
