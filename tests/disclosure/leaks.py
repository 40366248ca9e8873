"""Leaks to plant: each patches one function of the product so that it tells one thing too many."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

import amont.chain.actions.contacts as book
import amont.insight.read as insight
import amont.sight.read as sight
from amont.catalogue.models import Item, Site
from amont.chain.models import Contact, Link, Source
from amont.disclosure.guard import looking_as
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.parties.models import Membership, Organization
from amont.requests import notices
from amont.requests.models import Draft, Request, RequestLine
from amont.requests.read import answering
from amont.sight import claims, documents
from amont.sight.cut import beside, dress
from amont.sight.facts import AudienceSight, Place, SiteFact
from amont.web.shell import middleware
from disclosure.leaks_of_books import BOOKS
from disclosure.leaks_of_buying import BUYING
from disclosure.leaks_of_grants import GRANTED
from disclosure.leaks_of_recognizing import RECOGNIZING
from disclosure.planting import Leak, around, everything


def nameless_with_its_name(patch: pytest.MonkeyPatch) -> None:
    """A nameless place is dressed with its firm and its name, one of them where its country stands."""

    def change(place: Place, facts: Any, **_: Any) -> Place:
        firm = facts.organization_name
        return replace(place, organization=firm, name=facts.name, country=firm)

    around(patch, dress, "nameless_place", change)


def nameless_at_its_site(patch: pytest.MonkeyPatch) -> None:
    """A nameless place stands on the map where its site is."""

    def change(place: Place, facts: Any, **_: Any) -> Place:
        with everything():
            site = Site.objects.get(pk=Item.objects.get(pk=facts.item).site_id or 0)
        return replace(place, site=SiteFact(site.name, site.town, 1.5, 101.25))

    around(patch, dress, "nameless_place", change)


def stated_source_with_its_firm(patch: pytest.MonkeyPatch) -> None:
    """A stated source shows the firm of its owner's book."""

    def change(place: Place, source: Any, *_: Any) -> Place:
        with everything():
            return replace(place, organization=Contact.objects.get(pk=source.contact).name)

    around(patch, beside, "_of_another", change)


def origin_with_its_town(patch: pytest.MonkeyPatch) -> None:
    """An origin tells the site and town of what stands there."""

    def change(found: list[tuple[str, Place]], walked: Any, _stated: Any, refs: Any) -> Any:
        of = {refs[key]: item for key, item in (*walked.sealed, *walked.origins)}
        with everything():
            rows = {host: Site.objects.filter(pk=Item.objects.get(pk=item).site_id or 0) for host, item in of.items()}
            sites = {host: site for host, each in rows.items() for site in each}
        return [
            (host, replace(each, country=sites[host].town, site=SiteFact(sites[host].name, sites[host].town)))
            if host in sites
            else (host, each)
            for host, each in found
        ]

    around(patch, dress, "_beside", change)


def not_found_with_a_name(patch: pytest.MonkeyPatch) -> None:
    """The page that says "not found" names what is hidden."""
    right = middleware.ErrorsMiddleware.process_exception

    def process(self: Any, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        asked = request.resolver_match.kwargs if request.resolver_match else {}
        with everything():
            row = Item.objects.filter(public_id__in=[str(each) for each in asked.values()]).first()
        if isinstance(trouble, NotKnown) and row is not None:
            return HttpResponseNotFound(f"{row.name} is not yours.")
        return right(self, request, trouble)

    patch.setattr(middleware.ErrorsMiddleware, "process_exception", process)


def error_with_a_firm(patch: pytest.MonkeyPatch) -> None:
    """A form tells that an address belongs to a firm that is there."""

    def change(_: None, _viewer: Viewer, draft: Any, **__: Any) -> None:
        there = Membership.objects.filter(person__email=draft.email).select_related("organization").first()
        if there is not None:
            raise Refused({"email": [f"{there.organization.name} has this address."]})

    around(patch, book, "_check", change)


def mail_with_the_customer(patch: pytest.MonkeyPatch) -> None:
    """A request passed on names whose request it was."""

    def change(found: tuple[str, str], request: Request, *_: Any, **__: Any) -> tuple[str, str]:
        with everything():
            customers = set(Link.objects.filter(supplier_id=request.asker_id).values_list("buyer_id", flat=True))
        names = Organization.objects.filter(pk__in=customers).values_list("name", flat=True)
        return found[0], f"{found[1]} For {', '.join(names)}."

    around(patch, notices, "request_text", change)


def task_with_the_buyers_item(patch: pytest.MonkeyPatch) -> None:
    """A task shows the name of the buyer's item beside the reference."""

    def change(found: list[Any], *_: Any) -> list[Any]:
        with everything():
            lines = {row.public_id: row.source_id for row in RequestLine.objects.all()}
            items = {row.pk: row.input.item.name for row in Source.objects.select_related("input__item")}
        return [replace(each, reference=items.get(lines[each.line] or 0, "")) for each in found]

    around(patch, import_module("amont.requests.read.tasks"), "_tasks", change)


def coverage_with_a_rivals_line(patch: pytest.MonkeyPatch) -> None:
    """One's own coverage counts and lists the rival's lines."""

    def change(found: tuple[Any, ...], viewer: Viewer) -> tuple[Any, ...]:
        firms = Organization.objects.exclude(pk=viewer.organization_id).filter(participations__is_member=True)
        more: list[Any] = []
        for firm in firms:
            with looking_as(Viewer(firm.pk)):
                more += sight.lines(Viewer(firm.pk))
        return (*found, *more)

    around(patch, insight, "article_lines", change)


def preview_with_who_asked(patch: pytest.MonkeyPatch) -> None:
    """The preview lists who is in an audience."""

    def change(found: Any, _viewer: Viewer, **_: Any) -> Any:
        names = Organization.objects.filter(participations__is_member=True).values_list("name", flat=True)
        told = AudienceSight("organization", 2, (), (), organization=", ".join(names))
        return replace(found, identity=(*found.identity, told))

    around(patch, sight, "previewed", change)


def claims_of_another(patch: pytest.MonkeyPatch) -> None:
    """A member's claims are drawn in a rival's chains."""
    right = claims.claims_above

    def all_claims(_viewer: Viewer, items: list[int]) -> Any:
        with everything():
            everybody = list(Item.objects.values_list("pk", flat=True))
            found = {}
            for firm in Organization.objects.all():
                found.update(right(Viewer(firm.pk), everybody))
        drawn = next(iter(found.values()))
        return dict.fromkeys(items, drawn)

    patch.setattr(claims, "claims_above", all_claims)


def draft_of_another(patch: pytest.MonkeyPatch) -> None:
    """An answer opens filled in with what another firm is writing."""

    def change(found: Any, *_: Any, **__: Any) -> Any:
        with everything():
            draft = Draft.objects.get()
        return replace(found, content={**found.content, **draft.content})

    around(patch, answering, "answer_form", change)
    patch.setattr("amont.requests.read.answer_form", answering.answer_form)


def header_with_the_asked(patch: pytest.MonkeyPatch) -> None:
    """A header tells what somebody else was told."""
    right = middleware.ErrorsMiddleware.__call__

    def call(self: Any, request: HttpRequest) -> HttpResponse:
        response = right(self, request)
        response.headers["X-Served-With"] = Organization.objects.order_by("-pk")[0].name.encode().decode("ascii")
        return response

    patch.setattr(middleware.ErrorsMiddleware, "__call__", call)


def document_below_its_level(patch: pytest.MonkeyPatch) -> None:
    """A place seen by name shows the documents that are for those who see it in full."""

    def change(place: Place, facts: Any, *_: Any, **__: Any) -> Place:
        return replace(place, documents=facts.documents)

    around(patch, dress, "named_place", change)


def document_for_who_knows_its_id(patch: pytest.MonkeyPatch) -> None:
    """A document opens for everybody who has its address."""

    patch.setattr(documents, "shows", lambda *_: True)


CHAIN = ("see:line", "see:lines")
LEAKS: dict[str, Leak] = {
    **GRANTED,
    **BOOKS,
    **BUYING,
    **RECOGNIZING,
    "a nameless place with its name": Leak(nameless_with_its_name, "claire", CHAIN),
    "a file for print with a nameless firm's name": Leak(nameless_with_its_name, "claire", ("see:drawing_file",)),
    "a nameless place at its site on the map": Leak(nameless_at_its_site, "claire", ("see:line", "see:map_file")),
    "a stated source with its firm": Leak(stated_source_with_its_firm, "claire", CHAIN),
    "an origin with its town": Leak(origin_with_its_town, "mael", CHAIN),
    "a page not found with a name": Leak(not_found_with_a_name, "victor", ("see:line", "bring:line")),
    "an error with an existing firm": Leak(error_with_a_firm, "samir", ("bring:contact_new",)),
    "a mail with the asker's customer": Leak(mail_with_the_customer, "rana", ("ask:resend",)),
    "a task with the buyer's item": Leak(task_with_the_buyers_item, "mael", ("answer:tasks", "answer:answer")),
    "coverage with a rival's line": Leak(coverage_with_a_rivals_line, "victor", ("home:behind", "home:home")),
    "a preview with who asked": Leak(preview_with_who_asked, "rana", ("see:mine", "see:who")),
    "claims of another member": Leak(claims_of_another, "victor", CHAIN),
    "a document below its level": Leak(document_below_its_level, "claire", ("see:line",)),
    "a document for who knows its address": Leak(document_for_who_knows_its_id, "victor", ("proof:document",)),
    "a draft of another firm": Leak(draft_of_another, "rana", ("answer:answer",)),
    "a header with another firm": Leak(header_with_the_asked, "nobody", ("shell:first",)),
}
