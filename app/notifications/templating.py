"""Letters from templates, the bank's own or as shipped: sandboxed, and a name that is not given is a fault."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from app.refusals import Refused

_SUBJECT = "Subject:"


@dataclass(frozen=True, slots=True)
class Text:
    """A letter in words: its subject and its paragraphs, one empty line between them."""

    subject: str
    body: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body cut at its empty lines."""
        return tuple(part for part in self.body.split("\n\n") if part.strip())


def fill(folder: Path, name: str, language: str, values: Mapping[str, Any]) -> Text:
    """The template `name` in `language` from the bank's `folder`, else as shipped, with these values.

    Refused "notices.bad_template" where the bank's own asks for what is not given, or for more than words.
    """
    file = f"{name}.{language}.txt"
    own = folder / file
    source = own if own.is_file() else files("app.notifications").joinpath("templates", file)
    environment = ImmutableSandboxedEnvironment(
        autoescape=False,  # plain text: as HTML it is escaped where that is made (rendering)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        filled = environment.from_string(source.read_text("utf-8")).render(values)
    except (TemplateError, UnicodeDecodeError, TypeError, ValueError) as error:
        raise Refused("notices.bad_template", file=file, detail=str(error)) from error
    first, _line, rest = filled.partition("\n")
    if not first.startswith(_SUBJECT) or not first.removeprefix(_SUBJECT).strip():
        raise Refused("notices.bad_template", file=file, detail="no Subject: on the first line")
    return Text(" ".join(first.removeprefix(_SUBJECT).split()), _tidied(rest))


def _tidied(text: str) -> str:
    """Paragraphs with one empty line between them."""
    parts = [part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n")]
    return "\n\n".join(part for part in parts if part.strip())
