"""The worksheet in every form, of statements that would rather be something else than text."""

from __future__ import annotations

import csv
import io
import sys
import warnings
import zipfile
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook  # type: ignore[import-untyped]
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.cli import timeline as cli
from api.forms.media import MEDIA, XLSX
from api.settings import Settings
from api.worksheet.as_html import POLICY
from timeline.bundle import bundle_of, read_bundle
from timeline.errors import BadInput

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result
    from httpx import Response
    from openpyxl import Workbook

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
FORMULA = '=HYPERLINK("http://127.0.0.1/?"&A1,"more")'
MARKUP = '</q><script>alert(1)</script><img src=x onerror="alert(2)">&amp;'
LONG = "=" + "x" * 40_000
HOSTILE = (FORMULA, MARKUP, "@SUM(1)", "-1+1|cmd", "\t=1", "a\nb", "\x01\x0b", "'=1", LONG)
ASKED = {"as_of": "2021-06-30", "as_at": "position:13"}


def said(number: int, words: str) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "program": "kite",
        "milestone": "flt.first_flight",
        "qualifier": f"{number} {words[:90]}",
        "stated_on": "2021-01-10",
        "said_by": words[:90],
        "window": "2021-07" if number else "../1850-07-01",
        "words": words,
        "document": "d1",
        "condition": {"text": words[:90]},
    }


BUNDLE = {
    "format": "timeline-bundle/1",
    "issuer": {"id": "acme", "name": "Acme"},
    "programs": [{"id": "kite", "name": "Kite"}],
    "documents": [
        {
            "id": "d1",
            "published": "2021-01-10",
            "kind": "letter",
            "title": MARKUP,
            "url": "javascript:alert(3)",
        }
    ],
    "events": [
        {
            "id": "e1",
            "type": "program.note_made",
            "program": "kite",
            "occurred": "2021-02-01",
            "disclosed": "2021-02-01",
            "document": "d1",
            "summary": MARKUP,
        }
    ],
    "expectations": [said(number, words) for number, words in enumerate(HOSTILE)],
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('worksheet') / 'timeline.db'}"
    with Timeline(url, create=True) as timeline:
        timeline.import_bundle(bundle_of(BUNDLE))
        timeline.import_bundle(read_bundle(SAMPLE))
    return url


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[TestClient]:
    app = create_app(Settings(url, hosts=("testserver",)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def got(client: TestClient, form: str | None, **headers: str) -> Response:
    told = {} if form is None else {"format": form}
    asked = ASKED | told
    response: Response = client.get("/v1/issuers/acme/worksheet", params=asked, headers=headers)
    assert response.status_code == 200, response.text
    return response


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_in_html_whatever_a_document_says_is_text(client: TestClient) -> None:
    response = got(client, "html")
    page = Tags(response.text)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"] == POLICY
    assert "script" not in POLICY.replace("'none'", "")
    assert response.headers["x-content-type-options"] == "nosniff"
    names = [name for name, _ in page.tags]
    assert {"script", "img", "iframe", "form", "object"} & set(names) == set()
    assert not [k for _, attrs in page.tags for k in attrs if k.startswith("on")]
    assert not [a for name, a in page.tags if name == "a"]  # javascript: is no link
    assert names.count("q") == len(HOSTILE)
    assert page.text.count(MARKUP) >= len(HOSTILE) + 1  # the titles, its own words, the event


def test_a_real_address_is_a_link_and_the_page_loads_nothing(client: TestClient) -> None:
    asked = {"as_of": "2009-03-17", "since": "2008-12-31", "format": "html"}
    page = Tags(client.get("/v1/issuers/migenix/worksheet", params=asked).text)
    links = [attrs["href"] for name, attrs in page.tags if name == "a"]
    assert links
    assert all(str(link).startswith(("http://", "https://")) for link in links)
    assert not [a for name, a in page.tags if name == "link" or "src" in a]
    assert "Statements that ended in the period" in page.text


def test_in_csv_no_text_begins_a_formula(client: TestClient) -> None:
    response = got(client, "csv")
    assert response.headers["content-disposition"] == 'attachment; filename="worksheet.csv"'
    head, *lines = csv.reader(io.StringIO(response.text, newline=""))
    assert len(lines) == len(HOSTILE)
    cells = [cell for line in lines for name, cell in zip(head, line, strict=True)]
    numbers = {"days left", "revisions"}
    texts = [c for line in lines for n, c in zip(head, line, strict=True) if n not in numbers]
    assert [cell for cell in texts if cell.lstrip().startswith(("=", "+", "-", "@"))] == []
    words = {line[head.index("statement")]: line[head.index("words")] for line in lines}
    assert words["s0"] == f"'{FORMULA}"
    assert words["s2"] == "'@SUM(1)"
    assert (words["s5"], words["s7"], words["s8"]) == ("a\nb", "'=1", f"'{LONG}")
    assert len(cells) == len(head) * len(lines)
    assert head[-4:] == ["material?", "discussed in MD&A where?", "reviewer", "reviewed on"]


def workbook(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_in_xlsx_texts_are_texts_and_days_are_days(client: TestClient) -> None:
    response = got(client, "xlsx")
    assert response.headers["content-type"] == MEDIA[XLSX]
    assert response.headers["content-disposition"] == 'attachment; filename="worksheet.xlsx"'
    book = workbook(response.content)
    assert book.sheetnames == ["statements", "clocks"]
    head, *lines = book["statements"].iter_rows()
    at = {cell.value: number for number, cell in enumerate(head)}
    assert {cell.data_type for line in lines for cell in line} <= {"s", "n", "d"}
    rows = {line[at["statement"]].value: line for line in lines}
    assert rows["s0"][at["words"]].value == FORMULA
    assert rows["s1"][at["words"]].value == MARKUP
    cut = rows["s8"][at["words"]].value
    assert isinstance(cut, str)
    assert (len(cut), cut.endswith(" [cut; JSON has all of it]")) == (32_767, True)
    assert rows["s1"][at["window to"]].value == datetime(2021, 7, 31)  # noqa: DTZ001  # a day
    assert rows["s0"][at["window to"]].value == "1850-07-01"  # before all dates of a spreadsheet
    assert rows["s1"][at["days left"]].value == 31
    assert rows["s1"][at["material?"]].value is None
    clocks = {line[0].value: line[1].value for line in book["clocks"].iter_rows()}
    assert (clocks["as_of"], clocks["position"]) == ("2021-06-30", "13")


def test_no_part_of_the_workbook_is_a_formula_or_leads_out(client: TestClient) -> None:
    with zipfile.ZipFile(io.BytesIO(got(client, "xlsx").content)) as parts:
        sheets = [parts.read(n).decode() for n in parts.namelist() if "sheets/" in n]
        names = parts.namelist()
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]


@pytest.mark.parametrize("form", ["html", "csv", "xlsx"])
def test_a_sheet_is_the_same_bytes_whenever_it_is_made(client: TestClient, form: str) -> None:
    first, again = got(client, form), got(client, form)
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]
    kept = client.get(
        "/v1/issuers/acme/worksheet",
        params=ASKED | {"format": form},
        headers={"If-None-Match": first.headers["etag"]},
    )
    assert (kept.status_code, kept.content) == (304, b"")


def test_the_answer_says_that_it_varies(client: TestClient) -> None:
    assert got(client, None, accept="text/html").headers["content-type"].startswith("text/html")
    response = got(client, None, accept="application/json")
    assert response.json()["items"]
    assert response.headers["vary"] == "Accept"


def test_a_form_that_is_none_and_pages_of_a_sheet_are_refused(client: TestClient) -> None:
    for told, parameter in (
        ({"format": "pdf"}, "format"),
        ({"format": "csv", "limit": "3"}, "limit"),
        ({"format": "html", "explain": "true"}, "explain"),
        ({"since": "soon"}, "since"),
    ):
        response = client.get("/v1/issuers/acme/worksheet", params=ASKED | told)
        assert (response.status_code, response.json()["parameter"]) == (400, parameter)


def run(url: str, *args: str) -> Result:
    env = {"TIMELINE_DATABASE_URL": url}
    return CliRunner().invoke(cli, ["worksheet", *args], env=env, prog_name="timeline")


def test_the_command_writes_what_http_gives(client: TestClient, url: str, tmp_path: Path) -> None:
    at = ("acme", "--as-of", ASKED["as_of"], "--as-at", ASKED["as_at"])
    for form in ("html", "xlsx"):
        file = tmp_path / f"sheet.{form}"
        done = run(url, *at, f"--{form}", str(file))
        assert (done.exit_code, done.stdout) == (0, f"{file}: {len(HOSTILE)} statements\n")
        assert file.read_bytes() == got(client, form).content
    assert run(url, *at, "--csv").stdout_bytes == got(client, "csv").content


def test_a_terminal_gets_no_control_characters(url: str) -> None:
    told = run(url, "acme", "--as-of", ASKED["as_of"]).stdout
    assert [c for c in told if c < " " and c != "\n"] == []
    assert told.endswith("the period begins after nothing\n")
    told = run(url, "migenix", "--as-of", "2008-12-31").stdout
    assert told.endswith("the period begins after 2008-12-15, the day of mgi-2008-12-15\n")


def test_two_forms_at_once_are_refused(url: str, tmp_path: Path) -> None:
    done = run(url, "acme", "--html", str(tmp_path / "a"), "--csv")
    assert (done.exit_code, done.stderr) == (
        2,
        "error: --csv: cannot go with --html; choose one\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_xlsx_says_what_to_do(
    client: TestClient, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    response = client.get("/v1/issuers/acme/worksheet", params=ASKED | {"format": "xlsx"})
    assert response.status_code == 406
    assert "corporate-timeline[xlsx]" in response.json()["detail"]
    done = run(url, "acme", "--xlsx", str(tmp_path / "a"))
    assert done.exit_code == 2
    assert "corporate-timeline[xlsx]" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_library_takes_the_beginning_as_a_date_too(url: str) -> None:
    with Timeline(url) as timeline:
        answer = timeline.worksheet("acme", since=date(2021, 1, 31), as_of="2021-06-30")
        assert answer.more == {"since": "2021-01-31", "since_document": None}
        with pytest.raises(BadInput):
            timeline.worksheet("acme", since="2021-02-30")
