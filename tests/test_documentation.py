"""The documents keep step with the program: pages, commands, links, pictures, decisions, rooms."""

import argparse
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from app.cli.main import parser
from app.wording.reviews import list_name
from exposures.reviews import REVIEW_LISTS
from ui.pages import PAGES
from ui.pages.liquidity.tabs import TABS

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs"
GUIDE = DOCS / "user-guide.md"
ARCHITECTURE = DOCS / "architecture.md"
READ = (REPOSITORY / "README.md", GUIDE, ARCHITECTURE)
#: A picture of a page takes so many bytes at most, so that a clone stays small.
LARGEST = 250_000

_WRITTEN = re.compile(r"tidewatch ((?:[a-z][a-z-]*)[^`|#\n]*)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def _code(text: str) -> str:
    """What is written as code: between backticks and in fenced blocks."""
    blocks = re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))])


def _below(command: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return {
        name: below
        for action in command._actions  # argparse has no public way to its commands
        if isinstance(action, argparse._SubParsersAction)
        for name, below in action.choices.items()
    }


def _written() -> list[str]:
    return [
        found.strip()
        for path in READ
        for line in _code(path.read_text("utf-8")).splitlines()
        for found in _WRITTEN.findall(line)
    ]


@pytest.mark.parametrize("written", sorted(set(_written())))
def test_commands_and_options_of_the_documents_exist(written: str) -> None:
    command, words = parser(), written.split()
    while words and (below := _below(command)):
        assert words[0] in below, f"no such command: {written}"
        command = below[words.pop(0)]
    known = {option for action in command._actions for option in action.option_strings}
    assert {word for word in words if word.startswith("--")} <= known, written


def test_every_group_of_commands_is_documented() -> None:
    assert set(_below(parser())) - {"demo"} <= {written.split()[0] for written in _written()}


def test_every_page_has_a_section_and_a_picture() -> None:
    guide = GUIDE.read_text("utf-8")
    for page in PAGES:
        assert f"\n## {page.title()}\n" in guide, page.id
        assert f"(pictures/{page.id}.png)" in guide, page.id


def test_every_tab_and_every_review_list_is_named() -> None:
    guide = GUIDE.read_text("utf-8")
    assert [tab.id for tab in TABS if f"\n| {tab.title()} |" not in guide] == []
    assert [made.id for made in REVIEW_LISTS if f"\n| **{made.id} {list_name(made.id)}** |" not in guide] == []


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for link in _LINK.findall(path.read_text("utf-8")):
        if link.startswith(("http:", "https:")):
            continue
        name, _hash, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        if anchor:
            titles = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}, link


def test_pictures_are_small_and_all_are_shown() -> None:
    guide = GUIDE.read_text("utf-8")
    for picture in (DOCS / "pictures").iterdir():
        assert picture.stat().st_size <= LARGEST, picture.name
        assert f"(pictures/{picture.name})" in guide, picture.name


def test_decisions_have_numbers_of_their_own() -> None:
    names = [path.name for path in (DOCS / "decisions").iterdir()]
    assert [name for name in names if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)] == []
    assert [number for number, count in Counter(name[:4] for name in names).items() if count > 1] == []


def test_architecture_names_every_room() -> None:
    text = ARCHITECTURE.read_text("utf-8")
    contracts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    rooms = {room for contract in contracts for layer in contract.get("layers", ()) for room in layer.split(" | ")}
    assert rooms - {"__main__"} - set(re.findall(r"\w+", text)) == set()
