"""The bank's settings for a source: defaults, its own values, and a named key where one is wrong."""

from pathlib import Path

import pytest

from app.refusals import Refused
from app.settings import SOURCE_SETTINGS, SourceSettings, source_settings


def test_defaults_are_those_declared(tmp_path: Path) -> None:
    assert source_settings(tmp_path / "none.toml", "ddp") == SourceSettings()
    for setting in SOURCE_SETTINGS:
        assert getattr(SourceSettings(), setting.key) == setting.default
        assert setting.explanation


def test_a_source_reads_only_its_own_table(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text('[fredgraph]\nbase_url = "https://mirror.bank/fred"\ntimeout_seconds = 5\n[ddp]\nenabled = false\n')
    assert source_settings(file, "fredgraph") == SourceSettings(base_url="https://mirror.bank/fred", timeout_seconds=5)
    assert source_settings(file, "ddp") == SourceSettings(enabled=False)
    assert source_settings(file, "bis") == SourceSettings()


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("[ddp]\nbase_uri = 'x'\n", "settings.unknown", "ddp.base_uri"),
        ("[ddp]\nenabled = 'yes'\n", "settings.wrong", "ddp.enabled"),
        ("[ddp]\nattempts = true\n", "settings.wrong", "ddp.attempts"),
        ("[ddp]\nattempts = 0\n", "settings.wrong", "ddp.attempts"),
        ("[ddp]\ntimeout_seconds = '5'\n", "settings.wrong", "ddp.timeout_seconds"),
        ("ddp = 5\n", "settings.wrong", "ddp"),
        ("[ddp\n", "settings.unreadable", None),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, code: str, key: str | None) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(text)
    with pytest.raises(Refused) as refused:
        source_settings(file, "ddp")
    assert refused.value.code == code
    assert refused.value.values.get("key") == key
    assert refused.value.values["file"] == "sources.toml"
