"""Who may use an endpoint, declared on the endpoint itself; what declares nothing is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from trainer.people.rules import Viewer
from trainer.refusal import NotFound

View = TypeVar("View", bound=Callable[..., Any])
Rule = Callable[[Viewer | None], bool]


def anyone(_viewer: Viewer | None) -> bool:
    """Readable by the whole world, signed out."""
    return True


def signed_in(viewer: Viewer | None) -> bool:
    """Whoever is signed in, whatever their roles."""
    return viewer is not None


def trainees(viewer: Viewer | None) -> bool:
    """Whoever has a place on a cohort, now or once: their own pages."""
    return viewer is not None and viewer.is_trainee


def trainers(viewer: Viewer | None) -> bool:
    """Trainers, and coordinators who may look over their shoulder; queries narrow it to their cohorts."""
    return viewer is not None and (viewer.is_trainer or viewer.is_coordinator)


def coordinators(viewer: Viewer | None) -> bool:
    """Who runs the programme."""
    return viewer is not None and viewer.is_coordinator


def senior_members(viewer: Viewer | None) -> bool:
    """The Senior Members of a body."""
    return viewer is not None and viewer.is_senior


def access(rule: Rule) -> Callable[[View], View]:
    """Declare who may use an endpoint; goes directly below the route."""

    def declare(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]  # the declaration is an attribute, so that a test can walk it
        return view

    return declare


def install(app: Flask) -> None:
    """Refuse before any view runs."""
    app.before_request(_enforce)


def find_viewer() -> Viewer | None:
    """Return who is signed in, or None."""
    return cast("Viewer | None", current_user.viewer) if current_user.is_authenticated else None


def viewer() -> Viewer:
    """Return who is signed in; raises NotFound when nobody is."""
    found = find_viewer()
    if found is None:
        raise NotFound
    return found


def rule_of(endpoint: str) -> Rule | None:
    """Return what an endpoint declares, or None."""
    return cast("Rule | None", getattr(current_app.view_functions.get(endpoint), "access", None))


def _enforce() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such address: the 404 page answers
    rule = rule_of(request.endpoint)
    if rule is None:
        raise NotFound
    if rule is anyone or rule(find_viewer()):
        if "\0" in request.path:
            raise NotFound  # nothing has such a name, and PostgreSQL refuses to look for it
        return None
    if find_viewer() is None and request.method == "GET":
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    raise NotFound
