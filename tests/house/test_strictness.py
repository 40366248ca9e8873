"""The strictness that all page tests suffer does bite."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path

from amont.ledger.models import Head
from strictness import Unknown, WroteWhileReading, refuse_writes

pytestmark = pytest.mark.django_db


@login_not_required
def writes(_request: HttpRequest) -> HttpResponse:
    Head(pk=1).save(force_insert=True)
    return HttpResponse("written")


urlpatterns = [path("writes/", writes)]
here = override_settings(ROOT_URLCONF=__name__)


@here
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_that_writes_while_reading_is_caught(client: Client, method: str) -> None:
    with pytest.raises(WroteWhileReading), transaction.atomic():
        getattr(client, method)("/writes/")
    assert not Head.objects.exists()


@here
def test_a_page_may_write_when_something_is_sent(client: Client) -> None:
    assert client.post("/writes/").status_code == 200


def test_reading_and_the_session_are_let_through() -> None:
    with connection.execute_wrapper(refuse_writes), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("DELETE FROM django_session WHERE session_key = 'none'")
        with pytest.raises(WroteWhileReading):
            cursor.execute("UPDATE ledger_head SET sequence = 1")


def test_an_unknown_variable_is_no_silence() -> None:
    assert isinstance(engines["django"].engine.string_if_invalid, Unknown)
