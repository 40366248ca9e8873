"""The same request sent twice by a program, told by its key: done once, answered twice."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from amont.kernel import clock, ids
from amont.kernel.errors import Refused
from amont.parties import rules
from amont.parties.facts import Answered, Bearer
from amont.parties.models import KeptAnswer


def answered_before(bearer: Bearer, key: str, *, request: str) -> Answered | None:
    """Take a key for a request (all that it says, as text), or return what was answered to it before.

    Runs in the transaction that does what is asked: whoever comes with the same key waits for its end. A key is free
    again after a day. Raises `Refused` for a key that came with another request.
    """
    digest, now = ids.digest_of(request), clock.now()
    KeptAnswer.objects.filter(token_id=bearer.key, key=key, kept_at__lte=now - rules.KEPT_FOR).delete()
    try:
        with transaction.atomic():
            KeptAnswer.objects.create(token_id=bearer.key, key=key, digest=digest, kept_at=now)
    except IntegrityError:
        row = KeptAnswer.objects.get(token_id=bearer.key, key=key)
        if row.digest != digest:
            raise Refused({"": [_("This key came with another request before.")]}) from None
        return Answered(row.status, row.media_type, row.body)
    return None


def keep_answer(bearer: Bearer, key: str, answer: Answered) -> None:
    """Keep what was answered to the request of a key, in the transaction that took the key."""
    KeptAnswer.objects.filter(token_id=bearer.key, key=key).update(
        status=answer.status, media_type=answer.media_type, body=answer.body
    )


def forget_answers() -> int:
    """Forget what was answered more than a day ago, and return how many answers that were."""
    return KeptAnswer.objects.filter(kept_at__lte=clock.now() - rules.KEPT_FOR).delete()[0]
