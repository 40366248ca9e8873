"""Matching over the labelled pairs: what it reaches, that it is even-handed, and that the pairs are what they say."""

import csv

import pytest

from amont.catalogue.matching.sites import PERHAPS, SAME, Decision, SiteWriting, Verdict, compared, prepared
from matching import making
from matching.curve import measured, scores


def verdict(one: SiteWriting, other: SiteWriting) -> Verdict:
    return compared(prepared(one), prepared(other))


def test_the_pairs_are_those_that_the_maker_makes() -> None:
    assert (making.HERE / "pairs.csv").read_text(encoding="utf-8") == making.written()


@pytest.mark.parametrize(("part", "precision", "recall"), [("chosen by", 0.99, 0.99), ("held back", 0.93, 0.97)])
def test_what_is_taken_as_the_same_is(part: str, precision: float, recall: float) -> None:
    found = measured(scores(part), SAME)
    assert (found.precision >= precision, found.recall >= recall) == (True, True), found


@pytest.mark.parametrize("part", ["chosen by", "held back"])
def test_no_pair_that_is_the_same_is_passed_over(part: str) -> None:
    assert measured(scores(part), PERHAPS).recall == 1


def test_the_order_of_the_two_does_not_matter() -> None:
    with (making.HERE / "pairs.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            one, other = (SiteWriting(row[f"name_{n}"], address=row[f"address_{n}"]) for n in (1, 2))
            assert verdict(one, other).score == pytest.approx(verdict(other, one).score, abs=0.02)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SiteWriting("Usine 1", latitude=45.0, longitude=4.0), SiteWriting("Usine 2", latitude=45.0, longitude=4.0)),
        (SiteWriting("Alpha", latitude=45.0, longitude=4.0), SiteWriting("Bravo", latitude=45.0, longitude=4.0)),
        (SiteWriting("Huilerie Azur", country="FR"), SiteWriting("Huilerie Azur", country="TN")),
        (SiteWriting("Kelana", ids={"uml": "PO1"}), SiteWriting("Kelana", ids={"uml": "PO2"})),
        (SiteWriting("Tissage Vernier Nord"), SiteWriting("Tissage Vernier Sud")),
    ],
)
def test_what_says_that_two_are_two_is_never_taken_as_the_same(one: SiteWriting, other: SiteWriting) -> None:
    assert verdict(one, other).decision is not Decision.SAME


def test_reasons_are_told_with_the_weightiest_first() -> None:
    found = verdict(
        SiteWriting("Verrerie du Perche SAS", latitude=48.4000, longitude=0.6000),
        SiteWriting("VERRERIE DU PERCHE", latitude=48.4015, longitude=0.6000),
    )
    assert [each.code for each in found.reasons] == ["same_but_form", "within"]
    assert found.reasons[1].said == {"metres": "167"}
    assert found.decision is Decision.SAME
