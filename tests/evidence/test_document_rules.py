"""What a document may be, by its bytes; and sealing."""

from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest

from amont.evidence.rules import Media, file_name, sniffed
from amont.kernel import sealing


def packed(**parts: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


GOOD = {
    b"%PDF-1.7 and so on": Media.PDF,
    b"\x89PNG\r\n\x1a\n and so on": Media.PNG,
    b"\xff\xd8\xff\xe0 and so on": Media.JPEG,
    b"RIFF\x00\x00\x00\x00WEBPVP8 ": Media.WEBP,
    b"II*\x00 and so on": Media.TIFF,
    packed(word__document_xml="<w/>"): Media.DOCX,
    packed(xl__workbook_xml="<x/>"): Media.XLSX,
    packed(ppt__presentation_xml="<p/>"): Media.PPTX,
    packed(mimetype=Media.ODT.value): Media.ODT,
}
BAD = [
    b"",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
    b"<!doctype html><script>1</script>",
    b"MZ\x90\x00",
    b"PK\x03\x04 and nothing",
    packed(a_txt="an archive of anything"),
    packed(word__document_xml="<w/>", word__vbaProject_bin="macros"),
    packed(mimetype=Media.ODT.value, Basic__script_xml="macros"),
    packed(mimetype="text/html"),
]


@pytest.mark.parametrize(("content", "media"), GOOD.items(), ids=lambda each: getattr(each, "name", ""))
def test_a_document_is_told_by_its_bytes(content: bytes, media: Media) -> None:
    assert sniffed(BytesIO(content)) is media


@pytest.mark.parametrize("content", BAD)
def test_anything_else_is_none(content: bytes) -> None:
    assert sniffed(BytesIO(content)) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Certificat RSPO.PDF", "Certificat RSPO.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\docs\\plan.html", "plan.pdf"),
        ('a"b\r\nX-Header: 1.pdf', "a b X-Header 1.pdf"),
        ("", "document.pdf"),
        ("…", "….pdf"),
        ("x" * 300, "x" * 100 + ".pdf"),
    ],
)
def test_a_file_name_is_safe_and_ends_as_what_it_is(given: str, kept: str) -> None:
    assert file_name(given, Media.PDF) == kept


def test_what_is_sealed_opens_with_its_key_as_what_it_is_and_in_no_other_way() -> None:
    key, parts = sealing.new_key(), [b"one", b"two", b""]
    sealed = list(sealing.seal_parts(key, parts, "a"))
    last = [number == 2 for number in range(3)]
    assert [sealing.open_part(key, each, "a", number=n, last=last[n]) for n, each in enumerate(sealed)] == parts
    for wrong in (
        {"about": "b", "number": 0, "last": False},
        {"about": "a", "number": 1, "last": False},
        {"about": "a", "number": 0, "last": True},
    ):
        with pytest.raises(sealing.Unreadable):
            sealing.open_part(key, sealed[0], wrong["about"], number=wrong["number"], last=wrong["last"])  # type: ignore[arg-type]
    with pytest.raises(sealing.Unreadable):
        sealing.open_part(sealing.new_key(), sealed[0], "a", number=0, last=False)


def test_nothing_is_one_part() -> None:
    key = sealing.new_key()
    (sealed,) = sealing.seal_parts(key, [], "a")
    assert sealing.open_part(key, sealed, "a", number=0, last=True) == b""


def test_a_wrapped_key_is_bound_to_what_it_is_of() -> None:
    master, key = sealing.new_key(), sealing.new_key()
    wrapped = sealing.wrap(master, key, "owner 1")
    assert sealing.unwrap(master, wrapped, "owner 1") == key
    for other, about in ((master, "owner 2"), (sealing.new_key(), "owner 1")):
        with pytest.raises(sealing.Unreadable):
            sealing.unwrap(other, wrapped, about)
    with pytest.raises(sealing.Unreadable):
        sealing.unwrap(master, b"", "owner 1")


def test_keys_are_read_from_a_setting_and_no_error_repeats_one() -> None:
    one, two = sealing.new_key(), sealing.new_key()
    assert sealing.read_keys(f"{sealing.written(one)}\n{sealing.written(two)}\n") == (one, two)
    assert sealing.read_keys("") == ()
    for wrong in ("c2hvcnQ=", "not base64 at all!"):
        with pytest.raises(ValueError, match="32 bytes") as trouble:
            sealing.read_keys(wrong)
        assert wrong not in str(trouble.value)


def test_keys_and_marks_differ() -> None:
    keys = [sealing.new_key() for _ in range(20)]
    assert all(one != other and sealing.mark_of(one) != sealing.mark_of(other) for one, other in pairwise(keys))
