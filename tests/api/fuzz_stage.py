"""Writes a small consortium for the noise; prints a token of a firm that buys and sells, and ids that it knows."""

import django

django.setup()

from amont.disclosure.actions import grant
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.reading import noting
from amont.parties.actions import make_token
from amont.parties.models import Organization
from amont.parties.rules import SCOPES
from stories import cast

with noting():
    claire = cast.member("Maison Claire")
    lines = [cast.line(claire, name, "Mael SpA", "bruno@mael.example") for name in ("Palm butter", "Glass jar", "Cap")]
    cast.ask(claire, *lines)
    mael = cast.join("bruno@mael.example", "Mael SpA")
    Organization.objects.update(checked_by="coordinator")
    cast.send(mael, cast.answer(mael, cast.tasks(mael)[0], cast.invite("Rana Mill", "rana@mill.example")))
    carton = cast.line(mael, "Carton", "Papier", "ada@papier.example")
    sent = cast.ask(mael, carton).requests[0]
    task = next(each.line for each in cast.tasks(mael) if each.status == "open")
    with looking_as(mael.viewer):
        given = grant(mael.viewer, covers=Covers.IDENTITY, audience=Audience.CHAIN, level=Level.SEALED)
    print(make_token(mael.viewer, name="noise", scopes=SCOPES, days=30)[1])
    for path in ("answers/{line}", "answers/{line}/draft", "answers/{line}/decline"):
        print(f"{path}=line={task}")
    for path in ("requests/{sent}", "requests/{sent}/cancel", "requests/{sent}/resend"):
        print(f"{path}=sent={sent}")
    print(f"grants/{{grant}}/change=grant={given.public_id}")
