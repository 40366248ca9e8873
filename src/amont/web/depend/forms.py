"""The form of a scenario."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from amont.insight.facts_dependence import Reading, Scope

Choices = Sequence[tuple[str, str]]


class ScenarioForm(forms.Form):
    """What stops: several of each kind, and a region; read in one way."""

    use_required_attribute = False
    country = forms.MultipleChoiceField(label=_("Countries"), required=False)
    firm = forms.MultipleChoiceField(label=_("Firms"), required=False)
    site = forms.MultipleChoiceField(label=_("Sites"), required=False)
    family = forms.MultipleChoiceField(label=_("Families"), required=False)
    around = forms.CharField(
        label=_("Around a point"),
        required=False,
        max_length=60,
        help_text=_("Latitude, longitude in degrees, for example 5.55, -0.2"),
    )
    km = forms.CharField(label=_("Within how many kilometres"), required=False, max_length=12)
    corners = forms.CharField(
        label=_("Or an area, by its corners"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One corner a line, latitude, longitude, in the order in which they stand around it"),
    )
    reading = forms.ChoiceField(
        label=_("When does a line stop"),
        required=False,
        choices=(
            (Reading.EVERY_INPUT.value, _("When an input has no source left")),
            (Reading.ANY_PATH.value, _("When no path to any source is left")),
        ),
    )
    scope = forms.ChoiceField(
        required=False, choices=[(each.value, each.value) for each in Scope], widget=forms.HiddenInput
    )

    def __init__(self, data: Mapping[str, object] | None, *, choices: Mapping[str, Choices]) -> None:
        """Offer what shows above the lines; a kind of which nothing shows is not asked for."""
        super().__init__(data)
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
            field.choices = offered
