"""Reading a PDF with poppler, another engine than the one that set it."""

import shutil
import subprocess
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from app.reports import fonts as report_fonts

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")


def _run(*command: str) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    return ran.stdout


def pages(path: Path) -> list[str]:
    """The text of every page, without the places where a long word may be broken."""
    return _run("pdftotext", "-layout", str(path), "-").replace("\u200b", "").split("\f")[:-1]


def words(text: str) -> str:
    """The text without any blank, however its lines were broken."""
    return "".join(text.replace("\u200b", "").split())


def fonts(path: Path) -> dict[str, tuple[bool, bool]]:
    """Every font with whether it is embedded and whether its letters can be read back."""
    rows = _run("pdffonts", str(path)).splitlines()[2:]
    return {row.split()[0].split("+")[-1]: (row.split()[-5] == "yes", row.split()[-3] == "yes") for row in rows}


@cache
def _letters(file: Path) -> frozenset[int]:
    with TTFont(str(file), fontNumber=0) as font:  # the faces of a collection have the same letters
        return frozenset(font.getBestCmap())


def without_glyph(text: str) -> set[str]:
    """The letters of a text that no font of a report has."""
    known = set().union(*map(_letters, report_fonts.find().files))
    return {letter for letter in text if ord(letter) not in known and not letter.isspace()}


def boxes(path: Path) -> list[tuple[float, float, list[tuple[float, float, float, float, str]]]]:
    """Every page's width and height in points, and the box (left, top, right, bottom) of every word on it."""
    text = _run("pdftotext", "-bbox", str(path), "-")
    found = []
    for page in ElementTree.fromstring(text).iter("{http://www.w3.org/1999/xhtml}page"):
        placed = [
            (*(float(word.get(side, "nan")) for side in ("xMin", "yMin", "xMax", "yMax")), word.text or "")
            for word in page.iter("{http://www.w3.org/1999/xhtml}word")
        ]
        found.append((float(page.get("width", "nan")), float(page.get("height", "nan")), placed))
    return found  # type: ignore[return-value]
