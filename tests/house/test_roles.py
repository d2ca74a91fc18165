"""Whose a page is not gets the answer of a page that does not exist: every address of the site, asked by every role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pytest

from tests.house.addresses import Standing, addresses, standing, unknown_parameters
from tests.house.garbage import NO_FORMS, Form, blanket, forms_on, spoiled
from tests.house.table import Table, table_of
from tests.house.walking import Device, Seen, content, look, seen, undone
from tests.house.world import COORDINATOR, LATER, READERS, SIGNED_OUT, TRAINEES, World, _clock, world
from trainer import clock
from trainer.web.access import anyone

__all__ = ["_clock", "world"]

REFUSED = {403, 409}  # seen, and told why not: who only looks on, or when the facts forbid it


@pytest.fixture(scope="module")
def table(world: World) -> Table:
    return table_of(world)


@pytest.fixture(scope="module")
def pages(world: World, table: Table) -> list[Seen]:
    """Every page as it answers every reader."""
    with clock.stopped_at(LATER):
        return [one for reader in READERS for one in look(world, table, reader)]


def open_to_all(world: World, one: Seen) -> bool:
    return vars(world.app.view_functions[one.address.endpoint])["access"] is anyone


def said(found: Sequence[Seen]) -> list[str]:
    return [str(one) for one in found]


def test_the_table_of_ids_knows_every_parameter_of_an_address(world: World, table: Table) -> None:
    assert unknown_parameters(world, table) == []


def test_no_page_breaks(pages: list[Seen]) -> None:
    assert said([one for one in pages if one.status >= 500]) == []


def test_a_page_of_others_answers_like_one_that_does_not_exist_and_names_nobody(pages: list[Seen]) -> None:
    foreign = [one for one in pages if one.standing is Standing.FOREIGN and not _sent_to_sign_in(one)]
    assert said([one for one in foreign if one.status != 404 or not one.like_absent or one.names]) == []


def _sent_to_sign_in(one: Seen) -> bool:
    return (
        one.reader == SIGNED_OUT and one.status == 302 and one.location.startswith("/sign-in?next=") and not one.names
    )


def test_what_does_not_exist_answers_always_the_same_and_names_nobody(world: World, pages: list[Seen]) -> None:
    nothing = [one for one in pages if one.standing is Standing.NOTHING and one.status not in REFUSED]
    absent = [one for one in nothing if one.status == 404 or open_to_all(world, one)]
    assert said([one for one in nothing if one not in absent or not one.like_absent or one.names]) == []


def test_whose_a_page_is_can_open_it(pages: list[Seen]) -> None:
    theirs = [one for one in pages if one.standing is Standing.THEIRS]
    opened = {one.address.path for one in theirs if one.status == 200}
    by_path = defaultdict(set)
    for one in theirs:
        by_path[one.address.path].add(one.status)
    closed = [one for one in theirs if one.status != 200]
    looking_on = [one for one in closed if one.status == 403 and one.reader == COORDINATOR]
    forbidden = [one for one in closed if one.status == 409 and one.address.path not in opened]
    assert said([one for one in closed if one not in looking_on and one not in forbidden]) == []
    assert {one.address.endpoint for one in pages} == {one.address.endpoint for one in theirs if one.status == 200}


def test_no_page_of_a_trainee_names_another_trainee(world: World, pages: list[Seen]) -> None:
    trainees = {world.cast.amara.name, world.cast.noor.name, world.cast.tane.name, world.cast.madonna.name}
    own = [one for one in pages if one.reader in (SIGNED_OUT, *TRAINEES) and "code" not in one.address.values]
    assert said([one for one in own if one.names & trainees]) == []


@pytest.mark.parametrize("reader", READERS)
def test_a_form_sent_to_what_is_not_ones_own_is_refused_and_writes_nothing(
    world: World, table: Table, reader: str
) -> None:
    device, before, faults = Device(world, reader), content(world), []
    nowhere = device.post("/no/such/page")
    for some in addresses(world, table, "POST"):
        foreign = [one for one in some if standing(world, table, reader, one) is Standing.FOREIGN]
        for address in foreign:
            absent = device.post(some[-1].path)
            one = seen(world, reader, address, Standing.FOREIGN, device.post(address.path), absent, nowhere)
            faults += said([one] if one.status not in {403, 404} or not one.like_absent or one.names else [])
        if content(world) != before:
            pytest.fail(f"{reader} wrote something by {some[0].endpoint}")
    assert faults == []


@pytest.fixture(scope="module")
def forms(pages: list[Seen]) -> dict[str, dict[tuple[str, str], Form]]:
    """The forms that each reader was shown, one of each kind at an endpoint."""
    shown: dict[str, dict[tuple[str, str], Form]] = {reader: {} for reader in READERS}
    for one in pages:
        if one.status == 200 and one.standing is Standing.THEIRS:
            for form in forms_on(one.address.path, one.html):
                shown[one.reader].setdefault((one.address.endpoint, form.kind), form)
    return shown


@pytest.mark.parametrize("reader", READERS)
def test_a_form_with_a_spoiled_field_breaks_nothing(
    world: World, forms: dict[str, dict[tuple[str, str], Form]], reader: str
) -> None:
    device, faults = Device(world, reader), []
    for turn, form in enumerate(forms[reader].values()):
        for sent in spoiled(form, turn):
            with undone(world):
                status = device.post(form.action, sent).status_code
            faults += [f"{form.action}: {str(sent)[:300]}"] if status >= 500 else []
    assert faults == []


@pytest.mark.parametrize("reader", READERS)
def test_a_form_of_nothing_but_rubbish_breaks_nothing(
    world: World, table: Table, forms: dict[str, dict[tuple[str, str], Form]], reader: str
) -> None:
    names = {name for some in forms.values() for form in some.values() for name in form.fields}
    device, faults = Device(world, reader), []
    for some in addresses(world, table, "POST"):
        own = [one for one in some if standing(world, table, reader, one) is Standing.THEIRS]
        for address, sent in [(one, {}) for one in own] + [(one, sent) for one in own[:1] for sent in blanket(names)]:
            with undone(world):
                status = device.post(address.path, sent).status_code
            faults += [f"{address.endpoint}: {str(sent)[:100]}"] if status >= 500 else []
    assert faults == []


@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_form_at_all_breaks_nothing(world: World, table: Table, reader: str) -> None:
    device, faults = Device(world, reader), []
    for some in addresses(world, table, "POST"):
        for address in [one for one in some if standing(world, table, reader, one) is Standing.THEIRS][:1]:
            for content_type, sent in NO_FORMS:
                with undone(world):
                    status = device.post_raw(address.path, sent, content_type).status_code
                faults += [f"{address.endpoint}: {content_type} {sent!r}"] if status >= 500 else []
    assert faults == []
