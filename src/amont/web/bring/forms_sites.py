"""The form of one site."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from amont.catalogue.facts_sites import SiteDraft, SiteFact
from amont.exchange.cells import Wrong
from amont.exchange.coordinates import Point, point
from amont.exchange.reasons import in_words
from amont.kernel.identifiers import NAMES, Unfit, identifier
from amont.web.bring.words import country_choices

NEW = SiteFact(site="", name="")
NUMBERED = ("siret", "gln")


class SiteForm(forms.Form):
    """One site: an own one, also a new one, or one of a firm of one's own book."""

    name = forms.CharField(label=_("Name"), max_length=200)
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
    siret = forms.CharField(label="SIRET", max_length=60, required=False, help_text=_("14 digits, in France."))
    gln = forms.CharField(label="GLN", max_length=60, required=False, help_text=_("13 digits."))
    external_id = forms.CharField(
        label=_("Another identifier of the site"),
        max_length=60,
        required=False,
        help_text=_("UML ID, OS ID or a code of your own, say."),
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, fact: SiteFact = NEW) -> None:
        """Offer the countries in the language of the page, and what is known of the site."""
        stands = {name: getattr(fact, name, "") for name in self.base_fields} | _numbers(fact)
        if fact.latitude is not None and fact.longitude is not None:
            stands["point"] = f"{fact.latitude:.7g}, {fact.longitude:.7g}"
        super().__init__(data, initial=stands)
        self.fact = fact
        self.read: Point | None = None
        field = self.fields["country"]
        field.required = fact is NEW
        if isinstance(field, forms.ChoiceField):
            field.choices = country_choices()

    def clean_siret(self) -> str:
        """Hold its check digits."""
        return self._held("siret")

    def clean_gln(self) -> str:
        """Hold its check digits."""
        return self._held("gln")

    def _held(self, kind: str) -> str:
        written: str = self.cleaned_data[kind]
        try:
            identifier(written, kind)
        except Unfit as unfit:
            wrong = _("This is no %(kind)s: its digits do not fit together.")
            raise forms.ValidationError(wrong, params={"kind": NAMES[unfit.kind]}) from unfit
        return written

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
        said = {name: self.cleaned_data[name] for name in ("name", "address", "town", "region", "country")}
        if "point" not in self.changed_data:
            kept = (self.fact.latitude, self.fact.longitude, self.fact.point_written)
        else:
            new = self.read
            kept = (new.latitude, new.longitude, new.written) if new else (None, None, "")
        external_id, identifiers = self._identifiers()
        return SiteDraft(
            row=0,
            external_id=external_id,
            identifiers=identifiers,
            latitude=kept[0],
            longitude=kept[1],
            point_written=kept[2],
            **said,
        )

    def _identifiers(self) -> tuple[str, dict[str, str]]:
        """Return the one by which files know the site, and the others by kind, as an import keeps them."""
        kept = {kind: value for kind, value in self.fact.identifiers.items() if kind not in NUMBERED}
        numbered = {kind: _bare(self.cleaned_data[kind], kind) for kind in NUMBERED if self.cleaned_data[kind]}
        first = _bare(self.cleaned_data["external_id"])
        if numbered and not first:
            known = (kind for kind, value in numbered.items() if value == self.fact.external_id)
            first = numbered.pop(next(known, min(numbered)))
        return first, kept | numbered


def _numbers(fact: SiteFact) -> dict[str, str]:
    """Return a site's numbers by field, wherever they are kept."""
    found = {kind: fact.identifiers.get(kind, "") for kind in NUMBERED} | {"external_id": fact.external_id}
    try:
        known = identifier(fact.external_id)
    except Unfit:
        known = None
    if known and known.kind in NUMBERED and not found[known.kind]:
        found |= {known.kind: known.value, "external_id": ""}
    return found


def _bare(written: str, kind: str = "") -> str:
    """Return an identifier as it is kept; one that does not hold as it stands, so that it can be told."""
    try:
        known = identifier(written, kind)
    except Unfit:
        known = None
    return known.value if known else " ".join(written.split())
