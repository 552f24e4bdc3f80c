"""What comes in from the platforms above: import packages, opening records, factor tables, cases and their plays,
and evaluations as a platform states them.

Law: everything that comes in is checked whole before any of it is handed on, nothing is written but packages that
were asked for, and a refusal names code and place but never a person.
"""

from app.exchange.platform_reading import read_platform

__all__ = ["read_platform"]
