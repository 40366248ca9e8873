"""What all tests share."""

import os  # settings are read once, before any test

os.environ["AMONT_MODE"] = "test"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from amont.commands.messages import compile_messages

compile_messages()
