"""What every document to print has in common: the fonts on board, and a fetcher that reads nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FONTS = Path(__file__).resolve().parent / "static" / "fonts"
TEMPLATES = Path(__file__).resolve().parent / "templates" / "print"
SERIF = ("NotoSerif-Regular.ttf", "NotoSerifHebrew-Regular.ttf", "NotoNaskhArabic-Regular.ttf")
FILES = (*SERIF, "NotoSerif-Italic.ttf", "NotoSans-Regular.ttf")
NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>'


@contextmanager
def without_system_fonts() -> Iterator[dict[str, str]]:
    """Give the environment of a process that knows no font but those a style sheet names, and a folder of its own."""
    with TemporaryDirectory(prefix="press-") as folder:
        known = Path(folder) / "fonts.conf"
        known.write_text(NO_FONTS, encoding="utf-8")
        yield {"FONTCONFIG_FILE": str(known), "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}


def templates() -> Environment:
    """Return what fills the templates to print: every field escaped, a name that nobody gave is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def locked_fetcher() -> Any:
    """Return a fetcher for WeasyPrint: fonts on board by name, what an address holds in itself, and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Locked(URLFetcher):
        """Anything else ends the rendering."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix("on-board:")
            if name in FILES:
                return URLFetcherResponse(url, (FONTS / name).read_bytes(), {"Content-Type": "font/ttf"})
            if not url.startswith("data:"):
                raise FatalURLFetchingError(f"a document reads nothing from elsewhere: {url}")
            return super().fetch(url, headers)

    return Locked(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
