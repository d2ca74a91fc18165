"""Private texts on real databases: sealed from the first byte, opened by nobody else, never overwritten unseen."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast, gather
from tests.unit.learning.course import part, read
from trainer.database import Base, Database
from trainer.journal import queries, services
from trainer.journal.models import Reflection
from trainer.journal.rules import Draft, OtherVersion, OwnText, Slot, TooLong, slots_of
from trainer.keys.services import Keys
from trainer.people.models import Person
from trainer.people.rules import Role, Viewer
from trainer.refusal import NotAllowed, NotFound, NotNow

MODULE = read()
NIGHT, BELL, RULE = slots_of(part(MODULE, "reflect"))
CANARY = "the canary of the north lighthouse sang"


@dataclass
class Home:
    """An installation of its own: both databases as files, and the cast."""

    database: Database
    keys: Keys
    folder: Path
    cast: Cast

    def write(self, viewer: Viewer, slot: Slot, text: str, revision: int = 0) -> int:
        """Keep one text in a unit of work and return its revision."""
        with self.database.unit() as db:
            return services.write(db, self.keys, viewer, MODULE, {slot: Draft(text, revision)}, NOW)[slot.item]

    def texts(self, viewer: Viewer) -> list[OwnText]:
        """What somebody gets to see."""
        with self.database.reading() as db:
            return queries.own_texts(db, self.keys, viewer)

    def bytes_of_files(self) -> bytes:
        """Every byte of both databases and their logs, once the logs are written back."""
        with self.database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("*.sqlite3*")))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    database, keys_database = (Database(f"sqlite:///{tmp_path / name}.sqlite3") for name in ("main", "keys"))
    keys = Keys(keys_database, tmp_path / "keys")
    keys.prepare()
    Base.metadata.create_all(database.engine)
    with database.unit() as db:
        cast = gather(db)
    yield Home(database, keys, tmp_path, cast)
    database.engine.dispose()
    keys_database.engine.dispose()


def trainee(person: Person) -> Viewer:
    return Viewer(person.id, person.name, frozenset({Role.TRAINEE}))


@pytest.fixture
def amara(home: Home) -> Viewer:
    return trainee(home.cast.amara)


@pytest.fixture
def tane(home: Home) -> Viewer:
    return trainee(home.cast.tane)


def disguises(text: str) -> Iterator[bytes]:
    """A text in every form in which it might lie about: plain, wide, encoded at any offset."""
    yield text.encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    for offset in range(3):
        yield base64.b64encode(b"x" * offset + text.encode())[4:-4]
    yield zlib.compress(text.encode())[2:-4]


def test_a_text_is_read_by_its_author_as_it_was_written(home: Home, amara: Viewer) -> None:
    home.write(amara, NIGHT, "Zwölf Stunden, 寒い.\n\nAnd then the dawn.")
    [own] = home.texts(amara)
    assert own.text == "Zwölf Stunden, 寒い.\n\nAnd then the dawn."
    assert (own.module, own.item, own.written_at, own.wording) == (MODULE.slug, "a-long-night", NOW, NIGHT.wording)


def test_no_file_holds_a_private_text_in_any_disguise(home: Home, amara: Viewer) -> None:
    revision = home.write(amara, NIGHT, f"First. {CANARY} Last.")
    home.write(amara, NIGHT, f"Changed. {CANARY}", revision)
    home.write(amara, BELL, CANARY)
    home.write(amara, BELL, "", home.texts(amara)[-1].revision)
    everything = home.bytes_of_files()
    assert b"a-long-night" in everything  # the search does look at the right files
    assert not [form for form in disguises(CANARY) if form in everything]


def test_the_search_would_find_a_text_that_was_kept_in_the_clear(home: Home, amara: Viewer) -> None:
    home.write(amara, NIGHT, "hidden")
    with home.database.unit() as db:
        db.execute(update(Reflection).values(wording=CANARY))
    assert any(form in home.bytes_of_files() for form in disguises(CANARY))


def test_nobody_else_gets_to_see_or_delete_a_text(home: Home, amara: Viewer, tane: Viewer) -> None:
    home.write(amara, NIGHT, CANARY)
    [own] = home.texts(amara)
    others = [tane, *(Viewer(p.id, p.name, frozenset(Role)) for p in (home.cast.ruth, home.cast.priya))]
    for other in others:
        assert home.texts(other) == []
        with home.database.unit() as db, pytest.raises(NotFound):
            services.delete_text(db, other, own.id)
    assert home.texts(amara) == [own]


@pytest.mark.parametrize("where", [0, 5, 16, 17, -1])
def test_a_flipped_bit_opens_nothing(home: Home, amara: Viewer, where: int) -> None:
    home.write(amara, NIGHT, CANARY)
    with home.database.unit() as db:
        row = db.scalars(select(Reflection)).one()
        spoilt = bytearray(row.sealed)
        spoilt[where] ^= 1
        row.sealed = bytes(spoilt)
    assert [own.text for own in home.texts(amara)] == [None]


def test_a_text_that_was_put_in_anothers_place_opens_for_neither(home: Home, amara: Viewer, tane: Viewer) -> None:
    home.write(amara, NIGHT, "Amara's")
    home.write(tane, NIGHT, "Tāne's")
    with home.database.unit() as db:
        one, other = db.scalars(select(Reflection))
        one.sealed, other.sealed = other.sealed, one.sealed
    assert [own.text for own in (*home.texts(amara), *home.texts(tane))] == [None, None]


def test_a_text_that_was_moved_to_another_prompt_does_not_open(home: Home, amara: Viewer) -> None:
    home.write(amara, NIGHT, "Of the night")
    home.write(amara, BELL, "Of the bell")
    with home.database.unit() as db:
        one, other = db.scalars(select(Reflection))
        one.sealed, other.sealed = other.sealed, one.sealed
    assert [own.text for own in home.texts(amara)] == [None, None]


def test_the_key_is_there_before_the_text_and_stays_when_the_text_fails(home: Home, amara: Viewer) -> None:
    with pytest.raises(RuntimeError), home.database.unit() as db:
        services.write(db, home.keys, amara, MODULE, {NIGHT: Draft(CANARY, 0)}, NOW)
        raise RuntimeError("the power went")
    assert home.texts(amara) == []
    sealed = home.keys.seal(amara.person_id, "c", "still the same key")
    home.write(amara, NIGHT, CANARY)
    assert home.keys.unseal(amara.person_id, "c", sealed) == "still the same key"


def test_a_second_tab_with_an_older_revision_is_refused_and_told_what_is_kept(home: Home, amara: Viewer) -> None:
    first = home.write(amara, NIGHT, "One")
    second = home.write(amara, NIGHT, "Two", first)
    assert second == first + 1
    with pytest.raises(OtherVersion) as refused:
        home.write(amara, NIGHT, "Three", first)
    kept = refused.value.kept["a-long-night"]
    assert kept is not None and (kept.text, kept.revision) == ("Two", second)
    assert home.write(amara, NIGHT, "Three", second) == second + 1


def test_the_same_words_sent_again_are_kept_already(home: Home, amara: Viewer) -> None:
    first = home.write(amara, NIGHT, "One")
    assert home.write(amara, NIGHT, "One", 0) == first


def test_one_clash_keeps_the_other_texts_of_the_page_from_being_saved_too(home: Home, amara: Viewer) -> None:
    home.write(amara, NIGHT, "One")
    drafts = {NIGHT: Draft("Other", 0), BELL: Draft("A bell", 0)}
    with pytest.raises(OtherVersion) as refused, home.database.unit() as db:
        services.write(db, home.keys, amara, MODULE, drafts, NOW)
    assert list(refused.value.kept) == ["a-long-night"]
    assert [own.text for own in home.texts(amara)] == ["One"]


def test_a_text_that_was_deleted_is_not_written_back_by_a_tab_that_still_shows_it(home: Home, amara: Viewer) -> None:
    first = home.write(amara, NIGHT, "One")
    with home.database.unit() as db:
        assert services.delete_text(db, amara, home.texts(amara)[0].id) == (MODULE.slug, "a-long-night")
    with pytest.raises(OtherVersion) as refused:
        home.write(amara, NIGHT, "One and more", first)
    assert refused.value.kept == {"a-long-night": None}


def test_a_text_that_was_written_anew_does_not_pass_for_the_one_that_was_deleted(home: Home, amara: Viewer) -> None:
    first = home.write(amara, NIGHT, "Old")
    home.write(amara, NIGHT, "", first)
    again = home.write(amara, NIGHT, "New")
    assert again != first
    with pytest.raises(OtherVersion):
        home.write(amara, NIGHT, "Old and more", first)


def test_an_emptied_box_keeps_nothing(home: Home, amara: Viewer) -> None:
    first = home.write(amara, NIGHT, "One")
    assert home.write(amara, NIGHT, " \n", first) == 0
    assert home.texts(amara) == []


def test_too_long_a_text_is_refused_whole(home: Home, amara: Viewer) -> None:
    with pytest.raises(TooLong):
        home.write(amara, NIGHT, "x" * 20_001)
    assert home.texts(amara) == []


def test_after_erasure_nothing_opens_and_nothing_new_is_kept(home: Home, amara: Viewer) -> None:
    revision = home.write(amara, NIGHT, CANARY)
    home.keys.erase(amara.person_id)
    assert [own.text for own in home.texts(amara)] == [None]
    with pytest.raises(NotNow) as refused:
        home.write(amara, NIGHT, "Again", revision)
    assert refused.value.code == "key-gone"


def test_what_promise_stood_beside_the_box_is_kept_with_the_text(home: Home, amara: Viewer) -> None:
    home.write(amara, RULE, "Ring first.")
    with home.database.reading() as db:
        row = db.scalars(select(Reflection)).one()
    assert (row.privacy, row.edition, row.wording) == ("share", MODULE.edition, RULE.wording)


def test_whoever_only_looks_writes_nothing(home: Home) -> None:
    guest = Viewer(home.cast.ruth.id, home.cast.ruth.name, frozenset({Role.TRAINER}))
    with pytest.raises(NotAllowed):
        home.write(guest, NIGHT, "A note")
    with home.database.reading() as db:
        assert _rows(db) == 0


def _rows(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(Reflection)) or 0


def test_shelves_count_the_texts_of_each_module_and_open_none(home: Home, amara: Viewer, tane: Viewer) -> None:
    home.write(amara, NIGHT, "One")
    home.write(amara, BELL, "Two")
    home.write(tane, BELL, "Three")
    with home.database.reading() as db:
        assert [(shelf.module, shelf.texts) for shelf in queries.shelves(db, amara)] == [(MODULE.slug, 2)]
