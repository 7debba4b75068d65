"""Setting a letter as PDF. Words travel as data and never as markup: what looks like an instruction is text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

import typst

from app.reports import fonts


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on paper; `mark` (SAMPLE, DRAFT) stands at its top, `foot` on every page."""

    sender: str
    day: str
    subject: str
    paragraphs: Sequence[str]
    language: str
    mark: str = ""
    foot: str = ""


def render(letter: Letter, made: datetime) -> bytes:
    """The PDF's bytes; `made` is the time it says of itself. Refused "report.no_font" without a Chinese font."""
    found = fonts.find()
    language, _dash, region = letter.language.partition("_")
    data = {
        "sender": letter.sender,
        "day": letter.day,
        "subject": letter.subject,
        "paragraphs": list(letter.paragraphs),
        "language": language,
        "region": region or None,
        "mark": letter.mark,
        "foot": letter.foot,
        "fonts": found.families,
    }
    template = files("app.reports").joinpath("templates/letter.typ").read_bytes()
    sent = {"letter": json.dumps(data, ensure_ascii=False)}
    compiler = typst.Compiler(template, font_paths=found.known, sys_inputs=sent)
    result = compiler.compile(format="pdf", timestamp=made.replace(microsecond=0))
    assert isinstance(result, bytes)
    return result
