"""A dialogue is long enough to practise and short enough to finish, and more than one way through it ends well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.advised import compare, messages, module
from tests.unit.curriculum.broken import CONFIDENTIALITY, At, broken
from trainer.curriculum.advice.shape import check_dialogues
from trainer.curriculum.advice.ways import Ways, ways_of
from trainer.curriculum.modules import Draft

OPENING = "### Sam hesitates"
AT_ONCE = broken(
    "a choice that ends the talk at once",
    (CONFIDENTIALITY, OPENING),
    (r"^(- .*\n)", r'\1- ["Hello."](#kept)\n  > Sam smiles.\n'),
    At(
        CONFIDENTIALITY,
        "## Sam at the door",
        "##",
        "the shortest good way through this dialogue decides once; let every good way pass at least 3 and the shortest "
        "at most 4 scenes with two or more choices.",
    ),
)


def test_a_way_that_is_too_short_is_advised_on_and_nothing_besides(tmp_path: Path) -> None:
    printed, expected = compare(AT_ONCE, tmp_path / "courses")
    assert printed == expected


def dialogue(ways: str) -> Draft:
    """Return a module with a dialogue: "a-b-b c" has a choice from scene a to b, another one to b, and one to c.

    Scenes that lead nowhere are ends; those whose name begins with w are weak turns.
    """
    leads = [way.split("-") for way in ways.split()]
    names = dict.fromkeys(name for lead in leads for name in lead)
    targets = {lead[0]: lead[1:] for lead in leads}
    text = "## Talk\n<!-- dialogue -->\n"
    for name in names:
        kind = "" if name in targets else "<!-- back -->\n" if name.startswith("w") else "<!-- end -->\n"
        text += f"\n### {name}\n{kind}\n> Hm.\n\nSo.\n\n"
        text += "".join(f"- [{number}](#{to})\n  > Yes.\n" for number, to in enumerate(targets.get(name, ()), 1))
    return module(text)


def _advice(ways: str) -> list[str]:
    return [message.partition(": ")[2] for message in messages(check_dialogues(dialogue(ways)))]


def test_six_scenes_with_three_decisions_and_two_ways_are_enough() -> None:
    assert _advice("a-b-w1 b-c-w2 c-d-d") == []


def test_a_dialogue_has_six_to_twelve_scenes() -> None:
    assert _advice("a-b-b b-c-c c-d-d") == ["this dialogue has 4 scenes; write 6 to 12."]
    weak = "-".join(f"w{number}" for number in range(9))
    assert _advice(f"a-b-b-{weak} b-c-c c-d-d") == ["this dialogue has 13 scenes; write 6 to 12."]


def test_the_shortest_good_way_decides_three_or_four_times() -> None:
    told = "let every good way pass at least 3 and the shortest at most 4 scenes with two or more choices."
    short = f"the shortest good way through this dialogue decides 2 times; {told}"
    long = f"the shortest good way through this dialogue decides 5 times; {told}"
    assert _advice("a-b-end b-c-w1 c-d-w2 d-end-w3") == [short.replace("2 times", "once")]
    assert _advice("a-b-w1 b-c-end c-d-w2 d-end-w3") == [short]
    assert _advice("a-b-w1 b-c-w2 c-d-w3 d-e-w4 e-f-f") == [long]


def test_a_scene_with_one_choice_decides_nothing() -> None:
    assert "decides 2 times" in _advice("a-b b-c-w1 c-d d-e-e e-f")[0]


def test_one_way_that_ends_well_is_not_enough() -> None:
    assert _advice("a-b-w1 b-c-w2 c-d-w3") == [
        "only one way through this dialogue ends well; let a second choice lead on somewhere."
    ]


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ("a-b-c b-d c-d", Ways(2, 1)),
        ("a-b-w1 b-d-d", Ways(2, 2)),
        ("a-b b-c-a c-d", Ways(1, 1)),
        ("a-b-c b-c-d c-b-e", Ways(3, 2)),
    ],
)
def test_ways_are_counted_without_weak_turns_and_without_going_round(ways: str, expected: Ways) -> None:
    assert ways_of(dialogue(ways).module.parts[1].scenes) == expected


def test_a_dialogue_of_a_thousand_scenes_is_walked_all_the_same() -> None:
    chain = " ".join(f"s{number}-s{number + 1}-s{number + 1}" for number in range(1000))
    assert ways_of(dialogue(chain).module.parts[1].scenes) == Ways(2**1000, 1000)
