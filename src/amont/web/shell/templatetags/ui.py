"""Components of pages: fields, error summary, marks, legend, flags of state, dates in words."""

import re

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amont.kernel.countries import country_name
from amont.kernel.viewer import Role, Viewer
from amont.sight.facts import Mark
from amont.web.shell import marks
from amont.web.shell.context import ROLES

CHECKS: dict[str, Promise] = {
    "none": _("not checked yet"),
    "letter": _("checked by a letter to the registered address"),
    "coordinator": _("checked by the coordinator"),
    "buyer": _("vouched for by a buyer"),
    "world": _("checked"),
}

FORM = re.compile(r"(?P<start><form\b[^>]*>)(?P<inside>.*?)</form>", re.DOTALL)
register = template.Library()
BARE = ("required", "invalid", "invalid_choice")
"""Django's own errors that do not say what they are about."""


@register.simple_tag
def mark(name: str, *, said: bool = False, size: int = 16) -> SafeString:
    """Draw one of the seven marks; with `said` its word follows. A name that is none of the seven is an error."""
    known = Mark(name)
    if not said:
        return marks.svg(known, size=size)
    return format_html('<span class="marked">{} {}</span>', marks.svg(known, size=size), marks.WORDS[known])


@register.simple_tag
def mark_symbols() -> SafeString:
    """Put the seven marks as symbols into the `<defs>` of a drawing."""
    return marks.symbols()


@register.inclusion_tag("shell/legend.html")
def legend() -> dict[str, object]:
    """Explain the seven marks."""
    return {"marks": list(marks.legend())}


@register.inclusion_tag("shell/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """Render a form's field: label, hint, control, error, wired for screen readers."""
    is_group = bound.field.widget.use_fieldset
    return {
        "field": bound,
        "is_group": is_group,
        "is_check": isinstance(bound.field.widget, CheckboxInput) and not is_group,
        "hint_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
    }


@register.inclusion_tag("shell/errors.html")
def errors(form: BaseForm) -> dict[str, object]:
    """Render the error summary of a form that was refused, each error a link to its field; nothing if all is well."""
    if not form.is_bound or not form.errors:
        return {"found": []}
    found = [("", message) for message in form.non_field_errors()]
    for name in form.fields:
        bare = {str(each) for each in (form.fields[name].error_messages.get(code, "") for code in BARE)}
        for message in form[name].errors:
            said = _("%(label)s: %(error)s") % {"label": form[name].label, "error": message}
            found.append((_anchor(form[name]), said if str(message) in bare else message))
    return {"found": found}


@register.inclusion_tag("shell/pager.html", takes_context=True)
def pager(context: template.RequestContext, page: object) -> dict[str, object]:
    """Render the way through the pages of a longer list (`kernel.paging.Page`), keeping the question asked."""
    asked = context["request"].GET.copy()
    asked.pop("page", None)
    return {"page": page, "query": asked.urlencode()}


@register.inclusion_tag("shell/files.html", takes_context=True)
def files(context: template.RequestContext, table: int = 0) -> dict[str, object]:
    """Offer the table above as CSV and Excel, as the page shows it; `table` is its number where there are several."""
    asked = context["request"].GET.copy()
    for name in ("page", "file", "table"):
        asked.pop(name, None)
    if table:
        asked["table"] = str(table)
    return {"query": f"{asked.urlencode()}&" if asked else ""}


class ByRole(template.Node):
    """A page as whoever looks may use it: to who may not write its forms are shown disabled, with a sentence why.

    Forms that anybody may send, about what one keeps or is oneself, say so by `data-anyone`.
    """

    def __init__(self, nodelist: template.NodeList) -> None:
        """Keep what is between the tags."""
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        """Render it."""
        page, viewer = self.nodelist.render(context), context.get("viewer")
        if not isinstance(viewer, Viewer) or viewer.may_write:
            return page
        shown = FORM.sub(_disabled, page)
        return shown if shown == page else render_to_string("shell/reader.html") + shown


@register.tag
def by_role(parser: template.base.Parser, token: template.base.Token) -> ByRole:  # noqa: ARG001 - Django's own signature
    """Render what is between the tags as `ByRole` says."""
    nodelist = parser.parse(("endby_role",))
    parser.delete_first_token()
    return ByRole(nodelist)


def _disabled(form: re.Match[str]) -> str:
    start, inside = form["start"], form["inside"]
    if "data-anyone" in start or 'method="post"' not in start:
        return form[0]
    return f'{start}<fieldset disabled class="by-role" aria-describedby="reader">{inside}</fieldset></form>'


@register.filter
def role_word(role: Role) -> Promise:
    """Say a role in words."""
    return ROLES[Role(role)]


@register.filter
def identity(checked_by: str) -> Promise:
    """Say in words how an organization's identity was checked."""
    return CHECKS[checked_by]


@register.filter
def country(code: str) -> str:
    """Say a country's code in words, in the language of the page; nothing for none."""
    return country_name(code, get_language() or "fr")


@register.filter
def in_country(name: str, code: str) -> str:
    """Name a firm with its country in words, where one is known: two of one name are told apart by it."""
    return f"{name} ({country(code)})" if code else name


def _anchor(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if bound.field.widget.use_fieldset else bound.auto_id
