"""Nothing on screen is untranslated: texts are extracted afresh and held against what is kept."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from house.files import PACKAGE, ROOT, kept, named

SET_OTHERWISE = {"point-virgule ;", "Écrivez-les comme 48°51'24\"N, ou en décimales comme 48,8567."}
TRANSLATED_BY_DJANGO = {("", "French"), ("", "English")}


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as text:
        return read_po(text, locale="fr")


def said(of: Catalog) -> set[tuple[str, ...]]:
    """Return what is to be said: each text with its plural and its context."""
    found = set()
    for message in of:
        if message.id:
            texts = message.id if isinstance(message.id, tuple | list) else (message.id,)
            found.add((message.context or "", *texts))
    return found


KEPT = [path for path in kept() if path.name == "django.po"]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Copy what holds texts to a place of its own, and extract there."""
    here = tmp_path_factory.mktemp("texts") / "amont"
    for path in kept():
        if path.is_relative_to(PACKAGE) and path.suffix in {".py", ".html", ".txt"}:
            target = here / path.relative_to(PACKAGE)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    (here / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "fr", "--no-wrap", "--verbosity", "0"]
    command += ["--extension", "html,txt,py"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "", "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DJANGO_SETTINGS_MODULE")
    subprocess.run(command, cwd=here, env=environment, check=True, capture_output=True)
    return catalogue(here / "locale" / "fr" / "LC_MESSAGES" / "django.po")


def test_every_text_on_screen_is_translated(extracted: Catalog) -> None:
    known = set().union(*(said(catalogue(path)) for path in KEPT))
    missing = sorted(said(extracted) - known - TRANSLATED_BY_DJANGO)
    assert missing == []


@pytest.mark.parametrize("path", KEPT, ids=named)
def test_no_translation_is_empty_or_fuzzy(path: Path) -> None:
    bad = []
    for message in catalogue(path):
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(texts)):
            bad.append(message.id)
    assert bad == []


@pytest.mark.parametrize("path", KEPT, ids=named)
def test_translations_fill_the_same_gaps_as_the_text(path: Path) -> None:
    bad = [(message.id, [str(error) for error in message.check()]) for message in catalogue(path) if message.id]
    assert [(text, errors) for text, errors in bad if errors] == []


def test_every_kept_text_is_still_on_screen(extracted: Catalog) -> None:
    stale = {text for path in KEPT for text in said(catalogue(path))} - said(extracted)
    assert sorted(stale) == []


LOOSE = re.compile(r" [;!?»]| :(?!//)|« |'(?=\w)|\d %(?!\()")
"""What French typography binds by a narrow no-break space, and the typewriter's apostrophe."""


@pytest.mark.parametrize("path", KEPT, ids=named)
def test_french_is_set_with_narrow_no_break_spaces(path: Path) -> None:
    loose = []
    for message in catalogue(path):
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        loose += [text for text in texts if message.id and LOOSE.search(text.replace("%%", "%"))]
    assert [text for text in loose if text not in SET_OTHERWISE] == []
