"""What matching stands on: names, points, identifiers, and which rows are compared at all."""

import pytest

from amont.catalogue.matching.names import Numbers, likeness, name
from amont.catalogue.matching.pairs import candidates, site_pairs
from amont.catalogue.matching.sites import SiteWriting, prepared
from amont.exchange.cells import Wrong
from amont.exchange.coordinates import around, point
from amont.exchange.matching import held
from amont.kernel.identifiers import Identifier, Unfit, firm_number, identifier
from amont.kernel.points import metres


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plastiques Morvan S.A.R.L.", "PLASTIQUES MORVAN"),
        ("SEI RESAK", "Sungai Resak"),
        ("Kelana POM", "Kelana Palm Oil Mill Sdn. Bhd."),
        ("Müllerhof Glas GmbH", "Muellerhof Glas"),
        ("Jiang Nan Packaging Co., Ltd", "Jiangnan Packaging"),
        ("Завод Ромашка", "Zavod Romashka"),
        ("Talvera Unit II", "Talvera Unit-2"),
        ("Vernier Textiles", "Textiles Vernier"),
    ],
)
def test_two_writings_of_one_name_have_the_same_words(one: str, other: str) -> None:
    found = likeness(name(one), name(other))
    assert found.same_words
    assert found.numbers in {Numbers.NONE, Numbers.SAME}


@pytest.mark.parametrize(
    ("one", "other", "numbers"),
    [
        ("Usine 1", "Usine 2", Numbers.OTHER),
        ("Selaman 2A", "Selaman 2B", Numbers.OTHER),
        ("Permata A", "Permata B", Numbers.OTHER),
        ("Buatan", "Buatan I", Numbers.FIRST),
        ("Buatan", "Buatan III", Numbers.ONE),
    ],
)
def test_numbers_tell_units_apart(one: str, other: str, numbers: Numbers) -> None:
    assert likeness(name(one), name(other)).numbers is numbers


@pytest.mark.parametrize(
    ("north", "east", "country", "said"),
    [
        ("1.76515", "100.49015", "ID", (1.76515, 100.49015, "")),
        ("1,76515", "100,49015", "ID", (1.76515, 100.49015, "")),
        ("- 0.0559", "101.2443", "ID", (-0.0559, 101.2443, "")),
        ("1°45'54.5\"N", "100°29'24.5\"E", "ID", (1.7651389, 100.4901389, "")),
        ("48.8566 N", "2.3522 O", "", (48.8566, -2.3522, "")),
        ("1.76515, 100.49015", "", "ID", (1.76515, 100.49015, "")),
        ("1,76515; 100,49015", "", "ID", (1.76515, 100.49015, "")),
        ("POINT(100.49 1.76)", "", "ID", (1.76, 100.49, "")),
        ("176515", "10049015", "ID", (1.76515, 100.49015, "lost")),
        ("1.765.150", "100.490.150", "ID", (1.76515, 100.49015, "lost")),
        ("-1963888", "102301111", "ID", (-1.963888, 102.301111, "lost")),
        ("2.3522", "48.8566", "FR", (48.8566, 2.3522, "swapped")),
        ("4.925", "-101.10", "MY", (4.925, 101.1, "sign")),
        ("-22.56", "17.08", "NA", (-22.56, 17.08, "")),
    ],
)
def test_a_point_is_read_as_it_was_meant_and_told_where_otherwise(
    north: str, east: str, country: str, said: tuple[float, float, str]
) -> None:
    found = point(north, east, country)
    assert (found.latitude, found.longitude, found.how) == said
    assert bool(found.written) is bool(found.how)


@pytest.mark.parametrize(
    ("north", "east", "country", "code"),
    [
        ("48.58", "2.25", "BR", "point_elsewhere"),
        ("488566", "23522", "", "no_point"),
        ("-1049", "1200", "ID", "point_lost"),
        ("95.5", "200", "FR", "no_degrees"),
        ("48.85", "", "FR", "no_pair"),
        ("48°75'00\"N", "2°00'00\"E", "FR", "no_angle"),
        ("north", "2.35", "FR", "no_number"),
    ],
)
def test_a_point_that_could_be_several_or_none_is_refused(north: str, east: str, country: str, code: str) -> None:
    with pytest.raises(Wrong) as wrong:
        point(north, east, country)
    assert wrong.value.code == code


def test_without_a_country_a_lost_point_is_judged_by_the_other_rows() -> None:
    found = point("488566", "23522", "", others=around([(48.0, 2.0), (47.5, 2.4), (49.1, 3.0)]))
    assert (found.latitude, found.longitude) == (48.8566, 2.3522)


@pytest.mark.parametrize(
    ("written", "kind", "found"),
    [
        ("732 829 320", "", Identifier("siren", "732829320")),
        ("73282932000074", "", Identifier("siret", "73282932000074")),
        ("FR 44 732829320", "", Identifier("vat", "FR44732829320")),
        ("3012345678902", "", Identifier("gln", "3012345678902")),
        ("po1000000243", "", Identifier("uml", "PO1000000243")),
        ("56-81-5", "", Identifier("cas", "56-81-5")),
        ("96385074", "gtin", Identifier("gtin", "96385074")),
        ("A-17", "", None),
    ],
)
def test_an_identifier_is_known_by_what_it_looks_like(written: str, kind: str, found: Identifier | None) -> None:
    assert identifier(written, kind) == found


@pytest.mark.parametrize(
    ("written", "kind"), [("732 829 321", ""), ("3012345678900", ""), ("PO12", "uml"), ("56-81-6", "")]
)
def test_an_identifier_whose_check_digits_do_not_hold_is_refused(written: str, kind: str) -> None:
    with pytest.raises(Unfit):
        identifier(written, kind)


def test_siret_and_french_vat_number_tell_the_same_firm_as_its_siren() -> None:
    assert {firm_number(each) for each in ("732829320", "73282932000074", "FR44732829320")} == {"732829320"}


def test_distance_is_that_along_the_earth() -> None:
    assert metres((48.8566, 2.3522), (45.7640, 4.8357)) == pytest.approx(391_500, rel=0.01)


def test_many_rows_of_one_word_are_not_all_compared() -> None:
    keys = {f"{number}": {"common", f"own{number // 2}"} for number in range(1000)}
    assert candidates(keys) == {(a, b) for a, b in candidates(keys) if int(a) // 2 == int(b) // 2}
    assert len(candidates(keys)) == 500


def test_a_list_is_held_against_itself() -> None:
    rows = {
        "a": prepared(SiteWriting("Oléa Grasse", country="FR", town="Grasse")),
        "b": prepared(SiteWriting("OLEA GRASSE SAS", country="FR", town="Grasse")),
        "c": prepared(SiteWriting("Oléa Tunis", country="TN")),
    }
    assert [(one, other) for one, other, _verdict in site_pairs(rows)] == [("a", "b")]


def test_columns_of_pairs_are_known_by_many_words_and_may_be_missing() -> None:
    content = b"left_name;Pays left;right_name;Pays right;same\nHuilerie Azur;NA;HUILERIE AZUR;Namibie;1\n"
    found = held(content, "pairs.csv")
    assert [(each.verdict.decision.value, each.label) for each in found] == [("same", True)]
