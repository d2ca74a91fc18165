"""A coordinator rings each contact and says so; until then the pages say that nobody has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.cast import NOW, ZONE, Cast
from tests.reader import Reader
from trainer.config import Settings
from trainer.curriculum.contacts import FILE, Contact, load_signposting
from trainer.people.rules import Role, Viewer
from trainer.refusal import NotNow
from trainer.signposting.queries import checks
from trainer.signposting.rules import Shown, facts_of, is_due, reachable, shown_in, unchecked
from trainer.signposting.services import confirm, require_checked

HEARD = "A volunteer answered after two rings."


def _shown(settings: Settings) -> tuple[Shown, ...]:
    return shown_in(load_signposting(settings.courses / FILE).contacts, settings.country)


def _contacts(settings: Settings) -> list[Contact]:
    return [contact for group in _shown(settings) for contact in group.contacts]


def _coordinator(cast: Cast) -> Viewer:
    return Viewer(cast.priya.id, cast.priya.name, frozenset({Role.COORDINATOR}))


def test_a_coordinator_confirms_a_contact_and_it_names_them(as_person: Callable[..., Reader], cast: Cast) -> None:
    priya = as_person(cast.priya)
    page = priya.get("/contacts")
    assert "not checked yet" in page.text
    page = priya.post("/contacts/uk-samaritans", {"checked_on": "2026-10-19", "heard": HEARD})
    assert "Samaritans is confirmed." in page.text
    assert "Checked on Monday 19 October 2026 by Priya Raman" in page.text
    assert HEARD in page.text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"checked_on": "2026-10-21", "heard": HEARD}, "This day is still to come."),
        ({"checked_on": "2026-10-20", "heard": "  "}, "Say in a few words who answered"),
        ({"checked_on": "", "heard": HEARD}, "Write the day as day, month and year."),
    ],
)
def test_a_check_needs_a_day_that_has_come_and_something_heard(
    as_person: Callable[..., Reader], cast: Cast, db: Session, given: dict[str, str], sentence: str
) -> None:
    page = as_person(cast.priya).post("/contacts/uk-samaritans", given, 422)
    assert sentence in page.text
    assert not checks(db)


def test_a_contact_without_a_number_cannot_be_confirmed(as_person: Callable[..., Reader], cast: Cast) -> None:
    given = {"checked_on": "2026-10-20", "heard": HEARD}
    page = as_person(cast.priya).post("/contacts/uk-nightline", given, 422)
    assert "has no number yet" in page.text


def test_a_contact_of_another_country_is_not_there(as_person: Callable[..., Reader], cast: Cast) -> None:
    given = {"checked_on": "2026-10-20", "heard": HEARD}
    page = as_person(cast.priya).post("/contacts/nl-113", given, 404)
    assert "There is no such page" in page.text


def test_no_trainee_is_invited_before_every_contact_is_confirmed(db: Session, cast: Cast, settings: Settings) -> None:
    shown = [
        Shown(one.need, one.words, tuple(contact for contact in one.contacts if reachable(contact)))
        for one in _shown(settings)
    ]
    contacts = [contact for group in shown for contact in group.contacts]
    for contact in contacts[1:]:
        confirm(db, _coordinator(cast), contact, NOW.date(), HEARD, NOW.astimezone(ZONE))
    with pytest.raises(NotNow) as refusal:
        require_checked(db, shown)
    assert refusal.value.code == "contacts-unchecked"
    assert refusal.value.sentence.endswith(f"under Contacts, {contacts[0].name}.")
    confirm(db, _coordinator(cast), contacts[0], NOW.date(), HEARD, NOW.astimezone(ZONE))
    require_checked(db, shown)


def test_a_contact_that_changed_has_to_be_checked_again(settings: Settings) -> None:
    samaritans = next(one for one in _contacts(settings) if one.id == "uk-samaritans")
    changed = Contact(**{name: getattr(samaritans, name) for name in samaritans.__slots__} | {"phone": "116 124"})
    shown = (Shown(changed.need, "", (changed,)),)
    assert unchecked(shown, {(samaritans.id, facts_of(samaritans))}) == (changed,)
    assert unchecked(shown, {(samaritans.id, facts_of(changed))}) == ()


def test_a_check_is_due_again_after_ninety_days() -> None:
    assert not is_due(date(2026, 7, 22), date(2026, 10, 20))
    assert is_due(date(2026, 7, 21), date(2026, 10, 20))
