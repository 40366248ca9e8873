"""What headings and cells mean, in French and English, and why some do not do."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amont.catalogue import lists
from amont.chain.actions.contacts import is_mail
from amont.exchange import cells, fields, numbers, reasons, shapes
from amont.exchange.cells import Wrong
from amont.exchange.tables import Row, Table
from made_files import LINE_HEADER, PATH_HEADER


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Réf. article", "reference"),
        ("CODE ARTICLE", "reference"),
        ("SKU", "reference"),
        ("Désignation", "name"),
        ("Désignation article (FR)", "name"),
        ("Fournisseur", "supplier"),
        ("Nom du fournisseur", "supplier"),
        ("Code fournisseur", ""),
        ("Réf. fournisseur", "supplier_reference"),
        ("Pays", "supplier_country"),
        ("Code douanier", "hs_code"),
        ("HS code", "hs_code"),
        ("Volume annuel (kg)", "volume"),
        ("E-mail", "supplier_mail"),
        ("Famille", "family"),
        ("Zzz", ""),
    ],
)
def test_a_heading_of_lines_is_known_by_meaning(heading: str, code: str) -> None:
    assert fields.meaning("lines", heading)[0] == code


def test_each_meaning_stands_once_at_the_surest_column() -> None:
    columns = fields.columns_of("lines", ["Désignation longue", "Désignation", "Pays", "Pays"])
    assert columns == {1: "name", 2: "supplier_country"}


@pytest.mark.parametrize(
    ("header", "shape"),
    [
        (LINE_HEADER, "lines"),
        (PATH_HEADER, "paths"),
        (["Fournisseur ", "Montant total ($)", "Nb contrats"], "contacts"),
        (["Raison sociale", "Pays", "Contact", "E-mail", "SIRET"], "contacts"),
        (["SKU", "Description", "Vendor"], "lines"),
        (["Réf. article", "Texte", "Type", "Code douanier", "Fournisseur", "Pays", "E-mail"], "lines"),
        (["Fournisseur direct", "Groupe (rang 2)", "Usine (rang 2)", "Moulin"], "paths"),
    ],
)
def test_the_shape_of_a_file_is_found_by_its_headings(header: list[str], shape: str) -> None:
    assert fields.shape_of(header) == shape


def test_every_column_of_a_palm_disclosure_is_known() -> None:
    columns = fields.columns_of("paths", PATH_HEADER)
    assert len(columns) == len(PATH_HEADER)
    assert columns[0] == "direct_firm"
    assert columns[1] == "direct_location"
    assert [columns[at] for at in (2, 3, 12, 13)] == [
        "tier:2:firm",
        "tier:2:facility",
        "tier:7:firm",
        "tier:7:facility",
    ]
    assert [columns[at] for at in (15, 16, 17, 24)] == ["top_group", "top_firm", "top_name", "external_id"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("NA", "NA"),
        ("Namibie", "NA"),
        ("États-Unis", "US"),
        ("usa", "US"),
        ("Cote d'Ivoire", "CI"),
        ("DEU", "DE"),
        ("Viêt Nam", "VN"),
    ],
)
def test_a_country_is_known_by_code_or_name(written: str, code: str) -> None:
    assert cells.country(written) == code


def test_an_unknown_country_is_told_with_what_comes_near() -> None:
    with pytest.raises(Wrong) as wrong:
        cells.country("Frannce")
    assert "France" in reasons.in_words(wrong.value.code, wrong.value.said)[1]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1 234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12,500", "12500"),
        ("12,50", "12.5"),
        ("0,125", "0.125"),
        ("1.250", "1.25"),
        ("1'000", "1000"),
        ("7", "7"),
    ],
)
def test_numbers_are_read_the_french_and_the_english_way(written: str, number: str) -> None:
    assert cells.number(written) == Decimal(number)


@pytest.mark.parametrize(("decimal", "number"), [(",", "1.25"), (".", "1250")])
def test_a_number_that_can_be_read_two_ways_is_read_like_its_column(decimal: str, number: str) -> None:
    assert cells.number("1,250", decimal=decimal) == Decimal(number)


@pytest.mark.parametrize(
    ("column", "usual", "decimal"),
    [
        (["1,250", "12,5"], ".", ","),
        (["1,250", "1,250.5"], ",", "."),
        (["1,250", "3,500"], ",", ","),
        (["1,250", "3,500"], ".", "."),
        (["1.250", "1 250,75 kg"], ".", ","),
        (["1,250,000", "2,500"], ",", "."),
        (["", "12", "abc"], ",", ","),
    ],
)
def test_the_sign_before_decimals_is_decided_by_the_column(column: list[str], usual: str, decimal: str) -> None:
    assert numbers.decimal_of(column, usual=usual) == decimal


@given(st.decimals(0, 10**9, places=2))
def test_a_number_written_with_a_decimal_comma_is_read_back(number: Decimal) -> None:
    assert cells.number(f"{number:.2f}".replace(".", ",")) == number


@pytest.mark.parametrize("written", ["", "abc", "1-2-3", "NaN", "Infinity", "--1"])
def test_what_is_no_number_is_told(written: str) -> None:
    with pytest.raises(Wrong):
        cells.number(written)


@pytest.mark.parametrize(
    ("written", "unit", "band"),
    [
        ("999", "kg", "<1"),
        ("1 000", "kg", "1-10"),
        ("10", "", "10-100"),
        ("250 kg", "t", "<1"),
        ("10-100", "", "10-100"),
        (">1000", "", ">1000"),
        ("50 000", "pcs", "10-100"),
        ("2000", "tonnes", ">1000"),
    ],
)
def test_a_volume_falls_into_its_band(written: str, unit: str, band: str) -> None:
    assert cells.volume_band(written, unit) == band


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("12", "hs_shape"),
        ("abcd", "hs_shape"),
        ("7701.99", "hs_unknown"),
        ("901110", None),
        ("90111", "hs_zero"),
        ("3301 29", None),
    ],
)
def test_a_customs_code_is_checked_for_shape_and_heading(written: str, reason: str | None) -> None:
    if reason is None:
        assert cells.hs_code(written).isdigit()
        return
    with pytest.raises(Wrong) as wrong:
        cells.hs_code(written)
    assert wrong.value.code == reason


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Matière première", "raw_material"),
        ("MP", "raw_material"),
        ("Emballages", "packaging"),
        ("Ingredient", "ingredient"),
        ("prestation", "service"),
    ],
)
def test_a_kind_is_known_in_both_languages(written: str, kind: str) -> None:
    assert cells.kind(written) == kind


@pytest.mark.parametrize("written", ["Verre", "glass", "GLASS", "verre "])
def test_a_family_is_known_by_code_and_by_label(written: str) -> None:
    assert cells.family(lists.families())(written) == "glass"


@pytest.mark.parametrize("written", ["732829320", "FR40303265045", "73282932000074", "HRB 12345"])
def test_registry_numbers_that_hold_are_kept(written: str) -> None:
    assert cells.registry_id(written)


@pytest.mark.parametrize("written", ["732829321", "73282932000075", "FR41303265045"])
def test_registry_numbers_whose_check_digits_do_not_fit_are_told(written: str) -> None:
    with pytest.raises(Wrong):
        cells.registry_id(written)


@pytest.mark.parametrize(("written", "reason"), [("a@b", "no_mail"), ("a@b.fr; c@d.fr", "many_mails")])
def test_a_mail_is_one_address(written: str, reason: str) -> None:
    with pytest.raises(Wrong) as wrong:
        cells.mail(is_mail)(written)
    assert wrong.value.code == reason


@pytest.mark.parametrize("code", sorted(reasons.REASONS))
def test_every_reason_and_remedy_is_a_sentence(code: str) -> None:
    said = dict.fromkeys(["near", "heading", "most", "what", "row", "length", "longest", "country", "written"], "7")
    assert all(words.endswith((".", "?")) and "%(" not in words for words in reasons.in_words(code, said))


def _rows(shape: str, header: list[str], *rows: list[str]) -> shapes.Rows:
    table = Table("S", tuple(header), 1, tuple(Row(at, tuple(row)) for at, row in enumerate(rows, 2)))
    return shapes.rows_of(shape, table, fields.columns_of(shape, header), families=lists.families())


def test_errors_are_told_cell_by_cell_and_good_rows_stay() -> None:
    header = ["Référence", "Désignation", "Code SH", "Pays", "Fournisseur"]
    found = _rows(
        "lines",
        header,
        ["A1", "Verre", "7010", "France", "Maison"],
        ["A2", "Carton", "12", "Nulle part", "Maison"],
        ["", "", "", "", ""],
    )
    assert [draft.reference for draft in found.lines] == ["A1"]
    assert [(each.row, each.column, each.code) for each in found.errors] == [
        (3, 2, "hs_shape"),
        (3, 3, "unknown_country"),
        (4, 1, "missing"),
        (4, 0, "no_reference"),
    ]


def test_the_header_once_more_among_the_rows_is_refused() -> None:
    found = _rows("lines", ["Référence", "Désignation"], ["A1", "Verre"], ["Référence", "Désignation"])
    assert [(each.row, each.code) for each in found.errors] == [(3, "header_again")]


def test_a_path_keeps_its_order_and_leaves_blank_tiers_out() -> None:
    tiers = [f"{what} (Tier {tier})" for tier in (2, 3, 4) for what in ("Parent", "Facility")]
    header = ["Direct Supplier", "Supplier Location", *tiers, "Mill Company Name", "Mill Name", "Country", "UML ID"]
    row = ["Oleana", "India", "Garuda", "Dumai", "", "", "", "Tirta Works", "Sawit", "Pabrik 1", "Indonesia", "PO1"]
    (path,) = _rows("paths", header, row).paths
    assert [(place.firm, place.facility, place.country) for place in path.places] == [
        ("Oleana", "", "IN"),
        ("Garuda", "Dumai", ""),
        ("Tirta Works", "Tirta Works", ""),
        ("Sawit", "Pabrik 1", "ID"),
    ]
    assert path.places[-1].step == "mill"


def test_odd_values_of_kept_columns_are_counted_not_refused() -> None:
    header = ["Direct Supplier", "PO / PKO", "Mill Company Name", "Mill Name", "Country", "RSPO Status"]
    found = _rows("paths", header, ["Oleana", "x x", "S", "P", "Indonesia", "??"], ["Oleana", "", "S", "Q", "ID", "IP"])
    assert not found.errors
    assert found.odd == {"PO / PKO": {"x x": 1, "": 1}, "RSPO Status": {"??": 1, "IP": 1}}
