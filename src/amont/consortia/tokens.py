"""The two links of a seat: the one that is mailed, and the one that a coordinator may copy.

Both are signed over the seat's public id. Only the mailed one proves that its holder reads the address: the
coordinator holds the other, and must neither take a seat for somebody nor learn whether an address has an account.
"""

from django.core.signing import BadSignature, Signer

_MAILED = Signer(salt="amont.consortia.seat.mailed", sep=".")
_COPIED = Signer(salt="amont.consortia.seat.copied", sep=".")


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
