"""A second reading of docs/rebate.schema.json, as plain as can be: fractions of the currency, no shared code."""

from fractions import Fraction
from math import floor
from typing import Any

Json = dict[str, Any]
NO_CENTS = {"JPY", "KRW", "CLP"}
THOUSANDTHS = {"BHD", "KWD", "TND"}


def settlements(file: Json) -> list[Json]:
    """Return what the command must print for a right file, every figure a fraction."""
    unit = Fraction(1, 1 if file["currency"] in NO_CENTS else 1000 if file["currency"] in THOUSANDTHS else 100)
    documents: dict[tuple[str, str], Json] = {}
    for event in file["events"]:
        known = event.get("known", event["date"])
        kept = documents.setdefault((event["document"], event["line"]), {**event, "known": known})
        kept["known"] = min(kept["known"], known)
    result: list[Json] = []
    earlier = {each["key"]: Fraction(0) for each in file["adherents"]}
    for day in file["settlements"]:
        volume = {each["key"]: Fraction(0) for each in file["adherents"]}
        for event in documents.values():
            (who,) = (each for each in file["adherents"] if each["key"] == event["adherent"])
            spans = [who, file.get("period", {})]
            counts = all(span.get("from", "0000") <= event["date"] <= span.get("to", "9999") for span in spans)
            if counts and event["date"] <= day and event["known"] <= day:
                volume[event["adherent"]] += nearest(Fraction(event["amount"]), unit)
        total = sum(volume.values(), Fraction(0))
        due = nearest(owed(file, total), unit)
        parts = shared(due, volume, unit)
        result.append(
            {
                "on": day,
                "volume": total,
                "entitlement": due,
                "delta": due - sum(earlier.values()),
                "shares": [
                    {
                        "adherent": key,
                        "volume": volume[key],
                        "cumulative": parts[key],
                        "delta": parts[key] - earlier[key],
                    }
                    for key in sorted(volume)
                ],
            }
        )
        earlier = parts
    return result


def nearest(value: Fraction, unit: Fraction) -> Fraction:
    """Round to the unit, halves away from zero."""
    sign = -1 if value < 0 else 1
    return sign * floor(abs(value) / unit + Fraction(1, 2)) * unit


def owed(file: Json, volume: Fraction) -> Fraction:
    """Return the entitlement, band by band as one would on paper."""
    bounds = [Fraction(band["from"]) for band in file["bands"]]
    rates = [Fraction(band["rate"]) for band in file["bands"]]
    if volume <= 0:
        return Fraction(0)
    if file["formula"] == "retroactive":
        reached = [rate for bound, rate in zip(bounds, rates, strict=True) if bound <= volume]
        return reached[-1] * volume
    ends = [*bounds[1:], volume]
    return sum(
        (
            rate * (min(end, volume) - bound)
            for bound, end, rate in zip(bounds, ends, rates, strict=True)
            if bound < volume
        ),
        Fraction(0),
    )


def shared(due: Fraction, volume: dict[str, Fraction], unit: Fraction) -> dict[str, Fraction]:
    """Hand out the pot unit by unit: first whole units, then one each to whoever is owed most still."""
    buyers = {key: each for key, each in volume.items() if each > 0}
    given = dict.fromkeys(volume, Fraction(0))
    if not due:
        return given
    whole = sum(buyers.values(), Fraction(0))
    for key, each in buyers.items():
        given[key] = floor(due * each / whole / unit) * unit
    waiting = sorted(buyers, key=lambda key: (given[key] - due * buyers[key] / whole, key))
    while sum(given.values()) < due:
        given[waiting.pop(0)] += unit
    return given
