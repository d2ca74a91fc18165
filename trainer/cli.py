"""The `trainer` command; gathers each feature's commands."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError

from trainer import clock, demonstration
from trainer.accounts import services as accounts
from trainer.accounts.queries import invites_a_trainee
from trainer.cohorts import guards
from trainer.cohorts.cli import people, timetable
from trainer.config import Settings, SettingsError, chosen_port, courses_folder, instance_folder, load_settings
from trainer.curriculum.catalogue import load_catalogue
from trainer.curriculum.check import renew_lock
from trainer.curriculum.contacts import FILE, load_signposting
from trainer.curriculum.faults import CourseFaultsError
from trainer.curriculum.load import load
from trainer.database import Database
from trainer.keys.faults import KeyFault
from trainer.keys.services import Keys
from trainer.operations import doctor as doctor_rules
from trainer.operations import schema, setup, verify
from trainer.people.rules import tidy_email
from trainer.refusal import NotNow, NotValid, Refused
from trainer.signoff.queries import signed_among
from trainer.signposting.rules import shown_in
from trainer.signposting.services import require_checked
from trainer.web.words import say_day

NEW_ONLY = "Written into new settings only."
HALF_A_DEMONSTRATION = (
    "The demonstration is half made, since its first start was interrupted. "
    "Remove both its databases (rm {folder}/*.sqlite3*), then start again."
)


class Installation:
    """What commands work on: settings and databases, opened when first asked for."""

    @cached_property
    def settings(self) -> Settings:
        """The settings of this installation."""
        return load_settings()

    @cached_property
    def database(self) -> Database:
        """The main database, at the shape this program needs."""
        database = Database(self.settings.database_url)
        schema.require_current(database)
        return database

    @cached_property
    def keys(self) -> Keys:
        """The data keys."""
        return Keys(Database(self.settings.keys_url), self.settings.key_folder)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def trainer(context: click.Context) -> None:
    """Run a university's peer-support training."""
    guards.install(signed_among)
    context.obj = Installation()


@trainer.command("setup")
@click.option("--time-zone", default="Europe/London", show_default=True, help=NEW_ONLY)
@click.option("--public-address", default="http://localhost:8000", show_default=True, help=NEW_ONLY)
@click.option("--university", default="The University of Example", show_default=True, help=NEW_ONLY)
@click.pass_obj
def set_up(installation: Installation, time_zone: str, public_address: str, university: str) -> None:
    """Create settings, keys and databases that are not there yet."""
    folder = instance_folder(os.environ)
    if setup.write_settings(folder, time_zone, public_address, university):
        click.echo(f"Settings written to {folder / 'trainer.toml'}")
    setup.prepare(installation.settings, click.echo)


@trainer.command()
@click.option("--demonstration", "with_demonstration", is_flag=True, help="Set up first, and fill an empty database.")
@click.option("--workers", default=2, show_default=True, help="Processes.")
@click.option("--threads", default=4, show_default=True, help="Threads in each.")
@click.pass_context
def serve(context: click.Context, with_demonstration: bool, workers: int, threads: int) -> None:
    """Answer requests on 127.0.0.1 under gunicorn."""
    from trainer.app import create_app
    from trainer.operations.server import listen, run

    installation: Installation = context.obj
    port = chosen_port(os.environ)
    listener = listen(port)
    if with_demonstration:
        context.invoke(set_up, public_address=f"http://localhost:{port}")
        context.invoke(demo, if_empty=True)
    _ = installation.database  # refuses here rather than in a worker
    settings = installation.settings
    run(lambda: create_app(settings), settings, listener, workers, threads)


@trainer.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing, and succeed, where anybody is known already.")
@click.pass_obj
def demo(installation: Installation, if_empty: bool) -> None:
    """Fill an empty database with invented people and their training."""
    settings = installation.settings
    unfinished = settings.instance / "demonstration-unfinished"
    if not demonstration.is_empty(installation.database):
        if unfinished.exists():
            raise NotNow("unfinished", HALF_A_DEMONSTRATION.format(folder=settings.instance))
        if if_empty:
            return
    else:
        unfinished.touch()
    demonstration.fill(settings, installation.database, installation.keys, click.echo)
    unfinished.unlink()


@trainer.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--lock", is_flag=True, help="Add new ids to ids.lock first; none is ever taken away.")
@click.option("--times", is_flag=True, help="Print what reading and practice take, and check nothing.")
def check(folder: Path | None, lock: bool, times: bool) -> None:
    """Report every fault of the courses, and what they are advised to change, as file:line: message."""
    from trainer.curriculum.advice.advise import inspect  # here, since no other command needs what it loads
    from trainer.curriculum.advice.times import table

    folder = folder or courses_folder(os.environ)
    if times:
        click.echo(table(list(load(folder).catalogue.modules.values())), nl=False)
        return
    if lock:
        renew_lock(folder)
    faults = inspect(folder)
    for fault in faults:
        click.echo(f"{folder / fault.file}:{fault.line}: {fault.message}")
    sys.exit(1 if faults else 0)


@trainer.command("book")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option("--programme", "slug", help="Its id; needed where there is more than one.")
@click.option(
    "--courses", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Their folder."
)
def book(target: Path, slug: str | None, folder: Path | None) -> None:
    """Print the whole course for a trainer into one PDF: guides, modules with answers, cards, sheets."""
    from trainer.handbook.book import compose
    from trainer.handbook.pdf import draw

    folder = folder or courses_folder(os.environ)
    catalogue = load_catalogue(folder)
    known = catalogue.programmes
    chosen = known.get(slug or next(iter(known))) if slug or len(known) == 1 else None
    if chosen is None:
        raise NotValid("no-programme", f"Say which with --programme: {', '.join(sorted(known))}.")
    day = say_day(clock.now().date(), weekday=False, year=True)
    pages = draw(compose(catalogue, chosen, load_signposting(folder / FILE), day), target)
    click.echo(f"{target}: {pages} pages")


@trainer.command("doctor")
@click.pass_obj
def doctor(installation: Installation) -> None:
    """Say what is not as it should be, one sentence a line; exits 1 if there is anything."""
    found = doctor_rules.examine(installation.settings)
    for sentence in found:
        click.echo(sentence)
    if not found:
        click.echo("All is well.")
    sys.exit(1 if found else 0)


@trainer.command("verify")
@click.pass_obj
def verify_records(installation: Installation) -> None:
    """Hold every signed record against the ledger; exits 1 if any differs."""
    with installation.database.reading() as db:
        verdict = verify.verify_everything(db, installation.settings)
    for discrepancy in verdict.found:
        click.echo(discrepancy.sentence)
    click.echo(f"{verdict.size} leaves, root {verdict.root or 'none'}: {'differs' if verdict.found else 'all agree'}.")
    click.echo("This shows that records, leaves and root agree with each other. That nobody rebuilt all three")
    click.echo("can only be shown with a checkpoint that somebody else has kept.")
    sys.exit(1 if verdict.found else 0)


@trainer.command("sign-in-link")
@click.argument("email")
@click.pass_obj
def sign_in_link(installation: Installation, email: str) -> None:
    """Print a link that signs one person in, once, within fifteen minutes."""
    settings = installation.settings
    with installation.database.unit() as db:
        if invites_a_trainee(db, tidy_email(email), clock.now().astimezone(settings.time_zone).date()):
            signposting = load_signposting(settings.courses / FILE)
            require_checked(db, shown_in(signposting.contacts, settings.country))
        secret = accounts.make_link(db, tidy_email(email), clock.now())
    click.echo(f"{settings.public_address}/sign-in/link/{secret}")
    click.echo("It works once, for fifteen minutes, by a press on its page. Give it to nobody but its owner.", err=True)


trainer.add_command(people)
trainer.add_command(timetable)


def main() -> None:
    """Run the command; a refusal is a sentence on standard error and exit code 1, never a traceback.

    What it writes (databases and keys, mostly) is its owner's alone.
    """
    os.umask(0o077)
    try:
        trainer()
    except CourseFaultsError as fault:
        click.echo(f"{fault}\ntrainer: the courses have faults; nothing was done. Run: trainer check", err=True)
        sys.exit(1)
    except (Refused, SettingsError, KeyFault) as fault:
        click.echo(f"trainer: {fault}", err=True)
        sys.exit(1)
    except DatabaseError as fault:
        click.echo(f"trainer: the database did not do that: {fault.orig}. Run: trainer doctor", err=True)
        sys.exit(1)
