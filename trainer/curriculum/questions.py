"""Questions and prompts: from the lines under a level-3 heading to plain data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trainer.curriculum.editions import wording_of
from trainer.curriculum.faults import similar
from trainer.curriculum.items import (
    Item,
    Mention,
    Reading,
    note_misconception,
    read_items,
    split_at_list,
    split_quotation,
)
from trainer.curriculum.prose import links_of
from trainer.curriculum.render import inline, plain
from trainer.curriculum.rules import Option, Privacy, Prompt, Question, QuestionKind
from trainer.curriculum.scan import Line, Section

_OPTION = re.compile(r"- \[( |x)\] (\S.*)")
_STEP = re.compile(r"(\d+)\. (\S.*)")
_WORDS = [*QuestionKind, "safety"]
_KINDS = ", ".join(f"`{kind}`" for kind in QuestionKind)
_PRIVACIES = ", ".join(f"`{privacy}`" for privacy in Privacy)


def read_question(section: Section, reading: Reading) -> Question | None:
    """Read a question; None after a fault in its comment, which says how to read the rest."""
    kind, safety = _kind_of(section, reading)
    if kind is None:
        return None
    stem, answers = _split(section, kind)
    stem_html = _stem(section, stem, reading)
    if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        options, feedback = _options(section, kind, answers, reading), ""
    elif kind is QuestionKind.ORDER:
        options, feedback = _steps(section, answers, reading)
    else:
        options, feedback = (), _closing_quotation(section, answers, reading, model=True)
    return Question(
        id=section.id,
        title=section.title,
        kind=kind,
        safety=safety,
        stem_html=stem_html,
        options=options,
        feedback_html=feedback,
        wording=wording_of(section.source),
        source=section.source,
        line=section.line,
    )


def _kind_of(section: Section, reading: Reading) -> tuple[QuestionKind | None, bool]:
    words = section.comment.words if section.comment else ()
    line = section.comment.line if section.comment else section.line
    kinds = [QuestionKind(word) for word in words if word in list(QuestionKind)]
    others = [word for word in words if word not in list(QuestionKind)]
    for word in others:
        if word != "safety":
            reading.faults.add(line, f"a question has no comment word `{word}`{similar(word, _WORDS)}.")
    if len(kinds) != 1:
        reading.faults.add(line, f"a question has one of {_KINDS} in the comment below its heading.")
        return None, False
    safety = "safety" in others
    if others.count("safety") > 1:
        reading.faults.add(line, "`safety` stands here twice.")
    if safety and kinds[0] is QuestionKind.RECALL:
        reading.faults.add(line, "a `recall` question is private and nobody marks it, so it cannot be `safety`.")
    return kinds[0], safety


def _split(section: Section, kind: QuestionKind) -> tuple[Sequence[Line], Sequence[Line]]:
    if kind is not QuestionKind.RECALL:
        return split_at_list(section.lines)
    index = next((i for i, line in enumerate(section.lines) if line.text.startswith(">")), len(section.lines))
    return section.lines[:index], section.lines[index:]


def _stem(section: Section, stem: Sequence[Line], reading: Reading) -> str:
    if all(line.blank for line in stem):
        reading.faults.add(section.line, "this question asks nothing; write what is asked above the answers.")
    return reading.prose(stem)


def _options(section: Section, kind: QuestionKind, lines: Sequence[Line], reading: Reading) -> tuple[Option, ...]:
    expected = "here stands an option, `- [ ] text` or `- [x] text`, or its feedback, `  > text`, and nothing else."
    items = read_items(lines, _OPTION, expected, reading.faults)
    options = tuple(_option(item, reading) for item in items.found)
    _check_twins(items.found, [option.text for option in options], reading)
    if items.whole:
        _check_count(section, kind, options, reading)
    return options


def _check_count(section: Section, kind: QuestionKind, options: Sequence[Option], reading: Reading) -> None:
    right = sum(option.right for option in options)
    if len(options) < 2:
        reading.faults.add(section.line, "a question to choose from has at least two options.")
    elif kind is QuestionKind.SINGLE and right != 1:
        reading.faults.add(section.line, f"a `single` question has one right option; this one has {right or 'none'}.")
    elif not right:
        reading.faults.add(section.line, "a `multiple` question has at least one right option; this one has none.")


def _check_twins(items: Sequence[Item], texts: Sequence[str], reading: Reading) -> None:
    for index, item in enumerate(items):
        if texts[index] in texts[:index]:
            reading.faults.add(item.line, "the same answer stands here twice.")


def _option(item: Item, reading: Reading) -> Option:
    mark = _OPTION.fullmatch(item.text)
    right, text = (mark[1] == "x", mark[2]) if mark else (False, "")
    reading.links.extend(links_of([Line(item.line, text)]))
    misconception = note_misconception(item, reading)
    if right and misconception:
        reading.faults.add(item.comment_line, "a right option reveals no misconception; delete its comment.")
    if not text:
        reading.faults.add(item.line, "this option has no text.")
    if not any(line.text.strip() for line in item.under):
        reading.faults.add(item.line, "this option has no feedback; put it under the option as `  > text`.")
    if right:
        reading.models.append(Mention(item.line, text))
    markup = inline(text, reading.addresses)
    return Option(plain(markup), markup, right, misconception, reading.prose(item.under))


def _steps(section: Section, lines: Sequence[Line], reading: Reading) -> tuple[tuple[Option, ...], str]:
    end = next((i for i, line in enumerate(lines) if line.text.startswith(">")), len(lines))
    expected = "here stands a step, `1. text`, or the feedback after the list, `> text`, and nothing else."
    items = read_items(lines[:end], _STEP, expected, reading.faults)
    steps = tuple(_step(item, reading) for item in items.found)
    _check_twins(items.found, [step.text for step in steps], reading)
    if items.whole:
        _check_numbers(section, items.found, reading)
    return steps, _closing_quotation(section, lines[end:], reading, model=False)


def _check_numbers(section: Section, items: Sequence[Item], reading: Reading) -> None:
    if len(items) < 3:
        reading.faults.add(section.line, "an `order` question has at least three steps.")
    for index, item in enumerate(items, 1):
        if not item.text.startswith(f"{index}. "):
            reading.faults.add(item.line, f"number this step {index}; the list as written is the right order.")
            return


def _step(item: Item, reading: Reading) -> Option:
    if item.comment is not None:
        reading.faults.add(item.comment_line, "a step of an `order` question has no comment.")
    if item.under:
        reading.faults.add(item.under[0].number, "the feedback of an `order` question stands once, after the list.")
    text = item.text.partition(" ")[2]
    reading.links.extend(links_of([Line(item.line, text)]))
    markup = inline(text, reading.addresses)
    return Option(plain(markup), markup, True, None, "")


def _closing_quotation(section: Section, lines: Sequence[Line], reading: Reading, model: bool) -> str:
    quoted, rest = split_quotation(lines)
    if not any(line.text.strip() for line in quoted):
        reading.faults.add(section.line, "this question has no feedback; put it at its end as `> text`.")
    left = next((line for line in rest if not line.blank), None)
    if left is not None:
        reading.faults.add(
            left.number, "nothing stands after the feedback of a question; begin each line of it with `> `."
        )
    if model and quoted:
        reading.models.append(Mention(quoted[0].number, " ".join(line.text for line in quoted)))
    return reading.prose(quoted)


def read_prompt(section: Section, reading: Reading) -> Prompt | None:
    """Read a prompt; None after a fault in its comment."""
    words = section.comment.words if section.comment else ()
    line = section.comment.line if section.comment else section.line
    if len(words) != 1 or words[0] not in list(Privacy):
        reading.faults.add(line, f"a prompt has one of {_PRIVACIES} in the comment below its heading.")
        reading.prose(section.lines)
        return None
    if all(line.blank for line in section.lines):
        reading.faults.add(section.line, "this prompt asks nothing.")
    return Prompt(
        id=section.id,
        title=section.title,
        privacy=Privacy(words[0]),
        html=reading.prose(section.lines),
        wording=wording_of(section.source),
        source=section.source,
        line=section.line,
    )
