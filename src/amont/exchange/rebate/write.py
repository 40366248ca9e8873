"""Writing a rebate file: what settlements are made from, as `amont rebate` reads it."""

import json
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from amont.kernel.money import amount, digits
from amont.purchasing.facts import Case
from amont.purchasing.rules.counting import DocumentLine
from amont.purchasing.rules.schemes import Period


def written(case: Case, lines: Iterable[DocumentLine]) -> str:
    """Return a case and the document lines behind its events as a rebate file."""
    scheme = case.scheme
    scale = int(10 ** digits(scheme.currency))
    content = {
        "currency": scheme.currency,
        "formula": str(scheme.formula),
        "period": _period(scheme.period),
        "bands": [{"from": _said(band.starts_at / scale), "rate": _said(band.rate)} for band in scheme.bands],
        "adherents": [{"key": key, **_period(period)} for key, period in case.adherents.items()],
        "events": [
            {
                "adherent": line.event.adherent,
                "date": line.event.on.isoformat(),
                "amount": f"{amount(line.event.units, scheme.currency):f}",
                "document": line.document,
                "line": line.line,
                "known": line.event.known.isoformat(),
            }
            for line in lines
        ],
        "settlements": [day.isoformat() for day in case.settlements],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _period(period: Period) -> dict[str, str]:
    ends: dict[str, date | None] = {"from": period.first, "to": period.last}
    return {name: day.isoformat() for name, day in ends.items() if day is not None}


def _said(figure: Fraction) -> str:
    """Return a figure that has finitely many decimals, as all that people enter do."""
    places = 0
    while (figure * 10**places).denominator > 1:
        places += 1
    text = f"{int(figure * 10**places):0{places + 1}d}"
    return f"{text[:-places]}.{text[-places:]}" if places else text
