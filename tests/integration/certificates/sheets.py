"""Sheets made by hand, and several drawn in one child process, since starting one takes longer than drawing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from trainer.certificates import pdf
from trainer.certificates.rules import Attended, Facts
from trainer.curriculum.rules import Programme

FIRST = date(2026, 10, 5)
DRAW = """
import sys
from pathlib import Path
from trainer.certificates.pdf import Sheet, draw
for path in map(Path, sys.argv[1:]):
    path.with_suffix(".pdf").write_bytes(draw(Sheet.read(path.read_text(encoding="utf-8"))))
"""


def facts_of(programme: Programme) -> Facts:
    """The facts of a whole training, three or four days between its sessions."""
    return Facts(
        number="2026-0001",
        issued_on=date(2026, 11, 10),
        university="The University of Example",
        programme=programme.slug,
        title=programme.title,
        statement=" ".join(programme.certificate_statement.split()),
        minutes=1800,
        sessions=tuple(
            Attended(plan.number, plan.title, FIRST + timedelta(days=3 * plan.number), 180, False, "ruth")
            for plan in programme.sessions
        ),
        topics=tuple(topic.title for topic in programme.topics),
        editions=(programme.edition,),
        readiness_by="daniel",
        readiness_on=date(2026, 11, 6),
        verify_at="https://peers.university.example/verify",
    )


def sheet_of(programme: Programme, name: str) -> pdf.Sheet:
    """A sheet for somebody of that name."""
    return pdf.Sheet(
        facts=facts_of(programme),
        holder="holder",
        names={"holder": name, "ruth": "Ruth Hallam", "daniel": "Daniel Achterberg"},
        code="7k2m9qxw4t8rhj3vbn6pz5cd1e",
        ledger_origin="peers.university.example",
        ledger_size=57,
        ledger_root="3f1c" * 16,
        made_at="2026-11-10T10:00:00+00:00",
    )


def crowded(programme: Programme, name: str) -> pdf.Sheet:
    """A sheet on which twice as much has to stand as on any other."""
    sheet = sheet_of(programme, name)
    more = tuple(replace(one, number=one.number + 10) for one in sheet.facts.sessions)
    facts = replace(
        sheet.facts,
        sessions=(*sheet.facts.sessions, *more),
        topics=sheet.facts.topics * 2,
        statement=f"{sheet.facts.statement} {sheet.facts.statement}",
    )
    return replace(sheet, facts=facts)


def draw_all(sheets: Sequence[pdf.Sheet], folder: Path) -> list[bytes]:
    """Draw each sheet as `pdf.render` would, all in one child."""
    paths = [folder / f"{number}.json" for number in range(len(sheets))]
    for path, sheet in zip(paths, sheets, strict=True):
        path.write_text(sheet.write(), encoding="utf-8")
    with pdf.environment() as environment:
        subprocess.run([sys.executable, "-c", DRAW, *map(str, paths)], env=environment, check=True)
    return [path.with_suffix(".pdf").read_bytes() for path in paths]
