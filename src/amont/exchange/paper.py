"""Paper: a page in HTML becomes PDF/UA, the same bytes from the same page; it reads nothing from anywhere else."""

from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from amont.kernel.errors import Refused

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

STYLE = Path(__file__).parent / "data" / "paper.css"
NEEDED = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""The Debian packages without which no page becomes a PDF."""
_FONTS = "fonts:"


def as_pdf(page: str) -> bytes:
    """Return an HTML page as PDF by PDF/UA-1, in the style of paper, tagged, with its title and language.

    The page says its own date (`<meta name="dcterms.created">`): no clock is read, and the same page is the same
    bytes under the same versions of the libraries. Fonts are those that ship; an address in the page is not
    followed, whatever it is. Raises `Refused` where the system's libraries are missing (`NEEDED`).
    """
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - without system libraries all but paper works
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as above
    except OSError as trouble:
        said = _("No PDF can be made here: Debian's packages %(names)s are missing. Tell whoever runs this platform.")
        raise Refused(said % {"names": NEEDED}) from trouble
    fetcher, fonts = _closed(), FontConfiguration()
    style = CSS(string=_style(), url_fetcher=fetcher, font_config=fonts)
    held: bytes = HTML(string=page, base_url="page:", url_fetcher=fetcher).write_pdf(
        stylesheets=[style],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=sha256(page.encode()).hexdigest()[:32].encode(),
    )
    return held


@lru_cache(maxsize=1)
def _style() -> str:
    return STYLE.read_text(encoding="utf-8")


@lru_cache(maxsize=16)
def _font(name: str, weight: int) -> bytes:
    """Return a font that ships in one weight, unpacked: unpacked or fixed later it would bear the hour of that."""
    found = finders.find(f"vendor/fonts/{name}")
    font, held = TTFont(found, recalcTimestamp=False), BytesIO()
    axes = {each.axisTag: each.defaultValue for each in font["fvar"].axes}
    instantiateVariableFont(font, axes | {"wght": weight}, inplace=True, static=True)
    font.flavor = None
    font.save(held)
    return held.getvalue()


def _closed() -> "URLFetcher":
    """Return what fetches for a page: the fonts that ship, and pictures that stand in the page itself."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - as above

    class Closed(URLFetcher):  # type: ignore[misc]
        """Reads no file and asks no host."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            """Give a font by its name, or data that the address itself holds. Raises `ValueError` for all else."""
            if url.startswith(_FONTS):
                name, _mark, weight = url.removeprefix(_FONTS).partition("?")
                return URLFetcherResponse(url, _font(name, int(weight)), {"Content-Type": "font/ttf"})
            return super().fetch(url, headers)

    return Closed(allowed_protocols=("data",))
