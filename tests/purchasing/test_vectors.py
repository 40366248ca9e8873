"""The vectors of the specification, and the files published in docs/rebates: the same by the command and by the naive
reading.
"""

import io
import json
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from amont.commands.main import main
from amont.exchange.rebate.parse import SCHEMA
from amont.purchasing.rules.foresight import last_in
from amont.purchasing.rules.schemes import Formula, entitlement
from amont.purchasing.rules.shapley import by_classes, shapley
from purchasing.cases import CLASSES, VECTORS, scheme, volumes
from purchasing.naive import settlements

DOCS = Path(__file__).parents[2] / "docs" / "rebates"
BOTH = (Formula.RETROACTIVE, Formula.INCREMENTAL)


@pytest.mark.parametrize(
    ("volume", "retroactive", "incremental"),
    [
        (35_000_00, 0, 0),
        (49_999_99, 0, 0),
        (50_000_00, 1_000_00, 0),
        (150_000_00, 6_000_00, 2_000_00),
        (299_999_99, 12_000_00, 8_000_00),
        (300_000_00, 18_000_00, 8_000_00),
        (400_000_00, 24_000_00, 14_000_00),
    ],
)
def test_a_volume_entitles_to_what_the_specification_says(volume: int, retroactive: int, incremental: int) -> None:
    assert [entitlement(scheme(each), volume) for each in BOTH] == [retroactive, incremental]


def test_shares_of_24000_are_exact() -> None:
    (settled,) = shown("year-retroactive")
    by_class = {share["adherent"][0]: share["cumulative"] for share in settled["shares"]}
    assert settled["entitlement"] == "24000.00"
    assert by_class == {"a": "2100.00", "b": "1200.00", "c": "300.00", "d": "96.00", "e": "19.50"}


def test_of_200_equal_shares_of_14000_half_get_the_cent() -> None:
    (settled,) = shown("year-incremental")
    small = Counter(share["cumulative"] for share in settled["shares"] if share["adherent"].startswith("e"))
    assert small == {"11.38": 100, "11.37": 100}
    assert sum(Fraction(share["cumulative"]) for share in settled["shares"]) == 14_000


def test_deltas_of_four_quarters_sum_to_the_year() -> None:
    found = shown("four-quarters")
    assert [each["delta"] for each in found] == ["1600.00", "5200.00", "4000.00", "13200.00"]
    assert found[-1]["entitlement"] == "24000.00"


def test_credit_notes_after_a_settlement_give_a_negative_correction() -> None:
    before, after = shown("credit-notes-after")
    assert (before["entitlement"], after["volume"], after["delta"]) == ("24000.00", "299999.99", "-12000.00")
    assert sum(Fraction(share["delta"]) for share in after["shares"]) == -12_000
    assert next(share for share in after["shares"] if share["adherent"] == "a000")["cumulative"] == "0.00"


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        (Formula.RETROACTIVE, ("2179.60", "1216.83", "298.33", "95.05", "19.29")),
        (Formula.INCREMENTAL, ("1238.30", "702.82", "174.72", "55.84", "11.34")),
    ],
)
def test_shapley_values_by_size_sum_to_the_entitlement(formula: Formula, values: tuple[str, ...]) -> None:
    classes = {each * 100: many for many, each in CLASSES.values()}
    found = by_classes(scheme(formula), classes)
    assert [f"{float(found[each * 100]) / 100:.2f}" for _many, each in CLASSES.values()] == list(values)
    whole = sum(found[size] * many for size, many in classes.items())
    assert abs(whole - entitlement(scheme(formula), 400_000_00)) < Fraction(1, 10**20)


def test_the_last_in_contribution_of_the_first_is_its_share() -> None:
    assert last_in(scheme(), volumes(), "a000") == 2_100_00


def test_every_adherent_of_the_case_has_a_value() -> None:
    found = shapley(scheme(), volumes())
    assert len(found) == 300
    assert all(value.error is None for value in found.values())


def shown(name: str) -> list[dict[str, Any]]:
    """Return what the command prints for a published vector."""
    said = io.StringIO()
    with redirect_stdout(said):
        assert main(["rebate", str(DOCS / f"{name}.json")]) == 0
    found: list[dict[str, Any]] = json.loads(said.getvalue())["settlements"]
    return found


@pytest.mark.parametrize("name", VECTORS)
def test_published_vectors_are_right_by_the_command_and_by_the_naive_reading(name: str) -> None:
    file = json.loads((DOCS / f"{name}.json").read_text())
    assert file == VECTORS[name]
    expected = json.loads((DOCS / f"{name}.result.json").read_text())["settlements"]
    assert shown(name) == expected
    naive = settlements(file)
    assert [each["entitlement"] for each in naive] == [Fraction(each["entitlement"]) for each in expected]
    assert [[share["delta"] for share in each["shares"]] for each in naive] == [
        [Fraction(share["delta"]) for share in each["shares"]] for each in expected
    ]


def test_the_published_schema_is_the_one_that_is_used_and_holds_the_vectors() -> None:
    published = (DOCS / "rebate.schema.json").read_text()
    assert published == SCHEMA.read_text()
    for file in VECTORS.values():
        jsonschema.Draft202012Validator(json.loads(published)).validate(file)


def test_a_file_comes_by_standard_input_too(monkeypatch: pytest.MonkeyPatch) -> None:
    content = (DOCS / "first-alone.json").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(io.StringIO()):
        assert main(["rebate", "-"]) == 0
    assert json.loads(said.getvalue())["settlements"][0]["entitlement"] == "0.00"
