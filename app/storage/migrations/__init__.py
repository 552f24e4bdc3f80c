"""The history of the tables.

Law: a version is a file of its own that imports nothing of the project, is numbered in order, goes up and
down, and is never changed once released. A version that lets Alembic copy `journal` or `checkpoints` (batch
mode on SQLite) must make their guards again.
"""
