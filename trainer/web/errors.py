"""One handler turns a refusal into a page; anything unforeseen closes with a page that helps and a reference."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, SecurityError

from trainer.refusal import NotFound, Refused
from trainer.web.unit import keep_nothing

log = logging.getLogger(__name__)
SENTENCES = {
    400: ("That did not arrive as it should", "Go back, load the page again, and try once more. Nothing was changed."),
    404: ("There is nothing here for you", NotFound().sentence),
    405: ("There is nothing here for you", NotFound().sentence),
    413: ("That is too large", "A file may have at most two megabytes. Nothing was changed."),
}


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(Exception, _unforeseen)


def _page(status: int, heading: str, sentence: str, reference: str = "") -> ResponseReturnValue:
    keep_nothing()
    if request.headers.get("Accept") == "application/json":
        return {"sentence": sentence}, status
    page = render_template("errors/refused.html", heading=heading, sentence=sentence, reference=reference)
    return page, status


def _refused(refusal: Refused) -> ResponseReturnValue:
    if isinstance(refusal, NotFound):
        return _page(404, SENTENCES[404][0], refusal.sentence)
    return _page(refusal.status, "That is not possible", refusal.sentence)


def _http(fault: HTTPException) -> ResponseReturnValue:
    status = fault.code or 500
    if status < 400:
        return fault.get_response()
    heading, sentence = SENTENCES.get(status, ("That is not possible", fault.description or ""))
    return _page(status, heading, sentence)


def _foreign_host(_fault: SecurityError) -> ResponseReturnValue:
    """A request for a host that is not ours has no addresses to draw a page with."""
    return "This is not the address of this site.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _unforeseen(fault: Exception) -> ResponseReturnValue:
    reference = secrets.token_hex(4)
    log.error("unforeseen fault, reference %s", reference, exc_info=fault)
    sentence = "The fault is ours, and it has been noted. Nothing was half done. Try again in a minute."
    return _page(500, "Something broke on our side", sentence, reference)
