"""A module reads as easily as readers of fourteen need it; easier is no fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.curriculum.advised import Copy, messages, module
from tests.unit.curriculum.broken import LISTENING, line_number
from trainer.curriculum.advice.ages import check_age, reading_age, sentences

PLAIN = "We sat down by the door and she told me of her day. " * 10
HARD = "Universities characteristically institutionalise confidentiality. " * 10


def test_plain_words_in_short_sentences_are_for_the_young() -> None:
    assert reading_age(sentences([f"<p>{PLAIN}</p>"])) < 10


def test_each_long_word_of_a_sentence_adds_to_the_age() -> None:
    ages = [reading_age(sentences([f"<p>{PLAIN}{'We saw a beautiful animal. ' * count}</p>"])) for count in (0, 5, 20)]
    assert ages == sorted(set(ages))


def test_hard_reading_is_advised_on_with_its_longest_words() -> None:
    draft = module(f"## More\n\n{HARD}\n")
    (message,) = messages(check_age(draft))
    assert re.fullmatch(
        r"modules/topic.md:12: the reading has a reading age of \d\d.\d \(SMOG\), aim at 12 to 14: write shorter "
        r"sentences, or find other words for `universities` \(10 times\), `characteristically` \(10 times\) and "
        r"`institutionalise` \(10 times\).",
        message,
    )


def test_what_is_asked_and_answered_does_not_count_as_reading() -> None:
    recall = f"## Quiz\n<!-- quiz -->\n\n### Q\n<!-- recall -->\n\n{HARD}\n\n> {HARD}\n"
    assert list(check_age(module(recall))) == []


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>One. Two! Three?</p>", ["One.", "Two.", "Three."]),
        (
            '<p>"Go on," she said. "why not?" Then <em>he</em> left</p>',
            ['Go on," she said.', "Why not.", "Then he left."],
        ),
        ("<h3>Head</h3><ul><li>first</li><li>second</li></ul>", ["First.", "Second."]),
        ("<table><tr><th>a &amp; b</th></tr><tr><td>c</td><td>d</td></tr></table>", ["A & b.", "C.", "D."]),
    ],
)
def test_items_and_cells_end_a_sentence_and_headings_are_left_out(markup: str, found: list[str]) -> None:
    assert sentences([markup]) == found


def test_a_module_full_of_long_words_is_advised_on_and_nothing_besides(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "courses")
    path = copy.folder / LISTENING
    start, reading, rest = re.split("^(?=## The pull to fix\n|## Check yourself\n)", path.read_text(), flags=re.M)
    path.write_text(start + re.sub(r"\b(?:the|and|you|it)\b", "institutionally", reading) + rest)
    (message,) = copy.more_advice()
    line = line_number(path.read_text(), "", "## The pull to fix")
    assert message.startswith(f"{LISTENING}:{line}: the reading has a reading age of ")
