"""Price lists and invoices as files: tables by meaning, UBL, Factur-X; one document by all of them counts once."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from pypdf import PdfWriter

from amont.exchange.buying.documents import bring_documents
from amont.exchange.buying.einvoices import read_xml
from amont.exchange.buying.prices import bring_prices
from amont.exchange.writing import Written, as_xlsx, columns
from amont.kernel.errors import Refused
from amont.purchasing import actions, read
from amont.purchasing.facts import Brought
from amont.purchasing.models import Invoice, PriceLine, Turnover
from purchasing.einvoice import cii, ubl
from purchasing.stage import Stage, founded

ROWS = [("PAPER", "4", "10.00"), ("PAPER", "8", "20.00")]
CSV = (
    "N° facture;Date;N° ligne;N° client;Référence;Unité;Qté;Montant HT;TVA\r\n"
    "F1;10/02/2026;1;A;PAPER;BX;4;10,00;20\r\nF1;10/02/2026;2;A;PAPER;BX;8;20,00;20\r\n"
).encode("cp1252")


def facturx_pdf(xml: bytes) -> bytes:
    import facturx  # noqa: PLC0415 - takes a second

    page = PdfWriter()
    page.add_blank_page(width=200, height=200)
    held = io.BytesIO()
    page.write(held)
    return bytes(facturx.generate_from_binary(held.getvalue(), xml, check_xsd=True, check_schematron=False))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as found:
        act()
    return str(found.value.errors)


def bring(stage: Stage, content: bytes, *, who: str = "Vendor", name: str = "file") -> Brought:
    from datetime import UTC, datetime  # noqa: PLC0415

    with stage.as_(who, datetime(2026, 2, 20, 12, tzinfo=UTC)) as viewer:
        return bring_documents(viewer, stage.agreement, content, name, currency="EUR")


@pytest.mark.django_db
class TestBringing:
    @pytest.mark.parametrize("order", list(permutations(["csv", "ubl", "facturx"])))
    def test_one_invoice_by_table_ubl_and_facturx_counts_once_in_every_order_and_twice(
        self, order: tuple[str, ...]
    ) -> None:
        stage = founded(["A"])
        files = {"csv": CSV, "ubl": ubl("F1", ROWS), "facturx": facturx_pdf(cii("F1", ROWS))}
        found = [bring(stage, files[each], who=who) for each in order for who in ("Vendor", "A")]
        assert [(each.new, each.there) for each in found] == [(1, 0)] + [(0, 1)] * 5
        with stage.as_("Vendor"):
            assert Turnover.objects.get().units == 30_00

    def test_a_credit_note_in_ubl_takes_away_what_its_invoice_brought(self) -> None:
        stage = founded(["A"])
        bring(stage, ubl("F1", ROWS))
        bring(stage, ubl("A1", ROWS[:1], credit="F1"))
        with stage.as_("Vendor"):
            assert Turnover.objects.get().units == 20_00
            assert Invoice.objects.get(number="A1").counts_on == date(2026, 2, 10)

    def test_an_xlsx_table_and_rows_that_do_not_do(self) -> None:
        stage = founded(["A"])
        headed = columns("Invoice", "Date", "Customer", "Reference", "Unit", "Quantity", "Net amount", "VAT")
        good = ("F1", date(2026, 2, 10), "A", "PAPER", "BX", 4, Decimal("10.00"), 20)
        bad = ("F2", "soon", "A", "PAPER", "BX", 4, "much", 20)
        told = refused(lambda: bring(stage, as_xlsx(Written("Lines", headed, [good, bad])), name="lines.xlsx"))
        assert "row 3" in told
        assert "“soon”" in told
        assert "“much”" in told
        with stage.as_("Vendor"):
            assert not Invoice.objects.exists()
        assert bring(stage, as_xlsx(Written("Lines", headed, [good])), name="lines.xlsx") == Brought(1, 0, right=1)

    def test_a_table_without_its_columns_is_refused(self) -> None:
        stage = founded(["A"])
        assert "These columns are missing: document, date" in refused(
            lambda: bring(stage, b"a;b;reference\r\n1;2;3\r\n")
        )

    def test_prices_come_from_a_table_by_meaning(self) -> None:
        stage = founded()
        lines = ["PAPER;Papier;BX;2,50;1;0", "PEN;Stylos;EA;12,345678;100;0", "PAPER;Papier;BX;2,30;1;100"]
        table = "\r\n".join(["Réf;Désignation;Unité;Prix unitaire;Prix pour;À partir de", *lines])
        with stage.as_("Owner") as owner:
            stage.agreement = actions.draft(owner, stage.network, stage.draft())
            days = {"first_on": date(2026, 1, 1), "last_on": date(2026, 12, 31)}
            assert bring_prices(owner, stage.agreement, table.encode(), "tarif.csv", **days) == 1
            found = read.prices(owner, stage.agreement)
            assert [(each.reference, each.price, each.from_quantity) for each in found] == [
                ("PAPER", Decimal("2.5"), 0),
                ("PAPER", Decimal("2.3"), 100),
                ("PEN", Decimal("12.345678"), 0),
            ]

    def test_prices_that_are_none_are_told_at_their_rows(self) -> None:
        stage = founded()
        table = b"reference,unit,price\nA,EA,1.5\nB,EA,dear\nA,EA,1.5\n,EA,2\n"
        with stage.as_("Owner") as owner:
            stage.agreement = actions.draft(owner, stage.network, stage.draft())
            days = {"first_on": date(2026, 1, 1), "last_on": date(2026, 12, 31)}
            told = refused(lambda: bring_prices(owner, stage.agreement, table, "prices.csv", **days))
            assert "row 3" in told
            assert "row 5" in told
            assert not PriceLine.objects.exists()


class TestReading:
    def test_ubl_and_cii_say_the_same(self) -> None:
        one, other = read_xml(ubl("F1", ROWS)), read_xml(cii("F1", ROWS))
        assert one == other
        assert (one.number, one.kind, one.customer, one.lines[1].amount) == ("F1", "invoice", "A", Decimal("20.00"))

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (ubl("F1", ROWS, tax_off="0.01"), "BR-CO-15"),
            (ubl("F1", ROWS, sum_off="0.01"), "BR-CO-10"),
            (ubl("F1", ROWS).replace(b"<cbc:IssueDate>2026-02-10</cbc:IssueDate>", b""), "XSD"),
            (b"<?xml version='1.0'?><Order/>", "no invoice or credit note"),
            (b"<?xml version='1.0'?><Invoice>", "broken XML, at line 1"),
            (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><Invoice>&a;</Invoice>", "document type"),
        ],
    )
    def test_what_does_not_hold_is_refused_with_the_reason(self, content: bytes, why: str) -> None:
        assert why in refused(lambda: read_xml(content))

    def test_a_pdf_without_an_invoice_is_refused(self) -> None:
        from amont.exchange.buying.einvoices import read_pdf  # noqa: PLC0415

        page, held = PdfWriter(), io.BytesIO()
        page.add_blank_page(width=200, height=200)
        page.write(held)
        assert "holds no electronic invoice" in refused(lambda: read_pdf(held.getvalue()))
        assert "cannot be read" in refused(lambda: read_pdf(b"%PDF-1.4 broken"))
