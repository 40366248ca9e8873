"""The form of one site."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from amont.catalogue.facts_sites import SiteDraft, SiteFact
from amont.exchange.cells import Wrong
from amont.exchange.coordinates import Point, point
from amont.exchange.reasons import in_words
from amont.web.bring.words import country_choices


class SiteForm(forms.Form):
    """One site, own or of a firm of one's own book."""

    name = forms.CharField(label=_("Name"), max_length=200)
    external_id = forms.CharField(
        label=_("Identifier of the site"),
        max_length=60,
        required=False,
        help_text=_("GLN, SIRET, UML ID or OS ID, say."),
    )
    address = forms.CharField(label=_("Postal address"), max_length=300, required=False)
    town = forms.CharField(label=_("Town"), max_length=120, required=False)
    region = forms.CharField(label=_("Region or province"), max_length=120, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    point = forms.CharField(
        label=_("Latitude and longitude"),
        max_length=80,
        required=False,
        help_text=_("Decimals, or degrees, minutes and seconds: 48.8567, 2.3522, say."),
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, fact: SiteFact) -> None:
        """Offer the countries in the language of the page, and what is known of the site."""
        stands = {name: getattr(fact, name) for name in self.base_fields if name != "point"}
        if fact.latitude is not None and fact.longitude is not None:
            stands["point"] = f"{fact.latitude:.7g}, {fact.longitude:.7g}"
        super().__init__(data, initial=stands)
        self.fact = fact
        self.read: Point | None = None
        field = self.fields["country"]
        if isinstance(field, forms.ChoiceField):
            field.choices = country_choices()

    def clean(self) -> dict[str, object]:
        """Read the point; one that was not touched stays exactly as it is."""
        said = self.cleaned_data
        written = said.get("point", "")
        if written and "point" in self.changed_data:
            try:
                self.read = point(written, "", said.get("country", ""))
            except Wrong as wrong:
                self.add_error("point", " ".join(in_words(wrong.code, wrong.said)))
        return said

    def draft(self) -> SiteDraft:
        """Return what was said."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "point"}
        if "point" not in self.changed_data:
            kept = (self.fact.latitude, self.fact.longitude, self.fact.point_written)
        else:
            new = self.read
            kept = (new.latitude, new.longitude, new.written) if new else (None, None, "")
        return SiteDraft(row=0, latitude=kept[0], longitude=kept[1], point_written=kept[2], **said)
