"""Rows as the bytes of an .xlsx file. What looks like a formula stays the text that it is."""

import io

import xlsxwriter

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AS_TYPED = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def spreadsheet(name, heads, rows):
    """Return one sheet called ``name`` with a bold first row; None is an empty cell."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _AS_TYPED) as book:
        sheet = book.add_worksheet(name)
        sheet.set_column(0, len(heads) - 1, 24)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()
