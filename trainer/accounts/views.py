"""Sign in, sign out, exit the page, one's account: the pages of getting in and out."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from trainer import clock
from trainer.accounts import hashing, queries, rules, services
from trainer.accounts.door import SignedIn, demonstration
from trainer.accounts.forms import PasswordForm, PressForm, SignInForm
from trainer.accounts.models import DemonstrationDoor
from trainer.people.rules import tidy_email
from trainer.refusal import NotFound, Refused
from trainer.web.access import access, anyone, find_viewer, signed_in, viewer
from trainer.web.unit import database, db, release

pages = Blueprint("accounts", __name__)
EXIT_TO = "https://www.wikipedia.org/"


@pages.get("/sign-in")
@access(anyone)
def sign_in() -> ResponseReturnValue:
    if find_viewer():
        return redirect(_next())
    return _sign_in_page(SignInForm())


@pages.post("/sign-in")
@access(anyone)
def sign_in_with_password() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form), 422
    try:
        secret = _password_sign_in(tidy_email(form.email.data), form.password.data)
    except Refused as refusal:
        form.refuse(refusal)
        return _sign_in_page(form), refusal.status
    return _let_in(secret)


def _password_sign_in(email: str, password: str) -> str:
    now = clock.now()
    with database().reading() as reading:  # hashing takes 50 ms: no lock is held meanwhile
        services.refuse_if_guessing(reading, email, now)
        account = queries.find_account_by_email(reading, email)
    if account is None or not hashing.matches(account.password_hash, password):
        with database().unit() as unit:  # kept although the request is refused
            refusal = services.note_failure(unit, email, now)
        raise refusal
    return services.begin_sign_in(db(), account.id, _device(), now)


@pages.get("/sign-in/link/<secret>")
@access(anyone)
def link(secret: str) -> ResponseReturnValue:
    usable = queries.find_link(db(), services.hash_secret(secret), clock.now()) is not None
    return render_template("accounts/link.html", form=PressForm(), secret=secret, usable=usable)


@pages.post("/sign-in/link/<secret>")
@access(anyone)
def press_link(secret: str) -> ResponseReturnValue:
    return _let_in(services.use_link(db(), secret, _device(), clock.now()))


@pages.post("/sign-in/demonstration/<person_id>")
@access(anyone)
def open_door(person_id: str) -> ResponseReturnValue:
    door = next((door for door in _doors() if door.person_id == person_id), None)
    account = queries.find_account_of(db(), person_id) if door else None
    if account is None:
        raise NotFound
    return _let_in(services.begin_sign_in(db(), account.id, _device(), clock.now()))


@pages.post("/sign-out")
@access(signed_in)
def sign_out() -> ResponseReturnValue:
    _end()
    flash("You are signed out.")
    return redirect(url_for("accounts.sign_in"))


@pages.post("/exit")
@access(anyone)
def leave() -> Response:
    """End the sign-in first, then go elsewhere: by a header and a plain link, since `form-action` bars a redirect."""
    if find_viewer():
        _end()
    response = make_response(render_template("accounts/exit.html", elsewhere=EXIT_TO))
    response.headers["Refresh"] = f"0; url={EXIT_TO}"
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/account")
@access(signed_in)
def account() -> ResponseReturnValue:
    return _account_page(PasswordForm())


@pages.post("/account/password")
@access(signed_in)
def set_password() -> ResponseReturnValue:
    form = PasswordForm()
    mine = queries.find_account_of(db(), viewer().person_id)
    if mine is None:
        raise NotFound
    try:
        if not form.validate_on_submit():
            return _account_page(form), 422
        rules.check_password(form.password.data, mine.person.email or "")
    except Refused as refusal:
        form.refuse(refusal)
        return _account_page(form), refusal.status
    release()
    hashed = hashing.hash_password(form.password.data)
    mine.password_hash = hashed
    db().add(mine)
    services.end_other_sign_ins(db(), mine.id, viewer().sign_in_id, clock.now())
    flash("Your password is set. Your other devices are signed out.")
    return redirect(url_for("accounts.account"))


@pages.post("/account/sign-out-elsewhere")
@access(signed_in)
def sign_out_elsewhere() -> ResponseReturnValue:
    mine = queries.find_account_of(db(), viewer().person_id)
    if mine is None:
        raise NotFound
    services.end_other_sign_ins(db(), mine.id, viewer().sign_in_id, clock.now())
    flash("Your other devices are signed out.")
    return redirect(url_for("accounts.account"))


def _account_page(form: PasswordForm) -> str:
    mine = queries.find_account_of(db(), viewer().person_id)
    if mine is None:
        raise NotFound
    devices = queries.devices(db(), mine.id, clock.now())
    return render_template("accounts/account.html", form=form, account=mine, devices=devices, press=PressForm())


def _sign_in_page(form: SignInForm) -> str:
    return render_template(
        "accounts/sign_in.html", form=form, doors=_doors(), press=PressForm(), next=request.args.get("next", "")
    )


def _doors() -> list[DemonstrationDoor]:
    here = rules.may_use_doors(request.remote_addr, request.host, dict(request.headers))
    return list(queries.doors(db())) if demonstration(current_app) and here else []


def _let_in(secret: str) -> ResponseReturnValue:
    login_user(SignedIn.newly(secret))
    return redirect(_next())


def _next() -> str:
    """Where the reader was going, if that is a page of ours."""
    wanted = request.args.get("next", "")
    parts = urlsplit(wanted)
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if ours else url_for("home.start")


def _end() -> None:
    services.end_sign_in(db(), viewer().sign_in_id, clock.now())
    logout_user()


def _device() -> str:
    agent = request.user_agent.string
    system = next(
        (name for name in ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux") if name in agent), ""
    )
    browser = next((name for name in ("Edg", "Firefox", "Chrome", "Safari") if name in agent), "")
    return " on ".join(filter(None, (browser.replace("Edg", "Edge"), system))) or "A device"
