"""Markup of drawings is Django's own, only quicker."""

from django.utils.functional import lazystr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from amont.web.see.markup import markup, markup_join

VALUES = st.one_of(
    st.text(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.builds(SafeString, st.text()), st.none()
) | st.builds(lazystr, st.text())


@given(VALUES, VALUES)
def test_markup_says_what_django_would_say(one: object, other: object) -> None:
    assert markup('<a b="{}">{c}</a>', one, c=other) == format_html('<a b="{}">{c}</a>', one, c=other)


@given(st.lists(st.tuples(VALUES, VALUES)))
def test_rows_are_joined_as_django_would_join_them(rows: list[tuple[object, object]]) -> None:
    assert markup_join("", "{}-{}", rows) == format_html_join("", "{}-{}", rows)
