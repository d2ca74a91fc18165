"""What each main page costs: CPU milliseconds per request and database statements, all in one run under one server.

Two yardsticks run under the same server: a bare Flask route that answers "ok", and a page of ours with a signed-in
person, one query and the same layout. Rounds are interleaved and the median is printed, since machines are noisy.
"""

from __future__ import annotations

import http.client
import multiprocessing
import os
import re
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, has_request_context, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import event, select
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from trainer import clock, demonstration
from trainer.accounts import services
from trainer.accounts.models import Account
from trainer.app import create_app
from trainer.certificates.models import Certificate
from trainer.cohorts.models import Cohort, TrainingSession
from trainer.config import Settings, load_settings
from trainer.database import Database
from trainer.keys.services import Keys
from trainer.operations import setup
from trainer.operations.server import Server
from trainer.people.models import Person
from trainer.web.access import access, signed_in
from trainer.web.unit import EXTENSION

ROUNDS = 5
BARE, LEAST = "bare Flask route", "signed in, one query, same layout"
LAYOUT = (
    '{% extends "_layout/page.html" %}{% block title %}Bench{% endblock %}{% block main %}<h1>Bench</h1>{% endblock %}'
)


class Bench(Server):
    """Our server, with the two yardsticks beside our pages and the number of statements in a header."""

    def load(self) -> Any:
        app = self.build()
        _count_statements(app)
        least = app.jinja_env.from_string(LAYOUT)  # compiled once, as the template of a page is
        app.add_url_rule("/bench", "bench.least", access(signed_in)(lambda: render_template(least)))
        bare = Flask("bare")
        bare.add_url_rule("/", "ok", lambda: "ok")
        return DispatcherMiddleware(app, {"/bare": bare})


def _count_statements(app: Flask) -> None:
    engine = app.extensions[EXTENSION].engine

    @event.listens_for(engine, "after_cursor_execute")
    def _count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if has_request_context() and not statement.startswith("BEGIN"):
            g.statements = g.get("statements", 0) + 1

    @app.after_request
    def _tell(response: Response) -> ResponseReturnValue:
        response.headers["X-Statements"] = str(g.get("statements", 0))
        return response


def main() -> None:
    """Print the table."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        settings = _installation(Path(folder))
        pages = _pages(settings)
        with _serving(settings) as pid:
            for page in pages.values():
                _fetch(settings, *page, 3)
            _print(settings, pages, pid, requests)


def _installation(folder: Path) -> Settings:
    os.environ |= {"TRAINER_INSTANCE": str(folder), "PORT": str(_free_port())}
    os.environ |= {"TRAINER_TIME_ZONE": "Europe/London", "TRAINER_PUBLIC_ADDRESS": "http://localhost"}
    settings = load_settings()
    setup.prepare(settings, print)
    keys = Keys(Database(settings.keys_url), settings.key_folder)
    demonstration.fill(settings, Database(settings.database_url), keys, print)
    return settings


def _pages(settings: Settings) -> dict[str, tuple[str, str]]:
    """Name of each page, to its address and the cookie of who reads it."""
    with Database(settings.database_url).unit() as db:
        emails = {
            "trainee": "amara.okafor-lindqvist@stmary.example",
            "trainer": "ruth.hallam@counselling.example",
            "coordinator": "priya.raman@counselling.example",
            "senior": "eleanor.voss@stmary.example",
            "holder": "ines.calder@stmary.example",
        }
        cookies = {role: _cookie(settings, db, email) for role, email in emails.items()}
        cohort = db.scalars(select(Cohort).where(Cohort.name == "Michaelmas A")).one()
        meetings = db.scalars(
            select(TrainingSession).where(TrainingSession.cohort_id == cohort.id).order_by(TrainingSession.number)
        )
        signed, open_one = [one.id for one in meetings if one.number in {4, 5}]
        code = db.scalars(select(Certificate.code)).first()
        kai = db.scalars(select(Person.id).where(Person.email == "kai.smith@bridge.example")).one()
    return {
        BARE: ("/bare/", ""),
        LEAST: ("/bench", cookies["trainee"]),
        "help": ("/help", ""),
        "verify a certificate": (f"/verify/{code}", ""),
        "trainee: My training": ("/", cookies["trainee"]),
        "trainee: module": ("/m/2", cookies["trainee"]),
        "trainee: reading part": ("/m/2/why-limits-come-first", cookies["trainee"]),
        "trainee: quiz": ("/m/2/check-yourself", cookies["trainee"]),
        "trainee: dialogue": ("/m/2/sam-at-the-door", cookies["trainee"]),
        "trainee: reflections": ("/m/2/reflect", cookies["trainee"]),
        "trainee: journal": ("/journal", cookies["trainee"]),
        "trainee: record": ("/record", cookies["trainee"]),
        "holder: certificate": ("/certificate", cookies["holder"]),
        "trainer: My cohorts": ("/cohorts", cookies["trainer"]),
        "trainer: cohort of fourteen": (f"/cohorts/{cohort.id}", cookies["trainer"]),
        "trainer: open register": (f"/sessions/{open_one}/register", cookies["trainer"]),
        "trainer: signed register": (f"/sessions/{signed}/register", cookies["trainer"]),
        "trainer: one trainee": (f"/cohorts/{cohort.id}/people/{kai}", cookies["trainer"]),
        "coordinator: Programme": ("/programme", cookies["coordinator"]),
        "coordinator: people": ("/people", cookies["coordinator"]),
        "coordinator: places": (f"/cohorts/{cohort.id}/places", cookies["coordinator"]),
        "coordinator: certificates": (f"/cohorts/{cohort.id}/certificates", cookies["coordinator"]),
        "senior member: panel": ("/panel", cookies["senior"]),
    }


def _cookie(settings: Settings, db: Any, email: str) -> str:
    account = db.scalars(select(Account).join(Person).where(Person.email == email)).one()
    secret = services.begin_sign_in(db, account.id, "bench", clock.now())
    app = Flask("cookies")
    from trainer.keys.files import Purpose, load_keys

    app.secret_key = load_keys(settings.key_folder, Purpose.COOKIE)[0].secret
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's default has it
    assert serializer is not None
    return f"trainer={serializer.dumps({'_user_id': secret, '_fresh': True})}"


@contextmanager
def _serving(settings: Settings) -> Iterator[int]:
    """One worker of gunicorn; gives its process id."""
    options: dict[str, object] = {
        "bind": f"127.0.0.1:{settings.port}",
        "workers": 1,
        "threads": 1,
        "worker_class": "gthread",
        "loglevel": "error",
        "control_socket_disable": True,
    }
    arbiter = multiprocessing.get_context("fork").Process(target=Bench(lambda: create_app(settings), options).run)
    arbiter.start()
    try:
        _wait_for(settings.port)
        yield _child_of(arbiter.pid or 0)
    finally:
        arbiter.terminate()
        arbiter.join()


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it came: its bytes, and how many statements it took ("-" where nobody counts)."""

    body: bytes
    statements: str

    @property
    def assets(self) -> list[str]:
        """The addresses of the sheets, scripts and icons it loads."""
        return sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', self.body.decode())))


def _print(settings: Settings, pages: dict[str, tuple[str, str]], pid: int, requests: int) -> None:
    costs: dict[str, list[float]] = {name: [] for name in pages}
    answers: dict[str, Answer] = {}
    for _ in range(ROUNDS):
        for name, page in pages.items():
            before = _cpu(pid)
            answers[name] = _fetch(settings, *page, requests)
            costs[name].append((_cpu(pid) - before) * 1000 / requests)
    middle = {name: statistics.median(cost) for name, cost in costs.items()}
    sizes = {asset: len(_fetch(settings, asset, "").body) for answer in answers.values() for asset in answer.assets}
    print(
        f"\n{'page':36}{'CPU ms':>8}{'x bare':>8}{'x least':>9}{'statements':>12}{'HTML kB':>9}{'first visit kB':>16}"
    )
    for name, answer in answers.items():
        first = len(answer.body) + sum(sizes[asset] for asset in answer.assets)
        print(
            f"{name:36}{middle[name]:8.2f}{middle[name] / middle[BARE]:8.1f}{middle[name] / middle[LEAST]:9.2f}"
            f"{answer.statements:>12}{len(answer.body) / 1000:9.1f}{first / 1000:16.1f}"
        )
    print("\nHTML goes uncompressed; sheets and scripts go compressed, once, and are then kept by the browser:")
    for asset, size in sizes.items():
        print(f"{size / 1000:9.1f} kB  {asset}")


def _fetch(settings: Settings, path: str, cookie: str, times: int = 1) -> Answer:
    """Fetch a page some times over one connection; return the last answer."""
    headers = {"Cookie": cookie, "Host": f"localhost:{settings.port}", "Accept-Encoding": "gzip"}
    connection = http.client.HTTPConnection("localhost", settings.port)
    for _ in range(times):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
    connection.close()
    return Answer(body, answer.headers.get("X-Statements", "-"))


def _cpu(pid: int) -> float:
    """CPU seconds that all threads of a process have used, to the nanosecond, from /proc."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9


def _child_of(pid: int) -> int:
    for _ in range(100):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        if children:
            return int(children[0])
        time.sleep(0.1)
    raise SystemExit("the server started no worker")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("localhost", port, timeout=1)
            connection.request("GET", "/bare/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not answer")


if __name__ == "__main__":
    main()
