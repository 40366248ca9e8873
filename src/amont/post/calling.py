"""The call itself: a name is looked up once, the address that was found is called, and no redirect is followed."""

import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from threading import Timer

from amont.post import rules

SECONDS = 5.0
SECONDS_IN_ALL = 15.0
_CONTEXT = ssl.create_default_context()


class NotCalled(Exception):
    """The call did not come to an answer; the message is a word for it, never what the network said."""


class _Pinned(HTTPConnection):
    """A connection to one address, checked by the name's certificate."""

    default_port = 443

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.address = address

    def connect(self) -> None:
        """Connect to the address that was looked up, and to no other."""
        plain = socket.create_connection((self.address, self.port), timeout=SECONDS)
        self.sock = _CONTEXT.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """End a call that takes too long."""
        if self.sock is not None:
            self.sock.close()


def address_of(host: str, port: int) -> str:
    """Return the one address of a name that is called. Raises `NotCalled` where one of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotCalled("unknown_name") from None  # noqa: EM101 - a word, not a message
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(rules.is_public(each) for each in addresses):
        raise NotCalled("not_public")  # noqa: EM101
    return addresses[0]


def call(url: str, body: str, headers: Mapping[str, str]) -> int:
    """Send a body to an address and return the status. Raises `NotCalled`."""
    target = rules.target(url)
    if target is None:
        raise NotCalled("not_public")  # noqa: EM101
    host, port, path = target
    connection = _Pinned(host, port, address_of(host, port))
    deadline = Timer(SECONDS_IN_ALL, connection.cut)
    deadline.daemon = True
    deadline.start()
    try:
        connection.request("POST", path, body.encode(), {"Content-Type": "application/json", **headers})
        return connection.getresponse().status
    except ssl.SSLError:
        raise NotCalled("no_trust") from None  # noqa: EM101
    except (OSError, HTTPException, ValueError):
        raise NotCalled("no_answer") from None  # noqa: EM101
    finally:
        deadline.cancel()
        connection.close()
