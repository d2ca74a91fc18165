"""The boxes for private words, handed to the pages of a module through every template: learning knows no journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app, get_template_attribute
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from trainer.curriculum.rules import Module, Part
from trainer.journal.queries import own_texts
from trainer.journal.rules import OwnText, Slot, slots_of
from trainer.web.access import viewer
from trainer.web.site import keys
from trainer.web.unit import db


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn box, and whether anything is kept in it."""

    drawn: Markup
    written: bool


Onward = Callable[[Module, Part], ResponseReturnValue]
ONWARD = "trainer.onward"


def install(app: Flask, onward: Onward) -> None:
    """Give templates `private_boxes(module, part)`: a Box by the id of what it answers.

    `onward` says that the reader is done with a part and answers with the way to the next one.
    """
    app.jinja_env.globals["private_boxes"] = _boxes
    app.extensions[ONWARD] = onward


def go_on(module: Module, part: Part) -> ResponseReturnValue:
    """Leave a part whose words were kept, in the same unit of work, and go to the next."""
    onward: Onward = current_app.extensions[ONWARD]
    return onward(module, part)


def _boxes(module: Module, part: Part) -> Mapping[str, Box]:
    """Draw the boxes of a part with the reader's own texts; for who only looks, a line in their place."""
    slots = slots_of(part)
    if not slots or not viewer().is_trainee:
        return {slot.item: Box(get_template_attribute("journal/_box.html", "guest")(slot), False) for slot in slots}
    items = [slot.item for slot in slots]
    own = {text.item: text for text in own_texts(db(), keys(), viewer(), [module.slug], items)}
    return {slot.item: _draw(slot, own.get(slot.item)) for slot in slots}


def _draw(slot: Slot, own: OwnText | None) -> Box:
    return Box(get_template_attribute("journal/_box.html", "box")(slot, own), own is not None)
