"""The parts of an Excel package: which part holds which sheet, macros, and the strict dialect."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.refusals import Refused
from app.spreadsheets import binary_sheets

_MOST_INDEX = 32 * 2**20  # bytes of workbook.xml and of relations
_STRICT = "purl.oclc.org/ooxml"
#: Old notes; beside new comments Excel writes each thread as a note too.
_OF_COMMENTS = re.compile(r"/comments/?(?:comment)?[0-9]*\.(?:xml|bin)$")
_COMMENT = re.compile(rb'<(?:\w+:)?comment\b[^>]*?\bref="[A-Z]{1,3}([0-9]{1,7})"')


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Where a sheet's XML is (None: a chart sheet, no cells) and whether people see it."""

    part: str | None
    visible: bool


@dataclass(frozen=True)
class WorkbookParts:
    """The sheets in their order."""

    sheets: dict[str, SheetPart]
    macros: bool
    strict: bool
    links: bool = False  # to other workbooks: never followed
    since_1904: bool = False
    comments: int = 0  # at cells below the first row
    no_texts: bool = False  # the part with the shared texts is not there under the name that the workbook gives


def read_parts(file: str, archive: zipfile.ZipFile) -> WorkbookParts:
    """The index of a workbook; raises Refused where it is not one or has a document type."""
    names = {name.replace("\\", "/").lstrip("/").casefold(): name for name in archive.namelist()}
    workbook_name = _target(file, archive, names, "_rels/.rels", "", ("/officeDocument",)) or "xl/workbook.xml"
    if workbook_name.casefold() not in names:
        raise Refused("importing.no_workbook", file=file)
    content = _read(file, archive, names[workbook_name.casefold()])
    folder = posixpath.dirname(workbook_name)
    rels = posixpath.join(folder, "_rels", posixpath.basename(workbook_name) + ".rels")
    targets = _relations(file, archive, names, rels, folder)
    if workbook_name.endswith(".bin"):
        entries, since_1904 = binary_sheets.entries(file, content), binary_sheets.counts_from_1904(content)
    else:
        root = _parse(file, workbook_name, content)
        entries, since_1904 = _entries(root), _counts_from_1904(root)
    sheets: dict[str, SheetPart] = {}
    for name, relation, visible in entries:
        kind, target = targets.get(relation, ("", ""))
        if name in sheets:
            raise Refused("importing.duplicate_part", file=file, part=name)
        if kind.endswith(("/chartsheet", "/dialogsheet")):
            sheets[name] = SheetPart(None, visible)
        elif kind.endswith(("/xlMacrosheet", "/xlIntlMacrosheet")):
            raise Refused("importing.macro_sheet", file=file, sheet=name)
        elif target.casefold() not in names:
            raise Refused("importing.damaged", file=file, error=f"{name}: {target or relation}")
        else:
            sheets[name] = SheetPart(names[target.casefold()], visible)
    return WorkbookParts(
        sheets,
        macros=any(name.endswith("vbaproject.bin") for name in names),
        strict=_STRICT.encode() in content,
        links=any("/externallinks/" in f"/{name}" for name in names),
        since_1904=since_1904,
        comments=sum(_comments(file, archive, real) for name, real in names.items() if _OF_COMMENTS.search(f"/{name}")),
        no_texts=any(kind.endswith("/sharedStrings") and part not in names.values() for kind, part in targets.values()),
    )


def _comments(file: str, archive: zipfile.ZipFile, name: str) -> int:
    """How many comments a part holds beneath the headers of the first row; a part that is no text holds none."""
    if name.casefold().endswith(".bin"):
        return binary_sheets.comments(_read(file, archive, name))
    rows = (int(found) for found in _COMMENT.findall(_read(file, archive, name)))
    return sum(row > 1 for row in rows)


def _entries(root: Element) -> list[tuple[str, str, bool]]:
    """Name, relation and whether people see it of every sheet that the workbook lists."""
    return [
        (
            element.get("name", ""),
            next((value for key, value in element.attrib.items() if _local(key) == "id"), ""),
            element.get("state", "visible") == "visible",
        )
        for element in root.iter()
        if _local(element.tag) == "sheet"
    ]


def _counts_from_1904(root: Element) -> bool:
    found = (element.get("date1904") for element in root.iter() if _local(element.tag) == "workbookPr")
    return any(value in ("1", "true") for value in found)


def _relations(
    file: str, archive: zipfile.ZipFile, names: dict[str, str], part: str, folder: str
) -> dict[str, tuple[str, str]]:
    """Id -> (type, part) of a relations part; none where there is none."""
    if part.casefold() not in names:
        return {}
    root = _parse(file, part, _read(file, archive, names[part.casefold()]))
    found = {}
    for element in root.iter():
        if _local(element.tag) == "Relationship" and element.get("TargetMode") != "External":
            target = element.get("Target", "").replace("\\", "/")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = (element.get("Type", ""), full)
    return found


def _target(
    file: str, archive: zipfile.ZipFile, names: dict[str, str], part: str, folder: str, kinds: tuple[str, ...]
) -> str | None:
    relations = _relations(file, archive, names, part, folder).values()
    return next((target for kind, target in relations if kind.endswith(kinds)), None)


def _read(file: str, archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MOST_INDEX:
        raise Refused("importing.damaged", file=file, error=name)
    return archive.read(name)


def _parse(file: str, name: str, content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Refused("importing.document_type", file=file, part=name) from None
    except (ParseError, ValueError, LookupError) as error:
        raise Refused("importing.damaged", file=file, error=f"{name}: {error}") from None
    return root


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
