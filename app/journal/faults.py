"""What can be wrong with a journal, a checkpoint or a sealed thing, in words for people."""

from __future__ import annotations

_SENTENCES: dict[str, tuple[str, str]] = {
    # canonical form
    "float": (
        "{detail} 处是浮点数；金额、分值、比率须写成十进制字符串",
        "{detail} holds a float; write money, marks and rates as decimal strings",
    ),
    "integer_range": (
        "{detail} 处的整数超出 ±(2^53-1)；请写成字符串",
        "{detail} holds an integer beyond ±(2^53-1); write it as a string",
    ),
    "not_json": ("{detail} 处的值不是 JSON 所能表示的", "{detail} holds a value that JSON cannot say"),
    "bad_text": ("{detail} 处的文字含有不成对的代理码点", "{detail} holds text with a lone surrogate"),
    "too_deep": ("{detail} 处嵌套过深", "{detail} is nested too deeply"),
    # entries and chain
    "bad_json": ("第 {seq} 条不是合法的 JSON：{detail}", "entry {seq} is not valid JSON: {detail}"),
    "not_canonical": (
        "第 {seq} 条不是规范写法（RFC 8785），可能被改动过",
        "entry {seq} is not in canonical form (RFC 8785); it may have been changed",
    ),
    "unknown_key": ("第 {seq} 条有未知的键 {detail}", "entry {seq} has the unknown key {detail}"),
    "missing_key": ("第 {seq} 条缺少键 {detail}", "entry {seq} lacks the key {detail}"),
    "bad_value": ("第 {seq} 条的 {detail} 取值不合规定", "entry {seq} has an impossible value for {detail}"),
    "unknown_version": (
        "第 {seq} 条的格式版本 {detail} 本程序不认识；请用更新的版本核验",
        "entry {seq} has the format version {detail}, which this program does not know; use a newer one",
    ),
    "stream_changed": ("第 {seq} 条属于另一条流 {detail}", "entry {seq} belongs to another stream, {detail}"),
    "seq_gap": (
        "第 {seq} 条的序号写作 {detail}：有缺失、重复或次序颠倒",
        "entry {seq} is numbered {detail}: something is missing, repeated or out of order",
    ),
    "prev_mismatch": (
        "第 {seq} 条与前一条的哈希衔接不上",
        "entry {seq} does not link to the hash of the one before",
    ),
    "hash_mismatch": (
        "第 {seq} 条的内容与其哈希不符，已被改动",
        "entry {seq} does not match its own hash: it was changed",
    ),
    # checkpoints and keys
    "bad_note": (
        "检查点不是合法的签名文本：{detail}",
        "the checkpoint is not a well-formed signed note: {detail}",
    ),
    "bad_checkpoint": ("检查点内容有误：{detail}", "the checkpoint's text is wrong: {detail}"),
    "bad_origin": (
        "检查点来源 {detail} 不合规定",
        "the checkpoint origin {detail} is not one of this program's",
    ),
    "bad_key": ("密钥 {detail} 不合规定", "the key {detail} is not usable"),
    "bad_fingerprint": (
        "密钥指纹 {detail} 不合规定；请照签条上的原样录入",
        "the key fingerprint {detail} is malformed; type it as printed on the slip",
    ),
    # sealed content
    "unknown_algorithm": ("不认识的算法 {detail}", "unknown algorithm {detail}"),
    "bad_sealed": ("密封内容格式有误：{detail}", "the sealed content is malformed: {detail}"),
    "not_opened": (
        "密封内容打不开：密钥不对，或内容被改动过",
        "the sealed content does not open: the key is wrong or something was changed",
    ),
    "commitment_mismatch": (
        "打开的评分表与其承诺值不符",
        "the opened sheet does not match its commitment",
    ),
    "not_a_recipient": ("这把私钥不在收件人之列", "this private key belongs to none of the recipients"),
}


class Fault(Exception):
    """Something is wrong; `code` is stable and English, `detail` says which part."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    @property
    def where(self) -> str:
        """The place: which part of the thing that was read."""
        return self.detail

    def message(self, lang: str = "zh") -> str:
        """One sentence for a person, Chinese unless `lang` is `"en"`."""
        chinese, english = _SENTENCES[self.code]
        return (english if lang == "en" else chinese).format(**vars(self))

    def __str__(self) -> str:
        return self.message("en")


class NotCanonical(Fault):
    """A value has no canonical form here; `detail` is its JSON path."""


class JournalFault(Fault):
    """An entry or the chain is wrong at position `seq` (counted from 1) of its stream."""

    def __init__(self, code: str, seq: int, detail: str = "") -> None:
        super().__init__(code, detail)
        self.seq = seq

    @property
    def where(self) -> str:
        """The place: the position in the stream."""
        return f"seq {self.seq}"


class CheckpointFault(Fault):
    """A checkpoint, a signed note, an origin or a key cannot be read."""


class SealingFault(Fault):
    """Sealed content cannot be made, read or opened."""
