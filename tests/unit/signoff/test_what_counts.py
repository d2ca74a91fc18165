"""What counts of the lines that were signed, and how many hours that is."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.signoff.plain import SIGNED, absent, corrected, made_up, programme, signed
from trainer.signoff.lines import Entry, count, superseded
from trainer.signoff.rules import Kind, Presence, credit, hours_of, is_whole, observed, seen_in

PROGRAMME = programme()


def test_what_was_signed_counts() -> None:
    [one] = count([signed(1, 170)])
    assert (one.presence, one.minutes, one.how, one.signer) == (Presence.PRESENT, 170, Kind.SIGN_OFF, "Ruth Hallam")


def test_five_late_minutes_do_not_cost_the_session() -> None:
    [one] = count([signed(1, 165)])
    assert is_whole(one, PROGRAMME)
    assert hours_of([one], PROGRAMME) == 180


def test_one_minute_less_than_the_whole_counts_as_it_is() -> None:
    [one] = count([signed(1, 164)])
    assert not is_whole(one, PROGRAMME)
    assert hours_of([one], PROGRAMME) == 164


def test_a_shorter_session_allows_the_same_minutes_away_and_no_more() -> None:
    short = count([signed(1, 105, session_minutes=120), signed(2, 104, session_minutes=120)])
    assert [credit(one, PROGRAMME) for one in short] == [120, 104]


def test_a_longer_session_needs_more_than_the_minutes_of_a_usual_one() -> None:
    [one] = count([signed(1, 165, session_minutes=240)])
    assert credit(one, PROGRAMME) == 165


def test_whoever_was_away_from_a_very_short_session_was_not_there() -> None:
    [one] = count([absent(1, session_minutes=10)])
    assert not is_whole(one, PROGRAMME)
    assert credit(one, PROGRAMME) == 0


def test_the_latest_correction_counts_in_whatever_order_the_lines_come() -> None:
    line = signed(1)
    first, second = corrected(line, 1, 0), corrected(line, 2, 90)
    for lines in permutations([line, first, second]):
        [one] = count(lines)
        assert (one.minutes, one.how, one.record_id) == (90, Kind.CORRECTION, second.record_id)


def test_a_correction_takes_the_place_of_what_was_seen_too() -> None:
    line = signed(1, 180, Presence.PRESENT, "names-limits")
    assert observed(count([line, corrected(line, 1, 0)])) == frozenset()
    assert observed(count([line, corrected(line, 1, 180, "waits")])) == {"waits"}


def test_a_correction_without_an_original_puts_somebody_on_the_register() -> None:
    [one] = count([corrected(signed(1), 1, 180)])
    assert one.attended


def test_a_make_up_counts_in_place_of_an_absence() -> None:
    [one] = count([absent(2), made_up(2, 180, "waits")])
    assert (one.presence, one.minutes, one.how) == (Presence.PRESENT, 180, Kind.MAKE_UP)
    assert one.behaviours == {"waits"}


def test_a_make_up_adds_to_the_part_that_was_attended() -> None:
    [one] = count([signed(2, 100, Presence.PRESENT, "waits"), made_up(2, 60, "listens")])
    assert one.minutes == 160
    assert one.behaviours == {"waits", "listens"}


def test_a_session_and_its_make_up_never_count_for_more_than_the_session() -> None:
    [one] = count([signed(2, 100), made_up(2, 180)])
    assert one.minutes == 180


def test_a_make_up_that_was_signed_by_mistake_counts_no_more_once_it_is_corrected() -> None:
    make_up = made_up(2)
    [one] = count([absent(2), make_up, corrected(make_up, 1, 0)])
    assert (one.presence, one.minutes) == (Presence.ABSENT, 0)


def test_a_correction_of_the_register_leaves_the_make_up_standing() -> None:
    missed = signed(2, 100)
    [one] = count([missed, made_up(2, 60), corrected(missed, 1, 0)])
    assert (one.minutes, one.how) == (60, Kind.MAKE_UP)


def test_a_make_up_of_a_cancelled_session_counts_alone() -> None:
    [one] = count([made_up(2)])
    assert hours_of([one], PROGRAMME) == 180


def test_an_absence_counts_for_nothing_whatever_stands_beside_it() -> None:
    odd = absent(1)._replace(minutes=90, behaviours=frozenset({"waits"}))
    [one] = count([odd])
    assert (one.minutes, one.behaviours, one.attended) == (0, frozenset(), False)


def test_nobody_is_there_for_longer_than_the_session_was() -> None:
    [one] = count([signed(1, 200)])
    assert (one.minutes, hours_of([one], PROGRAMME)) == (180, 180)


def test_only_lines_that_were_corrected_are_superseded() -> None:
    line, other = signed(1), signed(1, person="tane")
    first, second = corrected(line, 1, 0), corrected(line, 2, 90)
    gone = superseded([line, other, first, second, made_up(1)])
    assert gone == {("amara", line.record_id), ("amara", first.record_id)}


def test_everybody_is_counted_apart() -> None:
    counted = count([signed(1), absent(1, person="tane"), signed(2, person="tane")])
    assert [(one.person_id, one.session_number, one.minutes) for one in counted] == [
        ("amara", 1, 180),
        ("tane", 1, 0),
        ("tane", 2, 180),
    ]


def test_it_is_known_where_a_behaviour_was_seen() -> None:
    counted = count(
        [signed(1, 180, Presence.PRESENT, "names-limits"), signed(4, 180, Presence.PRESENT, "names-limits")]
    )
    assert seen_in(counted) == {"names-limits": [1, 4]}


minutes = st.integers(0, 180)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Whatever can have been signed about one trainee in one session."""
    attended = draw(minutes)
    line = signed(1, attended) if attended else absent(1)
    lines = [line, *(corrected(line, nth, draw(minutes)) for nth in range(1, draw(st.integers(0, 3)) + 1))]
    if draw(st.booleans()):
        make_up = made_up(1, draw(st.integers(1, 180)))
        lines += [make_up, *(corrected(make_up, nth, draw(minutes)) for nth in range(1, draw(st.integers(0, 2)) + 1))]
    return draw(st.permutations(lines))


@given(histories())
def test_whatever_was_signed_a_session_counts_once_and_never_for_longer_than_it_was(lines: list[Entry]) -> None:
    [one] = count(lines)
    assert 0 <= one.minutes <= one.session_minutes
    assert one.minutes <= credit(one, PROGRAMME) <= one.session_minutes
    assert one.attended == (one.minutes > 0)


@given(histories())
def test_the_order_in_which_lines_are_read_does_not_matter(lines: list[Entry]) -> None:
    assert count(lines) == count(sorted(lines, key=lambda entry: entry.record_id))


@given(histories(), st.integers(1, 180))
def test_a_make_up_never_takes_hours_away(lines: list[Entry], more: int) -> None:
    register = [entry for entry in lines if not entry.about_make_up]
    assert hours_of(count([*register, made_up(1, more)]), PROGRAMME) >= hours_of(count(register), PROGRAMME)


@given(histories(), minutes)
def test_a_further_correction_decides_alone_what_the_register_counts(lines: list[Entry], last: int) -> None:
    register = [entry for entry in lines if not entry.about_make_up]
    newest = corrected(signed(1), len(register), last)._replace(signed_at=SIGNED)
    [one] = count([*register, newest])
    assert one.minutes == last
