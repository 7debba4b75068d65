"""`notice-templates …`: what risk notices say, in both languages: looked at, checked, proposed and released."""

import argparse
from pathlib import Path
from typing import Any

from app import i18n
from app.bootstrap import Program
from app.cli.command import REFUSED, Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.notifications import templating
from app.refusals import Refused
from app.services.phrasing import NAMES
from app.storage.templates import Version
from app.wording import phrasing as words
from app.wording.notifications import language_name


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """The group."""
    group = add_group(commands, "notice-templates", "the texts of risk notices (L6, L7) in both languages")
    add_command(group, "list", _list, "every template, where its text comes from, and its versions")
    show = add_command(group, "show", _show, "a template's text and its fields")
    save = add_command(group, "save", _save, "write both texts of a template into a folder, to change them there")
    look = add_command(group, "look", _look, "a text as it would go out, and what is wrong with it")
    offer = add_command(group, "propose", _propose, "propose both texts; a second person releases them")
    back = add_command(group, "restore", _restore, "propose that the shipped texts count again")
    for parser in (show, save, look, offer, back):
        parser.add_argument("template", choices=tuple(NAMES))
    for parser in (show, look):
        parser.add_argument("--language", choices=i18n.LANGUAGES, default="en")
    save.add_argument("folder", metavar="FOLDER", type=Path)
    look.add_argument("file", metavar="FILE", type=Path, nargs="?", help="without one: the text that counts")
    look.add_argument("--item", metavar="ITEM", help="on which item; without one on the first of its list")
    offer.add_argument("--english", required=True, metavar="FILE", type=Path)
    offer.add_argument("--chinese", required=True, metavar="FILE", type=Path)
    release = add_command(group, "approve", _approve, "release a version as the second person")
    refuse = add_command(group, "return", _return, "return a version to who wrote it")
    for parser in (release, refuse):
        parser.add_argument("number", type=int, metavar="NUMBER")
    for parser in (offer, back, refuse):
        parser.add_argument("--reason", required=True, metavar="TEXT")


def _list(program: Program, _chosen: argparse.Namespace) -> Outcome:
    lines, data = [], []
    for one in program.phrasing.templates():
        lines.append(f"{one.name}: {words.standing(one.origin, one.waiting is not None)}")
        lines += [f"  {words.version(version)}" for version in one.versions]
        versions = [_plain(version) for version in one.versions]
        data.append({"name": one.name, "list": one.list_id, "origin": one.origin, "versions": versions})
    return Outcome({"templates": data}, tuple(lines))


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    one = program.phrasing.template(chosen.template)
    text = one.texts[chosen.language]
    fields = {name: words.field(name) for name in templating.FIELDS[one.name]}
    needed = templating.NEEDED[one.name]
    told = [f"{name}{'*' if name in needed else ''}: {meaning}" for name, meaning in fields.items()]
    data = {"name": one.name, "language": chosen.language, "origin": one.origin, "text": text,
            "fields": fields, "needed": needed}  # fmt: skip
    return Outcome(data, (*text.split("\n"), _("Fields; those with * are needed:"), *told))


def _save(program: Program, chosen: argparse.Namespace) -> Outcome:
    one = program.phrasing.template(chosen.template)
    texts = {chosen.folder / f"{one.name}.{code}.txt": text for code, text in one.texts.items()}
    if (there := next((file for file in texts if file.exists()), None)) is not None:
        raise Refused("attachment.exists", file=there)
    for file, text in texts.items():
        try:
            chosen.folder.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as target:
                target.write(text)
        except OSError as error:
            raise Refused("export.cannot_write", folder=file, why=error.strerror or str(error)) from error
    return Outcome({"files": list(map(str, texts))}, tuple(_("Written to {file}.").format(file=file) for file in texts))


def _look(program: Program, chosen: argparse.Namespace) -> Outcome:
    phrasing = program.phrasing
    source = phrasing.template(chosen.template).texts[chosen.language] if chosen.file is None else _read(chosen.file)
    specimen = phrasing.specimen(chosen.template, chosen.item)
    look = phrasing.look(specimen, chosen.language, source)
    on = "" if specimen.item is None else specimen.item.id
    data: dict[str, Any] = {
        "template": chosen.template, "language": chosen.language, "item": on or None,
        "subject": look.text and look.text.subject, "body": look.text and look.text.body,
        "faults": [{"code": one.code, "value": one.value, "line": one.line} for one in look.faults],
    }  # fmt: skip
    text = [] if look.text is None else [look.text.subject, "", *look.text.body.split("\n")]
    head = _("{language}, as item {item} would read it:") if on else _("{language}, with each field's own name:")
    lines = (head.format(language=language_name(chosen.language), item=on), "", *text)
    faults = tuple(map(words.fault, look.faults))
    return Outcome(data, (*lines, *faults), exit_code=REFUSED if faults else 0)


def _propose(program: Program, chosen: argparse.Namespace) -> Outcome:
    texts = {"en": _read(chosen.english), "zh_CN": _read(chosen.chinese)}
    return _version(program.phrasing.propose(chosen.template, texts, chosen.reason))


def _restore(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _version(program.phrasing.restore(chosen.template, chosen.reason))


def _approve(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _version(program.phrasing.decide(chosen.number, True))


def _return(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _version(program.phrasing.decide(chosen.number, False, chosen.reason))


def _version(one: Version) -> Outcome:
    return Outcome(_plain(one), (words.version(one),))


def _plain(one: Version) -> dict[str, Any]:
    return {
        "number": one.id, "template": one.name, "texts": dict(one.texts), "reason": one.reason, "maker": one.maker,
        "at": one.at, "approved": one.approved, "approver": one.approver, "said": one.said,
    }  # fmt: skip


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise Refused("templates.cannot_read", file=str(file), why=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise Refused("templates.cannot_read", file=str(file), why=str(error)) from error
