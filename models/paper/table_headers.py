"""What a table header heads, said to screen readers: WeasyPrint leaves it out of the PDF."""


def say_what_they_head(_document, pdf):
    """Mark each header of a table as that of its column or of its row (PDF/UA, 7.5).

    Called by WeasyPrint with the PDF just before it is written. A header in the head of a table
    heads its column, another one its row, as in all documents of this addon.
    """
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TH":
            row = _above(pdf, element)
            in_head = _above(pdf, row).get("S") == "/THead"
            element["A"]["Scope"] = "/Column" if in_head else "/Row"


def _above(pdf, element):
    """Return the element that this one is a part of."""
    number = element["P"].split()[0]
    return pdf.objects[int(number)]
