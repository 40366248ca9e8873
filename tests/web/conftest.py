"""What tests of pages share."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account

Opened = Callable[..., Viewer]
SignedIn = Callable[[Viewer], Client]


@pytest.fixture
def opened(db: None) -> Opened:  # noqa: ARG001 - rows need the database
    """Open an account by a first name: `opened("claire", firm="Maison Claire")`."""

    def make(name: str, *, firm: str | None = None, country: str = "FR", language: str = "en") -> Viewer:
        return open_account(
            email=f"{name}@firm.example",
            person_name=name.title(),
            organization_name=firm or f"Maison {name.title()}",
            country=country,
            language=language,
        )

    return make


@pytest.fixture
def signed_in() -> SignedIn:
    """Return a client in which this viewer's person is signed in."""

    def let_in(viewer: Viewer) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(pk=viewer.person_id))
        return client

    return let_in
