"""Mutation testing of what enforces disclosure: `make mutants SECONDS=600 SEED=1`, taken up again where it was left.

Each mutant is one small change to one function of an enforcing module, as mutmut makes them. The suite is collected
and its database made once; each mutant runs in a fork of that process, where the function's code is put in place of the
right one, against those tests alone that call the function, the quickest first. mutmut's own runner does not fit here:
it does not change decorated functions (the guard's doors are some), knows no seed and no time, and makes a database
each time. What survives must be explained in `docs/mutants.md`, or this fails.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import unified_diff
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
os.environ["IN_MEMORY"] = "1"  # each fork has the whole database for itself

import libcst as cst
import pytest
from _pytest.runner import runtestprotocol
from libcst.metadata import MetadataWrapper
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import get_ignored_lines

from enforcing.suite import SUITE
from house.enforcing import PACKAGE, paths

SECONDS = int(os.environ.get("SECONDS") or 600)
SEED = int(os.environ.get("SEED") or 1)
RECORD = os.environ.get("RECORD")
AT_ONCE = int(os.environ.get("AT_ONCE") or 2)
KEPT = ROOT / "var" / "mutants.json"
EXPLAINED = ROOT / "docs" / "mutants.md"
LEAST_SECONDS, TIMES_SLOWER = 20, 6


class _Visitor(MutationVisitor):
    """mutmut's, which here changes the bodies of decorated functions too."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        return False if isinstance(node, cst.FunctionDef) and node.decorators else super()._skip_node_and_children(node)


@dataclass(frozen=True)
class Mutant:
    """One change: of which module, in which function ("_Walk._reach"), as which of the changes to that function."""

    path: Path
    function: str
    number: int
    module: cst.Module
    whole: cst.FunctionDef
    node: Any
    instead: Any

    @cached_property
    def text(self) -> str:
        """Return the module's text with the change."""
        return str(self.module.deep_replace(self.node, self.instead).code)  # type: ignore[union-attr]

    @cached_property
    def change(self) -> str:
        """Return the lines that left and came."""
        was, now = self.module.code.splitlines(), self.text.splitlines()
        found = [line for line in unified_diff(was, now, n=0, lineterm="") if not line.startswith(("---", "+++", "@@"))]
        return "\n".join(" ".join((line[0], line[1:].strip())) for line in found)

    @property
    def name(self) -> str:
        """Return module and function."""
        return f"{self.path.relative_to(PACKAGE).as_posix()} {self.function}"

    @cached_property
    def key(self) -> str:
        """Return what tells it from all others, as long as its function says the same."""
        said = f"{self.name}\n{self.number}\n{self.module.code_for_node(self.whole)}"
        return sha256(said.encode()).hexdigest()[:20]


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Give all mutants of a module's functions."""
    text = path.read_text()
    wrapper = MetadataWrapper(cst.parse_module(text))
    visitor = _Visitor(mutation_operators, get_ignored_lines(str(path), text, wrapper, None), None)
    module = wrapper.visit(visitor)
    names, met = dict(_functions(module)), Counter[str]()
    for each in visitor.mutations:
        whole = each.contained_by_top_level_function
        if whole in names:
            met[names[whole]] += 1
            yield Mutant(path, names[whole], met[names[whole]], module, whole, each.original_node, each.mutated_node)


def _functions(module: cst.Module) -> Iterator[tuple[Any, str]]:
    for node in module.body:
        if isinstance(node, cst.FunctionDef):
            yield node, node.name.value
        elif isinstance(node, cst.ClassDef):
            for inner in node.body.body:
                if isinstance(inner, cst.FunctionDef):
                    yield inner, f"{node.name.value}.{inner.name.value}"


def live(path: Path, function: str) -> FunctionType:
    """Return the function itself, beneath whatever decorates it."""
    found: Any = import_module(".".join(("amont", *path.relative_to(PACKAGE).with_suffix("").parts)))
    for name in function.split("."):
        found = found.__dict__[name]
    found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    return found  # type: ignore[no-any-return]


def code_of(text: str, function: str) -> CodeType:
    """Return the code of a function in a module's text."""
    code = compile(text, "mutant", "exec")
    for name in function.split("."):
        code = next(each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == name)
    return code


class Runner:
    """Holds the suite that was collected, and puts mutants before it."""

    def __init__(self) -> None:
        self.calls: dict[str, dict[Any, float]] = defaultdict(dict)
        self.outcomes: dict[str, str] = json.loads(KEPT.read_text()) if KEPT.exists() else {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Set the profile before tests are read, whose own settings begin with it."""
        from hypothesis import HealthCheck, settings  # noqa: PLC0415 - pytest rewrites what is imported before it

        settings.register_profile("mutants", deadline=None, suppress_health_check=list(HealthCheck), database=None)
        settings.load_profile("mutants")  # a test is slower here, in many forks, and that is no fault of its own

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the suite once as it is, then each mutant in a fork."""
        wrong = [item.nodeid for item, after in _in_turn(session.items) if not self._called(item, after)]
        if wrong:
            pytest.exit(f"the suite is not green without mutants: {wrong}", returncode=2)
        waiting = [each for path in paths() for each in mutants_of(path)]
        self._controlled(waiting)
        random.Random(SEED).shuffle(waiting)  # noqa: S311 - repeatable on purpose
        self.number, ends, running = len(waiting), time.monotonic() + SECONDS, dict[int, tuple[Mutant, float]]()
        self.keys = {each.key: each for each in waiting}
        todo = [each for each in waiting if self.outcomes.get(each.key, "survived") == "survived"]
        todo.sort(key=lambda each: each.key in self.outcomes)  # those never run come first
        for mutant in todo:
            if time.monotonic() > ends:
                break
            while len(running) >= AT_ONCE:
                self._gather(running)
            running[self._forked(mutant)] = (mutant, time.monotonic())
        while running:
            self._gather(running)
        self._keep()
        return True

    def _keep(self) -> None:
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(self.outcomes, indent=0, sort_keys=True))

    def _controlled(self, waiting: list[Mutant]) -> None:
        """Put the right code in its own place, once for each module: it must survive, or no death means anything."""
        for right in {each.path: replace(each, instead=each.node) for each in waiting}.values():
            code = os.waitstatus_to_exitcode(os.waitpid(self._forked(right), 0)[1])
            if code:
                pytest.exit(f"the right code of {right.name} does not survive ({code})", returncode=3)

    def _called(self, item: pytest.Item, after: pytest.Item) -> bool:
        """Run one test, noting which enforcing functions it calls; tell whether it passed."""
        met: set[str] = set()
        files = {str(path): path for path in paths()}

        def note(frame: Any, event: str, _argument: object) -> None:
            if event == "call" and frame.f_code.co_filename in files:
                met.add(f"{frame.f_code.co_filename} {frame.f_code.co_qualname.split('.<locals>')[0]}")

        started = time.monotonic()
        sys.setprofile(note)
        reports = runtestprotocol(item, log=False, nextitem=after)
        sys.setprofile(None)
        for each in met:
            self.calls[each][item] = time.monotonic() - started
        return not any(report.failed for report in reports)

    def _forked(self, mutant: Mutant) -> int:
        """Start a fork that ends with 0 if the mutant survives."""
        items = self.calls.get(f"{mutant.path} {mutant.function}", {})
        child = os.fork()
        if child:
            return child
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(LEAST_SECONDS + int(TIMES_SLOWER * sum(items.values())))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        try:
            live(mutant.path, mutant.function).__code__ = code_of(mutant.text, mutant.function)
            for item, after in _in_turn(sorted(items, key=items.__getitem__)):
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
                    os._exit(1)
        except BaseException:  # noqa: BLE001 - whatever a mutant breaks, it is dead
            os._exit(1)
        os._exit(0)

    def _gather(self, running: dict[int, tuple[Mutant, float]]) -> None:
        child, status = os.wait()
        mutant, started = running.pop(child)
        code = os.waitstatus_to_exitcode(status)
        outcome = "survived" if code == 0 else "killed" if code == 1 else "out of time"
        self.outcomes[mutant.key] = outcome
        if len(self.outcomes) % 50 == 0:
            self._keep()
        if outcome == "survived":
            print(f"\nsurvived: {mutant.name} ({time.monotonic() - started:.1f} s)\n{mutant.change}", flush=True)

    def told(self) -> int:
        """Print what came of it, and record it; return 1 if a survivor is not explained."""
        found = Counter(self.outcomes[key] for key in self.keys if key in self.outcomes)
        survivors = [each for key, each in self.keys.items() if self.outcomes.get(key) == "survived"]
        explained = EXPLAINED.read_text() if EXPLAINED.exists() else ""
        open_ones = [each for each in survivors if not is_explained(each, explained)]
        tried = sum(found.values())
        dead = found["killed"] + found["out of time"]
        line = (
            f"- {date.today()}: {tried:,} of {self.number:,} mutants tried (seed {SEED}): {dead:,} killed"  # noqa: DTZ011 - for people
            f" ({100 * dead / max(1, tried):.1f} %; {found['out of time']} by time), {len(survivors)} survive,"
            f" {len(survivors) - len(open_ones)} of them explained."
        )
        print(line)
        for each in open_ones:
            print(f"\nnot explained: {each.name}\n{each.change}")
        if RECORD:
            text = (ROOT / RECORD).read_text(encoding="utf-8")
            before, heading, after = text.partition("\n## The second wall\n")
            (ROOT / RECORD).write_text(f"{before.rstrip()}\n{line}\n{heading}{after}", encoding="utf-8")
        return 1 if open_ones else 0


def is_explained(mutant: Mutant, explained: str) -> bool:
    """Tell whether the file of explanations names this change, under its function's heading."""
    section = explained.partition(f"\n## {mutant.name}\n")[2].partition("\n## ")[0]
    return bool(section) and mutant.change in section


def _in_turn(items: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Give each test with the one after it, the first after the last: so what all share stays, and nothing else."""
    for number, item in enumerate(items):
        yield item, items[(number + 1) % len(items)]


def main() -> int:
    """Run, print, record."""
    runner = Runner()
    words = ["-q", "-s", "-p", "no:randomly", "-p", "no:xdist", *[str(ROOT / name) for name in SUITE]]
    ended = pytest.main(words, plugins=[runner])
    return int(ended) or runner.told()


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
