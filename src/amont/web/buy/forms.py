"""Forms of group purchasing."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amont.exchange.numbers import number
from amont.kernel import clock
from amont.purchasing.facts import AgreementDraft, AgreementFact, CategoryDraft, CategoryFact

_SCHEMES = (("cpv", "CPV"), ("unspsc", "UNSPSC"))
_FORMULAS = (
    ("retroactive", _("the rate reached holds for all that was bought")),
    ("incremental", _("each band at its own rate")),
)


def _day(label: Any, **more: Any) -> forms.DateField:  # noqa: ANN401 - as the field takes them
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class FoundForm(forms.Form):
    """The name of a network to be."""

    name = forms.CharField(label=_("Name of the network"), max_length=200)


class JoinForm(forms.Form):
    """As what one joins."""

    part = forms.ChoiceField(
        label=_("What do you do there?"),
        choices=(("buys", _("We buy")), ("sells", _("We sell"))),
        widget=forms.RadioSelect,
        initial="buys",
    )


class CategoryForm(forms.Form):
    """A category to be allowed."""

    scheme = forms.ChoiceField(label=_("List of codes"), choices=_SCHEMES)
    code = forms.CharField(label=_("Code"), max_length=12, help_text=_("For example 30192000-1 for office supplies."))
    label = forms.CharField(label=_("Name"), max_length=200)
    reason = forms.CharField(
        label=_("Why it may be bought together"),
        max_length=600,
        help_text=_("For example: a small cost for all, that tells nothing of what each makes."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reviewer = forms.CharField(label=_("Who looked at it"), max_length=200)
    review_on = _day(_("The review holds until"))
    buying_percent = forms.DecimalField(
        label=_("Share of the buying market, in percent"), min_value=0, max_value=100, decimal_places=2, required=False
    )
    selling_percent = forms.DecimalField(
        label=_("Share of the markets on which you sell, in percent"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
    )
    share_source = forms.CharField(label=_("Source of these shares"), max_length=300, required=False)
    legal_opinion = forms.CharField(
        label=_("Legal opinion"),
        max_length=600,
        required=False,
        help_text=_("Needed from fifteen percent on: by whom, of which day, where it is kept."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def given(self) -> CategoryDraft:
        """Return what was given."""
        return CategoryDraft(**self.cleaned_data)


class DraftForm(forms.Form):
    """An agreement to be drafted."""

    name = forms.CharField(label=_("Name of the agreement"), max_length=200)
    category = forms.ChoiceField(label=_("Category"))
    supplier = forms.ChoiceField(label=_("Supplier"))
    currency = forms.CharField(label=_("Currency"), max_length=3, initial="EUR")
    first_on = _day(_("First day"))
    last_on = _day(_("Last day"))
    formula = forms.ChoiceField(label=_("How the rebate is computed"), choices=_FORMULAS)
    bands = forms.CharField(
        label=_("Bands of the rebate"),
        help_text=_("One a line: from which amount, then the rate in percent. For example “50000 2”."),
        widget=forms.Textarea(attrs={"rows": 5}),
        initial="0 0",
    )
    counterpart = forms.CharField(
        label=_("What the supplier gets for opening it"), max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    terms = forms.CharField(label=_("Terms"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        categories: tuple[CategoryFact, ...],
        vendors: tuple[tuple[str, str], ...],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Offer what the network allows, and its vendors."""
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(each.category, each.label) for each in categories]  # type: ignore[attr-defined]
        self.fields["supplier"].choices = vendors  # type: ignore[attr-defined]
        year = clock.today().year
        self.fields["first_on"].initial, self.fields["last_on"].initial = date(year, 1, 1), date(year, 12, 31)

    def clean_bands(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """Read one band a line."""
        found = []
        for at, line in enumerate(self.cleaned_data["bands"].splitlines(), start=1):
            words = line.replace("%", " ").replace(";", " ").split()
            if not words:
                continue
            start, rate = number("".join(words[:-1])), number(words[-1])
            if start is None or rate is None:
                raise forms.ValidationError(
                    gettext("Line %(number)s: enter an amount and a rate, for example “50000 2”."),
                    params={"number": at},
                )
            found.append((start, rate))
        return tuple(found)

    @property
    def given(self) -> AgreementDraft:
        """Return what was given."""
        return AgreementDraft(**self.cleaned_data)


class PricesForm(forms.Form):
    """A price list to bring."""

    file = forms.FileField(
        label=_("Price list"),
        help_text=_("CSV or Excel, with reference, unit and price; by choice price per and minimum quantity."),
        allow_empty_file=True,
    )
    first_on = _day(_("Holds from"))
    last_on = _day(_("Holds until"))


class AdhereForm(forms.Form):
    """Joining an agreement."""

    sites = forms.CharField(
        label=_("Sites that order"), help_text=_("One a line."), widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = _day(_("From"))
    need = forms.DecimalField(
        label=_("What you expect to buy in a year"),
        help_text=_("By choice, without VAT. Nobody but your company reads it."),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
    )

    def __init__(self, *args: Any, about: AgreementFact, site: str, **kwargs: Any) -> None:  # noqa: ANN401
        """Propose today, and the one site that is known."""
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = max(clock.today(), about.first_on)
        self.fields["sites"].initial = site


class DocumentsForm(forms.Form):
    """Invoices to bring."""

    file = forms.FileField(
        label=_("Invoices and credit notes"),
        help_text=_("A table of lines as CSV or Excel, or one document as UBL or Factur-X."),
        allow_empty_file=True,
    )


class SettleForm(forms.Form):
    """The month to settle."""

    on = _day(_("Last day of the month to settle"))


class BaselineForm(forms.Form):
    """A price before the agreement."""

    reference = forms.CharField(label=_("Reference on the price list"), max_length=80)
    kind = forms.ChoiceField(
        label=_("What was this price?"),
        choices=(("paid", _("We paid it")), ("offered", _("It was only offered to us"))),
        widget=forms.RadioSelect,
        initial="paid",
    )
    price = forms.DecimalField(
        label=_("Price for one unit, without VAT"), min_value=0, max_digits=17, decimal_places=6, localize=True
    )
    source = forms.CharField(
        label=_("Where it stands"), max_length=300, help_text=_("An invoice, a quotation, a list: with its number.")
    )
    dated_on = _day(_("Of which day"))


class NeedForm(forms.Form):
    """What one will buy next year."""

    amount = forms.DecimalField(
        label=_("What you will buy, without VAT"), min_value=0, max_digits=12, decimal_places=2, localize=True
    )


class DisputeForm(forms.Form):
    """What is not as agreed."""

    said = forms.CharField(label=_("What is not as agreed?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
