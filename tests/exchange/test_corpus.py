"""The corpus of odd and hostile files: rows that are counted, or a refusal with a clear reason, and never a crash."""

import pytest

from amont.disclosure.guard import looking_as
from amont.exchange import importing
from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from exchange.corpus import CASES, Case
from exchange.corpus_come import come_of

SMALL = [case for case in CASES if not case.big]
READ = [case for case in SMALL if not case.why and case.refused < case.rows < 1_000 and case.shape != "paths"]


def test_the_corpus_is_large_and_every_case_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", SMALL, ids=str)
def test_what_must_come_of_it_comes(case: Case) -> None:
    assert come_of(case.make(), case.file_name).wrong(case) == ""


@pytest.fixture
def claire(db: None) -> Viewer:  # noqa: ARG001 - rows need the database
    return open_account(
        email="claire@firm.example",
        person_name="Claire",
        organization_name="Maison Claire",
        country="FR",
        language="en",
    )


@pytest.mark.parametrize("case", READ, ids=str)
def test_its_counts_close_when_it_is_imported_and_twice_adds_nothing(case: Case, claire: Viewer) -> None:
    content = case.make()
    with looking_as(claire):
        once, twice = (
            importing.run(claire, importing.bring_file(claire, content, file_name=case.file_name).public_id).report
            for _time in range(2)
        )
    for report in (once, twice):
        outcomes = [report[each] for each in ("added", "updated", "unchanged", "refused")]
        assert sum(outcomes) == report["read"] == case.rows
    assert twice["added"] == 0
    assert twice["updated"] == 0
