"""`trainer people import` and `trainer timetable import`: the same imports as on the pages, for whoever has a shell."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import click
from sqlalchemy.orm import Session

from trainer import clock
from trainer.cohorts.people_import import Terms, import_people, preview_people
from trainer.cohorts.preview import Preview
from trainer.cohorts.timetable_import import import_timetable, preview_timetable
from trainer.config import Settings
from trainer.curriculum.catalogue import load_catalogue
from trainer.curriculum.rules import Catalogue
from trainer.database import Database

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")


class Installation(Protocol):
    """What these commands work on."""

    @property
    def settings(self) -> Settings: ...

    @property
    def database(self) -> Database: ...


@click.group()
def people() -> None:
    """People, bodies, cohorts and places."""


@click.group()
def timetable() -> None:
    """The sessions of cohorts."""


@people.command("import")
@FILE
@DRY_RUN
@click.option("--programme", help="The programme of new cohorts, if there are several.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="New places count from this day; today if not given.")
@click.pass_obj
def import_people_file(
    installation: Installation, file: Path, dry_run: bool, programme: str | None, since: datetime | None
) -> None:
    """Import people from a CSV file: all of it, or nothing."""
    now, on = clock.now(), clock.today(installation.settings.time_zone)
    slug = _programme(load_catalogue(installation.settings.courses), programme)
    terms = Terms(slug, None, now, on, since.date() if since else on)
    content = file.read_bytes()
    with _opened(installation, dry_run) as db:
        preview = preview_people(db, content, on) if dry_run else import_people(db, content, terms)
    _report(preview, dry_run)


@timetable.command("import")
@FILE
@DRY_RUN
@click.pass_obj
def import_timetable_file(installation: Installation, file: Path, dry_run: bool) -> None:
    """Import a timetable from a CSV file: all of it, or nothing."""
    zone = installation.settings.time_zone
    run = preview_timetable if dry_run else import_timetable
    catalogue = load_catalogue(installation.settings.courses)
    content = file.read_bytes()
    with _opened(installation, dry_run) as db:
        preview = run(db, content, catalogue, zone, clock.today(zone))
    _report(preview, dry_run)


def _opened(installation: Installation, dry_run: bool) -> AbstractContextManager[Session]:
    """A session that only reads for a dry run, else a unit of work that commits at its end."""
    return installation.database.reading() if dry_run else installation.database.unit()


def _programme(catalogue: Catalogue, chosen: str | None) -> str:
    slugs = sorted(catalogue.programmes)
    if chosen is None and len(slugs) == 1:
        return slugs[0]
    if chosen not in slugs:
        raise click.UsageError(f"Choose a programme: --programme {' or '.join(slugs)}.")
    return chosen


def _report(preview: Preview, dry_run: bool) -> None:
    """Say faults and warnings on stderr, what changes on stdout; end with 1 if nothing could be imported."""
    for warning in preview.warnings:
        click.echo(f"{warning} (only a warning)", err=True)
    for fault in preview.faults:
        click.echo(str(fault), err=True)
    if preview.faults:
        click.echo("Nothing was imported.", err=True)
        sys.exit(1)
    if dry_run:
        _list(preview)
    click.echo(preview.summary)
    if dry_run and preview.sections:
        click.echo("This was a dry run; nothing was changed.")


def _list(preview: Preview) -> None:
    for section in preview.sections:
        click.echo(section.heading)
        for item in section.items:
            click.echo(f"  {item.name}: {item.words}")
