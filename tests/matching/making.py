"""Makes labelled pairs of the factory lists: one site written twice, and sites that only look alike; always alike."""

import csv
import io
import random
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from rapidfuzz.fuzz import token_sort_ratio

HERE = Path(__file__).parent
SITE = ("name", "address", "town", "country", "latitude", "longitude", "id")
HEADER = (*(f"{name}_1" for name in SITE), *(f"{name}_2" for name in SITE), "same", "how", "part")
SHORTER = {
    "Limited": "Ltd",
    "Ltd.": "Limited",
    "Garments": "Gmts.",
    "Garment": "Gmt",
    "Company": "Co.",
    "Co. Ltd.": "Company Limited",
    "Private Ltd.": "Pvt Ltd",
    "Industrial": "Ind.",
    "Road": "Rd.",
    "Street": "St.",
    "District": "Dist.",
    "Avenue": "Ave",
    "Province": "Prov.",
    "International": "Intl",
    "Mfg.": "Manufacturing",
    "Knitting": "Knit.",
}
FORMS = (" Co. Ltd.", " Company Ltd.", " Private Ltd.", " Pvt. Ltd.", " Jointstock Company", " Limited", " Ltd.", " SA")
CODES = {
    "Bangladesh": "BD",
    "India": "IN",
    "China": "CN",
    "Mauritius": "MU",
    "Vietnam": "VN",
    "UAE": "AE",
    "Turkey": "TR",
    "Morocco": "MA",
    "Peru": "PE",
    "Portugal": "PT",
    "US": "US",
    "United States": "US",
    "Mexico": "MX",
    "Sri Lanka": "LK",
}
Row = dict[str, str]
Change = Callable[[random.Random, Row], Row]


def listed() -> list[Row]:
    found = []
    for name in ("facilities_4.csv", "facilities_12.csv"):
        with (HERE / name).open(encoding="utf-8", newline="") as rows:
            found += [
                {key: " ".join(row[key].split()) for key in ("name", "address", "country")}
                for row in csv.DictReader(rows)
            ]
    return found


def typo(text: str, chance: random.Random) -> str:
    """Swap, drop or double a letter inside a longer word."""
    words = text.split(" ")
    places = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if not places:
        return text
    where = chance.choice(places)
    word, at = words[where], chance.randrange(1, len(words[where]) - 2)
    changed = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
    )
    words[where] = chance.choice(changed)
    return " ".join(words)


def shortened(text: str) -> str:
    for long, short in SHORTER.items():
        if long in text:
            return text.replace(long, short, 1)
    return text


def without_form(text: str) -> str:
    return next((text.removesuffix(form).rstrip() for form in FORMS if text.endswith(form)), text)


def parts(row: Row) -> list[str]:
    return [part.strip() for part in row["address"].split(",") if part.strip()]


def turned(text: str) -> str:
    words = without_form(text).split(" ")
    return " ".join([*words[1:], words[0]]) if len(words) > 2 else text


CHANGES: dict[str, Change] = {
    "capitals": lambda _c, row: row | {"name": row["name"].upper(), "address": row["address"].upper()},
    "no legal form": lambda _c, row: row | {"name": without_form(row["name"])},
    "abbreviated": lambda _c, row: row | {"name": shortened(row["name"]), "address": shortened(row["address"])},
    "a letter wrong": lambda c, row: row | {"name": typo(row["name"], c)},
    "letters wrong in both": lambda c, row: row | {"name": typo(row["name"], c), "address": typo(row["address"], c)},
    "words turned": lambda _c, row: row | {"name": turned(row["name"])},
    "address cut": lambda _c, row: row | {"address": ", ".join(parts(row)[:2])},
    "address without its start": lambda _c, row: row | {"address": ", ".join(parts(row)[1:]) or row["address"]},
    "address turned": lambda _c, row: row | {"address": ", ".join(reversed(parts(row)))},
    "no address": lambda _c, row: row | {"address": "", "name": row["name"].lower()},
    "country as a code": lambda _c, row: row | {"country": CODES[row["country"]], "name": f"M/s {row['name']}"},
    "all at once": lambda c, row: (
        row
        | {
            "name": typo(without_form(row["name"]), c).upper(),
            "address": shortened(", ".join(parts(row)[:3])),
            "country": CODES[row["country"]],
        }
    ),
}


def same() -> Iterator[tuple[Row, Row, str]]:
    """Give each factory twice, the second time written otherwise: three ways each."""
    ways = list(CHANGES)
    for number, row in enumerate(listed()):
        chance = random.Random(number)  # noqa: S311 - the same pairs every time
        for at in range(3):
            how = ways[(number * 3 + at) % len(ways)]
            yield row, CHANGES[how](chance, dict(row)), how


def different() -> Iterator[tuple[Row, Row, str]]:
    """Give each factory beside the two whose names are nearest, its name elsewhere, another unit, another country."""
    rows = listed()
    for number, row in enumerate(rows):
        chance = random.Random(1000 + number)  # noqa: S311
        others = [each for each in rows if each["name"] != row["name"]]
        by_name = sorted(others, key=lambda each: -token_sort_ratio(each["name"], row["name"]))
        by_address = sorted(others, key=lambda each: -token_sort_ratio(each["address"], row["address"]))
        yield row, by_name[0], "nearest name"
        if number % 2:
            yield row, by_address[0], "nearest address"
        elif number % 4:
            yield row | {"name": f"{row['name']} Unit 1"}, row | {"name": f"{row['name']} Unit 2"}, "other unit"
        else:
            elsewhere = chance.choice([each for each in rows if each["country"] != row["country"]])
            yield row, row | {key: elsewhere[key] for key in ("country", "address")}, "other country"


def all_pairs() -> list[tuple[str, ...]]:
    """Return all pairs as rows of `pairs.csv`: those written by hand first, then those made."""
    found = []
    with (HERE / "written.csv").open(encoding="utf-8", newline="") as rows:
        found.extend(tuple(row[name] for name in HEADER[:-1]) for row in csv.DictReader(rows))
    made = [(*each, "1") for each in same()] + [(*each, "0") for each in different()]
    for one, other, how, label in made:
        if label == "1" and one == other:
            continue
        sides = [each.get(name, "") for each in (one, other) for name in SITE]
        found.append((*sides, label, how))
    return [(*row, part(row)) for row in found]


def part(row: tuple[str, ...]) -> str:
    """Return whether a pair was chosen by or held back: by its first name, so that one site is in one part alone."""
    return "held back" if blake2b(row[0].encode(), digest_size=1).digest()[0] % 3 == 0 else "chosen by"


def written() -> str:
    lines = [HEADER, *all_pairs()]
    told = io.StringIO()
    csv.writer(told, lineterminator="\n").writerows(lines)
    return told.getvalue()


if __name__ == "__main__":
    (HERE / "pairs.csv").write_text(written(), encoding="utf-8")
