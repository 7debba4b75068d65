"""Letters from templates, the bank's own or as shipped: sandboxed, and a name that is not given is a fault."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from app.refusals import Refused

_SUBJECT = "Subject:"
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    autoescape=False,  # plain text: as HTML it is escaped where that is made (rendering)
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A letter in words: its subject and its paragraphs, one empty line between them."""

    subject: str
    body: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body cut at its empty lines."""
        return tuple(part for part in self.body.split("\n\n") if part.strip())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template, by code: "syntax", "no_subject", "unknown", "confidential", "missing", "fails",
    "leak", "blank".

    `language` is the text it stands in, `line` counts from 1 (0: nowhere in particular), `value` the field or words.
    """

    code: str
    language: str
    value: str = ""
    line: int = 0


#: The fields of each template: what it may say. A list is gone through line by line; a flag is asked for, not written.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "institution": {
        **dict.fromkeys(("addressee", "country", "tier", "since", "exposure", "reported", "due_90"), "text"),
        **dict.fromkeys(("reasons", "decided"), "list"),
        **dict.fromkeys(("minimum", "acknowledge_by", "reply_by", "contact", "bank"), "text"),
    },
    "client": {
        **dict.fromkeys(("addressee", "country"), "text"),
        "facts": "list",
        **dict.fromkeys(("fx", "cover", "measure"), "flag"),
        **dict.fromkeys(("due", "due_by", "reply_by", "contact", "bank"), "text"),
    },
}
#: What a notice has to say (CALCULATIONS 12, L6 and L7): without one of these fields it is no notice.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "institution": (
        *("addressee", "country", "reasons", "exposure", "reported", "decided"),
        *("acknowledge_by", "reply_by", "contact"),
    ),
    "client": ("addressee", "country", "facts", "reply_by", "contact"),
}
_TAGS = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)


def shipped(name: str, language: str) -> str:
    """A template as it was shipped."""
    return files("app.notifications").joinpath("templates", f"{name}.{language}.txt").read_text("utf-8")


def own_file(folder: Path, name: str, language: str) -> str | None:
    """The bank's own file of a template; None where there is none. Refused "notices.bad_template"."""
    file = folder / f"{name}.{language}.txt"
    try:
        return file.read_text("utf-8") if file.is_file() else None
    except UnicodeDecodeError as error:
        raise Refused("notices.bad_template", file=file.name, detail=str(error)) from error


def fill(folder: Path, name: str, language: str, values: Mapping[str, Any], approved: str | None = None) -> Text:
    """The template `name` in `language` with these values: as it was `approved`, else the bank's own file, else as
    shipped.

    Refused "notices.bad_template" where it asks for what is not given, or for more than words.
    """
    source = approved or own_file(folder, name, language) or shipped(name, language)
    return render(source, f"{name}.{language}.txt", values)


def render(source: str, file: str, values: Mapping[str, Any]) -> Text:
    """A template with these values; errors as `fill`."""
    try:
        filled = _ENVIRONMENT.from_string(source).render(values)
    except (TemplateError, TypeError, ValueError) as error:
        raise Refused("notices.bad_template", file=file, detail=str(error)) from error
    first, _line, rest = filled.partition("\n")
    if not first.startswith(_SUBJECT) or not first.removeprefix(_SUBJECT).strip():
        raise Refused("notices.bad_template", file=file, detail="no Subject: on the first line")
    return Text(" ".join(first.removeprefix(_SUBJECT).split()), _tidied(rest))


def faults(name: str, language: str, source: str) -> tuple[Fault, ...]:
    """What is wrong with a text as template `name`, whatever item it is for; what it gives away is judged elsewhere."""
    if not source.strip():
        return (Fault("blank", language),)
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        return (Fault("syntax", language, error.message or "", error.lineno),)
    asked, known = meta.find_undeclared_variables(tree), FIELDS[name]
    others = {field for fields in FIELDS.values() for field in fields} - set(known)
    found = [
        Fault("confidential" if field in others else "unknown", language, field, _line_of(source, field))
        for field in sorted(asked - set(known))
    ]
    found += [Fault("missing", language, field) for field in NEEDED[name] if field not in asked]
    if found:
        return tuple(found)
    for whole in (True, False):
        try:
            render(source, name, specimen(name, whole=whole))
        except Refused as refused:
            detail = str(refused.values["detail"])
            found.append(Fault("no_subject" if detail.startswith("no Subject") else "fails", language, detail))
            break
    return tuple(found)


def specimen(name: str, *, whole: bool = True) -> dict[str, object]:
    """Values that stand for any item: each field's own name, every flag set; not `whole`: nothing is there."""
    kinds: Mapping[str, tuple[object, object]] = {"list": (("\N{HORIZONTAL ELLIPSIS}",), ()), "flag": (True, False)}
    return {field: kinds.get(kind, (f"[{field}]", ""))[not whole] for field, kind in FIELDS[name].items()}


def literal(source: str) -> str:
    """The words that a template itself says, in every branch: what is left without its tags and comments."""
    return _TAGS.sub(" ", source)


def _line_of(source: str, field: str) -> int:
    place = re.search(rf"\b{re.escape(field)}\b", source)
    return 0 if place is None else source.count("\n", 0, place.start()) + 1


def _tidied(text: str) -> str:
    """Paragraphs with one empty line between them."""
    parts = [part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n")]
    return "\n\n".join(part for part in parts if part.strip())
