"""What a file of lines comes to: added, updated, unchanged, refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amont.catalogue.facts import LineDraft
from amont.catalogue.rules import FIELDS, Outcome, band_of, hs_shape, key_of, planned

Fields = dict[str, dict[str, str]]
DRAFTS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C"]), st.sampled_from(["", "x", "y"]), st.sampled_from(["", "palm", "glass"])
    ),
    max_size=8,
).map(lambda rows: [LineDraft(row=at, reference=r, name=n, family=f) for at, (r, n, f) in enumerate(rows, 2)])


def _applied(existing: Fields, drafts: list[LineDraft]) -> Fields:
    now = {key: dict(fields) for key, fields in existing.items()}
    for each in planned(existing, drafts):
        if each.outcome is not Outcome.REFUSED:
            now.setdefault(each.key, {}).update(each.changes)
    return now


@given(DRAFTS)
def test_every_draft_comes_to_one_thing_and_twice_changes_nothing(drafts: list[LineDraft]) -> None:
    plan = planned({}, drafts)
    assert [each.row for each in plan] == [draft.row for draft in drafts]
    once = _applied({}, drafts)
    good = {each.row for each in plan if each.outcome is not Outcome.REFUSED}
    again = planned(once, [draft for draft in drafts if draft.row in good])
    assert {each.outcome for each in again} <= {Outcome.UNCHANGED}


@given(DRAFTS)
def test_an_empty_field_never_erases(drafts: list[LineDraft]) -> None:
    before = {"r:A": {"reference": "A", "name": "kept", "family": "mica"}}
    after = _applied(before, drafts)
    assert all(after["r:A"][field] for field in before["r:A"])


def test_a_row_that_contradicts_an_earlier_one_is_refused_and_names_it() -> None:
    plan = planned({}, [LineDraft(2, "A", "x"), LineDraft(3, "A", "x"), LineDraft(4, "A", "y")])
    assert [each.outcome for each in plan] == [Outcome.ADDED, Outcome.UNCHANGED, Outcome.REFUSED]
    assert plan[2].clash == 2


def test_a_line_without_a_reference_is_known_by_its_folded_name() -> None:
    assert key_of("", "Beurre de Karité") == key_of("", "beurre de karite")
    assert key_of("A", "x") != key_of("", "A")


@pytest.mark.parametrize(
    ("volume", "band"),
    [("0", "<1"), ("0.999", "<1"), ("1", "1-10"), ("10", "10-100"), ("999.9", "100-1000"), ("1000", ">1000")],
)
def test_the_lower_bound_of_a_band_is_inclusive(volume: str, band: str) -> None:
    assert band_of(Decimal(volume)) == band


@given(st.text(max_size=12))
def test_a_customs_code_is_digits_or_nothing(written: str) -> None:
    found = hs_shape(written)
    assert found is None or (found.isascii() and found.isdigit() and len(found) in {4, 6, 8, 10})


def test_the_fields_of_a_draft_are_those_that_are_written() -> None:
    assert set(FIELDS) == set(LineDraft._fields) - {"row", "public_id"}
