"""A reader is shown what it may look at; what it may not send is disabled, with a sentence why."""

import re

import pytest
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Membership
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db
WHY = "As a reader you can look, but not change anything."
WRITING = ("/bring/", "/bring/lines/new/", "/bring/suppliers/new/", "/bring/sites/new/", "/bring/alike/")
POSTED = re.compile(r'<form[^>]*method="post"[^>]*>(<fieldset disabled)?')


@pytest.fixture
def claire(opened: Opened) -> Viewer:
    return opened("claire")


@pytest.fixture
def page(claire: Viewer, signed_in: SignedIn) -> Client:
    return signed_in(claire)


def _main(page: Client, url: str) -> str:
    text = page.get(url).content.decode()
    return text[text.index("<main") : text.index("</main>")]


@pytest.mark.parametrize("url", WRITING)
def test_a_readers_forms_are_disabled_with_the_reason(page: Client, url: str) -> None:
    assert WHY not in _main(page, url)
    assert not any(POSTED.findall(_main(page, url)))
    Membership.objects.update(role="reader")
    shown = _main(page, url)
    assert WHY in shown
    assert all(POSTED.findall(shown))
    sent = {"name": "x", "kind": "service", "country": "FR", "language": "fr", "cells": "Nom\tPays\nA\tFR"}
    assert page.post(url, sent).status_code == 403


def test_a_reader_keeps_its_filters_and_its_own_account(page: Client) -> None:
    Membership.objects.update(role="reader")
    for url in ("/lines/?text=palm", "/me/", "/accounts/password/change/"):
        shown = page.get(url, follow=True).content.decode()
        assert "<fieldset disabled" not in shown, url
        assert WHY not in shown, url


def test_days_are_written_one_way() -> None:
    day = clock.now().replace(year=2026, month=11, day=23, hour=9, minute=5)
    said = {"en": "23 November 2026", "fr": "23 novembre 2026"}
    for language, words in said.items():
        with translation.override(language):
            for form in ("DATE_FORMAT", "SHORT_DATE_FORMAT", "DATETIME_FORMAT"):
                assert date_format(day, form).startswith(words), (language, form)
