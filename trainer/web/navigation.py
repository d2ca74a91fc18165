"""What stands in the header: each feature hands in its entries through `app`, nobody imports upwards for it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request

from trainer.web.access import Rule, find_viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the header: shown to whom the rule lets in; `also` are other endpoints that show its page."""

    endpoint: str
    words: str
    rule: Rule
    also: tuple[str, ...] = ()


def install(app: Flask, entries: tuple[Entry, ...]) -> None:
    """Give every template `navigation()`: (endpoint, words, whether the reader is there or on a page below)."""
    ours = [entry.endpoint.split(".")[0] for entry in entries]
    alone = {name for name in ours if ours.count(name) == 1}  # a feature with one entry owns all of its pages

    def navigation() -> list[tuple[str, str, bool]]:
        viewer = find_viewer()
        return [(entry.endpoint, entry.words, _is_here(entry)) for entry in entries if entry.rule(viewer)]

    def _is_here(entry: Entry) -> bool:
        return request.endpoint in (entry.endpoint, *entry.also) or (
            request.blueprint in alone and entry.endpoint.startswith(f"{request.blueprint}.")
        )

    app.jinja_env.globals["navigation"] = navigation
    app.jinja_env.globals["find_viewer"] = find_viewer
