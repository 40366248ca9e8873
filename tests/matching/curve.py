"""Precision and recall of matching over the labelled pairs, at each threshold; RECORD names a file that gets a line."""

import csv
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")
os.environ.setdefault("AMONT_MODE", "test")

import django

django.setup()

from amont.catalogue.matching.sites import PERHAPS, SAME  # noqa: E402 - Django first
from amont.exchange.matching import held  # noqa: E402 - Django first

PAIRS = Path(__file__).parent / "pairs.csv"
STEPS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


@dataclass(frozen=True)
class Measured:
    """How a threshold does: right ones above it, wrong ones above it, all right ones."""

    right: int
    wrong: int
    all: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.all if self.all else 1.0


def scores(part: str = "") -> list[tuple[float, bool]]:
    """Return score and label of each pair, of one part or of all."""
    found = held(PAIRS.read_bytes(), PAIRS.name)
    with PAIRS.open(encoding="utf-8", newline="") as rows:
        parts = [row["part"] for row in csv.DictReader(rows)]
    pairs = zip(found, parts, strict=True)
    return [(each.verdict.score, bool(each.label)) for each, of in pairs if part in {"", of}]


def measured(pairs: list[tuple[float, bool]], least: float) -> Measured:
    """Return how the pairs do that score at least so much."""
    above = [label for score, label in pairs if score >= least]
    return Measured(sum(above), len(above) - sum(above), sum(label for _score, label in pairs))


def main() -> int:
    told = []
    for part in ("chosen by", "held back"):
        pairs = scores(part)
        lines = [f"{part}: {len(pairs)} pairs, {sum(label for _score, label in pairs)} of them the same"]
        lines += ["score from   precision   recall   wrong"]
        for least in sorted({*STEPS, SAME, PERHAPS}):
            found = measured(pairs, least)
            name = {SAME: "  same", PERHAPS: "  perhaps"}.get(least, "")
            lines.append(f"{least:10.2f}   {found.precision:9.3f}   {found.recall:6.3f}   {found.wrong:5d}{name}")
        sys.stdout.write("\n".join((*lines, "", "")))
        same, perhaps = measured(pairs, SAME), measured(pairs, PERHAPS)
        told.append(
            f"{part} ({len(pairs)}): precision {same.precision:.3f}, recall {same.recall:.3f} as the same, "
            f"{perhaps.precision:.3f} and {perhaps.recall:.3f} with perhaps"
        )
    if record := os.environ.get("RECORD"):
        with Path(record).open("a", encoding="utf-8") as kept:
            kept.write(f"- {datetime.now(UTC):%Y-%m-%d}: {'; '.join(told)}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
