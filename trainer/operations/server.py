"""gunicorn, told what it needs by our settings and nothing else."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable

from flask import Flask
from gunicorn.app.base import BaseApplication

from trainer.config import Settings, SettingsError


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


def listen(port: int) -> socket.socket:
    """Take a port of 127.0.0.1 before anything slow is done: of two starts at once, one goes on.

    Raises SettingsError if it cannot be had.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen()
    except OSError as fault:
        listener.close()
        taken = fault.errno == errno.EADDRINUSE
        why = "is in use, perhaps by this very program" if taken else f"cannot be had: {fault.strerror}"
        raise SettingsError(f"Port {port} {why}. Stop what uses it, or choose another with PORT.") from fault
    return listener


def run(build: Callable[[], Flask], settings: Settings, listener: socket.socket, workers: int, threads: int) -> None:
    """Serve what `build` makes to whoever connects to `listener`, until told to stop."""
    options: dict[str, object] = {
        "bind": f"fd://{listener.detach()}",
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
