"""The book's door to WeasyPrint; only the command line comes here, never a web process."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from trainer import press


def draw(html: str, target: Path) -> int:
    """Write the document as a tagged PDF to a file and return its number of pages."""
    with press.without_system_fonts() as known, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it misses the system's fonts, which we keep from it
        before = dict(os.environ)
        os.environ.update(known)
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration

        try:
            fonts = FontConfiguration()
            fetch = press.locked_fetcher()
            style = CSS(press.TEMPLATES / "book.css", font_config=fonts, url_fetcher=fetch)
            document = HTML(string=html, url_fetcher=fetch).render(font_config=fonts, stylesheets=[style])
            document.write_pdf(target, pdf_variant="pdf/ua-1")
        finally:
            os.environ.clear()
            os.environ.update(before)
        return len(document.pages)
