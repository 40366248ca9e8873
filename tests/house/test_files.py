"""What every file of the house keeps to."""

import ast
import re
import subprocess
import sys

import pytest

from house.files import PACKAGE, ROOT, functions, kept, modules, named, templates

FILE_CEILING, FUNCTION_CEILING, VIEW_CEILING, TEMPLATE_CEILING = 400, 45, 20, 150
FORBIDDEN = re.compile(r"\b_base_manager\b|\.raw\(|\bget_model\(|\bmark_safe\b|\bRawSQL\b|\.extra\(")
WORKPLACE = re.compile(r"\.\./share[d]|/wor[k]/(?:wt|main|shared)|/tm[p]/")  # spelt so as not to find itself


def lines(text: str) -> int:
    return len(text.splitlines())


def test_no_module_is_longer_than_its_ceiling() -> None:
    long = {named(path): lines(path.read_text()) for path in modules()}
    assert {name: count for name, count in long.items() if count > FILE_CEILING} == {}


def test_no_function_is_longer_than_its_ceiling() -> None:
    long = []
    for path in modules():
        ceiling = VIEW_CEILING if "views" in path.relative_to(ROOT).as_posix().split("/web/")[-1] else FUNCTION_CEILING
        ceiling = ceiling if path.is_relative_to(PACKAGE / "web") else FUNCTION_CEILING
        for node in functions(path):
            count = (node.end_lineno or node.lineno) - node.lineno + 1
            if count > ceiling:
                long.append(f"{named(path)}:{node.lineno} {node.name}: {count} lines, at most {ceiling}")
    assert long == []


def test_no_template_is_longer_than_its_ceiling() -> None:
    long = {named(path): lines(path.read_text()) for path in templates()}
    assert {name: count for name, count in long.items() if count > TEMPLATE_CEILING} == {}


def test_every_module_says_in_its_first_line_what_lives_there() -> None:
    silent = [named(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_nothing_goes_around_the_guard_or_the_escaping() -> None:
    here = ROOT / "tests" / "house"
    found = [
        f"{named(path)}: {match.group()}"
        for path in modules()
        if not path.is_relative_to(here)
        for match in FORBIDDEN.finditer(path.read_text())
        if not (path.is_relative_to(PACKAGE / "disclosure") and match.group() == "get_model(")  # tables above its floor
    ]
    assert found == []


def test_every_package_is_named_in_the_description_of_the_house() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    packages = [path.parent.name for path in PACKAGE.glob("*/__init__.py")]
    journeys = [path.parent.name for path in PACKAGE.glob("web/*/__init__.py")]
    assert [name for name in packages + journeys if f"`{name}`" not in text] == []


def test_no_text_names_the_place_where_it_was_written() -> None:
    texts = {".py", ".md", ".html", ".txt", ".toml", ".css", ".js", ".po", ".sh", ".json", ""}
    found = [
        f"{named(path)}: {match.group()}"
        for path in kept()
        if path.suffix in texts and "migrations" not in path.parts
        for match in WORKPLACE.finditer(path.read_text(errors="replace"))
    ]
    assert found == []


def test_the_floors_hold() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/operating.md"])
def test_every_command_in_the_documents_is_one(document: str) -> None:
    from amont.commands.main import parser  # noqa: PLC0415 - only here

    words, strange = parser(), []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for command in commands_in((ROOT / document).read_text()):
        program, *arguments = command.split()
        if program == "make":
            strange += [command] if not {name for name in arguments if "=" not in name} <= targets else []
        else:
            try:
                words.parse_args(arguments)
            except SystemExit as ended:
                strange += [command] if ended.code else []
    assert strange == []


def commands_in(text: str) -> list[str]:
    """Return the commands of `make` and `amont` in the code blocks and tables of a document."""
    blocks = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    found = [line.split("#")[0].strip() for line in blocks.splitlines()]
    found += re.findall(r"^\| `((?:amont|make) [^`]+)`", text, re.MULTILINE)
    found = [re.sub(r"^(?:\w+=\S*\s+)+", "", line) for line in found]
    return [re.sub(r"^\S*bin/amont", "amont", each) for each in found if re.match(r"(?:\S*bin/)?amont |make ", each)]


def test_every_decision_has_a_number_of_its_own() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    titles = {path.name[:4]: path.read_text().splitlines()[0] for path in decisions}
    assert len(titles) == len(decisions)
    assert {number: title for number, title in titles.items() if not title.startswith(f"# {int(number)}. ")} == {}
