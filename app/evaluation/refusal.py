"""A refused command: a stable code, the place, and one sentence for a person in Chinese or English."""

from __future__ import annotations

from app.evaluation.sentences import SENTENCES


class Refused(Exception):
    """The procedure does not allow a command now, from this actor, or with these data; nothing was changed."""

    def __init__(self, code: str, where: str = "", **details: str) -> None:
        """`code` is a key of `SENTENCES`; `details` fill its sentence; `where` is a JSON path or a name."""
        super().__init__(code, where)
        self.code = code
        self.where = where
        self.details = details

    def message(self, lang: str = "zh") -> str:
        """Return the sentence that tells a person what is wrong and what to do next."""
        chinese, english = SENTENCES[self.code]
        return (english if lang == "en" else chinese).format(**self.details)
