"""Deciding who sees what: to add, to change, to withdraw, in one act each."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amont.disclosure import actions
from amont.disclosure.actions import Subject
from amont.disclosure.levels import Audience, Covers, Level
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.sight import subjects
from amont.sight.who import who_sees
from amont.web.share import present
from amont.web.share.forms import FIELDS, LEVELS, DaysForm, DecideForm, after, first_moment
from amont.web.shell.middleware import signed_in
from amont.web.shell.stepping import step_up


def _opens(request: HttpRequest) -> bool:
    """Tell whether a decision gives everything, or says something of all, and gives more than there is."""
    said = request.POST.get("about", "")
    level = LEVELS.get(request.POST.get("level", ""))
    if level is None or (level < Level.FULL and said != "whole"):
        return False
    kind, _colon, item = said.partition(":")
    sides = who_sees(signed_in(request), item=item if kind == "item" else "")
    rows = sides.identity if _covers(request.GET.get("covers", "")) is Covers.IDENTITY else sides.sourcing
    audience = request.POST.get("audience", "")
    return level > next((row.level for row in rows if audience in {row.audience, f"firm:{row.firm}"}), Level.SEALED)


def _opens_more(request: HttpRequest, grant: str) -> bool:
    """Tell whether a changed decision gives everything, or says something of all, and gives more or longer than now."""
    level = LEVELS.get(request.POST.get("level", ""))
    held = next((each.grant for each in who_sees(signed_in(request)).given if each.grant.public_id == grant), None)
    if level is None or held is None or (level < Level.FULL and (held.item or held.link)):
        return False
    until = request.POST.get("until_on", "")
    last = present.last_day(held.until_at)
    return level > held.level or (last is not None and (not until or until > last.isoformat()))


@step_up(_opens)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Decide for one audience or firm, about the organization, one item, or one link of it."""
    viewer = signed_in(request)
    covers = _covers(request.GET.get("covers", ""))
    item = request.GET.get("item", "")
    form = _form(viewer, covers, item, request)
    if request.method == "POST" and form.is_valid() and _give(viewer, covers, form):
        messages.success(request, _("Decided. It holds at once, everywhere."))
        return redirect(_back(item))
    context = {"form": form, "covers": covers.value, "back": _back(item), "item": item}
    return render(request, "share/give.html", context)


@step_up(_opens_more)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, grant: str) -> HttpResponse:
    """Let a decision give another level, or end another day."""
    viewer = signed_in(request)
    given = next((each for each in who_sees(viewer).given if each.grant.public_id == grant), None)
    if given is None:
        raise NotKnown
    held, shown = given.grant, present.decision(given)
    start = {"level": held.level.name.lower(), "until_on": present.last_day(held.until_at)}
    form = DaysForm(request.POST or None, covers=held.covers, initial=start)
    if request.method == "POST" and form.is_valid() and _change(viewer, grant, form):
        messages.success(request, _("Changed. It holds at once, everywhere."))
        return redirect("share:who")
    return render(request, "share/change.html", {"form": form, "decision": shown, "covers": held.covers.value})


@require_POST
def withdraw(request: HttpRequest, grant: str) -> HttpResponse:
    """End a decision at once: this click is all."""
    actions.revoke(signed_in(request), grant)
    messages.success(request, _("Withdrawn. It holds at once, everywhere."))
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return redirect(back if safe else "share:who")


def _give(viewer: Viewer, covers: Covers, form: DecideForm) -> bool:
    """Make the grant, or put what is wrong at its field."""
    said = form.cleaned_data
    kind, _colon, public_id = said["about"].partition(":")
    firm = said["audience"].removeprefix("firm:") if said["audience"].startswith("firm:") else ""
    try:
        actions.grant(
            viewer,
            covers=covers,
            audience=Audience.ORGANIZATION if firm else Audience(said["audience"]),
            level=LEVELS[said["level"]],
            subject=Subject(**{kind: public_id}) if public_id else Subject(),
            organization=firm,
            starts_at=first_moment(said["starts_on"]),
            until_at=after(said["until_on"]),
        )
    except Refused as refusal:
        _tell(form, refusal)
    return not form.errors


def _change(viewer: Viewer, grant: str, form: DaysForm) -> bool:
    said = form.cleaned_data
    try:
        actions.change(viewer, grant, level=LEVELS[said["level"]], until_at=after(said["until_on"]))
    except Refused as refusal:
        _tell(form, refusal)
    return not form.errors


def _tell(form: Form, refusal: Refused) -> None:
    for field, found in refusal.errors.items():
        for each in found:
            form.add_error(FIELDS.get(field, field) or None, str(each))


def _form(viewer: Viewer, covers: Covers, item: str, request: HttpRequest) -> DecideForm:
    firms = [(f"firm:{each.organization}", each.name) for each in subjects.known(viewer)]
    start = {"about": f"item:{item}" if item else "whole", "level": "origin", "audience": _audience(request)}
    return DecideForm(
        request.POST or None, covers=covers, about=_about(viewer, covers, item), firms=firms, initial=start
    )


def _audience(request: HttpRequest) -> str:
    firm = request.GET.get("organization", "")
    return f"firm:{firm}" if firm else request.GET.get("audience", "requesters")


def _about(viewer: Viewer, covers: Covers, item: str) -> list[tuple[str, str]]:
    """Return what one may decide about: everything, and where an item is chosen, it and its links on this side."""
    found = [("whole", _("everything"))]
    if not item:
        return found
    found.append((f"item:{item}", subjects.own_item(viewer, item).name))
    links = [each for each in subjects.links_of(viewer, item) if each.covers is covers]
    for each in links:
        words = present.link_in_words(each.covers, each.other, each.reference, each.item_name)
        found.append((f"link:{each.link}", words))
    return found


def _covers(text: str) -> Covers:
    return Covers.SOURCING if text == Covers.SOURCING.value else Covers.IDENTITY


def _back(item: str) -> str:
    return reverse("see:who", args=[item]) if item else reverse("share:who")
