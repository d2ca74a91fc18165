"""The whole process group is killed at random moments, and nothing that anybody was told is kept is missing."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from random import Random
from threading import Event, Thread

import pytest

from tests.browser.conftest import start
from tests.durability.book import FAR, Book
from tests.durability.staging import everybody, stage
from tests.durability.stored import faults, read_back
from tests.durability.workers import Worker, work
from trainer.config import load_settings
from trainer.curriculum.rules import Catalogue

KILLS = int(os.environ.get("TRAINER_KILLS", "8"))
COHORTS = max(8, KILLS)  # of ten sessions each: more than can be signed before the last kill
MOST = 80  # acknowledgements before a kill: counted, since a busy machine answers few in a second
KINDS = ("answer", "text", "marks", "signature")
CHANCE = Random()
log = logging.getLogger(__name__)


@pytest.fixture
def _clock() -> nullcontext[None]:
    """The server is another process and has the time of day; so must we."""
    return nullcontext()


def test_a_kill_loses_no_acknowledged_answer_reflection_or_sign_off(
    catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = stage(tmp_path_factory.mktemp("killed"), COHORTS)
    settings = load_settings(site.environ)
    book, workers = Book(), list[Worker]()
    struck = arrived = 0
    for _ in range(KILLS):
        process = start(site)
        try:
            workers = workers or everybody(settings, catalogue, book, CHANCE)
            waiting, wrong = work_until_killed(workers, book, process)
        finally:
            kill(process)
        stored = read_back(settings)
        assert wrong + faults(settings) + book.differences(stored.kept) == []
        struck += waiting > 0
        arrived += book.settle(stored.kept)
        for worker in workers:
            worker.reload(stored.revisions)
    said = ", ".join(f"{book.count(kind)} {kind}" for kind in KINDS)
    log.info(
        "%s of %s kills hit a request in flight, %s of those were kept all the same; %s", struck, KILLS, arrived, said
    )
    assert all(book.count(kind) for kind in KINDS)
    assert struck > KILLS / 2, "most kills came while nobody was waiting for an answer, so this shows little"
    assert "all agree" in site.run("verify").stdout


def work_until_killed(workers: Sequence[Worker], book: Book, process: subprocess.Popen[bytes]) -> tuple[int, list[str]]:
    """Let everybody work at once, kill the process group at a random moment, and wait until all have noticed.

    One kill in three comes a moment after any acknowledgement. One comes in the very moment of it: what is written
    after its answer has no time to be written then. One comes while a signature is being taken: halves would show.
    Returns how many were waiting for an answer at that moment, and whatever else went wrong.
    """
    killed, heard = Event(), Event()
    waiting: list[int] = []
    wrong: list[str] = []

    def strike() -> None:
        waiting.append(sum(worker.client.waiting for worker in workers))
        kill(process)

    kind = CHANCE.choice(["after an answer", "with an answer", "within a signature"])
    book.signing = heard.set if kind == "within a signature" else None
    book.alarm = strike if kind == "with an answer" else heard.set
    book.alarm_at = book.heard + (FAR if book.signing else CHANCE.randint(1, MOST))
    threads = [Thread(target=work, args=(worker, killed, wrong)) for worker in workers]
    for thread in threads:
        thread.start()
    while not (heard.wait(0.05) or waiting or wrong):
        pass
    if not waiting:
        time.sleep(CHANCE.uniform(0, max(worker.client.took for worker in workers)))
        strike()
    killed.set()
    for thread in threads:
        thread.join()
    return waiting[0], wrong


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the whole group at once: no worker finishes what it is doing."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
