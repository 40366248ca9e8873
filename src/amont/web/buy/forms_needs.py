"""Forms of needs, and of who leads."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amont.kernel import clock
from amont.purchasing.facts import CategoryFact
from amont.purchasing.facts_needs import LeadDraft

_YEARS_SHOWN = 3


def _day(label: Any) -> forms.DateField:  # noqa: ANN401 - as the field takes it
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class NeedForm(forms.Form):
    """What one will need of a category in a year."""

    category = forms.ChoiceField(label=_("Category"))
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    amount = forms.DecimalField(
        label=_("What you expect to buy in this year"),
        help_text=_("Without VAT. Nobody but your company reads it."),
        min_value=0,
        max_digits=14,
        decimal_places=2,
    )
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="EUR")

    def __init__(self, *args: Any, categories: Sequence[CategoryFact], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer what may be bought together, and the years to come."""
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(each.category, each.label) for each in categories if each.holds]  # type: ignore[attr-defined]
        year = clock.today().year
        self.fields["year"].choices = [(each, str(each)) for each in range(year, year + _YEARS_SHOWN)]  # type: ignore[attr-defined]
        self.fields["year"].initial = year


class LeadForm(forms.Form):
    """An offer to lead a category."""

    category = forms.ChoiceField(label=_("Category"))
    first_on = _day(_("First day of the term"))
    last_on = _day(_("Last day of the term"))
    pay = forms.CharField(
        label=_("What you are paid for it, and by whom"),
        help_text=_("For example: half a percent of the rebate, kept before it is shared. Nothing: leave it empty."),
        max_length=300,
        required=False,
    )
    rotates = forms.BooleanField(label=_("Another company leads the next term"), required=False, initial=True)
    reason = forms.CharField(
        label=_("Why you"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All buyers read it."),
    )

    def __init__(self, *args: Any, categories: Sequence[CategoryFact], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer what may be bought together."""
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(each.category, each.label) for each in categories]  # type: ignore[attr-defined]

    @property
    def given(self) -> LeadDraft:
        """Return what was given."""
        return LeadDraft(**self.cleaned_data)
