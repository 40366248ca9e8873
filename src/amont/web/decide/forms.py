"""Forms of proposals: what is to change, why, from which day."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amont.consortia import lists
from amont.consortia.facts import CharterChange, CharterFacts, FloorChoice
from amont.web.found import words
from amont.web.found.grouping import grouped

FLOOR = "floor_"
LAST = ("reason", "in_force_on")


class ProposalForm(forms.Form):
    """What every proposal says."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        help_text=_("Members read it with the notice."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    in_force_on = forms.DateField(
        label=_("In force from"),
        help_text=_("A day after the votes are counted. Links accepted before stay as they are."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, charter: CharterFacts, sector: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Start from the charter in force; `sector` is the template whose questions are offered."""
        self.charter, self.sector = charter, sector
        self.language = get_language() or "en"
        super().__init__(*args, **kwargs)
        self.offer()
        self.order_fields([name for name in self.fields if name not in LAST])

    def offer(self) -> None:
        """Fill the fields from the charter in force."""

    @property
    def plain(self) -> list[forms.BoundField]:
        """Return the fields of what is to change, one by one; `reason` and `in_force_on` come last."""
        return [self[name] for name in self.fields if name not in LAST and not name.startswith(FLOOR)]


class CharterForm(ProposalForm):
    """Who sees what, minimums, and how members decide."""

    customers = forms.TypedChoiceField(
        label=_("Those who buy from a supplier see"), coerce=int, choices=list(words.CUSTOMERS.items())
    )
    requesters = forms.TypedChoiceField(
        label=_("Those who asked, and whose request was answered all the way, see"),
        coerce=int,
        choices=list(words.REQUESTERS.items()),
    )
    chain = forms.TypedChoiceField(
        label=_("Anyone else further down the chain sees"), coerce=int, choices=list(words.CHAIN.items())
    )
    quorum = forms.IntegerField(label=_("Members that must have voted, in percent"), min_value=1, max_value=100)
    majority = forms.IntegerField(label=_("Share of yes that must be exceeded, in percent"), min_value=50, max_value=99)
    notice_days = forms.IntegerField(label=_("Days of notice"), min_value=7, max_value=90)

    def offer(self) -> None:
        """Offer a minimum for each family, and say what stands today."""
        for name in ("requesters", "chain", "quorum", "majority", "notice_days"):
            self.fields[name].initial = getattr(self.charter, name)
        self.fields["customers"].initial = max(3, self.charter.customers)
        stands = {each.family: each.level for each in self.charter.floors}
        for family in self.charter.families:
            self.fields[FLOOR + family.code] = forms.TypedChoiceField(
                label=family.label(self.language),
                required=False,
                coerce=int,
                empty_value="",
                initial=stands.get(family.code, ""),
                choices=[("", _("no minimum")), *words.ALL_FLOORS.items()],
            )

    @property
    def minimums(self) -> list[forms.BoundField]:
        """Return the fields of families, which stand together."""
        return [self[name] for name in self.fields if name.startswith(FLOOR)]

    @property
    def change(self) -> CharterChange:
        """Return what is to change."""
        said = self.cleaned_data
        names = ("requesters", "chain", "quorum", "majority", "notice_days")
        least = max(3, self.charter.customers)
        floors = [(name.removeprefix(FLOOR), said[name]) for name in self.fields if name.startswith(FLOOR)]
        return CharterChange(
            customers=None if said["customers"] == least else said["customers"],
            floors=tuple(FloorChoice(family, level) for family, level in floors if level),
            **{name: said[name] for name in names},
        )


class QuestionsForm(ProposalForm):
    """What each line is asked for."""

    questions = forms.MultipleChoiceField(
        label=_("Questions for each line"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Ask at least one question.")},
    )

    def offer(self) -> None:
        """Offer all questions, those of today chosen."""
        asked = self.fields["questions"]
        asked.choices = grouped(lists.questions(self.sector), self.language)  # type: ignore[attr-defined]
        asked.initial = [each.code for each in self.charter.questions]

    @property
    def minimums(self) -> list[forms.BoundField]:
        """Return the fields of families, which stand together."""
        return [self[name] for name in self.fields if name.startswith(FLOOR)]

    @property
    def change(self) -> CharterChange:
        """Return what is to change."""
        return CharterChange(questions=tuple(self.cleaned_data["questions"]))


AnyForm = CharterForm | QuestionsForm
FORMS: dict[str, type[AnyForm]] = {"charter": CharterForm, "questions": QuestionsForm}
