"""What a timetable file may look like, what is said about one that may not, and what importing it would change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cohorts.preview import Item, Preview, Section
from trainer.cohorts.rules import Slot
from trainer.cohorts.timetable_file import COLUMNS, read_timetable
from trainer.cohorts.timetable_plan import Known, KnownCohort, KnownSession, Leader, plan_timetable

at = datetime.fromisoformat
LONDON = ZoneInfo("Europe/London")
HEAD = ",".join(COLUMNS)
RUTH, DANIEL = "ruth@counselling.example", "daniel@counselling.example"
FIRST = f'Michaelmas A,1,2026-10-05 14:00,2026-10-05 17:00,"Seminar Room 2, Counselling",{RUTH};{DANIEL}'
SECOND = f"Michaelmas A,2,2026-10-08 14:00,2026-10-08 17:00,Seminar Room 2,{RUTH}"
KNOWN = Known(
    cohorts={
        "michaelmas a": KnownCohort("c1", "Michaelmas A", "Peer support", {1: 180, 2: 180, 3: 180}),
        "michaelmas b": KnownCohort("c2", "Michaelmas B", "Peer support", {1: 180, 2: 180, 3: 180}),
        "old": KnownCohort("c3", "Old", "gone", {}),
    },
    people={
        RUTH: Leader("r", "Ruth Hallam", True),
        DANIEL: Leader("d", "Daniel Achterberg", True),
        "amara@stmary.example": Leader("a", "Amara Okafor", False),
    },
)
AFTERNOON = Slot(at("2026-10-05 14:00"), at("2026-10-05 17:00"), "Seminar Room 2, Counselling", "Ring the bell")
STANDING = KnownSession("s1", "c1", 1, AFTERNOON, ("r", "d"))


def file(*lines: str) -> str:
    return "\n".join([HEAD, *lines]) + "\n"


def with_session(session: KnownSession = STANDING, *more: KnownSession) -> Known:
    return replace(KNOWN, sessions={(one.cohort_id, one.number): one for one in (session, *more)})


def previewed(*lines: str, known: Known = KNOWN) -> Preview:
    good, faults = read_timetable(file(*lines), LONDON)
    plan, more = plan_timetable(good, known)
    return Preview(plan.sections, (*faults, *more), plan.warnings)


FAULTY = {
    "a missing column": (
        "cohort,session,starts,ends,place\n",
        [f"line 1: The column led_by is missing. The first line must be {HEAD}."],
    ),
    "no cohort": (
        file(f",1,2026-10-05 14:00,2026-10-05 17:00,,{RUTH}"),
        ["line 2: cohort is empty. Write the name of the cohort."],
    ),
    "a session without number": (
        file(f"Michaelmas A,first,2026-10-05 14:00,2026-10-05 17:00,,{RUTH}"),
        ["line 2: session “first” is no number. Write 1 for the first session."],
    ),
    "session nought": (
        file(f"Michaelmas A,0,2026-10-05 14:00,2026-10-05 17:00,,{RUTH}"),
        ["line 2: session “0” is no number. Write 1 for the first session."],
    ),
    "a session in other digits": (
        file(f"Michaelmas A,²,2026-10-05 14:00,2026-10-05 17:00,,{RUTH}"),
        ["line 2: session “²” is no number. Write 1 for the first session."],
    ),
    "a date as spreadsheets write it": (
        file(f"Michaelmas A,1,05/10/2026 14:00,05/10/2026 17:00,,{RUTH}"),
        [
            "line 2: starts “05/10/2026 14:00” is no time. Write it as 2026-10-05 14:00.",
            "line 2: ends “05/10/2026 17:00” is no time. Write it as 2026-10-05 14:00.",
        ],
    ),
    "a day that is not there": (
        file(f"Michaelmas A,1,2026-02-30 14:00,2026-03-01 17:00,,{RUTH}"),
        ["line 2: starts “2026-02-30 14:00” is no time. Write it as 2026-10-05 14:00."],
    ),
    "an hour that is not there": (
        file(f"Michaelmas A,1,2026-10-05 14:00,2026-10-05 25:00,,{RUTH}"),
        ["line 2: ends “2026-10-05 25:00” is no time. Write it as 2026-10-05 14:00."],
    ),
    "no time": (
        file(f"Michaelmas A,1,2026-10-05,,,{RUTH}"),
        [
            "line 2: starts “2026-10-05” is no time. Write it as 2026-10-05 14:00.",
            "line 2: ends “” is no time. Write it as 2026-10-05 14:00.",
        ],
    ),
    "an end before the start": (
        file(f"Michaelmas A,1,2026-10-05 17:00,2026-10-05 14:00,,{RUTH}"),
        ["line 2: The session must end after it starts."],
    ),
    "an end at the start": (
        file(f"Michaelmas A,1,2026-10-05 14:00,2026-10-05 14:00,,{RUTH}"),
        ["line 2: The session must end after it starts."],
    ),
    "longer than a day": (
        file(f"Michaelmas A,1,2026-10-05 14:00,2026-10-06 14:01,,{RUTH}"),
        ["line 2: The session must not last longer than a day."],
    ),
    "another century": (
        file(f"Michaelmas A,1,0206-10-05 14:00,0206-10-05 17:00,,{RUTH}"),
        ["line 2: Check the year: 206 is far from now."],
    ),
    "the last minute there is": (
        file(f"Michaelmas A,1,9999-12-31 22:00,9999-12-31 23:59,,{RUTH}"),
        ["line 2: Check the year: 9999 is far from now."],
    ),
    "the hour that spring leaves out": (
        file(f"Michaelmas A,1,2027-03-28 01:30,2027-03-28 04:30,,{RUTH}"),
        ["line 2: There is no 01:30 on 2027-03-28: the clocks go forward. Choose an hour later."],
    ),
    "an end in that hour": (
        file(f"Michaelmas A,1,2027-03-27 22:00,2027-03-28 01:00,,{RUTH}"),
        ["line 2: There is no 01:00 on 2027-03-28: the clocks go forward. Choose an hour later."],
    ),
    "a very long place": (
        file(f"Michaelmas A,1,2026-10-05 14:00,2026-10-05 17:00,{'P' * 201},{RUTH}"),
        ["line 2: The place has 201 characters; 200 is the most."],
    ),
    "nobody leads": (
        file("Michaelmas A,1,2026-10-05 14:00,2026-10-05 17:00,, ; "),
        ["line 2: led_by is empty. Write the address of who leads, several with ; between them."],
    ),
    "one leads twice": (
        file(f"Michaelmas A,1,2026-10-05 14:00,2026-10-05 17:00,,{RUTH};{RUTH.upper()}"),
        [f"line 2: led_by names “{RUTH}” twice. Keep one."],
    ),
    "a session twice": (
        file(FIRST, SECOND, FIRST.replace("Michaelmas A", "MICHAELMAS  a")),
        ["line 4: Session 1 of MICHAELMAS a is on line 2 already."],
    ),
    "an unknown cohort": (
        file(FIRST.replace("Michaelmas A", "Hilary")),
        ["line 2: There is no cohort “Hilary”. Import its people or start it first."],
    ),
    "a number outside the programme": (
        file(f"Michaelmas A,11,2026-10-05 14:00,2026-10-05 17:00,,{RUTH}"),
        ["line 2: Session 11 is not in the programme “Peer support”, which has sessions 1 to 3."],
    ),
    "a programme that is gone": (
        file(FIRST.replace("Michaelmas A", "Old")),
        ["line 2: The programme gone of Old is not among the courses any more. Put its file back."],
    ),
    "an unknown leader": (
        file(SECOND.replace(RUTH, "nobody@x.example")),
        ["line 2: Nobody has the address “nobody@x.example”. Import or add that trainer first."],
    ),
    "a leader who is a trainee": (
        file(SECOND.replace(RUTH, f"{RUTH}; amara@stmary.example")),
        ["line 2: Amara Okafor (amara@stmary.example) is not a trainer. Grant that role first."],
    ),
    "everything wrong at once": (
        file("Hilary,11,14:00,2026-10-05 17:00,,", f"Hilary,1,2026-10-05 14:00,2026-10-05 17:00,,x;{RUTH}"),
        [
            "line 2: starts “14:00” is no time. Write it as 2026-10-05 14:00.",
            "line 2: led_by is empty. Write the address of who leads, several with ; between them.",
            "line 3: There is no cohort “Hilary”. Import its people or start it first.",
            "line 3: Nobody has the address “x”. Import or add that trainer first.",
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_every_fault_is_told_by_line_with_what_would_be_right(name: str) -> None:
    content, expected = FAULTY[name]
    lines, faults = read_timetable(content, LONDON)
    _, more = plan_timetable(lines, KNOWN)
    assert [str(fault) for fault in (*faults, *more)] == expected


def test_a_new_timetable_lists_every_session_with_its_leaders() -> None:
    assert previewed(FIRST, SECOND) == Preview(
        (
            Section(
                "New sessions",
                (
                    Item(
                        "Michaelmas A, session 1",
                        "2026-10-05 14:00 to 17:00, Seminar Room 2, Counselling, "
                        "led by Ruth Hallam and Daniel Achterberg",
                    ),
                    Item(
                        "Michaelmas A, session 2",
                        "2026-10-08 14:00 to 17:00, Seminar Room 2, led by Ruth Hallam",
                    ),
                ),
            ),
        )
    )


def test_the_same_timetable_again_changes_nothing_and_access_notes_stay() -> None:
    assert previewed(FIRST, known=with_session()).sections == ()


def test_a_move_a_room_and_other_leaders_are_told_apart() -> None:
    line = f"Michaelmas A,1,2026-10-06 22:00,2026-10-07 01:00,Hall,{DANIEL}"
    assert previewed(line, known=with_session()).sections == (
        Section(
            "Moved sessions",
            (
                Item(
                    "Michaelmas A, session 1",
                    "2026-10-06 22:00 to 2026-10-07 01:00, was 2026-10-05 14:00 to 17:00",
                ),
            ),
        ),
        Section(
            "Sessions in another place",
            (Item("Michaelmas A, session 1", "Hall, was Seminar Room 2, Counselling"),),
        ),
        Section(
            "Sessions with other leaders",
            (Item("Michaelmas A, session 1", "led by Daniel Achterberg, was Ruth Hallam and Daniel Achterberg"),),
        ),
    )


def test_a_signed_session_cannot_be_moved_and_may_be_in_the_file_as_it_stands() -> None:
    signed = with_session(replace(STANDING, signed=True))
    assert previewed(FIRST, known=signed).faults == ()
    moved = previewed(FIRST.replace("17:00", "16:00"), known=signed)
    assert [str(fault) for fault in moved.faults] == [
        "line 2: Session 1 of Michaelmas A is signed and cannot change any more: "
        "2026-10-05 14:00 to 17:00, Seminar Room 2, Counselling. Take this line out."
    ]


def test_one_trainer_in_two_places_is_a_warning_at_the_line_that_brings_it_about() -> None:
    elsewhere = KnownSession("s9", "c2", 3, replace(AFTERNOON, starts=at("2026-10-05 16:00")), ("d",))
    preview = previewed(FIRST, known=with_session(elsewhere))
    assert preview.faults == ()
    assert [str(warning) for warning in preview.warnings] == [
        "line 2: Daniel Achterberg also leads Michaelmas B, session 3 then."
    ]


def test_one_trainer_in_two_places_within_the_file_is_a_warning() -> None:
    preview = previewed(FIRST, SECOND.replace("10-08", "10-05"))
    assert [str(warning) for warning in preview.warnings] == [
        "line 3: Ruth Hallam also leads Michaelmas A, session 1 then."
    ]


def test_sessions_that_follow_one_another_or_are_cancelled_do_not_overlap() -> None:
    follows = KnownSession("s9", "c2", 3, Slot(AFTERNOON.ends, at("2026-10-05 20:00")), ("d",))
    cancelled = KnownSession("s8", "c2", 2, AFTERNOON, ("r",), cancelled=True)
    assert previewed(FIRST, known=with_session(follows, cancelled)).warnings == ()


def test_another_length_than_the_programme_plans_and_a_cancelled_session_are_warnings() -> None:
    known = with_session(replace(STANDING, cancelled=True))
    preview = previewed(FIRST.replace("17:00", "16:00"), known=known)
    assert [str(warning) for warning in preview.warnings] == [
        "line 2: Session 1 lasts 120 minutes; the programme plans 180.",
        "line 2: Session 1 is cancelled and stays so; restore it on its page.",
    ]


CELL = st.one_of(
    st.text(st.sampled_from("aM é@.;,\"'\n\r\t\x00\u202e-:0129"), max_size=18),
    st.sampled_from(["Michaelmas A", "1", "2026-10-05 14:00", "9999-12-31 23:59", "0001-01-01 00:00", RUTH]),
    st.datetimes().map(lambda moment: f"{moment:%Y-%m-%d %H:%M}"),
)
LINE = st.lists(CELL, min_size=5, max_size=7).map(",".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINE, max_size=6))
def test_whatever_the_lines_hold_reading_and_planning_them_only_reports(lines: list[str]) -> None:
    preview = previewed(*lines)
    assert all(fault.line > 1 and fault.sentence for fault in preview.faults)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.binary()))
def test_whatever_the_file_holds_reading_it_only_reports(content: str | bytes) -> None:
    lines, faults = read_timetable(content, LONDON)
    assert lines == [] and faults
