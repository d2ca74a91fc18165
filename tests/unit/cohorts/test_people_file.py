"""What a file of people may look like, and what is said about one that may not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.cohorts.people_file import COLUMNS, Known, KnownPerson, plan_people, read_people
from trainer.cohorts.preview import Item, Preview, Section
from trainer.cohorts.rules import State
from trainer.people.rules import BodyKind, Role

HEAD = ",".join(COLUMNS)
AMARA = "Amara,Okafor-Lindqvist,amara@stmary.example,trainee,St Mary's College,Michaelmas A"


def faults_of(content: bytes | str) -> list[str]:
    return [str(fault) for fault in read_people(content)[1]]


def file(*lines: str) -> str:
    return "\n".join([HEAD, *lines]) + "\n"


FAULTY = {
    "an empty file": ("", [f"line 1: The file is empty. Its first line must be {HEAD}."]),
    "only blank lines": ("\n\n ,,\n", [f"line 1: The file is empty. Its first line must be {HEAD}."]),
    "a missing column": (
        "given_name,family_name,email,role,body\n",
        [f"line 1: The column cohort is missing. The first line must be {HEAD}."],
    ),
    "two missing columns": (
        "given_name,family_name,email,role\n",
        [f"line 1: The columns body and cohort are missing. The first line must be {HEAD}."],
    ),
    "a column too many": (f"{HEAD},birth date\n", ["line 1: There is no column “birth date”. Take it out."]),
    "a column without a name": (f"{HEAD},\n", ["line 1: A column has no name. Take it out."]),
    "a column twice": (f"{HEAD},email\n", ["line 1: The column email is there 2 times. Keep one."]),
    "no first line": (
        f"{AMARA}\n",
        [
            f"line 1: The first line must name the columns: {HEAD}.",
        ],
    ),
    "semicolons": (
        f"{HEAD.replace(',', ';')}\n",
        [f"line 1: Separate the columns by commas. The first line must be {HEAD}."],
    ),
    "tabs": (
        f"{HEAD.replace(',', chr(9))}\n",
        [f"line 1: Separate the columns by commas. The first line must be {HEAD}."],
    ),
    "Latin-1 in line 3": (
        f"{HEAD}\n{AMARA}\n".encode() + "Zoë,X,z@x.example,trainee,,\n".encode("latin-1"),
        ["line 3: This line is not UTF-8. Save the file as “CSV UTF-8” and try again."],
    ),
    "UTF-16": (
        file(AMARA).encode("utf-16"),
        ["line 1: This line is not UTF-8. Save the file as “CSV UTF-8” and try again."],
    ),
    "Latin-1 after CRLF": (
        b"a\r\nb\r\n\xe9",
        ["line 3: This line is not UTF-8. Save the file as “CSV UTF-8” and try again."],
    ),
    "a quote that does not close": (
        file(AMARA, 'Kai,"Smith,kai@bridge.example,trainee,,', AMARA),
        ["line 3: This line cannot be read. Close every quote, and write a quote inside a quoted text twice."],
    ),
    "a quote within quotes": (
        file('"Kai "K" Smith",,kai@bridge.example,trainee,,'),
        ["line 2: This line cannot be read. Close every quote, and write a quote inside a quoted text twice."],
    ),
    "too few columns": (
        file("Kai,Smith,kai@bridge.example,trainee"),
        ["line 2: There are 4 columns instead of 6. Put a text with a comma in quotes."],
    ),
    "one column": (file("Kai"), ["line 2: There is 1 column instead of 6. Put a text with a comma in quotes."]),
    "too many columns": (
        file("Kai,Smith,kai@bridge.example,trainee,Department of Arts, Letters and Music,Michaelmas A"),
        ["line 2: There are 7 columns instead of 6. Put a text with a comma in quotes."],
    ),
    "an unknown role": (
        file("Kai,Smith,kai@bridge.example,student,,"),
        ["line 2: role “student” is not known. Write one of trainee, trainer, coordinator, senior member."],
    ),
    "no role": (
        file("Kai,Smith,kai@bridge.example,,,"),
        ["line 2: role “” is not known. Write one of trainee, trainer, coordinator, senior member."],
    ),
    "no name": (file(",,kai@bridge.example,trainee,,"), ["line 2: Give a name: one is enough."]),
    "a name of control characters": (
        file("\u202e\u200b,\x07,kai@bridge.example,trainee,,"),
        ["line 2: Give a name: one is enough."],
    ),
    "a very long given name": (
        file(f"{'K' * 201},Smith,kai@bridge.example,trainee,,"),
        ["line 2: The given name has 201 characters; 200 is the most."],
    ),
    "a very long family name": (
        file(f"Kai,{'S' * 250},kai@bridge.example,trainee,,"),
        ["line 2: The family name has 250 characters; 200 is the most."],
    ),
    "no address": (
        file("Kai,Smith,,trainee,,"),
        ["line 2: email “” is no address. Write an email address such as name@university.example."],
    ),
    "half an address": (
        file("Kai,Smith,kai@,trainee,,"),
        ["line 2: email “kai@” is no address. Write an email address such as name@university.example."],
    ),
    "two addresses": (
        file("Kai,Smith,kai@bridge.example;k@bridge.example,trainee,,"),
        [
            "line 2: email “kai@bridge.example;k@bridge.example” is no address. "
            "Write an email address such as name@university.example."
        ],
    ),
    "an address with an invisible character": (
        file("Kai,Smith,kai\u200b@bridge.example,trainee,,"),
        ["line 2: email “kai@bridge.example” is no address. Write an email address such as name@university.example."],
    ),
    "an address twice": (
        file(AMARA, "Kai,Smith,AMARA@stmary.example,trainer,,"),
        ["line 3: “amara@stmary.example” is on line 2 already. Give each person one line."],
    ),
    "a senior member of nothing": (
        file("Eleanor,Voss,eleanor@stmary.example,senior member,,"),
        ["line 2: A senior member needs a body. Fill in the college, department or group."],
    ),
    "a senior member on a cohort": (
        file("Eleanor,Voss,eleanor@stmary.example,senior member,St Mary's College,Michaelmas A"),
        ["line 2: A senior member has no cohort. Leave the column cohort empty."],
    ),
    "a coordinator on a cohort": (
        file("Priya,Raman,priya@counselling.example,coordinator,Counselling Service,Michaelmas A"),
        ["line 2: A coordinator has no cohort. Leave the column cohort empty."],
    ),
    "a very long body": (
        file(f"Kai,Smith,kai@bridge.example,trainee,{'B' * 201},"),
        ["line 2: body has 201 characters; 200 is the most."],
    ),
    "a very long cohort": (
        file(f"Kai,Smith,kai@bridge.example,trainee,,{'C' * 121}"),
        ["line 2: cohort has 121 characters; 120 is the most."],
    ),
    "everything wrong at once": (
        file(AMARA, ",,kai,student,,", "Kai", "Li,Wei,li@bridge.example,trainee,,"),
        [
            "line 3: Give a name: one is enough.",
            "line 3: email “kai” is no address. Write an email address such as name@university.example.",
            "line 3: role “student” is not known. Write one of trainee, trainer, coordinator, senior member.",
            "line 4: There is 1 column instead of 6. Put a text with a comma in quotes.",
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_every_fault_is_told_by_line_with_what_would_be_right(name: str) -> None:
    content, expected = FAULTY[name]
    assert faults_of(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        file(AMARA),
        file(AMARA).encode("utf-8-sig"),
        file(AMARA).replace("\n", "\r\n").encode(),
        file(AMARA).replace("\n", "\r"),
        f"\n\n{file('', AMARA, '', ',,,,,')}\n\n",
        f'{HEAD}\n"Amara","Okafor-Lindqvist"," Amara@StMary.example ","Trainee","St Mary\'s  College","Michaelmas A"',
        "email,role,given_name,family_name,cohort,body\n"
        "amara@stmary.example,TRAINEE,Amara,Okafor-Lindqvist,Michaelmas A,St Mary's College",
    ],
    ids=["plain", "BOM", "CRLF", "CR", "blank lines", "quoted", "another order"],
)
def test_the_same_person_is_read_however_the_file_was_saved(content: bytes | str) -> None:
    lines, faults = read_people(content)
    assert not faults
    [amara] = lines
    assert (amara.name, amara.email, amara.role) == ("Amara Okafor-Lindqvist", "amara@stmary.example", Role.TRAINEE)
    assert (amara.body, amara.cohort) == ("St Mary's College", "Michaelmas A")


def test_a_line_is_numbered_as_an_editor_numbers_it_after_a_quoted_line_break() -> None:
    assert faults_of(file('"Amara\nGrace",O,a@stmary.example,trainee,,', "", "Kai,S,k@bridge.example,boss,,")) == [
        "line 5: role “boss” is not known. Write one of trainee, trainer, coordinator, senior member."
    ]


def test_who_has_one_name_has_it_as_the_given_name_whichever_column_holds_it() -> None:
    lines, _ = read_people(file("Madonna,,m@x.example,trainee,,", ",Prince,p@x.example,trainee,,"))
    assert [(line.given_name, line.family_name) for line in lines] == [("Madonna", ""), ("Prince", "")]


def test_direction_overrides_leave_a_name_and_joiners_stay() -> None:
    [line], _ = read_people(file("می\u200cخواهم,\u202eSmith\u202c,x@x.example,trainee,,"))
    assert (line.given_name, line.family_name) == ("می\u200cخواهم", "Smith")


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.binary()))
def test_whatever_the_file_holds_reading_it_only_reports(content: str | bytes) -> None:
    lines, faults = read_people(content)
    assert lines == [] and faults
    plan_people(lines, Known())


CELL = st.text(st.sampled_from("aK é@.;,\"'\n\r\t\x00\u202e\ufeff0"), max_size=12)
LINE = st.lists(CELL, min_size=5, max_size=7).map(",".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINE, max_size=6))
def test_whatever_the_lines_hold_reading_and_planning_them_only_reports(lines: list[str]) -> None:
    good, faults = read_people(file(*lines))
    assert all(fault.line > 1 and fault.sentence for fault in faults)
    plan_people(good, Known())


def planned(*lines: str, known: Known | None = None) -> Preview:
    good, faults = read_people(file(*lines))
    assert not faults
    plan = plan_people(good, known or Known())
    return Preview(plan.sections, (), plan.warnings)


KNOWN = Known(
    people={
        "amara@stmary.example": KnownPerson(
            "p1", "Amara", "Okafor", frozenset({Role.TRAINEE}), frozenset({"b1"}), on_panel=True
        )
    },
    bodies={"st mary's college": "b1"},
    cohorts={"michaelmas a": "c1", "michaelmas b": "c2"},
    cohort_names={"c1": "Michaelmas A", "c2": "Michaelmas B"},
    places={"p1": {"c1": State.ACTIVE}},
)


def test_a_new_trainee_brings_a_body_a_cohort_and_a_place() -> None:
    assert planned(AMARA).sections == (
        Section("New people", (Item("Amara Okafor-Lindqvist", "trainee, St Mary's College"),)),
        Section("New places", (Item("Amara Okafor-Lindqvist", "Michaelmas A"),)),
        Section("New bodies", (Item("St Mary's College", "college"),)),
        Section("New cohorts", (Item("Michaelmas A", "without a timetable so far"),)),
    )


def test_a_known_address_with_another_name_is_a_change_of_name_and_nothing_else() -> None:
    assert planned(AMARA, known=KNOWN).sections == (
        Section("Changed names", (Item("Amara Okafor-Lindqvist", "was Amara Okafor"),)),
    )


def test_a_file_that_is_so_already_changes_nothing_and_says_so() -> None:
    preview = planned("Amara,Okafor,amara@stmary.example,trainee,St Mary’s  college,MICHAELMAS A", known=KNOWN)
    assert preview.sections == ()
    assert preview.summary == "Nothing changes: everything in this file is so already."


def test_a_second_role_a_second_body_and_a_standing_are_told_apart() -> None:
    trainer = planned("Amara,Okafor,amara@stmary.example,trainer,Choral Society,", known=KNOWN)
    assert [section.heading for section in trainer.sections] == ["New roles", "New memberships", "New bodies"]
    senior = planned("Amara,Okafor,amara@stmary.example,senior member,St Mary's College,", known=KNOWN)
    assert [section.heading for section in senior.sections] == ["New Senior Members"]


def test_a_body_or_cohort_that_two_lines_spell_differently_is_made_once() -> None:
    preview = planned(
        "Kai,Smith,kai@x.example,trainee,St Mary's College,Hilary",
        "Li,Wei,li@x.example,trainee,St  Mary’s college,HILARY",
    )
    assert preview.summary == "New people: 2. New places: 2. New bodies: 1. New cohorts: 1."


def test_who_withdrew_stays_withdrawn_and_the_import_says_so() -> None:
    known = Known(KNOWN.people, KNOWN.bodies, KNOWN.cohorts, KNOWN.cohort_names, {"p1": {"c1": State.WITHDRAWN}})
    preview = planned("Amara,Okafor,amara@stmary.example,trainee,St Mary's College,Michaelmas A", known=known)
    assert preview.sections == ()
    assert [str(warning) for warning in preview.warnings] == [
        "line 2: Amara Okafor withdrew from Michaelmas A. The import leaves that as it is."
    ]


def test_a_place_on_a_second_cohort_is_given_with_a_warning() -> None:
    preview = planned("Amara,Okafor,amara@stmary.example,trainee,St Mary's College,Michaelmas B", known=KNOWN)
    assert [section.heading for section in preview.sections] == ["New places"]
    assert [str(warning) for warning in preview.warnings] == ["line 2: Amara Okafor also has a place on Michaelmas A."]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Bridge College", BodyKind.COLLEGE),
        ("Department of Public Health", BodyKind.DEPARTMENT),
        ("Counselling Service", BodyKind.SERVICE),
        ("Medical Sciences Division", BodyKind.DIVISION),
        ("Afro-Caribbean Society", BodyKind.COMMUNITY),
        ("Balliol", BodyKind.COLLEGE),
    ],
)
def test_the_kind_of_a_new_body_is_read_from_its_name(name: str, kind: BodyKind) -> None:
    assert plan_people(read_people(file(f"Kai,S,k@x.example,trainee,{name},"))[0], Known()).new_bodies == (
        (name, kind),
    )


def test_what_was_seen_must_be_what_happens() -> None:
    preview = planned(AMARA)
    assert preview.may_go(None)
    assert preview.may_go(preview.mark)
    assert not preview.may_go(planned(AMARA, known=KNOWN).mark)
    assert not preview.may_go("")


def test_a_file_has_so_many_lines_that_importing_it_keeps_nobody_waiting() -> None:
    lines = "".join(f"Ada,Holm,ada{number}@x.example,trainee,,\n" for number in range(2000))
    assert faults_of(f"{HEAD}\n{lines}") == []
    assert faults_of(f"{HEAD}\n{lines}Ida,Holm,ida@x.example,trainee,,\n") == [
        "line 2002: Here the 2,000 lines end that one file may have. Split it and import the parts."
    ]
