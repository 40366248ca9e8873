"""The pages of the founding in their order: which forms each shows, and what it keeps of them."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Any

from django.forms import BaseForm, formset_factory
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amont.consortia import lists, rules
from amont.kernel import clock
from amont.web.found import forms
from amont.web.found.drafts import FLOOR_ROWS, MEMBER_ROWS, Draft
from amont.web.found.pasting import pasted
from amont.web.found.present import question_words


class StepPage(ABC):
    """One page: its forms by name, and the plain values that are kept of them."""

    code: str
    word: Promise
    template: str

    @abstractmethod
    def forms(self, draft: Draft, said: QueryDict | None) -> dict[str, Any]:
        """Return the page's forms, filled with the draft or with what was sent."""

    @abstractmethod
    def values(self, shown: dict[str, Any]) -> object:
        """Return what is kept of valid forms."""

    def check(self, shown: dict[str, Any]) -> bool:
        """Tell whether what was sent does, and put beside the fields what does not."""
        return all([form.is_valid() for form in shown.values()])  # noqa: C419 - every form shows its errors

    def beside(self, draft: Draft) -> dict[str, Any]:
        """Return what else the page shows."""
        del draft
        return {}


class TemplatePage(StepPage):
    """Sector and name."""

    code, word = "template", gettext_lazy("Sector and name")
    template = "found/step_template.html"

    def forms(self, draft: Draft, said: QueryDict | None) -> dict[str, Any]:
        """Open with the first sector."""
        initial = {"template": draft.sector.code, **draft.pages.get(self.code, {})}
        return {"form": forms.TemplateForm(said, initial=initial, sector=draft.sector)}

    def values(self, shown: dict[str, Any]) -> object:
        """Keep what was said."""
        return shown["form"].cleaned_data


class CharterPage(StepPage):
    """Who sees what."""

    code, word = "charter", gettext_lazy("Who sees what")
    template = "found/step_charter.html"

    def forms(self, draft: Draft, said: QueryDict | None) -> dict[str, Any]:
        """Open with what the sector proposes."""
        levels = {each: getattr(draft.charter, each) for each in ("customers", "requesters", "chain")}
        return {"form": forms.CharterForm(said, initial=levels, sector=draft.sector)}

    def values(self, shown: dict[str, Any]) -> object:
        """Keep the levels."""
        return shown["form"].cleaned_data


class FamiliesPage(StepPage):
    """Families at risk, minimums, targets."""

    code, word = "families", gettext_lazy("Families and targets")
    template = "found/step_families.html"

    def forms(self, draft: Draft, said: QueryDict | None) -> dict[str, Any]:
        """Open with what the sector proposes and three rows for minimums."""
        charter = draft.charter
        fields = ("families_at_risk", "target_partners", "target_lines", "target_on")
        initial = {each: getattr(charter, each) for each in fields}
        rows = [{"family": each.family, "level": each.level} for each in charter.floors]
        floors = formset_factory(forms.FloorForm, extra=max(1, FLOOR_ROWS - len(rows)), max_num=20)
        return {
            "form": forms.FamiliesForm(said, initial=initial, sector=draft.sector),
            "floors": floors(said, initial=rows, prefix="floors", form_kwargs={"sector": draft.sector}),
        }

    def check(self, shown: dict[str, Any]) -> bool:
        """Refuse a family that stands twice, and a day that is past."""
        if not super().check(shown):
            return False
        seen: set[str] = set()
        for row in shown["floors"]:
            family = row.cleaned_data.get("family", "")
            if family and family in seen:
                row.add_error("family", _("A family stands once among the minimums."))
            seen.add(family)
        chosen: date | None = shown["form"].cleaned_data["target_on"]
        if chosen and chosen <= clock.today():
            shown["form"].add_error("target_on", _("Choose a day to come."))
        return super().check(shown)

    def values(self, shown: dict[str, Any]) -> object:
        """Keep families, minimums that were filled in, and targets."""
        said = shown["form"].cleaned_data
        rows = [row.cleaned_data for row in shown["floors"] if row.cleaned_data.get("family")]
        return {
            **said,
            "target_on": said["target_on"].isoformat() if said["target_on"] else "",
            "floors": [[row["family"], row["level"]] for row in rows],
        }


class QuestionsPage(StepPage):
    """What each line is asked for, and what that costs."""

    code, word = "questions", gettext_lazy("Questions")
    template = "found/step_questions.html"

    def forms(self, draft: Draft, said: QueryDict | None) -> dict[str, Any]:
        """Open with what the sector proposes."""
        return {"form": forms.QuestionsForm(said, initial={"questions": draft.charter.questions}, sector=draft.sector)}

    def values(self, shown: dict[str, Any]) -> object:
        """Keep the questions' codes."""
        return shown["form"].cleaned_data["questions"]

    def beside(self, draft: Draft) -> dict[str, Any]:
        """Say what each question is for and costs, and what those chosen cost."""
        language = get_language() or "en"
        chosen = lists.question_set(
            draft.charter.questions, floored=bool(draft.charter.floors), sector_code=draft.sector.code
        )
        asked = lists.questions(draft.sector.code)
        minutes = sum(each.minutes for each in chosen)
        return {
            "asked": [question_words(each, language, chosen=each in chosen) for each in asked],
            "number": len(chosen),
            "minutes": minutes,
            "heavy": rules.is_heavy(minutes, len(chosen)),
            "family_added": "family" in {each.code for each in chosen} - set(draft.charter.questions),
        }


class MembersPage(StepPage):
    """Firms to invite."""

    code, word = "members", gettext_lazy("Members")
    template = "found/step_members.html"

    def forms(self, draft: Draft, said: QueryDict | None) -> dict[str, Any]:
        """Open with the rows that are there and some empty ones."""
        rows = formset_factory(forms.MemberForm, extra=MEMBER_ROWS, max_num=500)
        initial = [dict(each) for each in draft.members]
        return {"rows": rows(said, initial=initial, prefix="members"), "paste": forms.PasteForm(said)}

    def check(self, shown: dict[str, Any]) -> bool:
        """Read the pasted list as well; say of each line what is wrong with it."""
        if not super().check(shown):
            return False
        language = get_language() or "en"
        for each in pasted(shown["paste"].cleaned_data["pasted"], language=language):
            row = forms.MemberForm({"firm": each.firm, "email": each.email, "language": each.language})
            for error in _first(row):
                shown["paste"].add_error("pasted", _("Line %(n)s: %(error)s") % {"n": each.line, "error": error})
        return super().check(shown)

    def values(self, shown: dict[str, Any]) -> object:
        """Keep each address once."""
        rows = [row.cleaned_data for row in shown["rows"] if row.cleaned_data.get("email")]
        language = get_language() or "en"
        rows += [
            {"firm": each.firm, "email": each.email, "language": each.language}
            for each in pasted(shown["paste"].cleaned_data["pasted"], language=language)
        ]
        kept = {
            row["email"].lower(): {**row, "email": row["email"].lower(), "language": row["language"] or language}
            for row in rows
        }
        return list(kept.values())


def _first(form: BaseForm) -> list[str]:
    return [str(messages[0]) for messages in form.errors.values()][:1]


PAGES: tuple[StepPage, ...] = (TemplatePage(), CharterPage(), FamiliesPage(), QuestionsPage(), MembersPage())


def page_of(code: str) -> StepPage | None:
    """Return the page of a step, or None."""
    return next((each for each in PAGES if each.code == code), None)


def after(page: StepPage) -> str:
    """Return the code of the step that comes next, "review" after the last."""
    codes = [*(each.code for each in PAGES), "review"]
    return codes[codes.index(page.code) + 1]


def before(code: str) -> str:
    """Return the code of the step before, empty before the first."""
    codes = ["", *(each.code for each in PAGES), "review"]
    return codes[codes.index(code) - 1]


def progress(code: str) -> list[tuple[str, Promise, bool]]:
    """Return all steps in their order: code, word, and whether it is this one."""
    words = [(each.code, each.word) for each in PAGES]
    words.append(("review", gettext_lazy("Check and found")))
    return [(each, word, each == code) for each, word in words]
