"""The bank's settings for a source: defaults, its own values, and a named key where one is wrong."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.refusals import Refused
from app.settings import SOURCE_SETTINGS, SourceSettings, put_source_settings, rewritten, source_settings


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


TYPED = """# How the bank reaches its sources.
# Ask the network team before you change this.

[fredgraph]   # through the mirror since March
base_url = "https://mirror.bank/fred"  # ticket 4711
timeout_seconds = 5

# The Board answers directly.
[ddp]
# attempts = 9
enabled = false
"""


def test_what_a_person_typed_stays_when_the_program_writes(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(TYPED)
    put_source_settings(file, "fredgraph", SourceSettings(base_url="https://other.bank/fred", timeout_seconds=5))
    assert file.read_text() == TYPED.replace("mirror.bank", "other.bank")
    put_source_settings(file, "ddp", SourceSettings())
    assert source_settings(file, "ddp") == SourceSettings()
    assert file.read_text() == TYPED.replace("mirror.bank", "other.bank").replace("enabled = false\n", "")
    put_source_settings(file, "bis", SourceSettings(proxy="http://proxy.bank:8080"))
    assert source_settings(file, "bis") == SourceSettings(proxy="http://proxy.bank:8080")
    put_source_settings(file, "bis", SourceSettings())
    assert "[bis]" not in file.read_text()
    for remark in ("# Ask the network team", "# through the mirror", "# ticket 4711", "# The Board", "# attempts = 9"):
        assert remark in file.read_text()


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    put_source_settings(file, "ddp", SourceSettings(attempts=2))
    assert source_settings(file, "ddp") == SourceSettings(attempts=2)


@given(
    st.dictionaries(
        st.sampled_from("abc"),
        st.one_of(st.integers(-9, 9), st.booleans(), st.text("xyz", max_size=3), st.lists(st.integers(0, 3))),
    )
)
def test_rewritten_says_exactly_the_content(content: dict[str, object]) -> None:
    text = "# top\na = 1 # one\n\n[t] # table\nb = 2\n"
    made = rewritten(text, {**content, "t": content})
    assert tomllib.loads(made) == {**content, "t": content}
    assert made.startswith("# top")
    assert "# table" in made
