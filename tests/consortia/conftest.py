"""What tests of consortia share."""

import re
from collections.abc import Callable

import pytest

from amont.consortia import actions
from amont.consortia.facts import ConsortiumFacts
from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from amont.post.models import Mail


@pytest.fixture
def firm(db: None) -> Callable[[str], Viewer]:  # noqa: ARG001 - rows need the database
    """Open an account: `firm("claire")` acts for Maison Claire."""

    def make(name: str) -> Viewer:
        return open_account(
            email=f"{name}@firm.example",
            person_name=name.title(),
            organization_name=f"Maison {name.title()}",
            country="FR",
            language="en",
        )

    return make


@pytest.fixture
def claire(firm: Callable[[str], Viewer]) -> Viewer:
    """The founder."""
    return firm("claire")


@pytest.fixture
def beauty(claire: Viewer) -> ConsortiumFacts:
    """A consortium that Claire founded from the cosmetics template."""
    return actions.found(claire, name="Clear beauty", template="cosmetics")


def last_token(kind: str) -> str:
    """Return the token of the last link of a kind that was mailed."""
    text = Mail.objects.order_by("-pk").first().text  # type: ignore[union-attr]
    found = re.search(rf"/{kind}/([^/\s]+)/", text)
    assert found, text
    return found[1]
