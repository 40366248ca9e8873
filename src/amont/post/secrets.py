"""The secrets by which calls are signed: made from the server's own key, and stored nowhere."""

from base64 import b64encode

from django.conf import settings
from django.utils.crypto import salted_hmac

PREFIX = "whsec_"


def secret_of(hook: str, turn: int) -> str:
    """Return the secret of a hook (public id) after so many rotations, as Standard Webhooks writes it."""
    made = salted_hmac("amont.post.hook", f"{hook} {turn}", secret=settings.SECRET_KEY, algorithm="sha256")
    return PREFIX + b64encode(made.digest()).decode()
