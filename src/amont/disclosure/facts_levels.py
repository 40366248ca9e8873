"""From which level each kind of fact shows (disclosure rule, section 2): this table and no other."""

from enum import StrEnum

from amont.disclosure.levels import Level


class Fact(StrEnum):
    """A kind of fact about an item, its owner or its link."""

    COUNTRY = "country"
    STEP = "step"
    FAMILY = "family"
    PSEUDONYM = "pseudonym"
    CHAIN_END = "chain_end"
    SHARE_BAND = "share_band"
    SCHEME = "certificate_scheme"
    SCHEME_VALID = "certificate_valid_in_quarter"
    STATED_SOURCE = "stated_source"
    ORGANIZATION = "organization"
    NAME = "item_name"
    PUBLIC_ID = "public_id"
    SITE = "site_and_town"
    CERTIFICATE_NUMBER = "certificate_number"
    CERTIFICATE_DATES = "certificate_dates"
    INPUT_NAME = "input_name"
    COORDINATES = "coordinates_and_plots"
    DOCUMENT = "document"
    SHARE = "exact_share_and_volume"
    STOCK = "stock"
    SWITCH = "time_to_switch"
    CONTACT = "contact_person"


SHOWS_FROM: dict[Fact, Level] = {
    Fact.COUNTRY: Level.ORIGIN,
    Fact.STEP: Level.ORIGIN,
    Fact.FAMILY: Level.ORIGIN,
    Fact.PSEUDONYM: Level.NAMELESS,
    Fact.CHAIN_END: Level.NAMELESS,
    Fact.SHARE_BAND: Level.NAMELESS,
    Fact.SCHEME: Level.NAMELESS,
    Fact.SCHEME_VALID: Level.NAMELESS,
    Fact.STATED_SOURCE: Level.NAMELESS,
    Fact.ORGANIZATION: Level.NAMED,
    Fact.NAME: Level.NAMED,
    Fact.PUBLIC_ID: Level.NAMED,
    Fact.SITE: Level.NAMED,
    Fact.CERTIFICATE_NUMBER: Level.NAMED,
    Fact.CERTIFICATE_DATES: Level.NAMED,
    Fact.INPUT_NAME: Level.NAMED,
    Fact.COORDINATES: Level.FULL,
    Fact.DOCUMENT: Level.FULL,
    Fact.SHARE: Level.FULL,
    Fact.STOCK: Level.FULL,
    Fact.SWITCH: Level.FULL,
    Fact.CONTACT: Level.FULL,
}


def shows(fact: Fact, level: int) -> bool:
    """Tell whether this kind of fact shows at this level."""
    return level >= SHOWS_FROM[fact]
