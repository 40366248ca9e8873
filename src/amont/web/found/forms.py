"""Forms of the founding's pages, one a step; what is chosen in one is kept as plain values until the last."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amont.consortia import lists
from amont.consortia.facts import Sector
from amont.kernel.countries import countries
from amont.web.found import words
from amont.web.found.grouping import grouped

LANGUAGES = (("fr", "Français"), ("en", "English"))
LARGEST_TARGET = 1_000_000
WRONG_ADDRESS = _("Enter an address such as name@firm.example.")


def _choices(levels: dict[int, Promise]) -> list[tuple[int, Promise]]:
    return list(levels.items())


class AddressForm(forms.Form):
    """The address of who wants to found."""

    email = forms.EmailField(
        label=_("Your work address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": WRONG_ADDRESS, "invalid": WRONG_ADDRESS},
    )


class AccountForm(forms.Form):
    """An account in one step; the address was proved by the link."""

    person_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    organization_name = forms.CharField(
        label=_("Your firm"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Enter the name of your firm.")},
    )
    country = forms.ChoiceField(label=_("Country of your firm"), error_messages={"required": _("Choose a country.")})
    password = forms.CharField(
        label=_("Password"),
        required=False,
        help_text=_("At least 12 characters. Leave it empty to sign in with a code sent by mail each time."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Offer the countries in the language of the page."""
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        named = [(each.code, each.fr if language == "fr" else each.en) for each in countries(language)]
        self.fields["country"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """One page of the founding; it knows the sector chosen on the first."""

    def __init__(self, *args: Any, sector: Sector, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Keep the sector, and offer what it lists."""
        self.sector = sector
        self.language = get_language() or "en"
        super().__init__(*args, **kwargs)
        self.offer()

    def offer(self) -> None:
        """Fill the choices that depend on the sector or the language."""


class TemplateForm(StepForm):
    """Sector, name, and whether the founder's firm is a member itself."""

    template = forms.ChoiceField(label=_("Sector"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name of the consortium"),
        max_length=200,
        help_text=_("Those whom you invite read it."),
        error_messages={"required": _("Give the consortium a name.")},
    )
    joins = forms.TypedChoiceField(
        label=_("Your own firm"),
        choices=(
            ("yes", _("coordinates, and is a member: it brings its own article lines")),
            ("no", _("only coordinates, as a federation does")),
        ),
        initial="yes",
        widget=forms.RadioSelect,
    )

    def offer(self) -> None:
        """Name each sector with what it is for."""
        named = [(each.code, f"{each.label(self.language)}: {each.about(self.language)}") for each in lists.sectors()]
        self.fields["template"].choices = named  # type: ignore[attr-defined]


class CharterForm(StepForm):
    """Who sees what of a supplier, unless the supplier decides otherwise."""

    customers = forms.TypedChoiceField(
        label=_("Those who buy from a supplier see"),
        help_text=_("A direct customer knows its supplier: it always sees at least the name."),
        choices=_choices(words.CUSTOMERS),
        coerce=int,
        widget=forms.RadioSelect,
    )
    requesters = forms.TypedChoiceField(
        label=_("Those who asked, and whose request was answered all the way, see"),
        help_text=_(
            "A member asks its supplier, which passes the request on to its own suppliers. Once they have answered, "
            "this is what the member sees of them."
        ),
        choices=_choices(words.REQUESTERS),
        coerce=int,
        widget=forms.RadioSelect,
    )
    chain = forms.TypedChoiceField(
        label=_("Anyone else further down the chain sees"),
        help_text=_("Those who use the material somewhere below, without having asked for it."),
        choices=_choices(words.CHAIN),
        coerce=int,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a wider circle that would see more than a narrower one."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("chain", 0) > said.get("requesters", 4):
            self.add_error("chain", _("Anyone in the chain cannot see more than those who asked."))
        return said


class FamiliesForm(StepForm):
    """Families at risk, least that members see of some, and targets."""

    families_at_risk = forms.MultipleChoiceField(
        label=_("Families at risk"),
        required=False,
        help_text=_("They are asked about first, and stand out in every list."),
        widget=forms.CheckboxSelectMultiple,
    )
    target_partners = forms.IntegerField(label=_("Partners to bring on board"), min_value=0, max_value=LARGEST_TARGET)
    target_lines = forms.IntegerField(label=_("Article lines to cover"), min_value=0, max_value=LARGEST_TARGET)
    target_on = forms.DateField(
        label=_("Target date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def offer(self) -> None:
        """Offer the sector's families."""
        named = [(each.code, each.label(self.language)) for each in self.sector.families]
        self.fields["families_at_risk"].choices = named  # type: ignore[attr-defined]


class FloorForm(StepForm):
    """One minimum: a family, and the least that members who asked see of it."""

    family = forms.ChoiceField(label=_("Family"), required=False)
    level = forms.TypedChoiceField(
        label=_("Members who asked see"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("no minimum")), *_choices(words.FLOORS)],
    )

    def offer(self) -> None:
        """Offer the sector's families."""
        named = [(each.code, each.label(self.language)) for each in self.sector.families]
        self.fields["family"].choices = [("", _("no family")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse half a minimum."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("family")) != bool(said.get("level")) and not self.errors:
            self.add_error("level" if said.get("family") else "family", _("Choose both, or neither."))
        return said


class QuestionsForm(StepForm):
    """What each line is asked for."""

    questions = forms.MultipleChoiceField(
        label=_("Questions for each line"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Ask at least one question.")},
    )

    def offer(self) -> None:
        """Say of each question what it is for and what it costs."""
        self.fields["questions"].choices = grouped(lists.questions(self.sector.code), self.language)  # type: ignore[attr-defined]

    def clean_questions(self) -> list[str]:
        """Refuse what is asked of each input where inputs are not asked for."""
        codes: list[str] = self.cleaned_data["questions"]
        if any(each.within not in {"", *codes} for each in lists.questions() if each.code in codes):
            raise forms.ValidationError(words.ALONE)
        return codes


class MemberForm(forms.Form):
    """One firm to invite."""

    firm = forms.CharField(label=_("Firm"), max_length=200, required=False)
    email = forms.EmailField(label=_("Address"), required=False, error_messages={"invalid": WRONG_ADDRESS})
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False, initial=get_language)

    def clean(self) -> dict[str, Any]:
        """Refuse a firm without an address, and an address without a firm."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("firm") and not said.get("email") and "email" not in self.errors:
            self.add_error("email", WRONG_ADDRESS)
        if said.get("email") and not said.get("firm"):
            self.add_error("firm", _("Enter the firm's name."))
        return said


class SeatForm(MemberForm):
    """One firm to invite later: nothing may be missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Ask for everything."""
        super().__init__(*args, **kwargs)
        for each in self.fields.values():
            each.required = True
        self.fields["firm"].error_messages["required"] = _("Enter the firm's name.")
        self.fields["email"].error_messages["required"] = WRONG_ADDRESS


class PasteForm(forms.Form):
    """A list of firms, pasted."""

    pasted = forms.CharField(
        label=_("Or paste a list"),
        required=False,
        help_text=_("One firm a line: name; address; language. Copied from a spreadsheet it works as well."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LetterForm(forms.Form):
    """Where a letter goes."""

    address = forms.CharField(
        label=_("Registered address"), max_length=500, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})
    )
