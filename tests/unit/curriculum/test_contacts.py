"""signposting.toml says whom to call, and when; nobody's check is invented."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from tests.unit.curriculum.broken import COURSES, SIGNPOSTING
from trainer.curriculum.contacts import Contact, Need, load_signposting
from trainer.curriculum.faults import CourseFaultsError


def test_each_country_has_someone_for_danger_for_urgent_need_and_for_the_helper() -> None:
    contacts = load_signposting(COURSES / SIGNPOSTING).contacts
    for country in {contact.country for contact in contacts}:
        needs = {contact.need for contact in contacts if contact.country == country}
        assert {Need.DANGER, Need.URGENT, Need.UNIVERSITY, Need.HELPER} <= needs


def test_no_contact_claims_to_have_been_checked() -> None:
    assert not any("check" in field.name for field in fields(Contact))
    assert "checked_on" not in (COURSES / SIGNPOSTING).read_text()


def test_the_escalation_table_has_its_three_rows_in_order_of_haste() -> None:
    rows = load_signposting(COURSES / SIGNPOSTING).escalation
    assert [row.id for row in rows] == ["now", "same-day", "next-supervision"]
    assert all(row.examples and row.act for row in rows)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("It stays between us, unless you may be badly hurt or think of suicide.", []),
        ("It stays between us, unless you may be badly hurt.", ["same-day"]),
        ("It stays between us, whatever it is.", ["now", "same-day"]),
        ("It stays between us, unless there are suicidal thoughts or danger.", []),
    ],
)
def test_a_statement_leaves_out_what_it_does_not_say(text: str, left_out: list[str]) -> None:
    signposting = load_signposting(COURSES / SIGNPOSTING)
    assert signposting.statement.promises(text)
    assert [row.id for row in signposting.rows_left_out(text)] == left_out


def test_a_faulty_file_is_refused_with_every_fault(tmp_path: Path) -> None:
    path = tmp_path / SIGNPOSTING
    path.write_text((COURSES / SIGNPOSTING).read_text().replace("free = true", "free = 1"))
    with pytest.raises(CourseFaultsError) as refused:
        load_signposting(path)
    assert {fault.message for fault in refused.value.faults} == {"`free` is true or false."}
