"""Small forms of the invited and of who answers."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amont.kernel.countries import countries, country_name
from amont.requests.facts import InvitedLine

LANGUAGES = (("fr", "Français"), ("en", "English"))


def country_choices() -> list[tuple[str, str]]:
    """Return all countries in the language of the page."""
    spoken = "fr" if (get_language() or "fr").startswith("fr") else "en"
    return [("", "—"), *((each.code, each.fr if spoken == "fr" else each.en) for each in countries(spoken))]


class AccountForm(forms.Form):
    """An account in one step."""

    person_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    organization_name = forms.CharField(
        label=_("Your firm"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    country = forms.ChoiceField(label=_("Country of its registered address"), choices=country_choices)
    password = forms.CharField(
        label=_("Password"),
        required=False,
        help_text=_("At least 12 characters. Leave it empty to sign in with a code sent by mail each time."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ForwardForm(forms.Form):
    """The colleague who will answer."""

    email = forms.EmailField(label=_("Your colleague's work address"))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=LANGUAGES)


class ConfirmForm(forms.Form):
    """Which lines one's firm confirms: all that are not confirmed yet, unless it says otherwise."""

    lines = forms.MultipleChoiceField(
        label=_("What your firm supplies"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one line, or decline.")},
    )

    def __init__(self, lines: Sequence[InvitedLine], data: Mapping[str, object] | None = None) -> None:
        """Offer these lines, all chosen."""
        super().__init__(data, initial={"lines": [each.line for each in lines]})
        offered = [(each.line, _said(each)) for each in lines]
        self.fields["lines"].choices = offered  # type: ignore[attr-defined]


def _said(line: InvitedLine) -> str:
    spoken = "fr" if (get_language() or "fr").startswith("fr") else "en"
    return f"{line.reference} ({country_name(line.country, spoken)})" if line.country else line.reference


class ReasonForm(forms.Form):
    """Why one declines."""

    reason = forms.CharField(
        label=_("Your reason"), max_length=400, help_text=_("Only who asks reads it."), widget=forms.Textarea
    )


class DeclineLineForm(ReasonForm):
    """Why one does not answer a line."""

    not_mine = forms.ChoiceField(
        label=_("What is it?"),
        choices=(("", _("I do not wish to answer")), ("yes", _("We do not supply this"))),
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    reason = forms.CharField(
        label=_("Your reason"),
        max_length=400,
        required=False,
        help_text=_("Only who asks reads it."),
        widget=forms.Textarea,
    )
