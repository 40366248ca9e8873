"""Pages of one's own book: the firms one knows, as one wrote them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amont.catalogue.read import lines
from amont.chain.actions import contacts as actions
from amont.chain.read import book as read
from amont.kernel.errors import Refused
from amont.kernel.paging import ALL, PAGE_SIZE
from amont.web.bring.forms import ContactForm
from amont.web.bring.tables import contacts_written
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.menu import address
from amont.web.shell.middleware import signed_in

READ_OR_SEND = ("GET", "HEAD", "POST")


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Show the firms of one's own book, filtered and paged."""
    text, number = request.GET.get("text", ""), request.GET.get("page", "1")
    size = ALL if is_file(request) else PAGE_SIZE
    page = read.contacts(signed_in(request), text=text, page=int(number) if number.isdecimal() else 1, size=size)
    if is_file(request):
        return handed(request, contacts_written(page.rows))
    return render(request, "bring/contacts.html", {"page": page, "text": text})


@require_http_methods(READ_OR_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """Write one firm into one's own book."""
    viewer = signed_in(request)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            contact = actions.add_contact(viewer, form.draft())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The firm is in your book."))
            return redirect("bring:contact", contact.contact)
    return render(request, "bring/contact.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(READ_OR_SEND)
def edit(request: HttpRequest, contact: str) -> HttpResponse:
    """Change one firm of one's own book; beside it the lines that it supplies."""
    viewer = signed_in(request)
    fact = read.contact(viewer, contact)
    stands = {name: getattr(fact, name) for name in ContactForm.base_fields}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_contact(viewer, contact, form.draft())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The firm is saved."))
            return redirect("bring:contact", contact)
    supplied = lines.lines(viewer, among=read.lines_of_contact(viewer, contact))
    found = {"form": form, "contact": fact, "lines": supplied, "ask": address("ask:new")}
    return render(request, "bring/contact.html", found, status=422 if form.errors else 200)
