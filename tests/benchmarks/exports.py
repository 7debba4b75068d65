"""A list of 100,000 items as a finished workbook beside bare XlsxWriter.

`.venv/bin/python tests/benchmarks/exports.py [ITEMS]`
The same rows and columns, ours with styles, widths and print set-up; XlsxWriter as it comes and in its mode of constant
memory. It is in the group of development, no part of the program. The ratio is of processor
seconds. Nothing is asserted, because shared machines lie.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))


def rows(count: int) -> list[list[Any]]:
    """Items as an exported list has them: rank, counterparty, country, amounts, days, reason, owner."""
    return [
        [
            place + 1, f"C{place:06d}", f"客户 {place} Trading & Co.", "TR", "Turkey",
            Decimal(place * 997 % 10**9) / 100,
            Decimal(place * 31 % 10**8) / 100, place % 100, date(2026, 5, 22) + timedelta(days=place % 900), "BB−",
            "Special mention", "High", "Class lowered to special mention; rating B+ or below", "Chen Li",
        ]
        for place in range(count)
    ]  # fmt: skip


def timed(name: str, work: Callable[[], object]) -> float:
    """The processor's seconds; prints them with those of the wall and the peak of memory so far."""
    wall, spent = time.perf_counter(), time.process_time()
    work()
    took, used = time.perf_counter() - wall, time.process_time() - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(f"{name:32}{took:8.2f} s {used:8.2f} s cpu {memory:7.0f} MB", flush=True)
    return used


def main(count: int = 100_000) -> None:
    """Print a line each."""
    import xlsxwriter

    from app.spreadsheets.workbook import Column, ColumnKind, SheetContent, SheetTable, write_workbook

    text, money, number = ColumnKind.TEXT, ColumnKind.MONEY, ColumnKind.COUNT
    kinds = (number, text, text, text, text, money, money, number, ColumnKind.DATE, text, text, text, text, text)
    columns = [Column(f"Column {place}", kind) for place, kind in enumerate(kinds)]
    data = rows(count)
    with tempfile.TemporaryDirectory() as folder:
        table = SheetTable(columns, data)
        content = SheetContent("Items", "Review list", "Items by rank.", (), (table,))
        place = Path(folder) / "ours.xlsx"
        ours = timed(f"ours, {count:,} items", lambda: write_workbook(place, [content], page_text="&P"))

        def bare(**options: Any) -> None:
            workbook = xlsxwriter.Workbook(str(Path(folder) / "bare.xlsx"), options)
            day = workbook.add_format({"num_format": "yyyy-mm-dd"})
            sheet = workbook.add_worksheet("Items")
            sheet.write_row(0, 0, [column.header for column in columns])
            for at, row in enumerate(data, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(at, column, value)
                    elif isinstance(value, date):
                        sheet.write_datetime(at, column, value, day)
                    else:
                        sheet.write_number(at, column, value)
            workbook.close()

        whole = timed("bare XlsxWriter", bare)
        rows_only = timed("bare XlsxWriter, row by row", lambda: bare(constant_memory=True))
        print(f"ratio {ours / whole:.2f}, row by row {ours / rows_only:.2f}")


if __name__ == "__main__":
    main(*[int(text) for text in sys.argv[1:]])
