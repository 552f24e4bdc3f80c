"""What a draw refuses, in words for people."""

from __future__ import annotations

_SENTENCES: dict[str, tuple[str, str]] = {
    "bad_json": (
        "这不是合法的 JSON（{detail}），请检查文件",
        "This is not valid JSON ({detail}); check the file",
    ),
    "unknown_key": ("未知的键“{detail}”，请删去或改正", "Unknown key '{detail}'; remove or correct it"),
    "missing_key": ("缺少键“{detail}”，请补上", "The key '{detail}' is missing; add it"),
    "bad_value": ("此处的值不合规定：应为{zh}", "This value is not allowed: it must be {en}"),
    "empty": ("此处不能为空，至少要有一项", "This must not be empty; give at least one"),
    "duplicate_id": (
        "“{detail}”出现了不止一次，请去掉重复",
        "'{detail}' comes more than once; remove the repetition",
    ),
    "too_many_people": (
        "人数多于可用座位（{detail}），请减少人员或增加座位",
        "There are more people than seats ({detail}); use fewer people or more seats",
    ),
    "too_many_rules": (
        "规则过多，最多 {detail} 条",
        "There are too many rules; at most {detail} are allowed",
    ),
    "unknown_party": (
        "“{detail}”不是参与抽取的一方，请核对 parties",
        "'{detail}' is not a party of this draw; check 'parties'",
    ),
    "bad_nonce": (
        "“{detail}”的随机数须为 32 字节的十六进制（64 位）",
        "The nonce of '{detail}' must be 32 bytes of hex (64 digits)",
    ),
    "missing_nonce": ("缺少“{detail}”的随机数", "The nonce of '{detail}' is missing"),
}


class Refusal(Exception):
    """A request that no draw is made of: `code` is stable, `where` a JSON path, `message` a sentence."""

    def __init__(self, code: str, where: str, detail: str = "", *, zh: str = "", en: str = "") -> None:
        super().__init__(code, where)
        self.code = code
        self.where = where
        self._words = {"detail": detail, "zh": zh, "en": en}

    def message(self, lang: str = "zh") -> str:
        """The sentence in Chinese, or in English where `lang` is `"en"`."""
        chinese, english = _SENTENCES[self.code]
        return english.format(**self._words) + "." if lang == "en" else chinese.format(**self._words) + "。"

    def __str__(self) -> str:
        return f"{self.where}: {self.message('en')}"
