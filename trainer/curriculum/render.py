"""The only door to the Markdown library: prose in, safe HTML out.

The page's h1 is the module's title and its h2 the title of a part, as they are in the file; so a level-3 heading of
prose is an h3 of the page and gets its id. Raw HTML is shown as text, never passed on. Links to other parts and
modules go to their neutral addresses (`/m/2/<part>#<id>`), pictures to `/m/2/figure/<name>`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

from trainer.curriculum.addresses import Addresses
from trainer.curriculum.scan import slug_of

_BLOCKS = ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference")
# Paragraphs without a character that could be markup: most of a course, and Markdown would return them as they are.
_UNMARKED = re.compile(r"""(?:[A-Za-z"'“‘(…](?:[^*_`\[\]<>&\\|~\n\s]| (?! ))*(?:\n|$))+""")
_TAG = re.compile(r"<[^>]*>")


class _Shape(Treeprocessor):
    """Gives the tree our addresses, heading ids, figures and scrollable tables."""

    addresses = Addresses(0)

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                self._shape(parent, index, child)

    def _shape(self, parent: Element, index: int, child: Element) -> None:
        if child.tag == "a":
            self._link(child)
        elif child.tag == "img":
            child.set("src", self.addresses.figure(child.get("src", "")))
            child.set("loading", "lazy")
        elif child.tag == "table" and parent.get("class") != "table-scroll":
            _wrap_table(parent, index, child)
        elif child.tag in ("h2", "h3", "h4", "h5", "h6"):
            child.set("id", slug_of("".join(child.itertext())))
        elif child.tag == "p" and len(child) == 1 and child[0].tag == "img" and not _has_text(child):
            _to_figure(child)

    def _link(self, link: Element) -> None:
        address = self.addresses.link(html.unescape(link.get("href", "")))
        if not address:
            del link.attrib["href"]
            return
        link.set("href", address)
        if address.startswith("https://"):
            link.set("rel", "noopener noreferrer")


def _has_text(paragraph: Element) -> bool:
    return bool((paragraph.text or "").strip() or (paragraph[0].tail or "").strip())


def _to_figure(paragraph: Element) -> None:
    """A picture that is a paragraph of its own becomes a figure; its title becomes the caption."""
    paragraph.tag = "figure"
    paragraph.set("class", "figure")
    title = paragraph[0].attrib.pop("title", "")
    if title:
        caption = Element("figcaption", {"class": "figure-caption"})
        caption.text = title
        paragraph.append(caption)


def _wrap_table(parent: Element, index: int, table: Element) -> None:
    """A wide table scrolls inside its own box, which the keyboard can reach."""
    wrapper = Element("div", {"class": "table-scroll", "role": "group", "aria-label": "Table", "tabindex": "0"})
    wrapper.append(table)
    parent[index] = wrapper
    table.set("class", "table")
    for cell in table.iter():
        align = cell.attrib.pop("align", "")
        if align in ("center", "right"):
            cell.set("class", "text-center" if align == "center" else "text-end")
        if cell.tag == "th":
            cell.set("scope", "col")


class _Quotation(BlockQuoteProcessor):
    """Keeps two quotations with a blank line between them apart, as Git hosts do."""

    def lastChild(self, parent: Element) -> Element | None:  # noqa: N802 (Markdown's name)
        last = super().lastChild(parent)
        return None if last is not None and last.tag == "blockquote" else last


def _new_markdown() -> Markdown:
    markdown = Markdown(extensions=[TableExtension(use_align_attribute=True), FencedCodeExtension()])
    markdown.parser.blockprocessors.register(_Quotation(markdown.parser), "quote", 20)
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    markdown.inlinePatterns.deregister("reference")
    markdown.treeprocessors.register(_Shape(markdown), "shape", 1)
    return markdown


@lru_cache(maxsize=2)
def _markdown(blocks: bool) -> Markdown:
    markdown = _new_markdown()
    for name in () if blocks else _BLOCKS:
        markdown.parser.blockprocessors.deregister(name)
    return markdown


def _convert(text: str, addresses: Addresses, blocks: bool) -> str:
    markdown = _markdown(blocks)
    shape = markdown.treeprocessors["shape"]
    assert isinstance(shape, _Shape)
    shape.addresses = addresses
    markdown.reset()
    return markdown.convert(text)


@lru_cache(maxsize=4096)
def prose(text: str, addresses: Addresses) -> str:
    """Return the HTML of prose: paragraphs, lists, tables, quotations, fences, figures."""
    paragraphs = text.strip().split("\n\n")
    if all(_UNMARKED.fullmatch(paragraph) for paragraph in paragraphs):
        return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return _convert(text, addresses, blocks=True) if text.strip() else ""


@lru_cache(maxsize=4096)
def inline(text: str, addresses: Addresses) -> str:
    """Return the HTML of one line of text, without a paragraph around it; no block is recognised in it."""
    joined = " ".join(text.split())
    if _UNMARKED.fullmatch(joined):
        return joined
    return _convert(joined, addresses, blocks=False).removeprefix("<p>").removesuffix("</p>")


def plain(markup: str) -> str:
    """Return the text of HTML from this file, for labels and briefings."""
    return " ".join(html.unescape(_TAG.sub(" " if "<p" in markup else "", markup)).split())


def words_in(texts: Iterable[str]) -> int:
    """Count the words of lines of Markdown, markup and comments left out."""
    joined = re.sub(r"<!--.*?-->|^- \[[ x]\]", " ", "\n".join(texts), flags=re.MULTILINE)
    joined = re.sub(r"\]\([^)]*\)", "]", joined)
    return len(re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", joined))
