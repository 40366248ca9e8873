"""Leaks to plant where own data is brought, matched, merged, taken back, kept and handed out as files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

import amont.insight.read as insight
from amont.catalogue.models import Import, Item, Site
from amont.catalogue.read import imports, lines
from amont.chain.actions import single_sites
from amont.chain.models import Merge
from amont.chain.read import alike, book, sites
from amont.disclosure.guard import looking_as
from amont.exchange.writing import Written
from amont.insight.facts import KeptFilter
from amont.insight.models import SavedFilter
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.paging import ALL, Page
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization, Person
from amont.web.account import views as account
from amont.web.answer import tasks
from amont.web.ask import views as ask
from amont.web.bring.views import files
from amont.web.found.views import consortium
from amont.web.home import tables as home
from amont.web.see import tables as see
from amont.web.shell import middleware
from disclosure.planting import Leak, Plant, around, everything

Join = Callable[[list[Any]], Any]


def _as_everybody(read: Callable[..., Any], *asked: Any, **named: Any) -> Iterator[Any]:
    for firm in Organization.objects.order_by("pk"):
        viewer = Viewer(firm.pk)
        with looking_as(viewer):
            try:
                yield read(viewer, *asked, **named)
            except NotKnown:
                continue


def of_all(module: Any, name: str, *, in_file_only: bool = False) -> Plant:
    """Read a list with everybody's rows in it; `in_file_only`: where all rows are asked for at once."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        right = getattr(module, name)

        def call(viewer: Viewer, *asked: Any, **named: Any) -> Any:
            if in_file_only and named.get("size") != ALL:
                return right(viewer, *asked, **named)
            found = list(_as_everybody(right, *asked, **named))
            if not isinstance(found[0], Page):
                return tuple(row for rows in found for row in rows)
            return Page(tuple(row for page in found for row in page.rows), 1, sum(page.total for page in found))

        patch.setattr(module, name, call)

    return plant


def of_anybody(*places: tuple[Any, str]) -> Plant:
    """Read a single row whosever it is."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        for module, name in places:
            patch.setattr(module, name, _found_by_anybody(getattr(module, name)))

    return plant


def _found_by_anybody(right: Callable[..., Any]) -> Callable[..., Any]:
    def call(_viewer: Viewer, *asked: Any, **named: Any) -> Any:
        found = next(_as_everybody(right, *asked, **named), None)
        if found is None:
            raise NotKnown
        return found

    return call


def with_a_row_more(module: Any, name: str, says: Callable[[], str]) -> Plant:
    """Write a file with a row more than its page, in which stands what others' rows say."""

    def change(found: Written, *_: Any, **__: Any) -> Written:
        with everything():
            more = says()
        return replace(found, rows=[*found.rows, tuple([more] + [""] * (len(found.columns) - 1))])

    return lambda patch: around(patch, module, name, change)


def not_found_by_name(table: type[Model], says: Callable[[Any], str]) -> Plant:
    """Say that it is not found, and what it is."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        right = middleware.ErrorsMiddleware.process_exception

        def process(self: Any, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
            asked = [str(each) for each in request.resolver_match.kwargs.values()] if request.resolver_match else []
            with everything():
                row = table._default_manager.filter(public_id__in=asked).first()
            if isinstance(trouble, NotKnown) and row is not None:
                return HttpResponseNotFound(f"{says(row)} is not yours.")
            return right(self, request, trouble)

        patch.setattr(middleware.ErrorsMiddleware, "process_exception", process)

    return plant


def site_refused_for_anothers(patch: pytest.MonkeyPatch) -> None:
    """A new site is refused because somebody else has one like it."""

    def change(_: None, *__: Any) -> None:
        raise Refused({"name": [f"There is {_names(Site)} already."]})

    around(patch, single_sites, "_check_free", change)


def filters_of_everybody(patch: pytest.MonkeyPatch) -> None:
    """The list offers everybody's filters."""

    def change(_: Any, __: Viewer) -> tuple[KeptFilter, ...]:
        with everything():
            return tuple(KeptFilter(row.public_id, row.name, row.query) for row in SavedFilter.objects.all())

    around(patch, insight, "saved_filters", change)


def filters_of_colleagues(patch: pytest.MonkeyPatch) -> None:
    """The list offers the filters of one's colleagues."""

    def change(_: Any, viewer: Viewer) -> tuple[KeptFilter, ...]:
        rows = SavedFilter.objects.filter(owner_id=viewer.organization_id)
        return tuple(KeptFilter(row.public_id, row.name, row.query) for row in rows)

    around(patch, insight, "saved_filters", change)


def _names(table: type[Model]) -> str:
    with everything():
        return ", ".join(map(str, table._default_manager.values_list("name", flat=True)))


def _reports() -> str:
    return " ".join(str(report) for report in Import.objects.values_list("report", flat=True))


def _of(table: type[Model]) -> Callable[[], str]:
    return lambda: _names(table)


IMPORTED = (imports, "import_of")
BOOKS: dict[str, Leak] = {
    "merges of another book": Leak(of_all(alike, "merges"), "victor", ("bring:alike",)),
    "pairs of another book": Leak(of_all(alike, "alike"), "victor", ("bring:alike",)),
    "a file with pairs of another book": Leak(of_all(alike, "alike", in_file_only=True), "victor", ("bring:alike",)),
    "pairs kept apart in another book": Leak(of_all(alike, "kept_apart"), "victor", ("bring:alike",)),
    "a merge not found by its names": Leak(
        not_found_by_name(Merge, lambda row: " ".join(row.names)), "victor", ("bring:merge_undo",)
    ),
    "a site not found by its name": Leak(
        not_found_by_name(Site, lambda row: row.name), "victor", ("bring:site_close", "bring:site")
    ),
    "a site of another": Leak(of_anybody((sites, "site")), "victor", ("bring:site",)),
    "a file with sites of another": Leak(of_all(sites, "sites", in_file_only=True), "victor", ("bring:sites",)),
    "a new site refused for another's": Leak(site_refused_for_anothers, "samir", ("bring:site_new",)),
    "a file with firms of another book": Leak(
        of_all(book, "contacts", in_file_only=True), "victor", ("bring:contacts",)
    ),
    "a file with lines of another": Leak(of_all(lines, "lines", in_file_only=True), "victor", ("bring:lines",)),
    "the report of another's import": Leak(of_anybody(IMPORTED), "victor", ("bring:file",)),
    "the marked copy of another's import": Leak(
        of_anybody(IMPORTED, (imports, "marked_copy_of")), "victor", ("bring:marked",)
    ),
    "a file of refused cells with another's": Leak(
        with_a_row_more(files, "troubles_written", _reports), "victor", ("bring:file",)
    ),
    "a file of points read with another's": Leak(
        with_a_row_more(files, "points_written", _reports), "victor", ("bring:file",)
    ),
    "a file of what stays with another's lines": Leak(
        with_a_row_more(files, "stays_written", _of(Item)), "victor", ("bring:file",)
    ),
    "files that another brought": Leak(of_all(imports, "imports"), "samir", ("bring:start",)),
    "a file of files that another brought": Leak(
        of_all(imports, "imports", in_file_only=True), "samir", ("bring:start",)
    ),
    "filters of another": Leak(filters_of_everybody, "samir", ("see:lines",)),
    "filters of a colleague": Leak(filters_of_colleagues, "claire", ("see:lines",)),
    "a file of colleagues with strangers": Leak(
        with_a_row_more(account, "colleagues_written", _of(Person)), "samir", ("account:organization",)
    ),
    "a file of members with strangers": Leak(
        with_a_row_more(consortium, "members_written", _of(Organization)), "victor", ("found:page",)
    ),
    "a file of a chain with the unnamed": Leak(
        with_a_row_more(see, "chain_written", _of(Organization)), "claire", ("see:line",)
    ),
    "a file of all lines with a rival's": Leak(
        with_a_row_more(see, "lines_written", _of(Item)), "victor", ("see:lines", "see:mine")
    ),
    "a file of lines behind a figure with a rival's": Leak(
        with_a_row_more(home, "behind_written", _of(Item)), "victor", ("home:behind",)
    ),
    "a file of requests with strangers": Leak(
        with_a_row_more(ask, "requests_written", _of(Organization)), "claire", ("ask:suppliers",)
    ),
    "a file of tasks with the buyer's item": Leak(
        with_a_row_more(tasks, "tasks_written", _of(Item)), "mael", ("answer:tasks",)
    ),
}
