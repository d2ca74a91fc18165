"""Where the links of a course lead in the application."""

from __future__ import annotations

from dataclasses import dataclass

Homes = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
SAFE_SCHEMES = ("https://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where links lead from a part of a module: `slug` and `part` say where we are.

    `numbers` has the permanent number of every module by slug; `homes` has for each slug its ids, each with the id of
    the part it stands in, since a part is a page. From a file of another `folder` a link to a module names its folder.
    """

    number: int
    numbers: tuple[tuple[str, int], ...] = ()
    slug: str = ""
    part: str = ""
    homes: Homes = ()
    folder: str = "modules"

    def link(self, target: str) -> str:
        """Return the address for a target as written, "" when it is not a safe one."""
        if target.startswith(SAFE_SCHEMES):
            return target
        name, _, fragment = target.partition("#")
        folder, name = folder_of(name, self.folder)
        if folder != "modules":
            page = f"/{folder}/{name.removesuffix('.md')}" if name else ""
            return f"{page}#{fragment}" if fragment else page
        slug = name.removesuffix(".md") or self.slug
        part = dict(dict(self.homes).get(slug, ())).get(fragment, "")
        if not name and part in ("", self.part):
            return f"#{fragment}"
        number = dict(self.numbers).get(slug)
        page = f"/m/{number}/{part}" if part else f"/m/{number}"
        return "" if not number else page if fragment in ("", part) else f"{page}#{fragment}"

    def figure(self, target: str) -> str:
        """Return the address of a picture of this module."""
        return f"/m/{self.number}/figure/{target.rsplit('/', 1)[-1]}"


def folder_of(name: str, folder: str) -> tuple[str, str]:
    """Return the folder and the file that a relative link names: `../modules/x.md` from a guide, `x.md` beside it."""
    if not name.startswith("../"):
        return folder, name
    there, _, file = name.removeprefix("../").partition("/")
    return there, file
