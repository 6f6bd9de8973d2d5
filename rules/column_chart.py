"""A column chart as SVG: a picture of a few numbers, of which some may be left blank.

What it shows stands beside it in a table; the picture is for who sees, and carries no text that a
screen reader would have to spell out.
"""

from xml.sax.saxutils import escape

WIDTH, HEIGHT, FOOT, HEAD = 640, 220, 44, 24
INK, FAINT = "#1f4e6b", "#c9d3da"


def column_chart(columns):
    """Return an SVG picture of ``columns``: pairs of a label and a number, or None for blank.

    A blank column is an outline of fixed height, so that nothing can be measured in it.
    """
    highest = max((number or 0 for _label, number in columns), default=0) or 1
    step = WIDTH / max(len(columns), 1)
    drawn = "".join(
        _column(label, number, place * step, step, highest)
        for place, (label, number) in enumerate(columns)
    )
    base = HEIGHT - FOOT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="13">'
        f'{drawn}<path d="M0 {base}H{WIDTH}" stroke="{INK}"/></svg>'
    )


def _column(label, number, left, step, highest):
    room = HEIGHT - FOOT - HEAD
    height = room * (number or 0) / highest if number is not None else room / 4
    top, middle, width = HEIGHT - FOOT - height, left + step / 2, min(step * 0.6, 90)
    look = (
        f'fill="{INK}"'
        if number is not None
        else f'fill="none" stroke="{FAINT}" stroke-width="2" stroke-dasharray="5 4"'
    )
    shown = "" if number is None else number
    return (
        f'<rect x="{middle - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" {look}/>'
        f'<text x="{middle:.1f}" y="{top - 7:.1f}" text-anchor="middle">{shown}</text>'
        f'<text x="{middle:.1f}" y="{HEIGHT - FOOT + 20}" text-anchor="middle">'
        f"{escape(label)}</text>"
    )
