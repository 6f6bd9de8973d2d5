"""A printed document as it lies on the table: where each piece of text begins and ends."""

import io
from typing import NamedTuple

from pypdf import PdfReader

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
MARGIN = 25 * MM
HEADING = 11.5  # points: the smallest type that only headings have
HAIR = 0.1


class Piece(NamedTuple):
    """A run of text in points, seen from the lower left corner of its page."""

    left: float
    right: float
    height: float
    size: float


def pages_of(pdf):
    return PdfReader(io.BytesIO(pdf)).pages


def words_of(pdf):
    """Return all text, with one space wherever there is any white."""
    return " ".join(" ".join(page.extract_text() for page in pages_of(pdf)).split())


def unbroken(text):
    """Return text without white and hyphens: as it was typed, wherever its lines were broken."""
    return "".join(text.split()).translate(dict.fromkeys(map(ord, "-\u00ad\u2010")))


def pieces_of(page):
    """Return the :class:`Piece` of every run of text on a page, measured by its glyphs."""
    fonts, found, now = page["/Resources"]["/Font"], [], {}

    def look(operator, operands, matrix, place):
        if operator == b"Tf":
            now.update(font=fonts[operands[0]], size=float(operands[1]))
        elif operator == b"TJ":
            scale, left = matrix[0], matrix[0] * place[4] + matrix[4]
            width = _width(now["font"], operands[0]) * now["size"] / 1000
            height = matrix[3] * place[5] + matrix[5]
            found.append(Piece(left, left + scale * width, height, scale * now["size"]))

    page.extract_text(visitor_operand_before=look)
    return found


def body_of(page):
    """Return the pieces between the header and the footer, from top to bottom."""
    inside = (piece for piece in pieces_of(page) if MARGIN < piece.height < A4[1] - MARGIN)
    return sorted(inside, key=lambda piece: -piece.height)


def _width(font, shown):
    widths = _widths(font["/DescendantFonts"][0]["/W"])
    total = 0
    for part in shown:
        if isinstance(part, bytes | str):
            raw = part if isinstance(part, bytes) else part.original_bytes
            glyphs = zip(raw[::2], raw[1::2], strict=True)
            total += sum(widths[high * 256 + low] for high, low in glyphs)
        else:
            total -= float(part)
    return total


def _widths(table):
    """Return {glyph: width}; the table holds pairs of a first glyph and the widths from there."""
    return {
        first + step: float(width)
        for first, widths in zip(table[::2], table[1::2], strict=True)
        for step, width in enumerate(widths)
    }
