"""Settings come from the environment, and nothing in it is passed over."""

from __future__ import annotations

import getpass
import os

import pytest

from api.settings import Settings
from timeline.errors import BadInput


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_environment({})
    assert settings.database_url == "sqlite:///timeline.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.recorded_by == getpass.getuser()


def test_every_setting_is_read() -> None:
    told = {
        "TIMELINE_DATABASE_URL": "postgresql://here/it",
        "TIMELINE_RECORDED_BY": "ann",
        "TIMELINE_HOST": "::1",
        "TIMELINE_PORT": "8123",
        "TIMELINE_HOSTS": "Record.example, other",
        "TIMELINE_PACKS": os.pathsep.join(["packs", "more packs"]),
        "TIMELINE_READ_MODELS": "followed",
        "TIMELINE_QUESTION_LOG": "on",
        "TIMELINE_STREAMS": "7",
        "TIMELINE_HEARTBEAT": "0.5",
        "PATH": "/bin",
    }
    assert Settings.from_environment(told) == Settings(
        "postgresql://here/it",
        "ann",
        "::1",
        8123,
        ("record.example", "other"),
        ("packs", "more packs"),
        question_log=True,
        streams=7,
        heartbeat=0.5,
        read_models="followed",
    )


@pytest.mark.parametrize("value", ["", "yes", "ON", "1"])
def test_a_switch_is_on_or_off(value: str) -> None:
    with pytest.raises(BadInput, match="neither on nor off"):
        Settings.from_environment({"TIMELINE_QUESTION_LOG": value})
    assert not Settings.from_environment({"TIMELINE_QUESTION_LOG": "off"}).question_log


@pytest.mark.parametrize("kept", ["", "Inline", "followed "])
def test_read_models_are_inline_or_followed(kept: str) -> None:
    with pytest.raises(BadInput, match="neither inline nor followed") as refused:
        Settings.from_environment({"TIMELINE_READ_MODELS": kept})
    assert refused.value.place == "TIMELINE_READ_MODELS"


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="did you mean TIMELINE_DATABASE_URL") as refused:
        Settings.from_environment({"TIMELINE_DATABSE_URL": "sqlite:///x.db"})
    assert refused.value.place == "TIMELINE_DATABSE_URL"


def test_an_unknown_name_like_no_other_gets_the_list() -> None:
    with pytest.raises(BadInput, match="there are TIMELINE_DATABASE_URL, TIMELINE_RECORDED_BY"):
        Settings.from_environment({"TIMELINE_QQQQQQQQQQQQQQQQQQQQQQQQQQQQ": "x"})


@pytest.mark.parametrize(
    "port", ["", "x", "-1", "65536", "\N{FULLWIDTH DIGIT EIGHT}", "1e3", "8" * 5000]
)
def test_a_port_is_a_port(port: str) -> None:
    with pytest.raises(BadInput) as refused:
        Settings.from_environment({"TIMELINE_PORT": port})
    assert refused.value.place == "TIMELINE_PORT"


@pytest.mark.parametrize("hosts", ["", ",", "a,,b", "a:80", "http://a", "a b", "*"])
def test_hosts_are_names(hosts: str) -> None:
    with pytest.raises(BadInput) as refused:
        Settings.from_environment({"TIMELINE_HOSTS": hosts})
    assert refused.value.place == "TIMELINE_HOSTS"


@pytest.mark.parametrize("packs", ["", " ", os.pathsep, f"a{os.pathsep}"])
def test_folders_of_packs_have_names(packs: str) -> None:
    with pytest.raises(BadInput, match="has an empty folder") as refused:
        Settings.from_environment({"TIMELINE_PACKS": packs})
    assert refused.value.place == "TIMELINE_PACKS"


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(BadInput, match="TIMELINE_DATABASE_URL: is empty"):
        Settings.from_environment({"TIMELINE_DATABASE_URL": " "})


def test_a_user_without_a_name_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert Settings.from_environment({}).recorded_by == "unknown"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("TIMELINE_STREAMS", told)
            for told in ("", "x", "-1", "1.5", "100000", "\N{ARABIC-INDIC DIGIT ONE}")
        ),
        *(("TIMELINE_HEARTBEAT", told) for told in ("", "0", "0.000", "-1", "nan", "inf", "1e3")),
    ],
)
def test_streams_are_counted_and_heartbeats_take_time(name: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        Settings.from_environment({name: value})
    assert refused.value.place == name
