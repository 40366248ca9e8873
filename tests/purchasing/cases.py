"""The case of the specification, and small schemes for tests."""

from datetime import date
from fractions import Fraction
from typing import Any

from amont.purchasing.rules.schemes import Band, Formula, Scheme

CLASSES = {"a": (1, 35_000), "b": (4, 20_000), "c": (20, 5_000), "d": (75, 1_600), "e": (200, 325)}
BANDS = ((0, "0"), (50_000, "0.02"), (150_000, "0.04"), (300_000, "0.06"))
YEAR_END = date(2026, 12, 31)


def scheme(formula: Formula | str = Formula.RETROACTIVE, currency: str = "EUR") -> Scheme:
    """Return 0 / 2 / 4 / 6 % from 0 / 50,000 / 150,000 / 300,000."""
    bands = tuple(Band(Fraction(start * 100), Fraction(rate)) for start, rate in BANDS)
    return Scheme(currency, Formula(formula), bands)


def volumes() -> dict[str, int]:
    """Return the 300 adherents' volumes, in cents."""
    return {f"{name}{number:03}": each * 100 for name, (many, each) in CLASSES.items() for number in range(many)}


def whole_year(formula: str) -> dict[str, Any]:
    """Return the case as a rebate file: each adherent one invoice, all settled at the year's end."""
    keys = list(volumes())
    return {
        "currency": "EUR",
        "formula": formula,
        "period": {"from": "2026-01-01", "to": "2026-12-31"},
        "bands": [{"from": str(start), "rate": rate} for start, rate in BANDS],
        "adherents": [{"key": key} for key in keys],
        "events": [
            {"adherent": key, "date": "2026-06-30", "amount": f"{units // 100}.00", "document": f"F{at}", "line": "1"}
            for at, (key, units) in enumerate(volumes().items(), start=1)
        ],
        "settlements": ["2026-12-31"],
    }


def corrected() -> dict[str, Any]:
    """Return the retroactive case with credit notes of 100,000.01 that come after it was settled."""
    file = whole_year("retroactive")
    notes = {"a000": "35000.00", **{f"b{number:03}": "16250.00" for number in range(4)}, "c000": "0.01"}
    file["events"] += [
        {
            "adherent": key,
            "date": "2026-12-31",
            "amount": f"-{amount}",
            "document": f"A{at}",
            "line": "1",
            "known": "2027-01-20",
        }
        for at, (key, amount) in enumerate(notes.items(), start=1)
    ]
    file["settlements"].append("2027-01-31")
    return file


def quarters() -> dict[str, Any]:
    """Return four settlements of a year at 80,000 / 170,000 / 270,000 / 400,000 in all."""
    moved = (("2026-03-31", 80_000), ("2026-06-30", 90_000), ("2026-09-30", 100_000), ("2026-12-31", 130_000))
    file = whole_year("retroactive")
    file["adherents"] = [{"key": "one"}, {"key": "other"}]
    file["events"] = [
        {"adherent": key, "date": day, "amount": f"{units // 2}.00", "document": f"F{at}-{key}", "line": "1"}
        for at, (day, units) in enumerate(moved, start=1)
        for key in ("one", "other")
    ]
    file["settlements"] = [day for day, _units in moved]
    return file


def first_alone() -> dict[str, Any]:
    """Return the first buyer alone."""
    file = whole_year("retroactive")
    return {**file, "adherents": file["adherents"][:1], "events": file["events"][:1]}


def a_cent_short(formula: str) -> dict[str, Any]:
    """Return a volume one cent below the last bound."""
    file = whole_year(formula)
    event = {**file["events"][0], "amount": "299999.99"}
    return {**file, "adherents": file["adherents"][:1], "events": [event]}


VECTORS = {
    "year-retroactive": whole_year("retroactive"),
    "year-incremental": whole_year("incremental"),
    "cent-short-retroactive": a_cent_short("retroactive"),
    "cent-short-incremental": a_cent_short("incremental"),
    "first-alone": first_alone(),
    "four-quarters": quarters(),
    "credit-notes-after": corrected(),
}
