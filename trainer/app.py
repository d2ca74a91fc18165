"""create_app(settings): named steps, no logic."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect
from markupsafe import Markup
from werkzeug.middleware.proxy_fix import ProxyFix

from trainer.accounts import door
from trainer.accounts.views import leave
from trainer.accounts.views import pages as account_pages
from trainer.certificates.views import pages as certificate_pages
from trainer.cohorts import guards
from trainer.cohorts.views import pages as cohort_pages
from trainer.config import Settings
from trainer.curriculum import shelf
from trainer.curriculum.catalogue import load_catalogue
from trainer.database import Database
from trainer.directory.views import pages as directory_pages
from trainer.handbook.views import pages as handbook_pages
from trainer.home.views import pages as home_pages
from trainer.journal import boxes
from trainer.journal.views import pages as journal_pages
from trainer.keys.files import Purpose, load_keys
from trainer.keys.services import Keys
from trainer.learning.views import go_on
from trainer.learning.views import pages as learning_pages
from trainer.operations.views import pages as operations_pages
from trainer.signoff.queries import signed_among
from trainer.signoff.views import pages as signoff_pages
from trainer.signposting import box
from trainer.signposting.views import pages as signposting_pages
from trainer.web import access, assets, errors, headers, host, navigation, site, unit, words
from trainer.web.navigation import Entry

PAGES = (
    home_pages,
    account_pages,
    signposting_pages,
    learning_pages,
    journal_pages,
    cohort_pages,
    signoff_pages,
    directory_pages,
    certificate_pages,
    handbook_pages,
    operations_pages,
)
ENTRIES = (
    Entry("home.programme_page", "Programme", access.coordinators),
    Entry("home.own_training", "My training", access.trainees, also=("home.start",)),
    Entry("journal.journal", "Journal", access.trainees),
    Entry("cohorts.mine", "Cohorts", access.trainers),
    Entry("handbook.guides", "Guides", access.trainers),
    Entry("directory.people", "People", access.coordinators),
    Entry("home.panel", "My college’s panel", access.senior_members),
)
LARGEST_BODY = 2 * 1024 * 1024
SEAL = Path(__file__).parent / "static" / "icon.svg"


def create_app(settings: Settings) -> Flask:
    """Build the application of one installation; raises what its settings, keys or courses refuse to start on."""
    app = Flask("trainer", static_folder=None)
    main, keys = Database(settings.database_url), Keys(Database(settings.keys_url), settings.key_folder)
    _configure(app, settings)
    site.install(app, settings, keys)
    shelf.install(app, load_catalogue(settings.courses))
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.trusted_proxies] * 3)  # type: ignore[method-assign]
    unit.install(app, main)
    door.install(app, main, settings.time_zone)
    CSRFProtect(app).exempt(leave)  # leaving must work with a stale page, and ends nothing but one's own sign-in
    host.install(app)
    access.install(app)
    headers.install(app)
    errors.install(app)
    assets.install(app)
    words.install(app, settings.time_zone)
    navigation.install(app, ENTRIES)
    box.install(app, settings)
    boxes.install(app, go_on)
    guards.install(signed_among)
    for pages in PAGES:
        app.register_blueprint(pages)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    current, *older = (key.secret for key in load_keys(settings.key_folder, Purpose.COOKIE))
    app.config.update(
        SECRET_KEY=current,
        SECRET_KEY_FALLBACKS=older,
        SESSION_COOKIE_NAME="__Host-trainer" if settings.secure else "trainer",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        TRUSTED_HOSTS=[settings.host.split(":")[0], "localhost", "127.0.0.1"],
        WTF_CSRF_TIME_LIMIT=None,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    drawing = SEAL.read_text(encoding="utf-8").replace("<svg", '<svg aria-hidden="true"', 1)
    app.jinja_env.globals["seal"] = Markup(drawing)  # noqa: S704 - our own file
