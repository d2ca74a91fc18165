"""Which letters can be set, how large a name is set, and a refusal by name where a letter is missing."""

from __future__ import annotations

import pytest

from trainer import press
from trainer.certificates import fonts
from trainer.certificates.pdf import NAME_SIZES, name_size
from trainer.refusal import NotValid

NAMES = (  # everybody whom the programme's example file of people knows as a trainee
    "Amara Okafor-Lindqvist",
    "Siobhán O'Rourke",
    "Li Wei",
    "Noor van der Berg",
    "José María Núñez de la Peña",
    "Tāne Parata",
    "Zofia Wójcik",
    "Madonna",
    "יעל בן־דוד",
    "فاطمة الزهراء",
    "Nguyễn Thị Minh Khai",
    "Oluwaseun Adébáyọ̀",
    "Wolfeschlegelsteinhausen Bergerdorff-Featherstonehaugh",
    "Kai Smith",
)


@pytest.mark.parametrize(
    "name", [*NAMES, "Ελένη Παπαδοπούλου", "Ольга Ковальчук", "Đặng Þórr Łukaš Ñandú", "مریم\u200cالسادات"]
)
def test_every_letter_of_it_can_be_set(name: str) -> None:
    assert fonts.missing(name) == ()


@pytest.mark.parametrize(
    ("name", "gone"), [("李伟", ("李", "伟")), ("Ana 🌱", ("🌱",)), ("प्रिया", ("प", "र", "ि", "य", "ा"))]
)
def test_a_letter_that_no_font_has_is_found(name: str, gone: tuple[str, ...]) -> None:
    found = fonts.missing(name)
    assert found
    assert found[0][0] == gone[0]


def test_a_mark_is_looked_for_in_the_font_of_its_letter() -> None:
    assert fonts.clusters("Adébáyọ̀ N.") == ["A", "d", "é", "b", "á", "y", "ọ̀", "N", "."]
    assert fonts.missing("א\u0301") == ("א\u0301",)  # both are there, in two fonts: together they would come apart


def test_the_refusal_names_the_name_and_the_letters() -> None:
    with pytest.raises(NotValid) as refusal:
        fonts.require_letters("The name 李伟", "李伟")
    assert refusal.value.code == "no-glyph"
    assert "The name 李伟 has letters that our fonts cannot set on paper: “李”, “伟”." in refusal.value.sentence


def test_a_short_name_is_set_large_and_a_long_one_over_two_lines() -> None:
    assert name_size("Madonna") == NAME_SIZES[0][0]
    assert name_size(NAMES[12]) == 27
    assert name_size(NAMES[12]) < name_size("José María Núñez de la Peña") <= NAME_SIZES[0][0]


def test_the_longest_name_that_is_kept_is_set_at_a_size_that_there_is() -> None:
    assert name_size(" ".join(["Maximiliana"] * 33)) in {size for size, _ in NAME_SIZES}
    assert name_size("W" * 401) == NAME_SIZES[-1][0]


def test_fonts_on_board_come_with_their_licence_and_stay_small() -> None:
    assert all((press.FONTS / name).is_file() for name in press.FILES)
    assert "SIL OPEN FONT LICENSE" in (press.FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in press.FONTS.iterdir()) < 4_000_000
