"""Tables of requests: what is asked, line by line; what its owner says, once; what was let out to whom."""

from amont.requests.models.answers import Answer, ColleagueAsked, Release
from amont.requests.models.asking import Draft, Pause, Reminder, Request, RequestLine
from amont.requests.models.recognized import Recognized

__all__ = ["Answer", "ColleagueAsked", "Draft", "Pause", "Recognized", "Release", "Reminder", "Request", "RequestLine"]
