"""The five levels of how much of an item a viewer gets."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How much of an item a viewer gets (disclosure rule, section 2)."""

    SEALED = 0
    ORIGIN = 1
    NAMELESS = 2
    NAMED = 3
    FULL = 4


class Covers(StrEnum):
    """What a grant is about: "who I am" or "whom I buy from"."""

    IDENTITY = "identity"
    SOURCING = "sourcing"


class Audience(StrEnum):
    """For whom a grant or a default is: one organization, or a group that the walk knows."""

    ORGANIZATION = "organization"
    CUSTOMERS = "customers"
    REQUESTERS = "requesters"
    CHAIN = "chain"
