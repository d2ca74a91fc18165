"""The one door to WeasyPrint: a certificate's facts go in, its PDF comes out of a child process of its own.

python -m trainer.certificates.pdf < sheet.json > certificate.pdf
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import cos, pi, sin
from typing import Any

from trainer import press
from trainer.certificates import fonts, rules
from trainer.certificates.codes import say_code
from trainer.config import ROOT

SECONDS = 30  # of this machine's time; a certificate takes one or two
MEMORY = 1024 * 1024 * 1024  # bytes of address space; a certificate needs a third of it
NAME_WIDTH = 166  # millimetres that a line of the name may take
NAME_SIZES = ((38, 1), (34, 1), (30, 1), (27, 2), (23, 2), (19, 3), (15, 4), (12, 5), (10, 6))
"""Sizes in points that are tried for the name, each with the lines it may take."""
SETTINGS = ("roomy", "close", "tight")  # tried in turn until everything stands on one page


class RenderFailed(Exception):
    """The child process did not give a PDF; the message says why, for the log."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on the paper. `names` are by person; `ledger_root` is hex; `made_at` is ISO 8601, UTC."""

    facts: rules.Facts
    holder: str
    names: dict[str, str]
    code: str
    ledger_origin: str
    ledger_size: int
    ledger_root: str
    made_at: str

    @property
    def name(self) -> str:
        """The holder's name."""
        return self.names[self.holder]

    @property
    def address(self) -> str:
        """Where the certificate is verified."""
        return f"{self.facts.verify_at}/{self.code}"

    def write(self) -> str:
        """Return the sheet as JSON; `read` gives it back."""
        fields = {name: getattr(self, name) for name in self.__slots__ if name != "facts"}
        return json.dumps({**fields, "facts": rules.write(self.facts)})

    @classmethod
    def read(cls, written: str) -> Sheet:
        """Return the sheet that was written."""
        given: dict[str, Any] = json.loads(written)
        return cls(**{**given, "facts": rules.read(given["facts"])})


def render(sheet: Sheet) -> bytes:
    """Return the PDF, rendered in a child process. Raises RenderFailed when it takes too long, too much, or breaks."""
    with environment() as known:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "trainer.certificates.pdf"],
                input=sheet.write().encode(),
                capture_output=True,
                timeout=2 * SECONDS,
                env=known,
                cwd=known["HOME"],
                check=False,
            )
        except subprocess.TimeoutExpired as fault:
            raise RenderFailed(f"rendering took longer than {2 * SECONDS} seconds") from fault
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise RenderFailed(f"rendering ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


@contextmanager
def environment() -> Iterator[dict[str, str]]:
    """Give what a child may know: where we are, no font but ours, no secret of its parent, one order of sets."""
    with press.without_system_fonts() as known:
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        yield {**known, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}


def page(sheet: Sheet, setting: str = SETTINGS[0]) -> str:
    """Return the certificate as HTML, every field escaped."""
    environment = press.templates()
    environment.filters.update(day=rules.say_date, hours=rules.say_hours)
    return environment.get_template("certificate.html").render(
        sheet=sheet,
        facts=sheet.facts,
        span=rules.say_span(sheet.facts.first_on, sheet.facts.last_on),
        limits=rules.limits(sheet.facts),
        code=say_code(sheet.code),
        qr=_qr(sheet.address),
        setting=setting,
        size=name_size(sheet.name),
        direction=_direction(sheet.name),
        editions=", ".join(edition[:16] for edition in sheet.facts.editions),
        marks=_marks(len(sheet.facts.sessions)),
    )


def name_size(name: str) -> int:
    """Return the size in points at which the name fits its lines, by the widths of its letters."""
    for size, lines in NAME_SIZES:
        if _lines(name, NAME_WIDTH * 72 / 25.4 / size) <= lines:
            return size
    return NAME_SIZES[-1][0]


def _lines(name: str, line: float) -> int:
    """How many lines of that many em the words take, broken between words; a word that is too long counts as more."""
    lines, run = 1, 0.0
    for word in name.split():
        wide = fonts.width(word)
        if run and run + fonts.width(" ") + wide > line:
            lines, run = lines + 1, wide
        else:
            run += (fonts.width(" ") if run else 0) + wide
        lines += 99 if wide > line else 0
    return lines


def _direction(name: str) -> str:
    """The direction of the name's first letter that has one."""
    import unicodedata

    kinds = (unicodedata.bidirectional(letter) for letter in name)
    return next(("ltr" if kind == "L" else "rtl" for kind in kinds if kind in {"L", "R", "AL"}), "ltr")


def _qr(address: str) -> str:
    import segno

    return str(segno.make(address, micro=False, error="m").svg_data_uri(border=0, dark="#1c2a2b", nl=False))


def _marks(sessions: int) -> list[dict[str, str]]:
    """The strokes around the seal, one for each session: where each begins and ends, from the middle of the seal."""
    angles = [2 * pi * number / sessions - pi / 2 for number in range(sessions)]
    return [
        {
            "x1": f"{41.5 * cos(angle):.3f}",
            "y1": f"{41.5 * sin(angle):.3f}",
            "x2": f"{46.5 * cos(angle):.3f}",
            "y2": f"{46.5 * sin(angle):.3f}",
        }
        for angle in angles
    ]


def draw(sheet: Sheet) -> bytes:
    """Return the PDF (PDF/UA-1): the same sheet gives the same bytes on the same versions. Only for the child."""
    from weasyprint import HTML

    known, style = _press()
    for setting in SETTINGS:
        html = HTML(string=page(sheet, setting), url_fetcher=press.locked_fetcher())
        document = html.render(font_config=known, stylesheets=[style])
        if len(document.pages) == 1:
            break
    identifier = sha256(sheet.write().encode()).digest()[:16]
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier))


@cache
def _press() -> tuple[Any, Any]:
    """The fonts as they were loaded, and the parsed style sheet: alike for every sheet of a process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    known = FontConfiguration()
    return known, CSS(press.TEMPLATES / "certificate.css", font_config=known, url_fetcher=press.locked_fetcher())


def main() -> None:
    """Read a sheet on standard input, write its PDF on standard output, within limits of time and memory."""
    import resource  # there is none on Windows, where the rest of this file can be imported

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(draw(Sheet.read(sys.stdin.buffer.read().decode())))


if __name__ == "__main__":
    main()
