"""The two links of a seat, the one that is mailed and the one that a coordinator may copy, and a founder's link.

Those of a seat are signed over the seat's public id. Only the mailed one proves that its holder reads the address: the
coordinator holds the other, and must neither take a seat for somebody nor learn whether an address has an account.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from amont.kernel.errors import NotKnown, Refused

_MAILED = Signer(salt="amont.consortia.seat.mailed", sep=".")
_COPIED = Signer(salt="amont.consortia.seat.copied", sep=".")
_STARTING = Signer(salt="amont.consortia.starting", sep=".")


def mailed(seat: str) -> str:
    """Return the token of the mailed link."""
    return _MAILED.sign(seat)


def copied(seat: str) -> str:
    """Return the token of the link that the coordinator may copy."""
    return _COPIED.sign(seat)


def read(token: str) -> tuple[str, bool] | None:
    """Return the seat's public id and whether the token is the mailed one; None for anything else."""
    for signer, proves in ((_MAILED, True), (_COPIED, False)):
        try:
            return signer.unsign(token), proves
        except BadSignature:
            continue
    return None


def starting(email: str, until: datetime) -> str:
    """Return the token of the link that lets the reader of an address found a consortium, until a moment."""
    return _STARTING.sign_object({"email": email, "until": until.isoformat()})


def started(token: str, now: datetime) -> str:
    """Return the address that a founder's link proves. Raises `NotKnown`, and `Refused` once it has expired."""
    try:
        said = _STARTING.unsign_object(token)
    except BadSignature:
        raise NotKnown from None
    if now >= datetime.fromisoformat(said["until"]):
        raise Refused(_("This link has expired. Enter your address once more."))
    return str(said["email"])
