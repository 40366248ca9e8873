"""All that a viewer receives for one request, with clock and chance held still.

Chance is drawn from a stream of each request's own: what others drew before changes nothing. No output is normalized.
"""

import os
import random
import re
import secrets
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Protocol
from unittest.mock import patch
from zipfile import ZipFile, is_zipfile

import time_machine
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from amont.kernel import ids
from amont.post.models import Mail
from amont.sight.cut import pseudonyms


class Keyed(Protocol):
    """What says which row is which key."""

    def keys(self, kind: str) -> dict[int, str]:
        """Return the keys of rows of one kind."""
        ...


LISTS = re.compile(r"\((?:%s|\?)(?:, ?(?:%s|\?))*\)")
ROWS = re.compile(r"(\(…\))(?:, \(…\))+")
SAVEPOINTS = re.compile(r"SAVEPOINT|TRANSACTION")


@dataclass(frozen=True)
class Asked:
    """One request: by which method, which address, with which form."""

    route: str
    method: str
    url: str
    form: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.method} {self.url} {dict(self.form) or ''}".strip()


@contextmanager
def still(seed: str, at: datetime) -> Iterator[None]:
    """Hold the clock, and draw all chance from this seed."""
    dice = random.Random(seed)  # noqa: S311 - repeatable on purpose
    with (
        time_machine.travel(at, tick=False),
        patch.object(secrets, "choice", dice.choice),
        patch.object(secrets, "token_bytes", lambda count=32: dice.randbytes(count)),
        patch.object(secrets, "token_hex", lambda count=32: dice.randbytes(count).hex()),
        patch.object(secrets, "token_urlsafe", lambda count=32: dice.randbytes(count).hex()),
        patch.object(secrets, "randbelow", dice.randrange),
        patch.object(os, "urandom", dice.randbytes),
        patch.object(uuid, "uuid4", lambda: uuid.UUID(int=dice.getrandbits(128))),
        ids.seeded(dice.getrandbits(64)),
    ):
        yield


@contextmanager
def pseudonyms_by_key(loaded: Keyed, alias: dict[str, str]) -> Iterator[None]:
    """Make pseudonyms, and the hash in a link to a new password, of keys in place of row numbers.

    Both are keyed hashes, of which nothing of a row's number can be told; all else stays as the product has it.
    """
    true = pseudonyms._keyed
    firms, items = loaded.keys("organization"), loaded.keys("item")

    def keyed(*words: str | int) -> str:
        of = {"item": items, "firm": firms}[str(words[0])]
        places = [firms, of, items]
        told = [keys.get(int(word), "") for keys, word in zip(places, words[1:], strict=False)]
        return true(words[0], told[0], *(alias.get(each, each) for each in told[1:]))

    of_person = EmailAwarePasswordResetTokenGenerator._make_hash_value

    def hashed(self: Any, user: Any, timestamp: int) -> str:
        text: str = of_person(self, user, timestamp)
        return text.replace(str(user.pk), user.public_id, 1)

    with (
        patch.object(pseudonyms, "_keyed", keyed),
        patch.object(EmailAwarePasswordResetTokenGenerator, "_make_hash_value", hashed),
    ):
        yield


def unpacked(body: bytes) -> object:
    """Return a body, and if it is a zip file each member with all that the archive says of it."""
    if not is_zipfile(BytesIO(body)):
        return body
    with ZipFile(BytesIO(body)) as parts:
        return [
            (each.filename, each.date_time, each.comment, each.external_attr, parts.read(each))
            for each in parts.infolist()
        ] + [body]


@dataclass
class Observer:
    """Somebody's browser and mailbox on one loaded world."""

    at: datetime
    person: int | None
    addresses: frozenset[str]
    accept: str = "fr"

    def __post_init__(self) -> None:
        with still("session", self.at):
            self.client = Client(raise_request_exception=False, headers={"accept-language": self.accept})
            if self.person is not None:
                self.client.force_login(get_user_model().objects.get(pk=self.person))
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def observe(self, asked: Asked, *, chance: str = "") -> dict[str, Any]:
        """Return all that comes back for a request, mails to the viewer and queries by template included."""
        last = Mail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        queries: Counter[str] = Counter()

        def count(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
            if not SAVEPOINTS.search(sql):
                queries[ROWS.sub(r"\1", LISTS.sub("(…)", sql))] += 1
            return execute(sql, params, many, context)

        with still(chance or str(asked), self.at), connection.execute_wrapper(count):
            sent = {"data": dict(asked.form)} if asked.method == "POST" else {}
            answer = getattr(self.client, asked.method.lower())(asked.url, **sent)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        mails = Mail.objects.filter(pk__gt=last, to__in=self.addresses).order_by("pk")
        return {
            "status": f"{answer.status_code} {answer.reason_phrase}",
            "headers": list(answer.items()),
            "cookies": answer.cookies.output(),
            "body": unpacked(body),
            "mails": [(row.to, row.subject, row.text, row.reply_to, row.language, row.message_id) for row in mails],
            "queries": dict(queries),
        }

    def again(self) -> None:
        """Forget cookies that were set meanwhile: each request is a first one."""
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
