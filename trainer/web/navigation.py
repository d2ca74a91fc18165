"""What stands in the header: each feature hands in its entries through `app`, nobody imports upwards for it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request

from trainer.web.access import Rule, find_viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the header: shown to whom the rule lets in."""

    endpoint: str
    words: str
    rule: Rule


def install(app: Flask, entries: tuple[Entry, ...]) -> None:
    """Give every template `navigation()`: (endpoint, words, whether the reader is there)."""
    blueprints = {entry.endpoint: entry.endpoint.split(".")[0] for entry in entries}

    def navigation() -> list[tuple[str, str, bool]]:
        viewer = find_viewer()
        shown = [entry for entry in entries if entry.rule(viewer)]
        return [(entry.endpoint, entry.words, blueprints[entry.endpoint] == request.blueprint) for entry in shown]

    app.jinja_env.globals["navigation"] = navigation
    app.jinja_env.globals["find_viewer"] = find_viewer
