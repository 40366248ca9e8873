"""Random rebate files, the same for the same seed: odd currencies, late and repeated lines, credit notes, leavers."""

import random
from datetime import date, timedelta
from typing import Any

Json = dict[str, Any]
START = date(2026, 1, 1)
CURRENCIES = ("EUR", "EUR", "EUR", "JPY", "TND", "KWD", "USD")


def rebate_file(seed: int) -> Json:
    """Return a right file."""
    source = random.Random(seed)  # noqa: S311 - the same every time, on purpose
    keys = [f"{source.choice('abAB~é')}{number}" for number in range(source.choice((1, 2, 3, 5, 8, 20)))]
    source.shuffle(keys)
    adherents = [{"key": key, **_span(source, 0.2)} for key in keys]
    size = source.choice((10, 1_000, 100_000))
    events = [_event(source, keys, number, size) for number in range(source.choice((0, 5, 30, 80)))]
    events += [_again(source, event) for event in events if source.random() < 0.15]
    source.shuffle(events)
    file: Json = {
        "currency": source.choice(CURRENCIES),
        "formula": source.choice(("retroactive", "incremental")),
        "bands": _bands(source, size * 4),
        "adherents": adherents,
        "events": events,
        "settlements": sorted(_day(source) for _each in range(source.randint(1, 5))),
    }
    if source.random() < 0.5:
        file["period"] = _span(source, 1)
    return file


def _day(source: random.Random) -> str:
    return (START + timedelta(days=source.randint(0, 90))).isoformat()


def _span(source: random.Random, likely: float) -> Json:
    ends = sorted((_day(source), _day(source)))
    return {name: end for name, end in zip(("from", "to"), ends, strict=True) if source.random() < likely}


def _amount(source: random.Random, most: int) -> str:
    places = source.choice((0, 1, 2, 2, 3, 4, 6))
    text = str(source.randint(0, most))
    if not places:
        return text
    tail = source.choice(("5", "05", "005", "0049", "995", "")) or str(source.randint(0, 10**places - 1))
    return f"{text}.{tail}"


def _event(source: random.Random, keys: list[str], number: int, size: int) -> Json:
    event: Json = {
        "adherent": source.choice(keys),
        "date": _day(source),
        "amount": ("-" if source.random() < 0.15 else "") + _amount(source, size),
        "document": f"F{number // 3}",
        "line": str(number % 3),
    }
    if source.random() < 0.4:
        event["known"] = _day(source)
    return event


def _again(source: random.Random, event: Json) -> Json:
    again = {key: value for key, value in event.items() if key != "known"}
    return {**again, "known": _day(source)} if source.random() < 0.5 else dict(event)


def _bands(source: random.Random, most: int) -> list[Json]:
    count = source.randint(1, 5)
    bounds = sorted({0, *(source.randint(1, most) for _each in range(count - 1))})
    rates = sorted(source.choice((1, 2, 5, 33, 125, 1000)) * source.randint(0, 10) for _each in bounds)
    half = source.choice(("", "", ".5", ".005", ".000001"))
    return [
        {"from": f"{bound}{half if bound else ''}", "rate": f"0.{rate:05}"}
        for bound, rate in zip(bounds, rates, strict=True)
    ]
