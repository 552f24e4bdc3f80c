"""What the tests of the store have in common: a server to test against, if any, and moments."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

POSTGRES = os.environ.get("KAWEI_TEST_POSTGRES", "")

T0 = datetime(2026, 3, 2, 1, 0, 0, 123456, tzinfo=UTC)


def later(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)
