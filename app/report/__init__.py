"""The evaluation report (评标报告 / 评审报告): what the journal says, set as a PDF.

Law of this package: `report_data` is a pure function of the folded state and what is passed in, and `make_report`
of that data: the same journal gives the same bytes. Aliases (评委编号) only, never a person's name. It decides
nothing and computes nothing that the scoring core or the procedure has not computed.
"""

from app.report.boxes import SignatureBox, signature_boxes
from app.report.data import report_data
from app.report.reading import PrintedResult, Unreadable, attached, expected_result, origin_of, pages_of, printed_result
from app.report.typesetting import make_report, setting_name

__all__ = [
    "PrintedResult",
    "SignatureBox",
    "Unreadable",
    "attached",
    "expected_result",
    "make_report",
    "origin_of",
    "pages_of",
    "printed_result",
    "report_data",
    "setting_name",
    "signature_boxes",
]
