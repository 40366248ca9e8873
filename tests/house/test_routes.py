"""Who may come to a page: signed in by default; public pages are listed; signed-in pages are never stored."""

import pytest
from django.conf import settings
from django.urls import reverse

from house.routes import Route, routes

PUBLIC = {
    "shell:first",
    "shell:language",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_request_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "openid_connect_login",
    "openid_connect_callback",
    "account:join",
    "answer:reminders",
    "answer:copied",
    "answer:replied",
    "answer:invitation",
    "answer:begin",
    "answer:account",
    "answer:forward",
    "answer:decline",
    "answer:confirm",
    "answer:fresh",
    "answer:by_link",
    "buy:quote",
    "found:start",
    "found:sent",
    "found:open",
    "found:seat",
    "found:seat_mail",
}
"""Pages for who has no account yet, or is not signed in; each is there because its story begins outside."""

BY_TOKEN = {route.name for route in routes() if route.name.startswith("api:")}
"""What programs ask: who comes is told by a token, not by a session."""

SAYS_NOTHING_OF_ANYBODY = {"api:openapi", "api:nothing"}

SIGNED_IN = [route for route in routes() if not route.is_public]


def test_public_pages_are_those_of_the_list() -> None:
    assert {route.name for route in routes() if route.is_public} == PUBLIC | BY_TOKEN


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BY_TOKEN - SAYS_NOTHING_OF_ANYBODY))
@pytest.mark.parametrize("method", ["get", "post", "patch", "delete"])
def test_without_a_token_the_api_lets_nobody_in(client: object, name: str, method: str) -> None:
    route = next(each for each in routes() if each.name == name)
    answer = getattr(client, method)(reverse(name, kwargs=dict.fromkeys(route.parameters, "nothing")))
    assert answer.status_code in {401, 405}


def test_signing_in_is_asked_for_by_default() -> None:
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


@pytest.mark.django_db
@pytest.mark.parametrize("route", SIGNED_IN, ids=lambda route: route.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_that_is_not_public_sends_nobody_to_sign_in(client: object, route: Route, method: str) -> None:
    url = reverse(route.name, kwargs=dict.fromkeys(route.parameters, "nothing"))
    answer = getattr(client, method)(url)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse(settings.LOGIN_URL))
