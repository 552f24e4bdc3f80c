"""Checking an evidence package, in a stranger's hands: no server, no database, no network, no trust.

Law of this package: everything that can be derived is derived again, by the same pure functions that made it, and
compared byte by byte; what cannot is proved by hashes and signatures. A package is hostile until checked: nothing
in it may lead to anything but a check that says FAILED and where. It imports no window, server, database or driver.
"""

from app.verification.checks import Check, Outcome, Problem
from app.verification.folder import Folder, read_folder
from app.verification.page import page
from app.verification.sentences import sentence, title
from app.verification.verdict import Verdict, inspect, verify

__all__ = [
    "Check",
    "Folder",
    "Outcome",
    "Problem",
    "Verdict",
    "inspect",
    "page",
    "read_folder",
    "sentence",
    "title",
    "verify",
]
