"""Checking a transcript: everything is recomputed, and the first thing that differs is named."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.drawing.refusal import Refusal
from app.drawing.request import read_request
from app.drawing.transcript import draw

_PROOF = ("version", "context", "commitments", "nonces", "seed")
_SEATING = ("attempts", "relaxed", "seating")
_ORDER = ("order",)
_LONGEST_SHOWN = 120

# What a difference under each key of a transcript means to a person.
_MEANINGS: dict[str, tuple[str, str]] = {
    "version": ("格式版本不对", "the format version is not the one this program checks"),
    "context": ("抽取请求在抽取之后被改动", "the request was changed after the draw"),
    "commitments": ("承诺值与该方的随机数不符", "the commitment does not match the party's nonce"),
    "nonces": ("随机数不是规范写法", "the nonce is not written canonically"),
    "seed": ("种子算错", "the seed is wrong"),
    "attempts": ("尝试次数不对", "the number of attempts is wrong"),
    "relaxed": ("放宽的规则条数不对", "the number of dropped rules is wrong"),
    "seating": ("座位不是抽出的座位", "the seat is not the one drawn"),
    "order": ("次序不是抽出的次序", "the order is not the one drawn"),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """The first thing wrong with a transcript: `code`, the JSON path, and the sentence in both languages."""

    code: str
    where: str
    chinese: str
    english: str

    def message(self, lang: str = "zh") -> str:
        """Path and sentence, Chinese unless `lang` is `"en"`."""
        return f"{self.where}: {self.english if lang == 'en' else self.chinese}"


def verify(obj: object) -> Failure | None:
    """The first thing wrong with a transcript (decoded JSON), None where everything is as recomputed.

    Raises `Refusal` `bad_value` where `obj` is no JSON object and so no transcript at all.
    """
    if not isinstance(obj, dict):
        raise Refusal("bad_value", "$", zh="抽取抄本（JSON 对象）", en="a transcript, which is a JSON object")
    of_order = "items" in obj or ("kind" in obj and "seats" not in obj)
    due = _PROOF + (_ORDER if of_order else _SEATING)
    for key in due:
        if key not in obj:
            return _of_refusal(Refusal("missing_key", f"$.{key}", key))
    core = {key: value for key, value in obj.items() if key not in due}
    if not _same(obj["version"], 1):
        return _difference("version", "$.version", 1, obj["version"])
    try:
        request = read_request({**core, "nonces": obj["nonces"]})
        expected = draw(request, request.nonces).to_json()
    except Refusal as refusal:
        return _of_refusal(refusal)
    for key in due:
        if failure := _compare(key, f"$.{key}", expected[key], obj[key]):
            return failure
    return None


def _compare(key: str, where: str, expected: object, given: object) -> Failure | None:
    if isinstance(expected, dict) and isinstance(given, dict):
        for name, value in expected.items():
            if name not in given:
                return _of_refusal(Refusal("missing_key", f"{where}.{name}", name))
            if failure := _compare(key, f"{where}.{name}", value, given[name]):
                return failure
        for name in given:
            if name not in expected:
                return _of_refusal(Refusal("unknown_key", f"{where}.{name}", str(name)))
        return None
    if isinstance(expected, list) and isinstance(given, list) and len(expected) == len(given):
        pairs = enumerate(zip(expected, given, strict=True))
        return next((found for i, (e, g) in pairs if (found := _compare(key, f"{where}[{i}]", e, g))), None)
    return None if _same(expected, given) else _difference(key, where, expected, given)


def _same(expected: object, given: object) -> bool:
    return type(expected) is type(given) and expected == given  # True and 1.0 are not 1


def _difference(key: str, where: str, expected: object, given: object) -> Failure:
    chinese, english = _MEANINGS[key]
    due, found = _shown(expected), _shown(given)
    return Failure(
        f"wrong_{key}",
        where,
        f"{chinese}：应为 {due}，抄本写作 {found}",
        f"{english}: {due} is due, the transcript says {found}",
    )


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _of_refusal(refusal: Refusal) -> Failure:
    return Failure(refusal.code, refusal.where, refusal.message("zh"), refusal.message("en"))
