"""The seven marks: one drawing each, told apart by form, the same everywhere."""

import pytest
from django.template import Context, Template

from amont.sight.facts import Mark
from amont.web.shell import marks


def test_every_mark_has_its_own_form_its_word_and_its_meaning() -> None:
    drawn = {mark: marks.shapes(mark) for mark in Mark}
    assert len(set(drawn.values())) == len(Mark)
    assert set(marks.WORDS) == set(marks.MEANINGS) == set(Mark)


def test_no_form_is_told_apart_by_its_colour() -> None:
    for mark in Mark:
        for _, drawn in marks.SHAPES[mark]:
            assert {drawn["fill"], drawn["stroke"]} <= {"none", "currentColor"}


def test_drawings_use_the_very_same_forms() -> None:
    symbols = marks.symbols()
    for mark in Mark:
        assert f'id="mark-{mark.value}"' in symbols
        assert marks.shapes(mark) in symbols
        assert marks.shapes(mark) in marks.svg(mark)


def test_a_misspelt_mark_is_an_error() -> None:
    with pytest.raises(ValueError, match="named-ish"):
        Template('{% load ui %}{% mark "named-ish" %}').render(Context())
