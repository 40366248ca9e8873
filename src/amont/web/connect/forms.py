"""Forms about programs."""

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amont.parties.rules import LONGEST_TOKEN_NAME, SCOPES, TOKEN_DAYS
from amont.post.rules import LONGEST_URL

WORDS: dict[str, Promise] = {
    "lines:read": _("Read your lines"),
    "lines:write": _("Add, change and end your lines"),
    "requests:read": _("Read your requests and your book"),
    "requests:write": _("Ask suppliers, write into your book"),
    "answers:read": _("Read what you are asked"),
    "answers:write": _("Answer for you"),
    "grants:read": _("Read who sees what of you"),
    "grants:write": _("Decide who sees what of you"),
    "view:read": _("Read your chains"),
    "coverage:read": _("Read your coverage"),
}


class TokenForm(forms.Form):
    """A token to make."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=LONGEST_TOKEN_NAME,
        help_text=_("For example the name of the program that will hold it."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(each, WORDS[each]) for each in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No more than the program needs. Nothing here lets it see more than your company sees."),
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        coerce=int,
        initial=90,
        choices=[(each, format_lazy("{} {}", each, _("days"))) for each in TOKEN_DAYS],
    )


class HookForm(forms.Form):
    """An address to call."""

    url = forms.CharField(
        label=_("Address to call"),
        max_length=LONGEST_URL,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("It begins with https:// and is reachable from the internet."),
    )
