"""`amont worker`: background tasks and the mail that waits in the outbox."""

import argparse
import logging
import sys
import threading
import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, close_old_connections

from amont.catalogue.actions.sweeping import sweep_files
from amont.consortia.actions import settle_proposals
from amont.disclosure.actions.forgetting import sweep_readings
from amont.disclosure.wall.authorizing import stand
from amont.disclosure.wall.checking import troubles
from amont.exchange.tasks import take_up_again
from amont.keeping.backup.checking import behind
from amont.kernel import clock
from amont.parties.actions.replays import forget_answers
from amont.post import actions as post
from amont.purchasing.publishing import sum_needs
from amont.purchasing.quoting import open_quotes
from amont.requests.actions import remind
from amont.sight.changed import tell_changed_views

PAUSE_SECONDS = 2.0
KEEP_HOUSE_SECONDS = 3600.0
CALLS_KEPT = timedelta(days=30)
log = logging.getLogger(__name__)


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("worker", help="send mail and run background tasks")
    words.add_argument("--once", action="store_true", help="do what waits now, then stop")
    words.set_defaults(run=run)


def send_mail_that_waits() -> int:
    """Send what waits in the outbox; return how many mails left."""
    return post.send_waiting(
        sender=settings.DEFAULT_FROM_EMAIL, host=urlsplit(settings.BASE_URL).hostname or "localhost"
    )


def keep_house() -> None:
    """Drop what was kept for a time, and the notes of tasks that ended a week ago."""
    sweep_files()
    sweep_readings()
    forget_answers()
    post.forget_calls(clock.now() - CALLS_KEPT)
    call_command("prune_db_task_results", verbosity=0, min_age_days=7)


def _beside() -> None:
    """Send mail and take up what another worker left, again and again; remind and keep house each hour."""
    swept = -KEEP_HOUSE_SECONDS
    while True:
        close_old_connections()
        try:
            send_mail_that_waits()
            take_up_again()
            tell_changed_views()
            settle_proposals()
            sum_needs()
            open_quotes()
            if time.monotonic() - swept >= KEEP_HOUSE_SECONDS:
                remind()
                keep_house()
                swept = time.monotonic()
        except OperationalError:
            log.warning("the database is busy or away: trying again")
        time.sleep(PAUSE_SECONDS)


def _calling() -> None:
    """Call the programs that wait to be called, again and again: apart, for an address may be slow to answer."""
    while True:
        close_old_connections()
        try:
            post.send_calls()
        except OperationalError:
            log.warning("the database is busy or away: trying again")
        time.sleep(PAUSE_SECONDS)


def run(chosen: argparse.Namespace) -> int:
    """Work until stopped; exit 1 with the reasons where the settings are unsafe."""
    if settings.TROUBLES:
        print("Amont's worker does not start:", *settings.TROUBLES, sep="\n  ", file=sys.stderr)
        return 1
    if reasons := (*troubles(), *behind()):
        print("Amont's worker does not start:", *reasons, sep="\n  ", file=sys.stderr)
        return 1
    stand()
    if chosen.once:
        send_mail_that_waits()
        take_up_again()
        tell_changed_views()
        settle_proposals()
        sum_needs()
        open_quotes()
        remind()
        post.send_calls()
        keep_house()
        call_command("db_worker", batch=True, verbosity=0)
        return 0
    for work in (_beside, _calling):
        threading.Thread(target=work, daemon=True).start()
    call_command("db_worker", verbosity=0)
    return 0
