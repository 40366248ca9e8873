"""Forms of deciding who sees what, and of asking for more."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amont.disclosure.levels import Covers, Level
from amont.kernel import clock
from amont.web.share.present import AUDIENCES, more_at

LEVELS = {level.name.lower(): level for level in Level}
FIELDS = {"starts_at": "starts_on", "until_at": "until_on", "organization": "audience"}
"""The form's field for each field that an action refuses."""


class DaysForm(forms.Form):
    """Until which day, and at which level in words."""

    level = forms.ChoiceField(label=_("May see at most"), widget=forms.RadioSelect)
    until_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Without one, until you withdraw it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, covers: Covers, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Say the levels of this side in words."""
        super().__init__(*args, **kwargs)
        choices = [(name, more_at(covers, level)) for name, level in LEVELS.items()]
        self.fields["level"].choices = choices  # type: ignore[attr-defined]


class DecideForm(DaysForm):
    """A new decision: about what, for whom, at which level, from when, until when."""

    about = forms.ChoiceField(label=_("About"))
    audience = forms.ChoiceField(label=_("For whom"))
    starts_on = forms.DateField(
        label=_("First day"),
        required=False,
        help_text=_("Without one, from now on."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("about", "audience", "level", "starts_on", "until_on")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        about: Iterable[tuple[str, str]],
        firms: Iterable[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Offer what one may decide about, and for whom."""
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = list(about)  # type: ignore[attr-defined]
        everybody = [(name, str(word)) for name, word in AUDIENCES.items()]
        self.fields["audience"].choices = [*everybody, *firms]  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Why one asks for more."""

    purpose = forms.CharField(
        label=_("Why do you ask?"),
        max_length=600,
        help_text=_("The firms that are asked read this, with your company's name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CaseForm(forms.Form):
    """What one needs help with, and for how many days."""

    purpose = forms.CharField(
        label=_("What do you need help with?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=14, initial=3)


class AuditForm(forms.Form):
    """Who looks, what for, at what, and for how many days."""

    email = forms.EmailField(label=_("The auditor’s e-mail address"))
    purpose = forms.CharField(
        label=_("What is the audit about?"),
        max_length=600,
        help_text=_("The auditor reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    items = forms.MultipleChoiceField(
        label=_("Which items"),
        required=False,
        help_text=_("None chosen: all of yours."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=180, initial=30)

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Offer one's own items."""
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = list(items)  # type: ignore[attr-defined]


def first_moment(day: date | None) -> datetime | None:
    """Return the moment at which a day begins; none for today, which has begun, and for no day."""
    return None if day is None or day == clock.today() else datetime.combine(day, time.min, tzinfo=UTC)


def after(day: date | None) -> datetime | None:
    """Return the moment at which a last day is over."""
    return datetime.combine(day, time.min, tzinfo=UTC) + timedelta(days=1) if day else None
