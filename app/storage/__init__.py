"""The room's memory on disk: journal, checkpoints, drafts, vault, who may enter, and files by their hash.

Law: SQLAlchemy and Alembic live here and nowhere else; outside only the frozen records of `app.ports.store`
are seen. Nothing here knows what an entry means or holds a key. Only `open_store` migrates; only migrations
make tables and guards; the journal is append-only in the database itself. No clock: moments are passed in.
"""

from app.storage.asking import ask_server
from app.storage.blobs import FileBlobs
from app.storage.copying import copy_database
from app.storage.engine import url_without_password
from app.storage.store import SqlStore, open_store, sqlite_url

__all__ = [
    "FileBlobs",
    "SqlStore",
    "ask_server",
    "copy_database",
    "open_store",
    "sqlite_url",
    "url_without_password",
]
