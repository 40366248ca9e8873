"""A trace is kept as it was made."""

from hypothesis import given
from hypothesis import strategies as st

from amont.catalogue.tracing import Trace, mark_of

_VALUES = st.one_of(st.text(max_size=20), st.none(), st.booleans(), st.integers(-(2**40), 2**40))


@given(
    st.lists(st.tuples(st.integers(1, 2**40), st.integers(2, 100_001), st.lists(_VALUES, max_size=4)), max_size=20),
    st.lists(st.tuples(st.integers(1, 2**40), st.text(max_size=20), st.text(max_size=20)), max_size=20),
)
def test_what_was_noted_comes_back(
    added: list[tuple[int, int, list[object]]], changed: list[tuple[int, str, str]]
) -> None:
    trace = Trace()
    if added:
        trace.add("item", [key for key, _, _ in added], [row for _, row, _ in added], [said for _, _, said in added])
    for key, before, after in changed:
        trace.change("item", key, 2, before={"name": before, "kind": "x"}, after={"name": after, "kind": "x"})
    packed = trace.packed()
    if packed is None:
        assert not added
        assert all(before == after for _, before, after in changed)
        return
    again = Trace.of(packed)
    assert again == trace
    if added:
        assert again.added["item"].marks == [mark_of(said) for _, _, said in added]


def test_another_value_is_another_mark() -> None:
    assert mark_of(["a", None]) != mark_of(["a", ""]) != mark_of(["a", "b"])
