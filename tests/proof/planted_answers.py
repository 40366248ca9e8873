"""Leaks planted around the view: status, headers, cookies, files, mails, errors, ids, numbers of queries."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

import amont.chain.actions.contacts as book
from amont.catalogue.models import Item
from amont.chain.models import Contact, Invitation, Link
from amont.disclosure.models import Grant
from amont.kernel import ids
from amont.kernel.errors import NotKnown, Refused
from amont.ledger.models import Head
from amont.parties.models import Membership, Organization, Person
from amont.post import actions as post
from amont.requests.models import Request
from amont.web.shell import middleware
from disclosure.planting import around, everything

READS = ("member", "rival", "supplier")
ALL = (*READS, "coordinator")
HIDDEN = ("see:line", "bring:line", "bring:contact", "ask:request", "share:change", "answer:answer")
Told = tuple[Any, ...]
Change = Callable[[HttpRequest, HttpResponse], HttpResponse | None]


def answering(patch: pytest.MonkeyPatch, change: Change) -> None:
    """Change every answer."""
    right = middleware.ErrorsMiddleware.__call__

    def call(self: Any, request: HttpRequest) -> HttpResponse:
        response = right(self, request)
        with everything():
            return change(request, response) or response

    patch.setattr(middleware.ErrorsMiddleware, "__call__", call)


def hidden_row(request: HttpRequest) -> Any:
    """Return what the address asks for, whoever's it is."""
    asked = request.resolver_match.kwargs.values() if request.resolver_match else ()
    with everything():
        for model in (Item, Contact, Request, Grant):
            row = model._default_manager.filter(public_id__in=[str(each) for each in asked]).first()
            if row is not None:
                return row
    return None


def forbidden_for_hidden(patch: pytest.MonkeyPatch) -> None:
    """Hidden is 403, where what never was is 404."""
    right = middleware.ErrorsMiddleware.process_exception

    def process(self: Any, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, NotKnown) and hidden_row(request) is not None:
            return HttpResponseForbidden()
        return right(self, request, trouble)

    patch.setattr(middleware.ErrorsMiddleware, "process_exception", process)


def header_for_hidden(patch: pytest.MonkeyPatch) -> None:
    """What is hidden is not found with another header than what never was."""

    def change(request: HttpRequest, response: HttpResponse) -> None:
        if response.status_code == 404 and hidden_row(request) is not None:
            response.headers["Vary"] = "Cookie, Accept"

    answering(patch, change)


def query_for_hidden(patch: pytest.MonkeyPatch) -> None:
    """What is hidden takes one query more than what never was."""

    def change(request: HttpRequest, response: HttpResponse) -> None:
        row = hidden_row(request) if response.status_code == 404 else None
        if row is not None:
            row.refresh_from_db()

    answering(patch, change)


def queries_by_rows(patch: pytest.MonkeyPatch) -> None:
    """A page asks once for each firm that there is."""

    def change(_request: HttpRequest, _response: HttpResponse) -> None:
        for firm in Organization.objects.all():
            firm.memberships.count()

    answering(patch, change)


def heading(name: str, told: Callable[[], object]) -> Callable[[pytest.MonkeyPatch], None]:
    """Tell something in a header of each answer."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        def change(_request: HttpRequest, response: HttpResponse) -> None:
            response.headers[name] = str(told())

        answering(patch, change)

    return plant


def cookie(patch: pytest.MonkeyPatch) -> None:
    """A cookie tells how many people there are."""

    def change(_request: HttpRequest, response: HttpResponse) -> None:
        response.set_cookie("seen", str(Person.objects.count()))

    answering(patch, change)


def length_of_head(patch: pytest.MonkeyPatch) -> None:
    """HEAD tells a length that counts what is hidden."""

    def change(request: HttpRequest, response: HttpResponse) -> None:
        if request.method == "HEAD":
            response.headers["Content-Length"] = str(1000 + Link.objects.count())

    answering(patch, change)


def allowed_methods(patch: pytest.MonkeyPatch) -> None:
    """What is hidden allows other methods than what never was."""

    def change(request: HttpRequest, response: HttpResponse) -> None:
        if response.status_code in {404, 405} and hidden_row(request) is not None:
            response.headers["Allow"] = "GET, POST, DELETE"

    answering(patch, change)


def prefetch(patch: pytest.MonkeyPatch) -> None:
    """A page has the browser fetch beforehand what its reader may not see."""

    def change(_request: HttpRequest, response: HttpResponse) -> None:
        if not response.streaming and b"</head>" in response.content:
            last = Item.objects.order_by("-pk").first()
            link = f'<link rel="prefetch" href="/lines/{last.public_id if last else ""}/"></head>'
            response.content = response.content.replace(b"</head>", link.encode())

    answering(patch, change)


def pages_of_all(patch: pytest.MonkeyPatch) -> None:
    """The number of pages counts everybody's rows."""

    def change(request: HttpRequest, response: HttpResponse) -> None:
        if request.method == "GET" and not response.streaming and b"</main>" in response.content:
            last = -(-Item.objects.count() // 5)
            response.content = response.content.replace(b"</main>", f"<p>1 of {last}</p></main>".encode())

    answering(patch, change)


def file_name(patch: pytest.MonkeyPatch) -> None:
    """The name of a file counts on."""

    def change(_request: HttpRequest, response: HttpResponse) -> None:
        if "Content-Disposition" in response.headers:
            response.headers["Content-Disposition"] += f"; number={Item.objects.count()}"

    answering(patch, change)


def inside_of_a_file(patch: pytest.MonkeyPatch) -> None:
    """A file tells more than its page: a comment in the archive counts links."""

    def change(_request: HttpRequest, response: HttpResponse) -> None:
        if not response.streaming and is_zipfile(BytesIO(response.content)):
            body = BytesIO(response.content)
            with ZipFile(body, "a") as parts:
                parts.comment = str(Link.objects.count()).encode()
            response.content = body.getvalue()

    answering(patch, change)


def rows_of_a_file(patch: pytest.MonkeyPatch) -> None:
    """A table as a file has a row for what its page does not show."""

    def change(_request: HttpRequest, response: HttpResponse) -> None:
        if response.headers.get("Content-Type", "").startswith("text/csv") and not response.streaming:
            names = ";".join(Organization.objects.order_by("name").values_list("name", flat=True))
            response.content += names.encode()

    answering(patch, change)


def drawing_as_a_file(patch: pytest.MonkeyPatch) -> None:
    """A drawing for print tells in a comment how many links there are."""

    def change(_request: HttpRequest, response: HttpResponse) -> None:
        if "svg" in response.headers.get("Content-Type", "") and not response.streaming:
            response.content += f"<!-- {Link.objects.count()} -->".encode()

    answering(patch, change)


def address_taken_in_a_book(patch: pytest.MonkeyPatch) -> None:
    """An address stands once in all books together."""

    def change(_: None, _viewer: Any, draft: Any, **__: Any) -> None:
        with everything():
            if draft.email and Contact.objects.filter(email=draft.email).exists():
                raise Refused({"email": ["This address is taken."]})

    around(patch, book, "_check", change)


def name_taken(patch: pytest.MonkeyPatch) -> None:
    """A name that another firm bears is refused."""

    def change(_: None, _viewer: Any, draft: Any, **__: Any) -> None:
        if Organization.objects.filter(name__startswith=draft.name).exists():
            raise Refused({"name": ["There is such a firm."]})

    around(patch, book, "_check", change)


def subject_with_a_count(patch: pytest.MonkeyPatch) -> None:
    """The subject of a mail counts requests on."""
    right = post.write

    def write(**said: Any) -> None:
        with everything():
            number = Request.objects.count()
        right(**{**said, "subject": f"{said['subject']} ({number})"})

    patch.setattr(post, "write", write)


def message_ids_in_order(patch: pytest.MonkeyPatch) -> None:
    """New ids count on: they tell how much was written before."""
    patch.setattr(ids, "_characters", lambda length: f"{Person.objects.count():0{length}}"[-length:])


def unknown_address_told(patch: pytest.MonkeyPatch) -> None:
    """Asking for a new password tells whether an address has an account."""
    patch.setattr(settings, "ACCOUNT_PREVENT_ENUMERATION", False)


def colleague_with_an_account(patch: pytest.MonkeyPatch) -> None:
    """Inviting a colleague tells that the address is somebody's."""
    actions: Any = __import__("amont.web.account.views", fromlist=["views"])

    def change(request: HttpRequest, response: HttpResponse) -> None:
        typed = request.POST.get("email") if request.method == "POST" else None
        if typed and Membership.objects.filter(person__email=typed).exists():
            response.headers["X-Known"] = "1"

    assert actions
    answering(patch, change)


def redirect_with_a_row(patch: pytest.MonkeyPatch) -> None:
    """After a form the address holds the number of a row."""

    def change(request: HttpRequest, response: HttpResponse) -> None:
        if request.method == "POST" and "Location" in response.headers:
            last = Person.objects.order_by("-pk").values_list("pk", flat=True).first()
            response.headers["Location"] += f"#{last}"

    answering(patch, change)


def invited_by_others(patch: pytest.MonkeyPatch) -> None:
    """An invitation tells how many others invited."""

    def change(_request: HttpRequest, response: HttpResponse) -> None:
        response.headers["X-Invited"] = str(Invitation.objects.filter(used_at=None).count())

    answering(patch, change)


def error_for_hidden(patch: pytest.MonkeyPatch) -> None:
    """What is hidden breaks the page."""

    def change(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
        if response.status_code == 404 and hidden_row(request) is not None:
            return HttpResponse(status=500)
        return None

    answering(patch, change)


def latest() -> object:
    """Return when anything was last written in any book."""
    return Contact.objects.order_by("-created_at").values_list("created_at", flat=True).first()


POSTS = ("bring:contact_new",)
FILES = ("see:lines", "bring:lines", "bring:contacts", "share:who", "answer:tasks")
ANSWERS: dict[str, Told] = {
    "403 for hidden": (forbidden_for_hidden, HIDDEN),
    "another header for hidden": (header_for_hidden, HIDDEN),
    "one query more for hidden": (query_for_hidden, HIDDEN),
    "a broken page for hidden": (error_for_hidden, HIDDEN),
    "other methods for hidden": (allowed_methods, HIDDEN, READS, ("OPTIONS", "GET")),
    "queries by the number of rows": (queries_by_rows, ("home:home",)),
    "a total in a header": (heading("X-Total", Item.objects.count), ("home:home",), ALL),
    "an entity tag of everybody's rows": (heading("ETag", lambda: Head.objects.get().hash), ("home:home",), ALL),
    "when anything was last written": (heading("Last-Modified", latest), ("home:home",), ALL),
    "a cookie that counts people": (cookie, ("shell:first",), ("nobody", "invited")),
    "a length of HEAD": (length_of_head, ("home:home",), ALL, ("HEAD",)),
    "fetched beforehand": (prefetch, ("home:home",), ALL),
    "pages of everybody's rows": (pages_of_all, ("bring:lines",), ALL),
    "a file's name that counts": (file_name, FILES, ALL),
    "a comment in a workbook": (inside_of_a_file, FILES, ALL),
    "a row more in a file": (rows_of_a_file, FILES, ALL),
    "a comment in a drawing": (drawing_as_a_file, ("see:drawing_file",)),
    "an address taken in another's book": (address_taken_in_a_book, POSTS, READS, ("POST",)),
    "a name taken by another firm": (name_taken, POSTS, READS, ("POST",)),
    "a mail's subject that counts": (subject_with_a_count, ("account_reset_password",), ALL, ("POST",)),
    "ids that count on": (message_ids_in_order, ("bring:line_new", "bring:contact_new"), ALL, ("POST",)),
    "an unknown address told": (unknown_address_told, ("account_reset_password",), (*ALL, "nobody"), ("POST",)),
    "a colleague with an account": (colleague_with_an_account, ("account:invite",), ALL, ("POST",)),
    "a row's number after a form": (redirect_with_a_row, ("shell:language", "bring:line_new"), ALL, ("POST",)),
    "how many others invited": (invited_by_others, ("answer:invitation",), ("invited",)),
}
