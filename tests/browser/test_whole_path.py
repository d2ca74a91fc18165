"""The whole path in a real browser, for three trainees.

Amara finishes and downloads; Kai misses a session and makes it up; Noor misses two and is told why there is no
certificate. Ruth takes and signs ten registers on a phone; Priya imports and issues; a stranger verifies.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Site, follow, new_site, start, stop
from trainer.config import ROOT
from trainer.curriculum.catalogue import load_catalogue
from trainer.curriculum.rules import Catalogue, Module, PartKind, Programme, Question, QuestionKind
from trainer.learning.wording import token_of

PEOPLE = """given_name,family_name,email,role,body,cohort
Amara,Okafor-Lindqvist,amara@stmary.example,trainee,St Mary's College,Michaelmas A
Kai,Smith,kai@bridge.example,trainee,Bridge College,Michaelmas A
Noor,van der Berg,noor@stmary.example,trainee,St Mary's College,Michaelmas A
Ruth,Hallam,ruth@counselling.example,trainer,Counselling Service,Michaelmas A
Priya,Raman,priya@counselling.example,coordinator,Counselling Service,
"""
AMARA, KAI, NOOR = "amara@stmary.example", "kai@bridge.example", "noor@stmary.example"
RUTH, PRIYA = "ruth@counselling.example", "priya@counselling.example"
BEGUN = date.today() - timedelta(days=40)  # noqa: DTZ011 - the server's own clock decides; a day more or less is nothing
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = new_site(tmp_path_factory.mktemp("path"), with_numbers_of_our_own(tmp_path_factory.mktemp("courses")))
    people = made.instance / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    made.run("people", "import", str(people), "--since", str(BEGUN))
    process = start(made)
    yield made
    stop(process)


def with_numbers_of_our_own(folder: Path) -> Path:
    """The courses as a university would have them: its own contacts have a number (one that nobody has)."""
    shutil.copytree(ROOT / "courses", folder / "courses")
    contacts = folder / "courses" / "signposting.toml"
    text = contacts.read_text(encoding="utf-8")
    for name in ("uk-student-space", "uk-nightline", "uk-university-duty", "uk-supervisor"):
        text = text.replace(f'id = "{name}"', f'id = "{name}"\nphone = "01632 960 001"')
    contacts.write_text(text, encoding="utf-8")
    return folder / "courses"


@pytest.fixture(scope="module")
def course() -> Catalogue:
    return load_catalogue(ROOT / "courses")


def timetable() -> str:
    """Ten sessions that are over, on ten days."""
    rows = ["cohort,session,starts,ends,place,led_by"]
    for number in range(1, 11):
        day = BEGUN + timedelta(days=3 * number)
        rows.append(f'Michaelmas A,{number},{day} 14:00,{day} 17:00,"Room 2, Service",{RUTH}')
    return "\n".join(rows)


def safety_of(course: Catalogue) -> list[Module]:
    return [module for module in course.modules.values() if module.safety]


def test_three_trainees_walk_the_whole_path(site: Site, open_page: Open, course: Catalogue, tmp_path: Path) -> None:
    programme = course.programmes["peer-support"]
    priya = open_page(site, PRIYA)
    confirm_contacts(priya)
    import_timetable(priya)
    amara, kai, noor = (open_page(site, email, size=PHONE) for email in (AMARA, KAI, NOOR))
    for page in (amara, kai, noor):
        accept(page)
    read_confidentiality(amara, course.modules["confidentiality"])
    for module in safety_of(course):
        master(amara, module)
    ruth = open_page(site, RUTH, size=PHONE)
    away = {3: ["Kai Smith"], 4: ["Noor van der Berg"], 5: ["Noor van der Berg"]}
    for number in range(1, 11):
        take_and_sign(ruth, programme, number, away.get(number, []))
    make_up(ruth, "Kai Smith", 3)
    for name in ("Amara Okafor-Lindqvist", "Kai Smith"):
        judge_ready(ruth, name)
    for module in safety_of(course):
        meet_another_way(ruth, "Kai Smith", module)
    issue(open_page(site, PRIYA), ["Amara Okafor-Lindqvist", "Kai Smith"])
    code = download(amara, tmp_path)
    verified_by_a_stranger(open_page(site), code)
    sees_the_make_up(kai)
    is_told_why_not(noor)
    assert "all agree" in site.run("verify").stdout


def confirm_contacts(page: Page) -> None:
    """Say of each contact that it was rung, until none is left; nobody can be invited before."""
    page.goto("/contacts")
    for _ in range(page.locator("section.card").filter(has_text="not checked yet").count()):
        card = page.locator("section.card").filter(has_text="not checked yet").first
        card.locator("summary").click()
        card.get_by_label("What you heard").fill("It was answered, and hours and number are right.")
        follow(page, card.get_by_role("button", name="It is right as it stands here"))
    expect(page.get_by_text("Every contact is confirmed.")).to_be_visible()


def import_timetable(page: Page) -> None:
    """Paste a faulty timetable, be told where, mend it, see what would change, and confirm."""
    page.goto("/import/timetable")
    lines = page.get_by_label("Or its lines, pasted")
    lines.fill(timetable().replace("17:00", "13:00", 1))
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 2")
    lines.fill(timetable())
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    page.get_by_role("button", name="Import this").click()
    expect(page.locator(".notice")).to_contain_text("Imported.")


def accept(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Read the commitment").click()
    follow(page, page.get_by_role("button", name="I accept"))
    page.goto("/")
    expect(page.get_by_role("heading", name="My training")).to_be_visible()
    expect(page.get_by_text("0 hours of 30 hours")).to_be_visible()


def read_confidentiality(page: Page, module: Module) -> None:
    """Read, write privately, practise, leave, and come back to where one left off."""
    page.goto("/")
    page.get_by_role("link", name=module.title).first.click()
    for part in module.parts:
        page.goto(f"/m/{module.number}/{part.id}")
        if part.kind is PartKind.REFLECT:
            write(page)
        elif part.kind is PartKind.DIALOGUE:
            walk(page)
        if part.kind not in {PartKind.QUIZ, PartKind.DIALOGUE}:
            follow(page, page.get_by_role("button", name=re.compile("Continue|Done|Finish")).first)
    page.goto(f"/m/{module.number}")
    expect(page.get_by_role("link", name=re.compile("Continue where you left off"))).to_contain_text("Check yourself")


def write(page: Page) -> None:
    """Type, wait for the words to be saved by themselves, and find them again in the journal."""
    box = page.get_by_role("textbox").first
    box.fill("It was the surprise, not the telling.")
    expect(page.locator("[data-state]").first).to_contain_text("Saved", timeout=8000)
    page.goto("/journal")
    expect(page.locator("main")).to_contain_text("It was the surprise, not the telling.")
    page.go_back()


def walk(page: Page) -> None:
    """Say the first line that is not tried yet: a weak one leads back, until the talk has ended."""
    for _ in range(30):
        if page.get_by_text("That is where this conversation ends").count():
            break
        replies = page.locator("button.reply")
        fresh = replies.filter(has_not=page.locator(".tried"))
        before = page.locator("ol.walk > li").count()
        fresh.first.click()
        expect(page.locator("ol.walk > li")).to_have_count(before + 1)
    expect(page.get_by_text("That is where this conversation ends")).to_be_visible()


def master(page: Page, module: Module) -> None:
    """Answer every safety question: wrong first where it is a single choice, then right."""
    part = next(part for part in module.parts if part.kind is PartKind.QUIZ)
    page.goto(f"/m/{module.number}/{part.id}")
    for place, question in enumerate(module.safety_questions):
        if place == 0 and question.kind is QuestionKind.SINGLE:
            answer(page, question, right=False)
            expect(page.locator(f"#{question.id}")).to_contain_text("Not right yet")
        answer(page, question, right=True)
        expect(page.locator(f"#{question.id}")).to_contain_text("Right")


def answer(page: Page, question: Question, *, right: bool) -> None:
    article = page.locator(f"article#{question.id}")
    if question.kind is QuestionKind.ORDER:
        for place, option in enumerate(question.options, start=1):
            token = token_of(question.wording, option.text)
            article.locator(f"select[name='place-{token}']").select_option(str(place), force=True)
    else:
        chosen = [option for option in question.options if option.right is right]
        for option in chosen if right else chosen[:1]:
            article.locator(f"input[value='{token_of(question.wording, option.text)}']").check()
    article.get_by_role("button", name=re.compile("^(Answer|Try again)$")).click()
    expect(article.locator(".told")).not_to_be_empty()


def take_and_sign(page: Page, programme: Programme, number: int, away: list[str]) -> None:
    """All present, then the exceptions; what must be seen is ticked for each; leave the draft, come back, sign."""
    page.goto("/cohorts")
    page.get_by_role("link", name=f"Session {number} of Michaelmas A").first.click()
    page.get_by_role("button", name="All present").click()
    expect(page.locator("[data-status]")).to_contain_text("3 of 3 marked")
    for name in away:
        mark(page, row(page, name).get_by_label("Apologies"))
    plan = programme.session(number)
    assert plan is not None
    for behaviour in plan.behaviours if number in {1, 8, 9} else ():
        for name in ("Amara Okafor-Lindqvist", "Kai Smith", "Noor van der Berg"):
            own = row(page, name)
            if behaviour.critical and name not in away:
                if own.locator("details").get_attribute("open") is None:
                    own.locator("summary").click()
                mark(page, own.get_by_label(behaviour.text))
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    page.goto("/cohorts")
    page.get_by_role("link", name=f"Session {number} of Michaelmas A").first.click()
    page.get_by_role("button", name="Check and sign").click()
    expect(page.locator("main")).to_contain_text(f"{3 - len(away)} present")
    page.get_by_role("button", name="Sign this session").click()
    expect(page.locator("main")).to_contain_text("Ruth Hallam")
    expect(page.get_by_role("button", name="Check and sign")).to_have_count(0)


def mark(page: Page, box: Locator) -> None:
    """Tick a box, and wait until the draft that has it is kept."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        box.check()
    assert kept.value.ok
    expect(page.locator("[data-status]")).to_contain_text("Saved")


def row(page: Page, name: str) -> Locator:
    return page.locator("fieldset.mark").filter(has=page.locator("legend", has_text=name))


def open_trainee(page: Page, name: str) -> None:
    page.goto("/cohorts")
    page.get_by_role("link", name="Michaelmas A", exact=True).first.click()
    page.get_by_role("link", name=re.compile(name)).first.click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def make_up(page: Page, name: str, number: int) -> None:
    open_trainee(page, name)
    page.get_by_role("link", name=f"Make up session {number}").click()
    page.get_by_label("In an agreed meeting").check()
    page.get_by_label("Date of the meeting").fill(str(BEGUN + timedelta(days=33)))
    page.get_by_role("button", name="Sign this make-up").click()
    expect(page.locator("main")).to_contain_text("in an agreed meeting")


def judge_ready(page: Page, name: str) -> None:
    open_trainee(page, name)
    page.get_by_role("link", name="Sign readiness").click()
    page.get_by_label("Ready to serve as a peer supporter").check()
    page.get_by_label("Words for the trainee").fill("You wait, and people go on.")
    page.get_by_role("button", name="Sign readiness").click()
    expect(page.locator("main")).to_contain_text("You wait, and people go on.")


def meet_another_way(page: Page, name: str, module: Module) -> None:
    open_trainee(page, name)
    page.get_by_role("link", name=re.compile(rf"^Met another way ?: topic {module.number}$")).click()
    page.get_by_label("In a conversation").check()
    page.get_by_role("button", name="Sign that they are met").click()
    expect(page.locator("main")).to_contain_text("In a conversation")


def issue(page: Page, names: list[str]) -> None:
    page.goto("/cohorts")
    page.get_by_role("link", name="Michaelmas A", exact=True).first.click()
    page.get_by_role("link", name="Certificates").first.click()
    for name in names:
        person = page.locator("li.certificate-row").filter(has_text=name)
        person.get_by_role("button", name="Issue the certificate").click()
        expect(page.locator("li.certificate-row").filter(has_text=name)).to_contain_text(
            re.compile(r"Certificate \d{4}-\d+")
        )
    noor = page.locator("li.certificate-row").filter(has_text="Noor van der Berg")
    noor.get_by_text("What is missing").click()
    expect(noor).to_contain_text("Sessions 4 and 5 were missed and not made up yet.")


def download(page: Page, folder: Path) -> str:
    """Download the PDF, and return the code of the certificate."""
    page.goto("/")
    page.get_by_role("link", name="Go to my certificate").click()
    button = page.get_by_role("link", name="Download the PDF")
    button.wait_for(timeout=30_000)
    with page.expect_download() as waiting:
        button.click()
    path = folder / "certificate.pdf"
    waiting.value.save_as(path)
    assert path.read_bytes().startswith(b"%PDF-")
    address = page.locator(".code").first.inner_text()
    return address.rsplit("/", 1)[1]


def verified_by_a_stranger(page: Page, code: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Check a certificate").first.click()
    page.get_by_role("textbox").first.fill(code.upper())
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text("This certificate is ours, and it stands")
    expect(page.locator("main")).to_contain_text("Amara Okafor-Lindqvist")
    expect(page.locator("main")).to_contain_text("30 hours")


def sees_the_make_up(page: Page) -> None:
    page.goto("/record")
    expect(page.locator("main")).to_contain_text("Made up in an agreed meeting")
    expect(page.locator("main")).to_contain_text("30 hours of 30 hours")


def is_told_why_not(page: Page) -> None:
    page.goto("/certificate")
    expect(page.locator("main")).to_contain_text("Sessions 4 and 5 were missed and not made up yet.")
    expect(page.locator("main")).to_contain_text("24 hours of 30 hours")
    expect(page.locator("main")).to_contain_text("A trainer has not signed readiness yet.")
