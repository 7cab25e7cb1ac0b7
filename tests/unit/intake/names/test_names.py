"""Names are found however they are written, and never one for another."""

from __future__ import annotations

import pytest

from timeline.intake.documents import read_text
from timeline.intake.names import Named, NameKind, Names, Subjects, guessed, masked, names_guessed

NAMES = Names(
    [
        Named(NameKind.PROGRAM, "kt2401", ("KT-2401", "1% topical wellium")),
        Named(NameKind.PROGRAM, "cls001", ("CLS001",)),
        Named(NameKind.PROGRAM, "wellivar", ("Wellivar™",)),
        Named(NameKind.PROGRAM, "prednisone", ("Prednisone",)),
        Named(NameKind.PARTNER, "cadence", ("Cadence Works", "Cadence")),
        Named(NameKind.PARTNER, "spring", ("Spring Bank",)),
        Named(NameKind.ISSUER, "bolt", ("Bolt Air Inc.", "Bolt", "the Company")),
    ]
)


def _ids(text: str) -> list[str]:
    return [mention.id for mention in NAMES.mentions(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *[
            (written, "kt2401")
            for written in ("KT-2401", "KT2401", "kt 2401", "KT–2401", "KT\u20112401-based")  # noqa: RUF001
        ],
        *[
            (written, "wellivar")
            for written in ("Wellivar", "WELLIVAR(R)", "Wellivar(TM)'s", "Welivar", "Wellivra")
        ],
        *[("CLS-001", "cls001"), ("1% topical  wellium", "kt2401"), ("Cadence's plan", "cadence")],
        *[("Spring\nBank", "spring"), ("the Company", "bolt"), ("Bolt Air Inc.", "bolt")],
    ],
)
def test_one_name_in_many_hands(text: str, found: str) -> None:
    assert _ids(f"So {text} is it.") == [found]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "KT-2410",
            "KT-24011",
            "KT-240",
            "AKT-2401",
            "KT-2401-2",
            "KT-2401.5",
            "KT-2401-B",
            "KT-2402",
            "KY-2401",
        ),
        *(
            "CLS0001",
            "CLS01",
            "CLS001A",
            "CLS-0010",
            "1.5% topical wellium",
            "prednisolone",
            "Prednisolone",
        ),
        *(
            "at a cadence",
            "until spring. Bank on it",
            "Wellivars",
            "Bellivar",
            "Walliver",
            "Prednisons"[:7],
        ),
    ],
)
def test_another_name_is_another(text: str) -> None:
    assert _ids(f"So {text} is it.") == []


def test_a_slip_is_told_from_the_name_itself() -> None:
    assert [m.exact for m in NAMES.mentions("Wellivar or Welivar")] == [True, False]


def test_a_name_of_two_finds_neither() -> None:
    both = Names([Named(NameKind.PROGRAM, one, ("Twin", one)) for one in ("aa", "bb")])
    assert [m.id for m in both.mentions("Twin, aa, bb")] == ["aa", "bb"]


def test_masked_names_are_neither_dates_nor_numbers() -> None:
    text = "KT-2401 in 2008, CLS001's."
    assert masked(text, NAMES.mentions(text)) == "NNNNNNN in 2008, NNNNNN's."


def test_what_a_sentence_is_about() -> None:
    text = (
        "Wellivar (a salve): It sells. CLS001 is next. This program goes on.\n\n"
        "Both rest.\n\nPLANS\n\nKT-2401 is a rig. The study ends soon."
    )
    document = read_text(text)
    subjects = Subjects(document, NAMES)
    told = {s.of(text): subjects.program_of(s) for s in document.sentences}
    assert told["CLS001 is next."] == "cls001"
    assert told["The study ends soon."] == "kt2401"
    assert told["PLANS"] is None


def test_what_looks_like_a_program_is_guessed() -> None:
    text = (
        "Wellivar (a salve for burns): It is on sale in Q3 2008 under Form 20-F and NI 43-101.\n\n"
        "The Phase III Omnigel™ study and AB-123 cost US27 in V6T 1Z3, COVID-19 or not."
        " Omnigel is new."
    )
    assert [m.id for m in guessed(text)] == ["wellivar", "omnigel", "ab123"]
    assert [m.id for m in names_guessed(text).mentions(text)] == [
        "wellivar",
        "omnigel",
        "ab123",
        "omnigel",
    ]
