"""Months as people read them."""

from datetime import date

from babel.dates import format_date

from app.i18n import language


def month_name(value: date) -> str:
    """September 2026, or 2026年9月."""
    chinese = language() == "zh_CN"
    return format_date(value, "y年M月" if chinese else "MMMM y", locale="zh_CN" if chinese else "en")


def short_month(value: date) -> str:
    """Sep 26, or 26年9月, for tables."""
    chinese = language() == "zh_CN"
    return format_date(value, "yy年M月" if chinese else "MMM yy", locale="zh_CN" if chinese else "en")
