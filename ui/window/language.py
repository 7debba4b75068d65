"""Qt's own words (dialogs, context menus) in the language of the program."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def translate_qt(language: str, before: QTranslator | None) -> QTranslator:
    """Have Qt speak a language in place of the one before; it stays English where it has no such words."""
    application = QApplication.instance()
    made = QTranslator(application)
    if application is not None:
        if before is not None:
            application.removeTranslator(before)
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if made.load(QLocale(language), "qtbase", "_", place):
            application.installTranslator(made)
    QLocale.setDefault(QLocale(language))
    return made
