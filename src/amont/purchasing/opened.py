"""Agreements opened to a network, read by its buyers: who they are between, terms and prices, and nothing else."""

from collections.abc import Iterable

from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.purchasing.models import Agreement, Invoice, Participant, PriceLine, PriceList, Settlement, Share


def agreement(viewer: Viewer, public_id: str) -> Agreement:
    """Return an agreement that the viewer may know: its own, or one opened to a network in which it buys.

    Raises `NotKnown`.
    """
    found = next((row for row in _known(viewer, public_id=public_id)), None)
    if found is None:
        raise NotKnown
    return found


def agreements(viewer: Viewer, network: int) -> tuple[Agreement, ...]:
    """Return the agreements of a network (key) that the viewer may know, by name."""
    return tuple(sorted(_known(viewer, network_id=network), key=lambda row: (row.name.casefold(), row.public_id)))


def price_lists(viewer: Viewer, public_id: str) -> tuple[PriceList, ...]:
    """Return the price lists of an agreement that the viewer may know, latest first. Raises `NotKnown`."""
    row = agreement(viewer, public_id)
    with unsealed("who may know an agreement reads its prices"):
        return tuple(PriceList.objects.filter(agreement_id=row.pk).order_by("-version"))


def price_lines(viewer: Viewer, public_id: str, lists: Iterable[int]) -> tuple[PriceLine, ...]:
    """Return the lines of these lists (keys) of an agreement that the viewer may know. Raises `NotKnown`."""
    held = {each.pk for each in price_lists(viewer, public_id)} & set(lists)
    with unsealed("who may know an agreement reads its prices"):
        rows = PriceLine.objects.filter(price_list_id__in=held).order_by("reference", "from_quantity", "pk")
        return tuple(rows)


def price_count(viewer: Viewer, public_id: str) -> int:
    """Return how many prices an agreement has that the viewer may know. Raises `NotKnown`."""
    row = agreement(viewer, public_id)
    with unsealed("who may know an agreement reads its prices"):
        lists = list(PriceList.objects.filter(agreement_id=row.pk).values_list("pk", flat=True))
        return PriceLine.objects.filter(price_list_id__in=lists).count()


def published(viewer: Viewer, public_id: str, *, first: bool = False) -> Settlement | None:
    """Return the last (or first) published settlement of an agreement that the viewer may know. Raises `NotKnown`."""
    row = agreement(viewer, public_id)
    with unsealed("who may know an agreement reads what was published of it"):
        rows = Settlement.objects.filter(agreement_id=row.pk, is_published=True).order_by("on")
        return rows.first() if first else rows.last()


def contributors(viewer: Viewer, public_id: str) -> int:
    """Return how many adherents the last publication is of; 0 before. Raises `NotKnown`."""
    last = published(viewer, public_id)
    with unsealed("who may know an agreement reads what was published of it"):
        return Share.objects.filter(settlement_id=last.pk).exclude(volume=0).count() if last else 0


def own_invoices(viewer: Viewer, row: Agreement) -> frozenset[int]:
    """Return the keys of the viewer's own documents under an agreement, those taken back left out."""
    rows = Invoice.objects.filter(agreement_id=row.pk, owner_id=viewer.organization_id, dropped_on=None)
    return frozenset(rows.values_list("pk", flat=True))


def is_open(row: Agreement) -> bool:
    """Tell whether both have consented, and nobody closed it."""
    return bool(row.owner_consented_at and row.supplier_consented_at) and row.closed_at is None


def is_running(row: Agreement) -> bool:
    """Tell whether it is open and has not ended."""
    return is_open(row) and row.last_on >= clock.today()


def _known(viewer: Viewer, **which: object) -> list[Agreement]:
    bought_in = set(
        Participant.objects.filter(organization_id=viewer.organization_id, is_buyer=True).values_list(
            "network_id", flat=True
        )
    )
    mine = {row.pk for row in Agreement.objects.filter(**which)}
    with unsealed("a buyer of the network reads what was opened to it"):
        rows = list(Agreement.objects.filter(**which).select_related("network", "category", "owner", "supplier"))
    return [row for row in rows if row.pk in mine or (is_open(row) and row.network_id in bought_in)]
