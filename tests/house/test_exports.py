"""Every table on screen can be taken along as CSV and XLSX, or says here why not."""

import re

from house.files import named, templates

NOT_HANDED_OUT = {
    "account/security.html": "how one signs in oneself, and where: nothing to take along",
    "ask/preview.html": "answers a form: what is about to leave; the request's own page hands it out",
    "answer/form/brought.html": "the first cells; the marked copy hands out all",
    "bring/_troubles.html": "in the preview the first cells only; the report hands out all",
    "bring/columns.html": "is the form itself: a column of the file a row",
    "found/review.html": "what is about to be founded and stands nowhere yet",
    "found/step_questions.html": "explains the boxes of the form above it",
    "proof/_documents.html": "lists files, each of which is handed out itself",
    "home/_dependencies.html": "on the home page the first three; coverage hands out all",
}
HANDED_OUT_BY = {
    "bring/_pair.html": "bring/alike.html",
    "home/_bands.html": "home/coverage.html",
    "home/_rows.html": "home/coverage.html",
    "home/_tiers.html": "home/coverage.html",
    "see/lines_table.html": "see/lines.html",
}
FILES = re.compile(r"{% files\b")


def test_every_table_is_handed_out_or_says_why_not() -> None:
    texts = {
        named(path).split("/templates/", 1)[-1]: path.read_text() for path in templates() if path.suffix == ".html"
    }
    tables = {name for name, text in texts.items() if "<table" in text}
    assert (set(NOT_HANDED_OUT) | set(HANDED_OUT_BY)) <= tables, "an exception for a table that is gone"
    silent = {name for name in tables - set(NOT_HANDED_OUT) if not FILES.search(texts[HANDED_OUT_BY.get(name, name)])}
    assert silent == set()
    fewer = {name for name in tables if len(FILES.findall(texts[name])) not in {0, 1, texts[name].count("<table")}}
    assert fewer == set(), "of several tables of a template each is handed out"
