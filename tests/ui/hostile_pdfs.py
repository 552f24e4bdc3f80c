"""PDFs as a stranger may write them, made by hand."""

from __future__ import annotations


def pdf(*objects: str, trailer: str = "") -> bytes:
    """The objects, numbered from 1; the first is the catalogue."""
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n"
    return made + f"{end}startxref\n{len(made)}\n%%EOF".encode()


def pages(*boxes: str, catalogue: str = "", trailer: str = "") -> bytes:
    """A document of empty pages with these boxes."""
    kids = " ".join(f"{3 + at} 0 R" for at in range(len(boxes)))
    return pdf(
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        f"<</Type/Pages/Count {len(boxes)}/Kids[{kids}]>>",
        *(f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]>>" for box in boxes),
        trailer=trailer,
    )


HUGE = pages("0 0 595 842", "0 0 1000000 1000000", "0 0 0 0", "0 0 1e30 1")
SCRIPT = pages("0 0 595 842", catalogue="/OpenAction<</S/JavaScript/JS(while\\(true\\){app.alert\\(1\\)})>>")
_HASH = "5f" * 32
PROTECTED = pages(
    "0 0 595 842",
    trailer=f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{_HASH}>/U<{_HASH}>>>",
)
ENDLESS = pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 9999999/Kids[2 0 R]>>")
"""A tree of pages that is its own branch."""
CUT = pages("0 0 595 842")[:120]
