"""How a sheet comes out of a printer: A4 across, as wide as the paper, the title above, page numbers below."""

from openpyxl.worksheet.worksheet import Worksheet


def set_up_print(sheet: Worksheet, title: str, mark: str, page_text: str) -> None:
    """Set a sheet up; `mark` (SAMPLE) stands above on the right, `page_text` has &P and &N for the numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    # An ampersand is a code in headers and footers; twice it is itself.
    sheet.oddHeader.left.text = title.replace("&", "&&")
    sheet.oddHeader.right.text = mark.replace("&", "&&")
    sheet.oddFooter.right.text = page_text
