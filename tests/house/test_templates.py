"""What every template keeps to."""

import re
from pathlib import Path

import allauth
import pytest
from django.template import engines

from house.files import PACKAGE, modules, named, templates

UNSAFE = re.compile(
    r"""\|\s*safe\b|\{%\s*autoescape\s+off|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:"""
    r"""|<script\b(?![^>]*\bnonce="\{\{ csp_nonce \}\}"[^>]*\bsrc=)"""
)
GIVEN_BY_NAME = re.compile(r"""["']([\w./-]+\.(?:html|txt))(?:#\w+)?["']""")
FOUND_BY_DJANGO = {"400.html", "403.html", "404.html", "429.html", "500.html", "403_csrf.html"}


def name_of(path: str) -> str:
    return path.split("/templates/", 1)[1]


@pytest.mark.parametrize("path", [path for path in templates() if path.suffix == ".html"], ids=named)
def test_no_template_holds_what_the_content_policy_forbids(path: Path) -> None:
    assert UNSAFE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", templates(), ids=named)
def test_every_template_compiles(path: Path) -> None:
    assert engines["django"].get_template(name_of(str(path)))


def used() -> set[str]:
    """Return the names of templates that code or another template gives, or that a framework looks for by name."""
    texts = [path.read_text() for path in modules() if path.is_relative_to(PACKAGE)]
    texts += [path.read_text() for path in templates()]
    found = {name for text in texts for name in GIVEN_BY_NAME.findall(text)}
    return found | FOUND_BY_DJANGO


def test_no_template_is_unused() -> None:
    known = used()
    overriding = (
        "account/",
        "allauth/",
        "mfa/",
        "socialaccount/",
    )  # a third party's pages in our words: looked for by its own names
    names = {name_of(str(path)) for path in templates()}
    unused = {name for name in names - known if not (name.startswith(overriding) and _is_allauths(name))}
    assert unused == set()


def _is_allauths(name: str) -> bool:
    folder = Path(allauth.__file__).parent / "templates"
    stem = re.sub(r"\.(?:html|txt)$", "", name)
    return any((folder / f"{stem}.{ending}").exists() for ending in ("html", "txt"))
