"""gunicorn, told what it needs by our settings and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from gunicorn.app.base import BaseApplication

from trainer.config import Settings


class Server(BaseApplication):
    """The application behind gunicorn; every worker builds its own, so that nothing is shared across a fork."""

    def __init__(self, build: Callable[[], Flask], options: dict[str, object]) -> None:
        self.build = build
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the application in a worker."""
        return self.build()


def _say_once(settings: Settings) -> None:
    """Say where to go once the first worker answers; the others find the line said."""
    said = settings.instance / "serving"
    try:
        said.touch(exist_ok=False)
    except FileExistsError:
        return
    print(f"Serving on http://localhost:{settings.port} (stop with Ctrl-C)", flush=True)  # noqa: T201 - the operator's console


def run(build: Callable[[], Flask], settings: Settings, workers: int, threads: int) -> None:
    """Serve what `build` makes on 127.0.0.1 until told to stop."""
    options: dict[str, object] = {
        "bind": f"127.0.0.1:{settings.port}",
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "accesslog": None,
        "loglevel": "warning",
        "proc_name": "trainer",
        "control_socket_disable": True,
        "graceful_timeout": 10,
        "post_worker_init": lambda _worker: _say_once(settings),
    }
    (settings.instance / "serving").unlink(missing_ok=True)
    Server(build, options).run()
