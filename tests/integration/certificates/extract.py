"""The text of a PDF as its glyphs say it, read with pikepdf: what a search or a screen reader gets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def glyphs(pdf: bytes) -> Iterator[tuple[int, str]]:
    """Give every glyph of the first page in the order of drawing: its number, and the characters it stands for."""
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[0]
        tables = {str(name): _table(font) for name, font in page.Resources.Font.items()}
        table: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "Tf":
                table = tables[str(operands[0])]
            for shown in _strings(operator, list(operands)):
                for number in _pairs(shown):
                    yield number, table.get(number, "")


def text(pdf: bytes) -> str:
    """Return everything that stands on the first page, without any spaces, which are drawn as gaps."""
    return "".join("".join(said for _, said in glyphs(pdf)).split())


def _table(font: pikepdf.Object) -> dict[int, str]:
    found = PAIR.findall(font.ToUnicode.read_bytes())
    return {int(glyph, 16): bytes.fromhex(said.decode()).decode("utf-16-be") for glyph, said in found}


def _strings(operator: str, operands: list[pikepdf.Object]) -> Iterator[bytes]:
    if operator == "Tj":
        yield bytes(operands[0])
    elif operator == "TJ":
        yield from (bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))


def _pairs(shown: bytes) -> list[int]:
    return [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)]
