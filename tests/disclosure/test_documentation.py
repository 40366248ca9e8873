"""The documentation shows the very table that the code uses."""

from pathlib import Path

from amont.disclosure.facts_levels import SHOWS_FROM, Fact

DOCUMENT = Path(__file__).parents[2] / "docs" / "disclosure.md"


def test_every_kind_of_fact_has_its_level() -> None:
    assert set(SHOWS_FROM) == set(Fact)


def test_the_document_shows_the_table_of_the_code() -> None:
    rows = [
        f"| {fact.value.replace('_', ' ')} | {int(level)} | {level.name.lower()} |"
        for fact, level in SHOWS_FROM.items()
    ]
    assert "\n".join(rows) in DOCUMENT.read_text(encoding="utf-8")
