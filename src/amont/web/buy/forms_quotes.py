"""Forms of requests for quotation: asking, quoting by a link, and the agreement that follows."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amont.purchasing.facts import AgreementDraft
from amont.purchasing.facts_needs import LeadFact, NeedFact
from amont.purchasing.facts_quotes import (
    AskedFact,
    Certified,
    LineAsked,
    Priced,
    QuoteDraft,
    QuoteRequestDraft,
    VendorAsked,
)
from amont.web.buy.forms import DraftForm

_PARTS, _REFERENCE = 3, 80


def _day(label: Any, **more: Any) -> forms.DateField:  # noqa: ANN401 - as the field takes them
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _parts(text: str, least: int, most: int) -> Iterator[list[str]]:
    """Yield the parts of each line, cut at semicolons. Raises `ValidationError` at the line with too few or many."""
    for at, line in enumerate(text.splitlines(), start=1):
        found = [each.strip() for each in line.split(";")]
        if any(found):
            if not least <= len(found) <= most or not all(found[:least]):
                raise forms.ValidationError(
                    gettext("Line %(number)s: separate its parts by semicolons."), params={"number": at}
                )
            yield found


class AskForm(forms.Form):
    """A request for quotation, on a sum of needs that was told."""

    on = forms.ChoiceField(label=_("For which sum of needs"))
    lines = forms.CharField(
        label=_("What is to be priced"),
        help_text=_("One thing a line, and its unit after a semicolon: “Paper A4, 80 g; BX”."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    vendors = forms.CharField(
        label=_("Which vendors you ask"),
        help_text=_("Two to twenty, one a line: name; mail address. None of them learns of another."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    closes_on = _day(_("Last day to answer"), help_text=_("Until its end nobody reads the prices, you included."))
    terms = forms.CharField(
        label=_("What holds for all"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(label=_("Language of the mails"), choices=(("fr", "Français"), ("en", "English")))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        leads: Sequence[LeadFact],
        needs: Sequence[NeedFact],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Offer the sums that were told of what one leads."""
        super().__init__(*args, **kwargs)
        led = {each.category.category for each in leads if each.mine and each.runs}
        told = [each for each in needs if each.total is not None and each.category.category in led]
        self.sums = {f"{each.category.category} {each.year} {each.currency}": each for each in told}
        self.fields["on"].choices = [  # type: ignore[attr-defined]
            (key, f"{each.category.label} · {each.year} · {localize(each.total)} {each.currency}")
            for key, each in self.sums.items()
        ]

    def clean_lines(self) -> tuple[LineAsked, ...]:
        """Read one thing a line."""
        found = _parts(self.cleaned_data["lines"], 2, 2)
        return tuple(LineAsked(at, name, unit) for at, (name, unit) in enumerate(found, start=1))

    def clean_vendors(self) -> tuple[VendorAsked, ...]:
        """Read one vendor a line."""
        return tuple(VendorAsked(name, email) for name, email in _parts(self.cleaned_data["vendors"], 2, 2))

    @property
    def given(self) -> QuoteRequestDraft:
        """Return what was given."""
        said = dict(self.cleaned_data)
        told = self.sums[said.pop("on")]
        return QuoteRequestDraft(category=told.category.category, year=told.year, currency=told.currency, **said)


class QuoteForm(forms.Form):
    """What a vendor quotes: a price for each line that it can deliver, and what holds for all of them."""

    delivery_days = forms.IntegerField(label=_("Days to deliver"), min_value=0, max_value=365, required=False)
    payment_days = forms.IntegerField(label=_("Days to pay"), min_value=0, max_value=365, required=False)
    holds_until = _day(_("Your prices hold until"), required=False)
    certificates = forms.CharField(
        label=_("Your certificates and audits"),
        help_text=_("One a line: scheme; number; valid until. For example “ISO 14001; FR-1234; 2027-06-30”."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    terms = forms.CharField(
        label=_("What else holds"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, about: AskedFact, **kwargs: Any) -> None:  # noqa: ANN401
        """Ask a price and a reference for each line, filled in with what was quoted."""
        self.about = about
        kwargs["initial"] = _quoted(about.own)
        super().__init__(*args, **kwargs)
        for line in about.lines:
            self.fields[f"price_{line.number}"] = forms.DecimalField(
                label=_("Price without VAT"), min_value=0, max_digits=17, decimal_places=6, required=False
            )
            self.fields[f"reference_{line.number}"] = forms.CharField(
                label=_("Your reference"), max_length=_REFERENCE, required=False
            )

    @property
    def priced(self) -> list[tuple[LineAsked, forms.BoundField, forms.BoundField]]:
        """Return each line with its two fields."""
        return [(each, self[f"price_{each.number}"], self[f"reference_{each.number}"]) for each in self.about.lines]

    @property
    def common(self) -> list[forms.BoundField]:
        """Return the fields that hold for all lines."""
        return [self[name] for name in self.base_fields]

    def clean_certificates(self) -> tuple[Certified, ...]:
        """Read one certificate a line."""
        return tuple(_certified(each) for each in _parts(self.cleaned_data["certificates"], 1, _PARTS))

    @property
    def given(self) -> QuoteDraft:
        """Return what was given."""
        said = self.cleaned_data
        prices = {
            each.number: Priced(said[f"price_{each.number}"], said[f"reference_{each.number}"])
            for each in self.about.lines
            if said[f"price_{each.number}"] is not None
        }
        return QuoteDraft(prices, **{name: said[name] for name in self.base_fields})


def _certified(parts: list[str]) -> Certified:
    scheme, number, until = (*parts, "", "")[:_PARTS]
    try:
        return Certified(scheme, number, date.fromisoformat(until) if until else None)
    except ValueError:
        raise forms.ValidationError(gettext("Write the day as 2027-06-30.")) from None


def _quoted(own: QuoteDraft | None) -> dict[str, object]:
    if own is None:
        return {}
    lines = ("; ".join((e.scheme, e.number, str(e.valid_until or ""))).rstrip("; ") for e in own.certificates)
    said: dict[str, object] = {"terms": own.terms, "certificates": "\n".join(lines), "holds_until": own.holds_until}
    said.update(delivery_days=own.delivery_days, payment_days=own.payment_days)
    for line, each in own.prices.items():
        said[f"price_{line}"], said[f"reference_{line}"] = _bare(each.price), each.reference
    return said


def _bare(price: Decimal) -> str:
    return f"{price:f}"


class ReasonForm(forms.Form):
    """Why a quotation was chosen."""

    reason = forms.CharField(label=_("Why this one"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class AgreeForm(DraftForm):
    """The agreement that is made from the chosen quotation: its category, currency and prices stand already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Leave out what stands already."""
        super().__init__(*args, categories=(), **kwargs)
        del self.fields["category"], self.fields["currency"]

    def given_for(self, category: str, currency: str) -> AgreementDraft:
        """Return what was given, for this category and currency."""
        return AgreementDraft(category=category, currency=currency, **self.cleaned_data)
