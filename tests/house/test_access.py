"""Every endpoint says who may use it; what says nothing would be refused, and is a fault."""

from __future__ import annotations

from flask import Flask

from tests.cast import Cast
from tests.reader import Reader
from trainer.web.access import anyone

OPEN_TO_ANYONE = {
    "home.start",
    "accounts.sign_in",
    "accounts.sign_in_with_password",
    "accounts.link",
    "accounts.press_link",
    "accounts.open_door",
    "accounts.leave",
    "signposting.help_now",
    "handbook.page",  # itself asks for whom a page is
    "certificates.enter",
    "certificates.verify",
    "certificates.verify_json",
    "assets.static",
    "operations.healthz",
}


def test_every_endpoint_declares_who_may_use_it(app: Flask) -> None:
    silent = {
        rule.endpoint for rule in app.url_map.iter_rules() if not hasattr(app.view_functions[rule.endpoint], "access")
    }
    assert silent == set()


def test_what_is_open_to_anyone_is_on_one_list(app: Flask) -> None:
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "access", None) is anyone
    }
    assert found <= OPEN_TO_ANYONE


def test_an_address_that_does_not_exist_reads_like_one_that_is_not_yours(reader: Reader) -> None:
    assert reader.get("/no/such/page", status=404).text == reader.get("/sign-in/link", status=404).text


def test_every_answer_carries_the_security_headers(reader: Reader, cast: Cast) -> None:
    for address in ("/", "/help", "/sign-in", "/no/such/page", "/healthz"):
        headers = reader.client.get(address).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_a_foreign_host_is_refused(reader: Reader) -> None:
    assert reader.client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_the_number_of_this_machine_becomes_its_name(reader: Reader) -> None:
    answer = reader.client.get("/help", headers={"Host": "127.0.0.1:8000"})
    assert answer.headers["Location"] == "http://localhost:8000/help"


def test_a_body_of_three_megabytes_is_refused_with_a_sentence(reader: Reader) -> None:
    answer = reader.client.post("/sign-in", data={"email": "a" * 3_000_000})
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_a_form_without_its_token_changes_nothing(reader: Reader) -> None:
    answer = reader.client.post("/sign-in", data={"email": "ruth.hallam@counselling.example", "password": "x"})
    assert answer.status_code == 400
    assert "load the page again" in answer.text


def test_static_files_are_compressed_and_kept_for_ever(reader: Reader) -> None:
    page = reader.get("/help")
    sheet = next(link.get("href") for link in page.all("link") if link.get("rel") == "stylesheet")
    answer = reader.client.get(str(sheet), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.data) < 20_000
