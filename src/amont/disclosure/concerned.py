"""Whether what was sent to another address concerns the viewer's own firm, and what proves that."""

from amont.kernel.folding import folded

SHORTEST = 3
"""A mail domain shorter than this bears no firm's name."""
_OF_NOBODY = frozenset({"co", "com", "org", "net", "gov", "gouv", "asso", "mail", "www"})


def house_of(proved: str, *, firm: str, everybodys: frozenset[str]) -> str:
    """Return the mail domain that a proved address shows to be the firm's own, "" where it shows nothing.

    The domain must bear the firm's name (`firm`, without its legal form) and be none at which anybody gets an address
    (`everybodys`): whoever opens an account types its name, but nobody else has a mailbox under the firm's domain.
    """
    domain = proved.rpartition("@")[2].lower()
    labels = [each for each in domain.split(".")[:-1] if each not in _OF_NOBODY]
    if not labels or everybodys & set(labels):
        return ""
    label, name = folded(labels[-1]).replace(" ", ""), folded(firm).replace(" ", "")
    bears = len(label) >= SHORTEST and (label in name or (len(name) > SHORTEST and name in label))
    return domain if bears else ""


def is_concerned(house: str, *, sent_to: str, one_firm: bool) -> bool:
    """Tell whether an invitation is shown to a firm that did not get it: sent into its own house, and under its name.

    `one_firm`: whether the name that the asker wrote and the firm's own are one, nothing speaking against it. Each
    alone proves too little: others bear the name, and a house may hold several firms.
    """
    return bool(house) and one_firm and sent_to.rpartition("@")[2].lower() == house
