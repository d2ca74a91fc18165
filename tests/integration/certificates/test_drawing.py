"""The paper as bytes: every name in its letters, one page, tagged, and nothing read from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.integration.certificates.extract import glyphs, text
from tests.integration.certificates.sheets import crowded, draw_all, sheet_of
from tests.unit.certificates.test_fonts import NAMES
from trainer.certificates import pdf
from trainer.curriculum.rules import Programme

HOSTILE = "<link rel=attachment href=file:///etc/hostname> <b>{{ 7 * 7 }}</b>"
LONGEST = " ".join(["Maximiliana Esperanza"] * 18)[:400]


@pytest.fixture(scope="module")
def drawn(programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Every name once, the first once more, then a hostile one, the longest one and a crowded sheet."""
    sheets = [sheet_of(programme, name) for name in (*NAMES, NAMES[0], HOSTILE, LONGEST)]
    return draw_all([*sheets, crowded(programme, LONGEST)], tmp_path_factory.mktemp("drawn"))


@pytest.mark.parametrize("name", NAMES)
def test_every_name_stands_on_its_paper_in_its_own_letters(drawn: list[bytes], name: str) -> None:
    found = drawn[NAMES.index(name)]
    bare = "".join(name.split())
    assert bare in text(found) or bare[::-1] in text(found)  # right-to-left scripts are drawn from their end
    assert 0 not in {number for number, _ in glyphs(found)}  # glyph 0 is the box


def test_it_says_everything_in_the_order_in_which_it_is_read(drawn: list[bytes], programme: Programme) -> None:
    said = text(drawn[1])
    expected = [
        "Siobhán O'Rourke",
        "has completed the peer support training",
        "30 hours, 10 sessions",
        "8 October to 4 November 2026",
        "Ruth Hallam",
        "Daniel Achterberg, 6 November 2026",
        programme.sessions[0].title,
        programme.topics[-1].title,
        "Certificate 2026-0001",
        "https://peers.university.example/verify",
        "7k2m 9qxw 4t8r hj3v bn6p z5cd 1e",
        "completed on 4 November 2026",
        "no clinical qualification",
        "not show whether the holder is active",
        programme.edition[:16],
        "57 leaves",
        "3f1c" * 16,
    ]
    places = [said.find("".join(words.split())) for words in expected]
    assert -1 not in places, [words for words, place in zip(expected, places, strict=True) if place < 0]
    assert places == sorted(places)


def test_the_same_sheet_gives_the_same_bytes(drawn: list[bytes], programme: Programme) -> None:
    assert drawn[0] == drawn[len(NAMES)]
    assert drawn[0] == pdf.render(sheet_of(programme, NAMES[0]))


def test_markup_in_a_name_is_text_and_opens_no_file(drawn: list[bytes]) -> None:
    found = drawn[len(NAMES) + 1]
    assert "".join(HOSTILE.split()) in text(found)
    with pikepdf.open(BytesIO(found)) as document:
        assert len(document.attachments) == 0
        assert "/EmbeddedFiles" not in str(document.Root.get("/Names", ""))


def test_the_longest_name_and_a_crowded_sheet_stay_on_one_page(drawn: list[bytes]) -> None:
    for found in drawn:
        with pikepdf.open(BytesIO(found)) as document:
            assert len(document.pages) == 1
    assert text(drawn[-1]).count("".join(LONGEST.split())) == 1


def test_it_is_tagged_titled_and_in_a_language(drawn: list[bytes]) -> None:
    with pikepdf.open(BytesIO(drawn[1])) as document:
        root = document.Root
        assert str(root.Lang) == "en-GB"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/Title"]) == "Certificate 2026-0001: Peer support training"
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261110100000")
        assert b"pdfuaid:part" in root.Metadata.read_bytes()
        tags = list(_tags(root.StructTreeRoot.K))
    assert [kind for kind, _ in tags if kind in {"/H1", "/H2"}] == ["/H1", "/H2", "/H2"]
    figures = [alternative for kind, alternative in tags if kind == "/Figure"]
    assert len(figures) == 2
    assert all(figures)


def _tags(element: pikepdf.Object) -> list[tuple[str, str]]:
    if isinstance(element, pikepdf.Array):
        return [tag for child in element.as_list() for tag in _tags(child)]
    if not isinstance(element, pikepdf.Dictionary):
        return []
    own = [(str(element.S), str(element.get("/Alt", "")))] if "/S" in element else []
    return [*own, *(_tags(element.K) if "/K" in element else [])]


def test_every_font_is_ours_and_embedded(drawn: list[bytes]) -> None:
    for found in drawn:
        names = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z-]+)", _plain(found)))
        assert names
        assert all(name.startswith(b"Paper-") for name in names), names


def _plain(found: bytes) -> bytes:
    target = BytesIO()
    with pikepdf.open(BytesIO(found)) as document:
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


def test_a_page_that_asks_for_a_file_is_not_drawn(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }", encoding="utf-8")
    program = (
        "from weasyprint import HTML\n"
        "from trainer.press import locked_fetcher\n"
        f"HTML(string='<link rel=stylesheet href=\"file://{secret}\"><p>x', url_fetcher=locked_fetcher()).write_pdf()"
    )
    with pdf.environment() as known:
        done = subprocess.run([sys.executable, "-c", program], env=known, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "a document reads nothing from elsewhere" in done.stderr


def test_a_child_that_breaks_is_a_failure_with_its_reason(programme: Programme) -> None:
    class Torn(pdf.Sheet):
        def write(self) -> str:
            return "{}"

    whole = sheet_of(programme, "Madonna")
    torn = Torn(**{name: getattr(whole, name) for name in pdf.Sheet.__slots__})
    with pytest.raises(pdf.RenderFailed) as failure:
        pdf.render(torn)
    assert "KeyError: 'facts'" in str(failure.value)


def test_a_web_process_never_loads_what_draws() -> None:
    program = "import sys, trainer.app; print([m for m in ('weasyprint', 'segno', 'fontTools') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
