"""Forms of asking."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from amont.kernel import clock
from amont.requests.words import PURPOSES

LANGUAGES = (("en", "English"), ("fr", "Français"))
USUAL_DAYS = 30


def usual_day() -> str:
    """Return the day by which an answer is usually asked for."""
    return (clock.today() + timedelta(days=USUAL_DAYS)).isoformat()


class AskForm(forms.Form):
    """Why, by when, and a word to the supplier."""

    purpose = forms.ChoiceField(
        label=_("Why do you ask?"), choices=[(code.value, word) for code, word in PURPOSES.items()]
    )
    due_on = forms.DateField(
        label=_("Answer by"), initial=usual_day, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    message = forms.CharField(
        label=_("A word to the supplier"),
        required=False,
        max_length=2000,
        help_text=_("It stands in the mail and on the page. It is not passed on to the supplier's own suppliers."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InviteForm(forms.Form):
    """Where a firm is invited to that was merely stated so far."""

    email = forms.EmailField(label=_("E-mail"))
    person = forms.CharField(label=_("Person"), required=False, max_length=120)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=LANGUAGES)
