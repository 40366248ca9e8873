"""What an address asks for, read without trust."""

from django.http import HttpRequest

from amont.insight.dependence.scenario import Scenario
from amont.insight.facts_dependence import Kind, Reading, Scope
from amont.insight.indexes import known
from amont.insight.sovereignty import scenario_of
from amont.web.depend.forms import ScenarioForm


def scope(request: HttpRequest) -> Scope:
    """Return what is counted; without a word, or with a strange one, what is confirmed."""
    said = request.GET.get("scope", "")
    return Scope(said) if said in set(Scope) else Scope.CONFIRMED


def kind(request: HttpRequest) -> Kind:
    """Return which kind of thing stops; without a word, or with a strange one, firms."""
    said = request.GET.get("kind", "")
    return Kind(said) if said in {Kind.COUNTRY, Kind.FIRM, Kind.SITE, Kind.ITEM} else Kind.FIRM


def reading(request: HttpRequest) -> Reading:
    """Return the reading; without a word, or with a strange one, every input is needed."""
    said = request.GET.get("reading", "")
    return Reading(said) if said in set(Reading) else Reading.EVERY_INPUT


def danger(request: HttpRequest) -> known.Kind:
    """Return which kind of danger; without a word, or with a strange one, the geopolitical kind."""
    said = request.GET.get("kind", "")
    return known.Kind(said) if said in set(known.Kind) else known.Kind.GEOPOLITICAL


def page(request: HttpRequest) -> int:
    """Return the number of the page."""
    said = request.GET.get("page", "")
    return int(said) if said.isascii() and said.isdigit() else 1


def scenario(form: ScenarioForm) -> Scenario:
    """Return the scenario of a form that is valid. Raises `Refused` for a region that is none."""
    said = form.cleaned_data
    codes = {each: frozenset(said[each.value]) for each in (Kind.COUNTRY, Kind.FAMILY, Kind.FIRM, Kind.SITE)}
    return scenario_of(codes, around=said["around"], km=said["km"], corners=said["corners"])
