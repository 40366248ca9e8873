"""Indexes of countries: read whole or refused, never a figure without its source."""

from decimal import Decimal
from pathlib import Path

import pytest

from amont.commands.main import parser
from amont.insight.indexes.known import SOURCES, Kind
from amont.insight.indexes.reading import read_index, readings, shipped
from amont.kernel.errors import Refused

WATER = next(each for each in SOURCES if each.name == "aqueduct")
HEAD = "iso2,water_stress_category,drought_risk_category,river_flood_risk_category\n"


def test_every_shipped_index_is_read_and_tells_which_countries_it_lacks() -> None:
    assert [index.source.name for index in shipped()] == ["wgi", "inform", "aqueduct"]
    assert all(index.missing for index in shipped())


def test_namibia_is_a_country_and_not_an_empty_cell() -> None:
    assert all("NA" not in index.missing for index in shipped())
    assert {each.measure.kind for each in readings("NA") if each.figure is not None} == set(Kind)


def test_every_reading_has_source_edition_date_and_licence() -> None:
    for each in readings("FR"):
        assert each.source.maker
        assert each.source.edition
        assert each.source.dated.year in {2023, 2025}
        assert each.source.licence == "CC BY 4.0"


def test_an_empty_cell_and_an_absent_country_are_no_figure_and_never_zero() -> None:
    index = read_index(WATER, HEAD + "FR,0,,1\n")
    assert dict(index.figures) == {
        ("FR", "water_stress_category"): Decimal(0),
        ("FR", "river_flood_risk_category"): Decimal(1),
    }
    assert "MA" in index.missing


def test_a_file_is_refused_with_every_place_that_does_not_do() -> None:
    with pytest.raises(Refused) as refused:
        read_index(WATER, HEAD + "FR,1,1,1\nQQ,1,1,1\nFR,2,2,2\nMA,9,NaN,many\n")
    assert refused.value.errors == {
        "line 3": ["unknown country 'QQ'"],
        "line 4": ["country FR a second time"],
        "line 5": [
            "water_stress_category: 9 is not from -1 to 4",
            "drought_risk_category: NaN is not from -1 to 4",
            "river_flood_risk_category: 'many' is no number",
        ],
    }


@pytest.mark.parametrize("text", ["", "iso2,country\nFR,France\n", HEAD, HEAD + "FR\n"])
def test_a_file_without_its_columns_or_figures_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_index(WATER, text)


def test_the_command_shows_a_country_with_sources(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = parser().parse_args(["indexes", "show", "Maroc"])
    assert chosen.run(chosen) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Morocco\n")
    assert shown.count("CC BY 4.0") == 11


def test_the_command_checks_a_newer_file_and_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = tmp_path / "newer.csv"
    newer.write_text(HEAD + "QQ,1,1,1\n", encoding="utf-8")
    chosen = parser().parse_args(["indexes", "check", "aqueduct", str(newer)])
    assert chosen.run(chosen) == 1
    assert capsys.readouterr().err == "line 2: unknown country 'QQ'\n"
    newer.write_text(HEAD + "FR,1,1,1\n", encoding="utf-8")
    assert chosen.run(chosen) == 0
    assert capsys.readouterr().out.startswith("3 figures; no row for ")
