"""What the second wall adds to a statement: the same readings in turn as the owner of the tables and behind the wall.

`python tests/cluster.py python benchmarks/wall.py [ROWS]` makes a database of its own; needs PostgreSQL.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")
os.environ.setdefault("AMONT_MODE", "test")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from amont.catalogue.models import Item
from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import lending, unsealed
from amont.disclosure.wall.raising import raise_wall
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization

ROLES = ("postgres", "amont_web")
TURNS, TIMES = 15, 20
FIRMS = 50


def readings(viewer: Viewer, lent: list[int]) -> dict[str, Callable[[], object]]:
    """Return what is timed: one own row, a list of own rows, and items that the walk lent."""

    def lent_rows() -> object:
        with lending("a benchmark", lent):
            return list(Item.objects.filter(pk__in=lent).values_list("pk", "name"))

    return {
        "one own row": lambda: Item.objects.filter(owner_id=viewer.organization_id).first(),
        "own rows": lambda: list(Item.objects.values_list("pk", "name")),
        f"{len(lent)} lent rows": lent_rows,
    }


def timed(act: Callable[[], object]) -> float:
    """Return the median milliseconds of an act."""
    took = []
    for _ in range(TIMES):
        started = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - started))
    return statistics.median(took)


def main() -> int:
    """Make, raise, time, print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    call_command("migrate", verbosity=0)
    with unsealed("a benchmark's stage"):
        firms = Organization.objects.bulk_create(Organization(name=f"Firm {n}", country="FR") for n in range(FIRMS))
        made = Item.objects.bulk_create(
            Item(owner=firms[n % FIRMS], name=f"Line {n}", reference=str(n)) for n in range(rows)
        )
    raise_wall("amont_web")
    viewer = Viewer(firms[0].pk)
    found: dict[str, tuple[list[float], list[float]]] = {}
    for _ in range(TURNS):
        for place, role in enumerate(ROLES):
            connection.close()
            connection.settings_dict["USER"] = role
            with looking_as(viewer):
                for words, act in readings(viewer, [each.pk for each in made[: rows // 20]]).items():
                    act()
                    found.setdefault(words, ([], []))[place].append(timed(act))
    for words, (before, behind) in found.items():
        cost = statistics.median(after - first for first, after in zip(before, behind, strict=True))
        print(f"{words}: {statistics.median(before):.2f} ms as the owner, {cost:+.2f} ms behind the wall")
    return 0


if __name__ == "__main__":
    sys.exit(main())
