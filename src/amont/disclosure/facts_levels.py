"""From which level each kind of fact shows (disclosure rule, section 2): this table and no other."""

from enum import StrEnum
from typing import Self

from amont.disclosure.levels import Level


class Fact(StrEnum):
    """A kind of fact about an item, its owner or its link, and the level from which it shows."""

    shows_from: Level

    def __new__(cls, value: str, shows_from: Level) -> Self:
        """Make a kind of fact: a text that knows its level."""
        fact = str.__new__(cls, value)
        fact._value_ = value
        fact.shows_from = shows_from
        return fact

    COUNTRY = "country", Level.ORIGIN
    STEP = "step", Level.ORIGIN
    FAMILY = "family", Level.ORIGIN
    PSEUDONYM = "pseudonym", Level.NAMELESS
    CHAIN_END = "chain_end", Level.NAMELESS
    SHARE_BAND = "share_band", Level.NAMELESS
    SCHEME = "certificate_scheme", Level.NAMELESS
    SCHEME_VALID = "certificate_valid_in_quarter", Level.NAMELESS
    STATED_SOURCE = "stated_source", Level.NAMELESS
    ORGANIZATION = "organization", Level.NAMED
    NAME = "item_name", Level.NAMED
    PUBLIC_ID = "public_id", Level.NAMED
    SITE = "site_and_town", Level.NAMED
    CERTIFICATE_NUMBER = "certificate_number", Level.NAMED
    CERTIFICATE_DATES = "certificate_dates", Level.NAMED
    INPUT_NAME = "input_name", Level.NAMED
    COORDINATES = "coordinates_and_plots", Level.FULL
    DOCUMENT = "document", Level.FULL
    SHARE = "exact_share_and_volume", Level.FULL
    STOCK = "stock", Level.FULL
    SWITCH = "time_to_switch", Level.FULL
    CONTACT = "contact_person", Level.FULL


SHOWS_FROM: dict[Fact, Level] = {fact: fact.shows_from for fact in Fact}


def shows(fact: Fact, level: int) -> bool:
    """Tell whether this kind of fact shows at this level."""
    return level >= SHOWS_FROM[fact]
