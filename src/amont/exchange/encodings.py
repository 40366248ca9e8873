"""How the bytes of a text file are to be read: its encoding, told by the letters that it makes."""

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD = ("cp1252", "cp850", "mac_roman", "cp1250")
OFFERED = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp850": "DOS (850)",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "iso8859_15": "ISO 8859-15",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16 (big-endian)",
    "gb18030": "GB 18030",
    "shift_jis": "Shift JIS",
}
"""The encodings that a file's owner may choose, and how they are called."""

_USUAL = frozenset("àâäáãçéèêëíîïñóôöõúùûüœæß’“”«»–°º© \u00a0²³µ€")
_ENOUGH, _MOSTLY = 0.5, 0.1
_CHUNK = 1 << 20
_SAMPLE_BYTES = 200_000
_BEYOND = re.compile(rb"[\x80-\xff]+(?:[^\x80-\xff]{1,20}[\x80-\xff]+)*")
_AROUND, _LONGEST = 40, 4_000
_MOST_LINES = 2_000


def encoding_of(content: bytes) -> str:
    """Return the encoding of a text file, "" for bytes that are no text."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "")
    if marked:
        return marked
    if b"\x00" in content:
        return _wide(content[:4000])
    if _is_utf8(content):
        return "utf-8"
    return _old(_telling(content))


def shown(encoding: str) -> str:
    """Return what people call an encoding."""
    bare = encoding.removesuffix("-sig").lower()
    return OFFERED.get(bare) or bare.upper().replace("_", "-")


def _wide(sample: bytes) -> str:
    """Tell UTF-16 without a mark by where its zeros stand."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd / half > _ENOUGH and even / half < _MOSTLY:
        return "utf-16-le"
    return "utf-16-be" if even / half > _ENOUGH and odd / half < _MOSTLY else ""


def _is_utf8(content: bytes) -> bool:
    """Tell whether all is UTF-8, or so nearly all that the rest is damage."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(content), _CHUNK):
            decoder.decode(content[at : at + _CHUNK])
    except UnicodeDecodeError:
        sample = _telling(content).decode("utf-8", errors="replace")
        broken, beyond = sample.count("\ufffd"), sum(each > "\x7f" for each in sample)
        return broken < _MOSTLY * beyond
    return True


def _telling(content: bytes) -> bytes:
    """Return what stands around the bytes beyond ASCII, wherever in the file."""
    found, size = [], 0
    for each in _BEYOND.finditer(content):
        found.append(content[max(0, each.start() - _AROUND) : each.end() + _AROUND][:_LONGEST])
        size += len(found[-1])
        if len(found) >= _MOST_LINES or size > _SAMPLE_BYTES:
            break
    return b"\n".join(found)


def _old(sample: bytes) -> str:
    """Return the encoding that makes usual letters of the bytes beyond ASCII, Windows-1252 first of those even."""
    fits = {encoding: _usual(sample, encoding) for encoding in _OLD}
    best = max(_OLD, key=lambda encoding: fits[encoding])
    if fits[best] >= _ENOUGH:
        return best
    guess = from_bytes(sample, cp_isolation=[*_OLD, "cp1251", "gb18030", "shift_jis", "big5", "euc_kr"]).best()
    return guess.encoding if guess is not None else _OLD[0]


def _usual(sample: bytes, encoding: str) -> float:
    beyond = [each for each in sample.decode(encoding, errors="replace") if each > "\x7f"]
    likely = sum(1.0 if each in _USUAL else 0.5 if each.lower() in _USUAL else 0.0 for each in beyond)
    return likely / max(1, len(beyond))
