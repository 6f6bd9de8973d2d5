"""What a screen reader finds in a PDF: its language, its title and its tags (PDF/UA)."""

import io

from pypdf import PdfReader


def structure_of(pdf):
    """Return [(tag, attributes of the element)] of a PDF, from top to bottom."""
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    return list(_elements(root["/StructTreeRoot"]))


def _elements(node):
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(one, "get") and "/S" in one:
            yield one["/S"], one
            yield from _elements(one)


def faults_of(pdf):
    """Return in words what keeps a screen reader from reading this PDF; empty when nothing does."""
    reader = PdfReader(io.BytesIO(pdf))
    root, faults = reader.trailer["/Root"], []
    if not root.get("/MarkInfo", {}).get("/Marked"):
        faults.append("not tagged")
    if not root.get("/Lang"):
        faults.append("no language")
    if not reader.metadata.title:
        faults.append("no title")
    if "/StructTreeRoot" not in root:
        return [*faults, "no structure"]
    return faults + list(_faults_of_elements(structure_of(pdf)))


def _faults_of_elements(elements):
    for tag, element in elements:
        if tag == "/Figure" and not element.get("/Alt"):
            yield "a figure without words"
        if tag == "/TH" and _attribute(element, "/Scope") not in ("/Column", "/Row"):
            yield "a table header of which nobody knows what it heads"
        if tag == "/TD" and not _attribute(element, "/Headers"):
            yield "a cell of which nobody knows what it is"
        if tag == "/Table" and not any(kid == "/TH" for kid, _one in _elements(element)):
            yield "a table without headers"


def _attribute(element, name):
    attributes = element.get("/A", [])
    for one in attributes if isinstance(attributes, list) else [attributes]:
        found = one.get_object() if hasattr(one, "get_object") else one
        if hasattr(found, "get") and name in found:
            return found[name]
    return None
