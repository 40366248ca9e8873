"""A network on stage: who runs it, buyers, a vendor, and an agreement opened between two of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.purchasing import actions, read
from amont.purchasing.facts import AgreementDraft, Brought, CategoryDraft, DocumentDraft, LineDraft, PriceDraft

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
BANDS = ((Decimal(0), Decimal(0)), (Decimal(1_000), Decimal(2)), (Decimal(10_000), Decimal(4)))
OFFICE = CategoryDraft("cpv", "30192000-1", "Office supplies", "A small shared cost", "Counsel", date(2027, 1, 31))
PRICES = (
    PriceDraft("row 2", "PAPER", "Paper", "BX", Decimal("2.50")),
    PriceDraft("row 3", "PEN", "Pens per hundred", "EA", Decimal("12.345678"), base=Decimal(100)),
)


def lines(*given: tuple[str, str, str]) -> tuple[LineDraft, ...]:
    """Return lines of paper at so many boxes and so much, VAT at 20 %."""
    return tuple(
        LineDraft(f"row {at}", str(at), reference, "", "BX", Decimal(quantity), Decimal(net), Decimal(20))
        for at, (reference, quantity, net) in enumerate(given, start=1)
    )


def invoice(
    number: str, customer: str, *given: tuple[str, str, str], on: str = "2026-02-10", **more: str
) -> DocumentDraft:
    """Return an invoice, or what `more` makes of it."""
    said = {"kind": "invoice", "currency": "EUR", "corrects": "", **more}
    day = date.fromisoformat(on)
    return DocumentDraft(
        f"row {number}", number, said["kind"], day, said["currency"], customer, said["corrects"], lines(*given)
    )


@dataclass
class Stage:
    """Viewers by name, the network and the agreement by public id."""

    viewers: dict[str, Viewer] = field(default_factory=dict)
    network: str = ""
    agreement: str = ""
    category: str = ""

    def firm(self, name: str) -> Viewer:
        if name not in self.viewers:
            self.viewers[name] = Viewer(Organization.objects.create(name=name, country="FR").pk)
        return self.viewers[name]

    @contextmanager
    def as_(self, name: str, at: datetime = NOON) -> Iterator[Viewer]:
        viewer = self.firm(name)
        with looking_as(viewer), clock.held_at(at):
            yield viewer

    def join(self, name: str, *, sells: bool = False) -> None:
        with self.as_("Owner") as owner:
            token = read.network(owner, self.network).joining
        with self.as_(name) as viewer:
            actions.join(viewer, token, sells=sells)

    def draft(self, **more: object) -> AgreementDraft:
        vendor = Organization.objects.get(pk=self.firm("Vendor").organization_id).public_id
        said: dict[str, object] = {
            "name": "Office 2026",
            "category": self.category,
            "supplier": vendor,
            "currency": "EUR",
            "first_on": date(2026, 1, 1),
            "last_on": date(2026, 12, 31),
            "formula": "retroactive",
            "bands": BANDS,
            "counterpart": "One delivery a week",
        }
        return AgreementDraft(**{**said, **more})  # type: ignore[arg-type]

    def opened(self, **more: object) -> "Stage":
        """Open an agreement of Owner's with Vendor."""
        with self.as_("Owner") as owner:
            self.agreement = actions.draft(owner, self.network, self.draft(**more))
            actions.bring_prices(
                owner,
                self.agreement,
                lines=PRICES,
                first_on=date(2026, 1, 1),
                last_on=self.draft(**more).last_on,
                file_name="prices.csv",
            )
        for name in ("Owner", "Vendor"):
            with self.as_(name) as viewer:
                actions.consent(viewer, self.agreement)
        return self

    def buyer(self, name: str, customer: str = "") -> str:
        """Let a firm join network and agreement; return its adhesion."""
        self.join(name)
        with self.as_(name) as viewer:
            adhesion = actions.adhere(viewer, self.agreement, sites=["Head office"], starts_on=date(2026, 2, 1))
        with self.as_("Vendor") as vendor:
            actions.answer(vendor, self.agreement, adhesion=adhesion, accept=True, customer=customer or name)
        return adhesion

    def bring(self, name: str, *documents: DocumentDraft, on: str = "2026-02-20", channel: str = "csv") -> Brought:
        at = datetime.fromisoformat(f"{on}T12:00:00+00:00")
        with self.as_(name, at) as viewer:
            return actions.bring(viewer, self.agreement, documents=documents, channel=channel)

    def settle(self, on: str, at: str) -> str:
        with self.as_("Vendor", datetime.fromisoformat(f"{at}T12:00:00+00:00")) as vendor:
            return actions.settle(vendor, self.agreement, on=date.fromisoformat(on))


def founded(buyers: Sequence[str] = (), *, stage: Stage | None = None) -> Stage:
    """Return a network that Owner runs, with Vendor, a category, and an open agreement with these buyers."""
    stage = stage or Stage()
    with stage.as_("Owner") as owner:
        stage.network = actions.found(owner, name="Small firms together")
        stage.category = actions.allow_category(owner, stage.network, OFFICE)
    stage.join("Vendor", sells=True)
    if buyers:
        stage.opened()
        for name in buyers:
            stage.buyer(name)
    return stage
