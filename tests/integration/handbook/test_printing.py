"""The book is a tagged PDF, drawn with the fonts on board and nothing from elsewhere."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pikepdf
from click.testing import CliRunner

from trainer.cli import trainer
from trainer.config import ROOT
from trainer.curriculum.contacts import load_signposting
from trainer.curriculum.rules import Catalogue, Programme
from trainer.handbook.book import compose
from trainer.handbook.pdf import draw

COURSES = ROOT / "courses"


def test_a_session_with_its_modules_is_printed_as_a_tagged_document(
    catalogue: Catalogue, programme: Programme, tmp_path: Path
) -> None:
    before = dict(os.environ)
    first = replace(programme, sessions=programme.sessions[:1])
    html = compose(catalogue, first, load_signposting(COURSES / "signposting.toml"), "25 November 2026")
    pages = draw(html, tmp_path / "book.pdf")
    assert dict(os.environ) == before
    with pikepdf.open(tmp_path / "book.pdf") as book:
        assert len(book.pages) == pages > 20
        assert book.Root.MarkInfo.Marked
        assert str(book.Root.Lang) == "en-GB"
        fonts = {str(font.BaseFont) for page in book.pages for font in page.Resources.Font.values()}
        assert fonts
        assert all("Paper-" in font for font in fonts)


def test_a_programme_that_does_not_exist_is_refused_by_a_sentence(tmp_path: Path) -> None:
    target = tmp_path / "book.pdf"
    done = CliRunner().invoke(trainer, ["book", str(target), "--courses", str(COURSES), "--programme", "knitting"])
    assert str(done.exception) == "Say which with --programme: peer-support."
    assert not target.exists()
