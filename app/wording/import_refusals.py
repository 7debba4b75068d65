"""Why a file was not read, and what to do about it."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.wording import files, formats

Values = Mapping[str, Any]


def _kind(code: str) -> str:
    return {
        "zip": _("a zip archive"),
        "ole": _("an old Office document"),
        "png": _("a PNG picture"),
        "jpeg": _("a JPEG picture"),
        "gif": _("a GIF picture"),
        "bmp": _("a BMP picture"),
        "pdf": _("a PDF document"),
        "rtf": _("an RTF document"),
        "html": _("a web page"),
        "xml": _("an XML file"),
        "text": _("a text file"),
    }.get(code, _("a file of another kind"))


def _save_as() -> str:
    return _("Open it in Excel or WPS, save it as .xlsx, and import that file.")


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    **files.REFUSALS,
    "importing.no_file": lambda v: (
        _("There is no file {file}.").format(file=v["file"]),
        _("Check the name and the folder."),
    ),
    "importing.not_a_file": lambda v: (
        _("{file} is no file.").format(file=v["file"]),
        _("Name the workbook itself, not its folder."),
    ),
    "importing.empty_file": lambda v: (
        _("{file} is empty (0 bytes).").format(file=v["file"]),
        _("Copy or export it again: the last attempt did not finish."),
    ),
    "importing.unreadable_file": lambda v: (
        _("{file} cannot be opened: {error}.").format(file=v["file"], error=v["error"]),
        _("Close it in other programs, or ask for the right to read it."),
    ),
    "importing.too_large": lambda v: (
        _("{file} has {megabytes} MB; at most {most} MB are read.").format(**v),
        _("Split it, or export only the sheet with the book."),
    ),
    "importing.format_not_read": lambda v: (
        _("{extension} files are not read by this version ({file}).").format(**v),
        _save_as(),
    ),
    "importing.not_what_it_says": lambda v: (
        _("{file} is named {extension} but is {kind}.").format(
            file=v["file"], extension=v["extension"], kind=_kind(v["kind"])
        ),
        _("Export the table again and choose the file that was exported."),
    ),
    "importing.not_text": lambda v: (
        _("{file} is not text in UTF-8, UTF-16 or GB18030.").format(file=v["file"]),
        _("Save it as “CSV UTF-8”, or as .xlsx."),
    ),
    "importing.broken_csv": lambda v: (
        _("{file} is broken at line {line}: {error}.").format(**v),
        _("Look for a quotation mark that is not closed there, or save it as .xlsx."),
    ),
    "importing.too_many_rows": lambda v: (
        _("{file} has more rows or columns than a sheet can hold ({most} rows).").format(**v),
        _("Export only the lines of the book."),
    ),
    "importing.damaged": lambda v: (
        _("{file} is damaged ({error}).").format(**v),
        _("Open it in Excel, let Excel repair it, save it, and import it again."),
    ),
    "importing.no_workbook": lambda v: (
        _("{file} is a zip archive without a workbook in it.").format(file=v["file"]),
        _("Choose the workbook itself."),
    ),
    "importing.macro_sheet": lambda v: (
        _("{file} holds an Excel 4.0 macro sheet ({sheet}).").format(**v),
        _("Remove that sheet, or copy the book into a new workbook."),
    ),
    "importing.duplicate_part": lambda v: (
        _("{file} holds the part {part} twice.").format(**v),
        _("Such a file may show different content in different programs. Save it again in Excel."),
    ),
    "importing.too_many_parts": lambda v: (
        _("{file} holds {count} parts; at most {most} are read.").format(**v),
        _("Copy the sheet with the book into a new workbook."),
    ),
    "importing.bomb": lambda v: (
        _("{file} would unpack to {megabytes} MB, {ratio} times its size.").format(**v),
        _("Copy the sheet with the book into a new workbook."),
    ),
    "importing.document_type": lambda v: (
        _("{file} holds a document type declaration ({part}), as attacks do and workbooks do not.").format(**v),
        _("Do not open it. Ask who sent it for a new export."),
    ),
    "importing.far_cell": lambda v: (
        _("Sheet {sheet} of {file} reaches to cell {cell} but holds {cells} cells only.").format(**v),
        _("Delete what stands far from the table (Ctrl+End shows it), save, and import again."),
    ),
    "importing.out_of_memory": lambda v: (
        _("Reading took more than the {megabytes} MB of memory it may take.").format(**v),
        _("Split the file, or export only the sheet with the book. Nothing was stored."),
    ),
    "importing.out_of_time": lambda v: (
        _("Reading was not done after {seconds} seconds and was stopped.").format(seconds=formats.number(v["seconds"])),
        _("Split the file, or export only the sheet with the book. Nothing was stored."),
    ),
    "importing.reader_died": lambda v: (
        _("The file made its reader stop ({signal}).").format(**v),
        _("Nothing was stored. Open it in Excel, save it as a new .xlsx, and import that file."),
    ),
    "importing.reader_failed": lambda v: (
        _("The file could not be read ({error}).").format(**v),
        _("Nothing was stored. Open it in Excel, save it as a new .xlsx, and import that file."),
    ),
}
