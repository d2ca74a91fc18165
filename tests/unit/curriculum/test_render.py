"""Prose becomes HTML that is safe, has its headings in order and reads as on a Git host."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.unit.curriculum.broken import COURSES
from trainer.curriculum import render
from trainer.curriculum.addresses import Addresses
from trainer.curriculum.load import load
from trainer.curriculum.render import inline, plain, prose, words_in

HOMES = (
    ("confidentiality", (("limits", "limits"), ("law", "limits"), ("swear-it", "check"))),
    ("referrals", (("warmly", "how"),)),
)
HERE = Addresses(2, (("confidentiality", 2), ("referrals", 14)), "confidentiality", "limits", HOMES)


def test_raw_html_is_shown_and_not_passed_on() -> None:
    markup = prose("Some <b>bold</b> text.\n\n<script>alert(1)</script>", HERE)
    assert "&lt;b&gt;" in markup
    assert "<b>" not in markup
    assert "<script" not in markup


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "http://plain.example", "//host.example", "/m/3"]
)
def test_an_unsafe_address_is_no_link(target: str) -> None:
    assert "href" not in prose(f"[Go on]({target})", HERE)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("referrals.md", "/m/14"),
        ("referrals.md#warmly", "/m/14/how#warmly"),
        ("confidentiality.md#check", "/m/2#check"),
        ("#law", "#law"),
        ("#limits", "#limits"),
        ("#swear-it", "/m/2/check#swear-it"),
    ],
)
def test_a_link_to_another_page_goes_to_its_neutral_address(target: str, address: str) -> None:
    assert f'href="{address}"' in prose(f"See [there]({target}).", HERE)


def test_a_link_elsewhere_tells_nothing_about_where_it_came_from() -> None:
    assert 'rel="noopener noreferrer"' in prose("[A page](https://host.example/a)", HERE)


def test_a_picture_of_its_own_is_a_figure_at_a_neutral_address() -> None:
    markup = prose('![Three circles](confidentiality/circles.svg "Who may know")', HERE)
    assert '<figure class="figure"><img alt="Three circles"' in markup
    assert 'src="/m/2/figure/circles.svg"' in markup
    assert "<figcaption" in markup
    assert "Who may know" in markup


def test_a_table_scrolls_in_a_box_that_the_keyboard_reaches() -> None:
    markup = prose("| When | Do |\n| --- | ---: |\n| Now | Call |", HERE)
    assert markup.startswith(
        '<div aria-label="Table" class="table-scroll" role="group" tabindex="0"><table class="table">'
    )
    assert '<th scope="col">When</th>' in markup
    assert '<td class="text-end">Call</td>' in markup


def test_nothing_in_prose_has_a_style_which_the_policy_forbids() -> None:
    assert "style=" not in prose("| a | b |\n| :-: | --: |\n| 1 | 2 |\n\n1. One\n2. Two\n\n```\ncode\n```", HERE)


def test_a_heading_has_its_id_and_keeps_its_level() -> None:
    assert '<h3 id="four-myths">Four myths</h3>' in prose("Text.\n\n### Four myths\n\nText.", HERE)


def test_two_quotations_stay_two() -> None:
    assert prose("> One.\n\n> Two.", HERE).count("<blockquote>") == 2


def test_a_hash_in_a_fence_is_code() -> None:
    assert "<h2" not in prose("```\n## Not a heading\n```", HERE)


def test_a_line_of_text_is_never_a_block() -> None:
    for text in ("1. First", "# Title", "> Quoted", "- Item", "    indented"):
        assert not re.search(r"<(ol|ul|li|h1|blockquote|pre|p)\b", inline(text, HERE))


def test_plain_text_comes_out_as_it_went_in() -> None:
    assert plain(inline('"It *stays* here", she said & left.', HERE)) == '"It stays here", she said & left.'


def test_words_are_counted_without_markup() -> None:
    assert words_in(["**Two** words <!-- a-misconception -->", "- [x] and [a link](https://host.example/long)"]) == 5


def test_what_is_passed_through_unmarked_is_what_markdown_makes_of_it() -> None:
    paragraphs = {
        re.sub(r"(?m)^[ >]*(?:- (?:\[[ x]\] )?)?", "", piece).strip()
        for path in (COURSES / "modules").glob("*.md")
        for piece in path.read_text().split("\n\n")
    }
    unmarked = [text for text in paragraphs if text and render._UNMARKED.fullmatch(text)]
    assert len(unmarked) > 100
    for text in unmarked:
        assert render._convert(text, HERE, blocks=True) == f"<p>{text}</p>"


def test_headings_of_every_shipped_page_are_in_order() -> None:
    for module in load(COURSES).catalogue.modules.values():
        for part in module.parts:
            levels = [2, *map(int, re.findall(r"<h([1-6])", part.html))]
            assert all(below <= above + 1 for above, below in pairwise(levels))
            assert min(levels[1:], default=3) >= 3
