"""A rebate file that does not do is refused at the line, and nothing is printed."""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from amont.commands.main import main
from amont.exchange.strict_json import line_of
from purchasing.cases import quarters

Json = dict[str, Any]
AGAIN = {"adherent": "one", "date": "2026-03-31", "document": "F1-one", "line": "1"}

WRONG: dict[str, tuple[Callable[[Json], object], str, str]] = {
    "an amount that is a number": (
        lambda file: file["events"][1].update(amount=12.5),
        "$.events[1].amount",
        "12.5 is not of type string",
    ),
    "seven decimals": (lambda file: file["events"][1].update(amount="1.0000001"), "$.events[1].amount", "form"),
    "a first band above 0": (lambda file: file["bands"][0].update({"from": "1"}), "$.bands[0]", "starts at 0"),
    "bands that do not ascend": (
        lambda file: file["bands"][2].update({"from": "50000.00"}),
        "$.bands[2]",
        "bands ascend",
    ),
    "a rate that falls": (lambda file: file["bands"][3].update(rate="0.03"), "$.bands[3]", "the rate falls"),
    "a rate in percents": (lambda file: file["bands"][3].update(rate="6"), "$.bands[3]", "0.02 is 2 %"),
    "no band": (lambda file: file.update(bands=[]), "$.bands", "empty"),
    "an event of nobody": (lambda file: file["events"][2].update(adherent="x"), "$.events[2].adherent", "'x'"),
    "a day that is none": (lambda file: file["events"][2].update(date="2026-02-30"), "$.events[2].date", "2026-02-30"),
    "an adherent twice": (lambda file: file["adherents"].append({"key": "one"}), "$.adherents[2].key", "twice"),
    "a document line again with another amount": (
        lambda file: file["events"].append({**AGAIN, "amount": "40000.01"}),
        "$.events[8]",
        "$.events[0]",
    ),
    "a document line again for another adherent": (
        lambda file: file["events"].append({**AGAIN, "amount": "40000.00", "adherent": "other"}),
        "$.events[8]",
        "says otherwise",
    ),
    "settlements that do not ascend": (lambda file: file["settlements"].reverse(), "$.settlements[1]", "ascend"),
    "a period that ends before it starts": (
        lambda file: file["period"].update(to="2025-12-31"),
        "$.period.to",
        "lies before",
    ),
    "another field": (lambda file: file["events"][0].update(vat="20"), "$.events[0]", "vat"),
    "another formula": (lambda file: file.update(formula="growth"), "$.formula", "retroactive, incremental"),
    "a currency in small letters": (lambda file: file.update(currency="eur"), "$.currency", "form"),
    "no currency": (lambda file: file.pop("currency"), "$", "currency"),
}


def ran(path: Path, *words: str) -> tuple[int, str, str]:
    """Return status, output and complaints of the command."""
    said, complained = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(complained):
        status = main(["rebate", str(path), *words])
    return status, said.getvalue(), complained.getvalue()


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_do_is_told_at_its_line(name: str, tmp_path: Path) -> None:
    change, place, reason = WRONG[name]
    file = quarters()
    change(file)
    text = json.dumps(file, indent=1)
    (tmp_path / "case.json").write_text(text)
    status, said, complained = ran(tmp_path / "case.json")
    assert (status, said) == (1, "")
    assert f"line {line_of(text, place)}: {place}: " in complained
    assert reason in complained


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{\n "currency": "EUR",\n}', "line 3, column 1: not JSON"),
        ('{"currency": "EUR", "currency": "USD"}', "twice"),
        ('{"currency": NaN}', "NaN"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_what_is_no_json_is_refused(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text(text)
    status, said, complained = ran(tmp_path / "case.json")
    assert (status, said) == (1, "")
    assert reason in complained


def test_a_missing_file_and_one_that_is_not_utf8_are_told(tmp_path: Path) -> None:
    assert "No such file" in ran(tmp_path / "absent.json")[2]
    (tmp_path / "case.json").write_bytes(b"\xff\xfe")
    assert "not UTF-8 at byte 0" in ran(tmp_path / "case.json")[2]


def test_falling_rates_are_taken_where_that_is_allowed(tmp_path: Path) -> None:
    file = quarters()
    file["bands"][3]["rate"] = "0.03"
    (tmp_path / "case.json").write_text(json.dumps(file))
    status, said, _complained = ran(tmp_path / "case.json", "--falling")
    assert status == 0
    assert json.loads(said)["settlements"][-1]["entitlement"] == "12000.00"


def test_of_many_troubles_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    file = quarters()
    file["events"] = [{**AGAIN, "adherent": f"x{number}", "amount": "1", "line": str(number)} for number in range(300)]
    (tmp_path / "case.json").write_text(json.dumps(file))
    complained = ran(tmp_path / "case.json")[2].splitlines()
    assert len(complained) == 21
    assert complained[-1] == "and 280 more"


@pytest.mark.parametrize(
    ("place", "line"),
    [("$", 1), ("$.a", 2), ("$.b[0]", 3), ("$.b[2].c", 5), ("$['d e'].f", 8), ("$.b[9]", 3), ("$.absent", 1)],
)
def test_a_place_has_a_line(place: str, line: int) -> None:
    text = '{\n "a": "x\\"}",\n "b": [1, [2, "]"],\n  {\n   "c": {}\n  }],\n "d e"\n : {"f"\n : 1}\n}'
    assert line_of(text, place) in {line, line + 1} if place == "$['d e'].f" else line_of(text, place) == line
