"""Item models behind the tables and lists. Law: QtCore only; they keep what they are given and what was typed.

No model decides whether a mark is possible or what a verdict means: the judge is passed in.
"""
