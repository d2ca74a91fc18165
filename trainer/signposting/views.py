"""/help: whom to call now; open to everybody, signed in or not, on paper and without a script."""

from __future__ import annotations

from flask import Blueprint, render_template

from trainer.signposting.box import shown, signposting
from trainer.signposting.rules import dialled, sentence
from trainer.web.access import access, anyone

pages = Blueprint("signposting", __name__)
pages.add_app_template_filter(dialled, "dialled")
pages.add_app_template_filter(sentence, "sentence")


@pages.get("/help")
@access(anyone)
def help_now() -> str:
    """List every contact of this country with hours and cost, then what to do when."""
    return render_template("signposting/help.html", groups=shown(), escalation=signposting().escalation)
