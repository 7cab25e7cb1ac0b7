"""Which form a request asks for."""

from __future__ import annotations

import pytest

from api.forms.media import MEDIA, PARQUET, XLSX, form_of
from api.worksheet.forms import SHEETS
from timeline.errors import BadInput


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "html"),
        ("text/csv", "csv"),
        (MEDIA[XLSX], "xlsx"),
        ("text/html;q=0.5, application/json", "json"),
        ("text/html;q=0.5, text/csv;q=0.6", "csv"),
        ("text/html;q=0", "json"),
        ("text/html;q=high", "json"),
        ("image/png", "json"),
    ],
)
def test_without_a_format_the_accept_header_decides(accept: str, form: str) -> None:
    assert form_of(None, accept, SHEETS) == form
    assert form_of("csv", accept) == "csv"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (MEDIA[PARQUET], "parquet"),
        ("text/csv", "csv"),
        ("text/html", "json"),
        (MEDIA[XLSX], "json"),
    ],
)
def test_only_forms_there_are_can_be_liked(accept: str, form: str) -> None:
    assert form_of(None, accept) == form


@pytest.mark.parametrize("stated", ["xlsx", "", "CSV", "x" * 500])
def test_a_form_that_is_none_is_refused(stated: str) -> None:
    with pytest.raises(BadInput, match=r"is none of json, csv, parquet$") as refused:
        form_of(stated, "")
    assert refused.value.place == "format"
    assert len(str(refused.value)) < 120
