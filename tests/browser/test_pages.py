"""Main pages of the demonstration in a real browser: axe finds nothing, nothing scrolls sideways, no other host."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import Site, enter, follow, new_site, start, stop

NARROW = {"width": 320, "height": 700}
SESSION = "/programmes/peer-support/sessions/9"
PAGES = {
    "": ["/", "/pages/glossary", "/sign-in", "/help", "/verify", "/verify/0000000000000000000000000a", "/no/such/page"],
    "Trainee, half-way through": [
        "/",
        "/m/2",
        "/m/2/why-limits-come-first",
        "/m/2/check-yourself",
        "/m/2/reflect",
        "/m/2/sam-at-the-door",
        "/m/13",
        "/journal",
        "/record",
        "/certificate",
        "/commitment",
        "/account",
    ],
    "Peer supporter with a certificate": ["/", "/certificate"],
    "Trainer": [
        "/cohorts",
        "GRID",
        "REGISTER",
        "SIGNED",
        "SIGN",
        "PERSON",
        "TIMETABLE",
        "CERTIFICATES",
        "/guides",
        f"{SESSION}/guide",
        f"{SESSION}/cards",
        f"{SESSION}/sheet",
        "/pages/observing",
    ],
    "Coordinator": [
        "/contacts",
        "/programmes/peer-support/confidence",
        "/programme",
        "/people",
        "/bodies",
        "/import/people",
        "/import/timetable",
        "PLACES",
        "/people/new",
    ],
    "Senior Member": ["/panel"],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = new_site(tmp_path_factory.mktemp("demonstration"))
    made.run("demo")
    process = start(made)
    yield made
    stop(process)


@pytest.fixture(scope="module")
def addresses(site: Site) -> dict[str, str]:
    """The pages of the running cohort, whose identifiers differ each time."""
    with sqlite3.connect(site.instance / "trainer.sqlite3") as db:
        cohort = db.execute("SELECT id FROM cohort WHERE name = 'Michaelmas A'").fetchone()[0]
        rows = db.execute("SELECT number, id FROM training_session WHERE cohort_id = ?", (cohort,))
        sessions = {number: one for number, one in rows}  # noqa: C416 - rows are no dict
        kai = db.execute("SELECT id FROM person WHERE email = 'kai.smith@bridge.example'").fetchone()[0]
    return {
        "GRID": f"/cohorts/{cohort}",
        "REGISTER": f"/sessions/{sessions[5]}/register",
        "SIGNED": f"/sessions/{sessions[4]}/register",
        "SIGN": f"/sessions/{sessions[5]}/sign",
        "PERSON": f"/cohorts/{cohort}/people/{kai}",
        "TIMETABLE": f"/cohorts/{cohort}/timetable",
        "CERTIFICATES": f"/cohorts/{cohort}/certificates",
        "PLACES": f"/cohorts/{cohort}/places",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who", PAGES)
def test_pages_are_accessible_narrow_and_keep_to_themselves(
    browser: Browser, site: Site, addresses: dict[str, str], who: str, scheme: str
) -> None:
    context = browser.new_context(viewport=NARROW, color_scheme=scheme, base_url=site.address)  # type: ignore[arg-type]
    page = context.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: note_foreign(request, site, elsewhere))
    if who:
        enter(page, who)
    faults = [fault for path in PAGES[who] for fault in read(page, addresses.get(path, path))]
    context.close()
    assert faults == []
    assert elsewhere == []


def note_foreign(request: Request, site: Site, elsewhere: list[str]) -> None:
    if not request.url.startswith((site.address, "data:")):
        elsewhere.append(request.url)


def read(page: Page, path: str) -> list[str]:
    """Return what is wrong with a page."""
    page.goto(path)
    width = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{path} is {width} px wide on a screen of {NARROW['width']}"] if width > NARROW["width"] else []
    violations = Axe().run(page).response["violations"]
    found += [f"{path}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    return [re.sub(r"\s+", " ", one) for one in found]


def test_a_reader_without_a_script_can_answer_practise_and_write(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site.address)
    page = context.new_page()
    enter(page, "Trainee, half-way through")
    page.goto("/m/13/reflect")
    page.get_by_role("textbox").first.fill("Asking is the hard part.")
    follow(page, page.get_by_role("button", name=re.compile("Save")).first)
    page.goto("/journal")
    expect(page.locator("main")).to_contain_text("Asking is the hard part.")
    page.goto("/m/13")
    follow(page, page.get_by_role("link", name="Jo after the drop-in").first)
    before = page.locator("ol.walk > li").count()
    follow(page, page.locator("button.reply").first)
    expect(page.locator("ol.walk > li")).to_have_count(before + 1)
    context.close()


def test_exit_this_page_ends_the_sign_in(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    page.route(lambda url: not url.startswith(site.address), lambda route: route.fulfill(body="elsewhere"))
    enter(page, "Trainee, half-way through")
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(re.compile("wikipedia"))
    page.goto(f"{site.address}/record")
    assert page.url.startswith(f"{site.address}/sign-in")
    context.close()
