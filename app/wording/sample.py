"""The words of the sample workspace and of the demonstration."""

from app.i18n import gettext as _


def opening() -> str:
    """What the demonstration is."""
    return _("SAMPLE: every name and amount of the book is invented; the Fed's history is rounded.")


def workspace_line(folder: str) -> str:
    """Where the workspace lies."""
    return _("Workspace: {folder}").format(folder=folder)


def history_line(added: int) -> str:
    """What became of the series."""
    if not added:
        return _("1. Series: stored already.")
    return _("1. Series: {added} observations stored.").format(added=f"{added:,}")


def book_line(file: str, read: int, imported: int, quarantined: int) -> str:
    """What became of the book."""
    return _(
        "2. Book: {file} read; {read} rows, {imported} imported, {quarantined} set aside with their faults."
    ).format(file=file, read=read, imported=imported, quarantined=quarantined)


def limits_line(count: int) -> str:
    """How many limits are in force."""
    return _("3. Limits: {count} countries or regions have one.").format(count=count)


def alerts_line(answer: str) -> str:
    """The alerts' own sentence."""
    return _("4. Alerts: {answer}").format(answer=answer)


def reviews_line(answer: str) -> str:
    """The first list's own sentence."""
    return _("5. Review list: {answer}").format(answer=answer)


def workbook_line(file: str) -> str:
    """Where the review workbook lies."""
    return _("Review workbook: {file}").format(file=file)


def picture_line(file: str) -> str:
    """Where the picture of the window lies."""
    return _("Picture of the window: {file}").format(file=file)
