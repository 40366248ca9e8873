"""States of requests and of their lines, in words."""

from django import template
from django.utils.functional import Promise

from amont.requests.facts import InvitationState
from amont.web.ask.states import LINES, STATES

register = template.Library()


@register.filter
def state_word(state: InvitationState) -> Promise:
    """Say where a request is."""
    return STATES[state]


@register.filter
def line_word(status: str) -> Promise:
    """Say where a line of a request is."""
    return LINES[status]
