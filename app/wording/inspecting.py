"""The words of `doctor`."""

from app.i18n import gettext as _


def problem(code: str) -> str:
    """What is wrong with the database, and what to do."""
    return {
        "damaged": _("The database file is damaged. Restore a backup, or import the books again into a new workspace."),
        "tables_missing": _("Tables are missing. Open the workspace once with this program to upgrade it."),
    }[code]


def label(code: str) -> str:
    """What a line of the report is called."""
    return {
        "versions": _("Versions"),
        "python": _("Python"),
        "system": _("System"),
        "folders": _("Folders"),
        "database": _("Database"),
        "schema_version": _("Tables' version"),
        "size": _("Size, bytes"),
        "rows": _("Rows"),
        "sources": _("Last success of each source"),
        "workspace": _("Workspace"),
        "mappings": _("Mappings"),
        "logs": _("Logs"),
        "source_settings": _("Source settings"),
    }[code]


def fact(name: str, value: str) -> str:
    """A label and what stands under it."""
    return _("{name}: {value}").format(name=name, value=value)


def never() -> str:
    """A source that never answered well."""
    return _("never")


def absent() -> str:
    """A package that is not installed."""
    return _("not installed")


def verdict(well: bool) -> str:
    """The first line."""
    return _("The workspace is in order.") if well else _("The workspace needs attention:")


def sample_line() -> str:
    """That the data are invented."""
    return _("SAMPLE: the data of this workspace are invented.")


def untranslated() -> str:
    """That the Chinese texts were never compiled."""
    return _("The Chinese texts are not compiled; run the set-up again.")
