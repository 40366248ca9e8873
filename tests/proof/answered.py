"""Rich worlds in which suppliers have answered questions, and let customers read some of it."""

import random

from proof.rich import PAST, Enricher, Rich


def answered_world(seed: int) -> Rich:
    """Return the rich world of this seed, with answers and releases."""
    made = Enricher(seed)
    _say(made)
    return made.made


def _say(made: Enricher) -> None:
    """What suppliers say of themselves and their items, and what of it they let out to who asked."""
    items = {each["key"]: each["supplier_item"] for each in made.made["world"]["links"]}
    dice = random.Random(f"said {sorted(items)}")  # noqa: S311 - repeatable, and no throw of the others' dice
    for line in [row for row in made.made["rows"]["RequestLine"] if row["link"] and row["supplier"]]:
        asked = (("company-role", None, ("trader", "producer")), ("line-nature", items[line["link"]], ("plant",)))
        for question, item, choices in asked:
            told = {
                "owner": line["supplier"],
                "question": question,
                "site": None,
                "item": item,
                "value": [dice.choice(choices)],
                "note": dice.choice(("", f"said by {line['supplier']}")),
                "said_on": "2026-01-20",
            }
            made.add("Answer", f"a.{line['supplier']}.{question}.{item}", said_by=None, **told)
            if dice.random() < 0.6:
                ended = dice.choice((None, None, None, PAST))
                key = f"rl.{line['supplier']}.{line['asker']}.{question}.{item}"
                made.add("Release", key, reader=line["asker"], released_at=PAST, ended_at=ended, **told)
