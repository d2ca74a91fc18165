"""To look at a page changes nothing, whoever looks."""

from __future__ import annotations

from datetime import timedelta

from tests.house.addresses import addresses
from tests.house.table import table_of
from tests.house.walking import Device, changed_columns, content
from tests.house.world import LATER, READERS, World, _clock, world
from trainer import clock

__all__ = ["_clock", "world"]

CHANGED_BY_LOOKING = {("sign_in", "last_seen_at")}  # a sign-in ends twelve hours after it was last used


def test_looking_at_pages_changes_nothing_but_when_a_device_was_last_seen(world: World) -> None:
    table = table_of(world)
    changed: dict[tuple[str, str], str] = {}
    for reader in READERS:
        device, before = Device(world, reader), content(world)
        with clock.stopped_at(LATER + timedelta(minutes=2)):
            for some in addresses(world, table, "GET"):
                for address in [one for one in some if one.real] + some[-1:]:
                    device.get(address.path)
                after = content(world)
                changed |= dict.fromkeys(changed_columns(before, after), f"{reader} looks at {some[0].endpoint}")
                before = after
    assert changed.keys() == CHANGED_BY_LOOKING, changed
