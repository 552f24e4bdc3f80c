"""What a refusal says about a lot among tied bids."""

from __future__ import annotations

TIES: dict[str, tuple[str, str]] = {
    "nothing_tied": ("没有需要抽签的并列投标", "no tied bids wait for a lot"),
    "tie_undrawn": (
        "{bids} 并列，须先抽签定次序；请等见证人员启动抽签，抽完再确认",
        "{bids} are tied; a lot is drawn first, the witness calls it; confirm afterwards",
    ),
}
