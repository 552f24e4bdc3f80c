#!/usr/bin/env python3
"""Check the evidence package that this file lies in, with nothing but Python 3.10 or newer: `python3 verify.py`.

一个文件的第二核验器：只用 Python 标准库，另行写成，不与评标程序共用一行代码。FORMAT.md says what a package is.

    python3 verify.py [FOLDER] [--key FINGERPRINT] [--from CHECKPOINT]

It shares no line with the program that made the package, so that a mistake of the one is not a mistake of the other;
canonical JSON, hash chain, Merkle tree and Ed25519 (RFC 8785, 6962/9162, 8032) are written here once more. It is one
long file on purpose: it travels inside every package. Copy it from somewhere you trust: a package that was forged
whole could bring a verifier of its own. What it does not check is said in LEFT and printed at the end.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

NEWEST = 3
TOOLS = ("verify.py", "FORMAT.md")
DATA = "data/"
NOT_DUE = object()

TITLES = {
    "bag": "每个文件齐全、校验值相符 / every file there, none more, checksums",
    "seal": "评标室对全部文件的签章 / the room's signature over all files",
    "chain": "留痕逐条相连 / every entry's form, hash and link",
    "checkpoint": "检查点签名与默克尔根 / signed checkpoint and Merkle root",
    "room": "评标室留痕的存在证明 / proofs of the room's entries",
    "keys": "公钥表 / table of public keys",
    "draws": "抽签先承诺后公开、可重算 / draws: committed first, recomputed, seats as drawn",
    "frozen": "规则与项目未变 / rule set and tender as frozen",
    "sheets": "每张评分表与其承诺相符 / every opened sheet against its commitment",
    "case": "评分输入是当时那一份 / scoring case as tallied, marks as sealed",
    "result": "结果是当时那一份并重新计算 / result as tallied and recounted",
    "report": "报告是签发的那一份 / report as issued",
    "signed": "电子签名后的报告是登记的那一份 / the report with electronic signatures as noted",
    "recordings": "录音录像清单 / lists of recordings",
    "names": "密封名单的签名 / the sealed names' signature",
    "papers": "扫描件 / scanned papers",
    "platform": "平台数据 / what a platform exported",
    "from": "先前的检查点 / an earlier checkpoint",
    "anchor": "公钥指纹 / the room's key",
}
LEFT = """此核验器不检查 / not checked here:
- 每条留痕是否为程序所许可 / whether every entry is one that the program's rules allow
- 见证台账的重建（只核对签章）/ the ledger made again (its seal is checked)
- 报告的文字与重新排版、其中的电子签名 / the report's text, its typesetting, electronic signatures in it
- 价格分公式（除最低价比例法外）、去高低分、分组编号盲评 / price rules other than lowest-price ratio, trimmed
  marks and coded bids are not recounted; their result is held against the journal's hash
- 录音录像片段本身 / the recorded segments themselves
用 `kawei verify` 可全部检查 / `kawei verify` checks all of this."""


class Bad(Exception):
    """Ends a check with the first thing that is wrong: where, and what in two languages."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")


def need(good: object, where: str, what: str) -> None:
    """End the check where something does not hold."""
    if not good:
        raise Bad(where, what)


# --- canonical JSON (RFC 8785 without floats), hashes


def canonical(value: Any) -> bytes:
    """The one byte form of a JSON value."""
    return _text(value, 0).encode()


def _text(value: Any, depth: int) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        if abs(value) >= 2**53:
            raise ValueError("integer too large")
        return str(value)
    if isinstance(value, str):
        return _string(value)
    if depth > 64:
        raise ValueError("nested too deeply")
    if isinstance(value, list):
        return "[" + ",".join(_text(item, depth + 1) for item in value) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_string(key)}:{_text(value[key], depth + 1)}" for key in keys) + "}"
    raise ValueError("not JSON")


_ESCAPES = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
_ESCAPES.update({code: f"\\u{code:04x}" for code in range(32) if code not in _ESCAPES})


def _string(value: str) -> str:
    value.encode()  # a lone surrogate is no text
    return '"' + value.translate(_ESCAPES) + '"'


def parse(data: bytes) -> Any:
    """JSON without floats and repeated keys; raises ValueError."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("repeated key")
        return found

    def never(text: str) -> Any:
        raise ValueError(f"a float: {text}")

    try:
        return json.loads(data.decode(), object_pairs_hook=once, parse_float=never, parse_constant=never)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def sha256(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


# --- the Merkle tree of RFC 6962


def leaf(data: bytes) -> bytes:
    """Hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: list[bytes]) -> bytes:
    """Root over leaf hashes, level by level: a last one without a partner goes up as it is."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = leaves
    while len(level) > 1:
        paired = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + (level[-1:] if len(level) % 2 else [])
    return level[0]


def included(hashed: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, hashed
    for step in proof:
        if last == 0:
            return False
        if here % 2 or here == last:
            found = node(step, found)
            while here and here % 2 == 0:
                here, last = here // 2, last // 2
        else:
            found = node(found, step)
        here, last = here // 2, last // 2
    return last == 0 and found == root


def grown(old: int, old_root: bytes, new: int, new_root: bytes, proof: list[bytes]) -> bool:
    """RFC 9162, 2.1.4.2."""
    if not 0 < old < new:
        return not proof and (old_root == new_root if old == new else old == 0 and old_root == root_of([]))
    steps = ([old_root] if old & (old - 1) == 0 else []) + proof
    if not steps:
        return False
    here, last = old - 1, new - 1
    while here % 2:
        here, last = here // 2, last // 2
    one = two = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here % 2 or here == last:
            one, two = node(step, one), node(step, two)
            while here and here % 2 == 0:
                here, last = here // 2, last // 2
        else:
            two = node(two, step)
        here, last = here // 2, last // 2
    return last == 0 and (one, two) == (old_root, new_root)


# --- Ed25519 (RFC 8032, 5.1), verification only

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_M1 = pow(2, (P - 1) // 4, P)


def _point(data: bytes) -> Any:
    """The point of 32 bytes, None for what is none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_M1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x % 2 != sign else x
    return (x, y, 1, x * y % P)


def _add(one: Any, two: Any) -> Any:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(scalar: int, point: Any) -> Any:
    found = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _add(found, point)
        point, scalar = _add(point, point), scalar >> 1
    return found


BASE = _point(bytes([0x58] + [0x66] * 31))


def signed_by(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature is that of the key over the message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, s = _point(key), int.from_bytes(signature[32:], "little")
    if public is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    minus = (P - public[0], public[1], 1, P - public[3])
    x, y, z, _ = _add(_times(s, BASE), _times(k, minus))
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return bool((y | (x & 1) << 255).to_bytes(32, "little") == signature[:32])


def fingerprint(key: bytes) -> str:
    """As slips and reports print it."""
    letters = base64.b32encode(hashlib.sha256(key).digest()).decode().rstrip("=")
    return "kawei-ed25519:" + "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def key_id(name: str, key: bytes, kind: int) -> bytes:
    """The four bytes that name a key in a signed note (C2SP)."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


class Note:
    """A signed checkpoint (C2SP tlog-checkpoint): three lines, an empty one, signature lines."""

    def __init__(self, data: bytes, where: str) -> None:
        match = re.fullmatch(r"((\S+)\n(0|[1-9][0-9]*)\n(\S+)\n)\n((?:— \S+ \S+\n)+)", data.decode("utf-8", "replace"))
        if match is None:
            raise Bad(where, "不是签名检查点 / is no signed checkpoint")
        self.where, self.body, self.origin, self.size = where, match[1], match[2], int(match[3])
        self.lines: list[tuple[str, bytes]] = []
        try:
            self.root = base64.b64decode(match[4], validate=True)
            for line in match[5].splitlines():
                name, coded = line[2:].split(" ")
                blob = base64.b64decode(coded, validate=True)
                need(base64.b64encode(blob).decode() == coded, where, "签名行写法不唯一 / a second spelling")
                self.lines.append((name, blob))
        except ValueError:
            raise Bad(where, "签名行不成形 / a malformed line") from None
        need(base64.b64encode(self.root).decode() == match[4], where, "根写法不唯一 / a second spelling")

    def by_room(self, key: bytes) -> bool:
        """Signed exactly once by the room's key."""
        own = [blob for name, blob in self.lines if name == self.origin]
        return (
            len(own) == 1
            and own[0][:4] == key_id(self.origin, key, 1)
            and signed_by(key, self.body.encode(), own[0][4:])
        )

    def check(self, package: Package, stream: str) -> None:
        """Origin, the room's signature, and every co-signature that stands below."""
        start = "REHEARSAL.kawei" if package.rehearsal else "kawei"
        need(
            self.origin == f"{start}/{package.room_id}/{stream}", self.where, "属于别的评标室或留痕 / of another stream"
        )
        keys = [package.room_key] if stream == "room" else package.room_keys  # it may have been signed before a change
        need(any(map(self.by_room, keys)), self.where, "评标室签名不成立 / the room's signature does not hold")
        others = [(name, blob) for name, blob in self.lines if name != self.origin]
        need(len({name for name, _ in others}) == len(others), self.where, "同一设备两行 / two lines of a machine")
        for name, blob in others:
            device = package.devices.get(name, b"")
            message = f"cosignature/v1\ntime {int.from_bytes(blob[4:12], 'big')}\n{self.body}".encode()
            good = blob[:4] == key_id(name, device, 4) and signed_by(device, message, blob[12:])
            need(good, self.where, f"{name} 的附签不成立 / its co-signature does not hold")


# --- draws


class Words:
    """The stream of words that a draw's seed gives."""

    def __init__(self, seed: bytes) -> None:
        self.words = self._words(seed)

    @staticmethod
    def _words(seed: bytes) -> Iterator[int]:
        block = 0
        while True:
            made = hmac.new(seed, block.to_bytes(8, "big"), "sha256").digest()
            yield from (int.from_bytes(made[at : at + 8], "big") for at in (0, 8, 16, 24))
            block += 1

    def shuffled(self, items: list[Any]) -> list[Any]:
        """Fisher and Yates from the end; words beyond the last multiple are left out."""
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            word = next(self.words)
            while word >= 2**64 - 2**64 % (i + 1):
                word = next(self.words)
            j = word % (i + 1)
            items[i], items[j] = items[j], items[i]
        return items


def draw_again(transcript: dict[str, Any]) -> dict[str, Any]:
    """The transcript as it must be for its request and its nonces."""
    made = ("version", "context", "commitments", "nonces", "seed", "attempts", "relaxed", "seating", "order")
    core = {key: value for key, value in transcript.items() if key not in made}
    context = hashlib.sha256(canonical(core)).digest()
    nonces = {party: bytes.fromhex(transcript["nonces"][party]) for party in core["parties"]}
    commitments = {
        party: hashlib.sha256(b"kawei/draw/commit/1" + context + party.encode() + nonce).digest()
        for party, nonce in nonces.items()
    }
    told = b"".join(commitments[party] + nonces[party] for party in sorted(nonces, key=str.encode))
    seed = hashlib.sha256(b"kawei/draw/seed/1" + context + told).digest()
    found = dict(core, version=1, context=context.hex(), seed=seed.hex())
    found["commitments"] = {party: value.hex() for party, value in commitments.items()}
    found["nonces"] = {party: nonce.hex() for party, nonce in nonces.items()}
    if core.get("kind") == "order":
        return dict(found, order=Words(seed).shuffled(core["items"]))
    return dict(found, **_seating(core, Words(seed)))


def _near(one: dict[str, Any], two: dict[str, Any], neighbourhood: int) -> bool:
    across, along = abs(one["x"] - two["x"]), abs(one["y"] - two["y"])
    touching = across + along == 1 if neighbourhood == 4 else max(across, along) == 1
    return one.get("room") == two.get("room") and touching


def _seating(core: dict[str, Any], words: Words) -> dict[str, Any]:
    people, rules, attempts, relaxed = core["people"], core.get("rules") or [], 0, 0
    taken = [(one["group"], one["seat"]) for one in core.get("occupied") or []]
    while True:
        attempts += 1
        seats = words.shuffled(core["seats"])[: len(people)]
        placed = [(person["group"], seat) for person, seat in zip(people, seats, strict=False)]
        kept = all(
            not (one[0] == two[0] and _near(one[1], two[1], rule["neighbourhood"]))
            for rule in rules[relaxed:]
            for at, one in enumerate(placed)
            for two in placed[at + 1 :] + taken
        )
        if kept:
            seating = {person["id"]: seat["id"] for person, seat in zip(people, seats, strict=False)}
            return {"attempts": attempts, "relaxed": relaxed, "seating": seating}
        if attempts % 20_000 == 0:
            relaxed += 1


# --- counting again


def rounded(value: Fraction, places: int, rule: str) -> Fraction:
    """A value rounded on its magnitude."""
    scaled = abs(value) * 10**places
    whole, rest = scaled.numerator // scaled.denominator, scaled - scaled.numerator // scaled.denominator
    half = Fraction(1, 2)
    up = {
        "half_up": rest >= half,
        "half_even": rest > half or (rest == half and whole % 2 == 1),
        "up": rest > 0,
        "down": False,
    }[rule]
    return Fraction(whole + up, 10**places) * (-1 if value < 0 else 1)


class Recount:
    """A result counted again from its case, as far as this file can: means, sums, totals, ranks, lowest price."""

    def __init__(self, case: dict[str, Any], result: dict[str, Any], where: str) -> None:
        self.case, self.where = case, where
        self.rows = {row["id"]: row for row in result["bids"]}
        self.places, self.rule = int(case.get("places") or 2), case.get("rounding") or "half_up"
        self.bids = {bid["id"]: bid for bid in case["bids"]}
        self.live = [b for b in self.bids.values() if not b.get("rejected") and not b.get("not_opened")]

    def check(self) -> None:
        """Raise `Bad` at the first figure that another count does not give."""
        need(set(self.rows) == set(self.bids), self.where, "投标人不同 / other bids")
        for row in self.rows.values():
            live = row["id"] in {bid["id"] for bid in self.live}
            need(live or row["rank"] is None, self.where, f"{row['id']}：已否决而有排名 / ranked though rejected")
        for bid in self.live:
            self._price(bid)
        if self.case["method"] == "lowest_evaluated_price":
            self._ranks({bid["id"]: -self._evaluated(bid) for bid in self.live})
            return
        plain_means = not self.case.get("judge_trim") and (self.case.get("average") or "factor_means") == "factor_means"
        for bid in self.live:
            if plain_means:
                self._factors(bid["id"])
            if (self.case.get("average") or "factor_means") == "factor_means":
                self._sums(self.rows[bid["id"]])
        self._ranks({bid["id"]: Fraction(self.rows[bid["id"]]["total"]) for bid in self.live})

    def _same(self, found: Any, due: Fraction, bid: str, what: str) -> None:
        need(found is not None and Fraction(found) == due, self.where, f"{bid} {what}: {found} ≠ {float(due):.6f}")

    def _evaluated(self, bid: dict[str, Any]) -> Fraction:
        price = Fraction(bid["price"])
        changes = bid.get("adjustments") or []
        rates = sum((Fraction(one["rate"]) for one in changes if one.get("rate") is not None), Fraction(0))
        amounts = sum((Fraction(one["amount"]) for one in changes if one.get("amount") is not None), Fraction(0))
        return price - price * rates + amounts

    def _price(self, bid: dict[str, Any]) -> None:
        row, rule = self.rows[bid["id"]], self.case.get("price") or {}
        evaluated = self._evaluated(bid)
        if Fraction(row["evaluated_price"]) != evaluated and len(row["evaluated_price"]) < 28:
            self._same(row["evaluated_price"], evaluated, bid["id"], "评审价 evaluated price")
        benchmark, score = rule.get("benchmark") or {}, rule.get("score") or {}
        bare = benchmark.get("value") == "lowest" and not {key for key in benchmark if benchmark[key]} - {"value"}
        bonus = any(one.get("score_bonus") for one in bid.get("adjustments") or [])
        kept = any(one.get("kept_in_benchmark") for one in self.bids.values())
        if bare and score.get("kind") == "ratio" and not bonus and not kept:
            lowest = min(self._evaluated(one) for one in self.live)
            places = self.places if rule.get("places") is None else int(rule["places"])
            due = min(Fraction(rule["full"]), Fraction(rule["full"]) * lowest / evaluated)
            due = rounded(due, places, rule.get("rounding") or self.rule)
            self._same(row["price_score"], due, bid["id"], "价格分 price score")

    def _factors(self, bid: str) -> None:
        for factor in self.case.get("factors") or []:
            if factor["kind"] == "pass_fail":
                continue
            sheets = (sheet.get(bid, {}).get(factor["id"]) for sheet in self.case["sheets"].values())
            marks = [Fraction(mark) for mark in sheets if mark is not None]
            mean = sum(marks, Fraction(0)) / len(marks)
            due = Fraction(factor["max"]) - mean if factor["kind"] == "deduction" else mean
            found = self.rows[bid]["factor_scores"][factor["id"]]
            self._same(found, rounded(due, self.places, self.rule), bid, factor["id"])

    def _sums(self, row: dict[str, Any]) -> None:
        groups: dict[str, Fraction] = {}
        for factor in self.case.get("factors") or []:
            if factor["kind"] != "pass_fail":
                points = Fraction(row["factor_scores"][factor["id"]])
                groups[factor["group"]] = groups.get(factor["group"], Fraction(0)) + points
        for group, points in groups.items():
            self._same(row["group_scores"][group], points, row["id"], group)
        if row["price_score"] is not None:
            groups["price"] = groups.get("price", Fraction(0)) + Fraction(row["price_score"])
        weights = self.case.get("weights") or {}
        total = sum((points * Fraction(weights.get(group, "1")) for group, points in groups.items()), Fraction(0))
        self._same(row["total"], rounded(total, self.places, self.rule), row["id"], "总分 total")

    def _ranks(self, worth: dict[str, Fraction]) -> None:
        for bid, found in worth.items():
            above, level = sum(w > found for w in worth.values()), sum(w == found for w in worth.values())
            rank = self.rows[bid]["rank"]
            # a tie may have been broken by the rules of the document: then its places are those of the tied
            need(
                rank is not None and above < rank <= above + level, self.where, f"{bid}：名次 rank {rank} ≠ {above + 1}"
            )


# --- the package


class Package:
    """One folder; each check raises `Bad`, and leaves here what the later ones build on."""

    def __init__(self, root: str) -> None:
        self.files: dict[str, bytes] = {}
        self.strange: list[str] = []
        self._read(root, "")
        self.known: set[str] = set()
        self.entries: list[dict[str, Any]] = []
        self.lines: list[bytes] = []
        self.room: list[dict[str, Any]] = []
        self.room_keys: list[bytes] = []
        self.room_id, self.rehearsal = "", False
        self.devices: dict[str, bytes] = {}
        self.checks: tuple[tuple[str, Callable[[], Any], tuple[str, ...]], ...] = (
            ("chain", self.chain, ()),
            ("room", self.room_extract, ("chain",)),
            ("seal", self.seal, ("room",)),
            ("checkpoint", self.checkpoint, ("chain", "room")),
            ("keys", self.keys, ("room",)),
            ("draws", self.draws, ("chain", "room")),
            ("frozen", self.frozen, ("chain",)),
            ("sheets", self.sheets, ("chain",)),
            ("case", self.scoring_case, ("chain",)),
            ("result", self.result, ("chain", "case")),
            ("report", self.report, ("chain",)),
            ("signed", self.signed, ("chain",)),
            ("recordings", self.recordings, ("chain",)),
            ("names", self.names, ("chain", "room")),
            ("papers", self.papers, ("chain", "room")),
            ("platform", self.platform, ("chain",)),
        )

    def _read(self, folder: str, prefix: str) -> None:
        listing = sorted(os.scandir(folder), key=lambda entry: entry.name)
        if not listing:
            self.strange.append(prefix or ".")
        for entry in listing:
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                self._read(entry.path, f"{prefix}{entry.name}/")
            elif stat.S_ISREG(mode):
                with open(entry.path, "rb") as file:
                    self.files[prefix + entry.name] = file.read()
            else:
                self.strange.append(prefix + entry.name)

    # what is there

    @property
    def room_key(self) -> bytes:
        """The room's newest key."""
        return self.room_keys[-1]

    def take(self, path: str) -> bytes:
        """A file that belongs into the package."""
        self.known.add(path)
        need(path in self.files, path, "缺少 / is missing")
        return self.files[path]

    def take_json(self, path: str, end: bytes = b"\n") -> Any:
        """A file that is one canonical JSON value."""
        data = self.take(path)
        try:
            value = parse(data)
            exact = canonical(value) + end == data
        except ValueError:
            exact = False
        need(exact, path, "不是规范 JSON / is no canonical JSON")
        return value

    def under(self, prefix: str) -> list[str]:
        """Paths below a folder."""
        return sorted(path for path in self.files if path.startswith(prefix))

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        """Entries of these types."""
        return [entry for entry in self.entries if entry["type"] in kinds]

    @property
    def opening(self) -> dict[str, Any]:
        """What the first entry says."""
        found: dict[str, Any] = self.entries[0]["data"]
        return found

    @property
    def stream(self) -> str:
        """The evaluation's stream."""
        return str(self.entries[0]["stream"])

    @property
    def lot(self) -> dict[str, Any]:
        """The lot that the package is of."""
        info = self.files.get("bag-info.txt", b"").decode("utf-8", "replace").split("\n")
        lots: list[dict[str, Any]] = self.opening["tender"]["lots"]
        mine = [lot for lot in lots if f"External-Identifier: {self.opening['tender']['id']}/{lot['id']}" in info]
        found = lots if len(lots) == 1 else mine
        need(len(found) == 1, "bag-info.txt", "不知是哪个标段 / names no lot of the tender")
        return found[0]

    @property
    def version(self) -> int:
        """The package's version: signed by the room with the names."""
        try:
            found = parse(self.files["data/names.sealed"])["v"]
        except (ValueError, KeyError, TypeError):
            return NEWEST
        return found if type(found) is int and 1 <= found <= NEWEST else NEWEST

    def _entries(self, path: str) -> tuple[list[dict[str, Any]], list[bytes]]:
        data = self.take(path)
        need(data.endswith(b"\n"), path, "末行不完整 / cut off in its last line")
        lines, entries = data[:-1].split(b"\n"), []
        for number, line in enumerate(lines, 1):
            where = f"{path} #{number}"
            try:
                entry = parse(line)
                exact = canonical(entry) == line
                bare = canonical({key: value for key, value in entry.items() if key != "hash"})
            except (ValueError, AttributeError):
                raise Bad(where, "不是规范 JSON / is no canonical JSON") from None
            keys = {"v", "stream", "seq", "at", "type", "actor", "data", "prev", "hash"}
            need(exact and set(entry) == keys and entry["v"] == 1, where, "不是一条留痕 / is no entry")
            need(
                isinstance(entry["data"], dict) and isinstance(entry["actor"], dict),
                where,
                "不是一条留痕 / is no entry",
            )
            need(entry["hash"] == sha256(bare), where, "哈希不符 / its hash is another")
            entries.append(entry)
        return entries, lines

    # the checks

    def chain(self) -> None:
        """The journal, line by line."""
        path = "data/journal.jsonl"
        self.entries, self.lines = self._entries(path)
        prev = "0" * 64
        for number, entry in enumerate(self.entries, 1):
            where = f"{path} #{number}"
            need(entry["seq"] == number, where, f"序号 {entry['seq']} / out of sequence")
            need(entry["prev"] == prev, where, "与上一条不相连 / not linked to the one before")
            need(entry["stream"] == self.entries[0]["stream"], where, "属于别的留痕 / of another stream")
            prev = entry["hash"]
        need(self.entries[0]["type"] == "EvaluationOpened", f"{path} #1", "不是开始 / is no beginning")
        need(self.entries[-1]["type"] == "EvaluationClosed", path, "没有结束 / does not end with the closing")
        self.rehearsal = self.opening["rehearsal"] is True

    def room_extract(self) -> None:
        """The room's entries, each proved to stand at its place in the room's tree."""
        path, proofs_path = "data/room/entries.jsonl", "data/room/proofs.json"
        self.room, lines = self._entries(path)
        note = Note(self.take("data/room/checkpoint.txt"), "data/room/checkpoint.txt")
        proofs = self.take_json(proofs_path)
        need(proofs["size"] == note.size, proofs_path, "大小与检查点不符 / of another size")
        need(
            set(proofs["inclusion"]) == {str(e["seq"]) for e in self.room}, proofs_path, "证明多或少 / proofs of others"
        )
        calls = [entry for entry in self.room if entry["type"] == "DrawCalled"]
        need(set(proofs["consistency"]) == {str(e["seq"]) for e in calls}, proofs_path, "证明多或少 / proofs of others")
        last: dict[str, Any] = {"seq": 0, "hash": "0" * 64}
        for entry, line in zip(self.room, lines, strict=True):
            where = f"{path} {entry['seq']}"
            need(entry["stream"] == "room" and entry["seq"] > last["seq"], where, "次序不对 / out of order")
            need(entry["seq"] > last["seq"] + 1 or entry["prev"] == last["hash"], where, "不相连 / not linked")
            steps = [bytes.fromhex(step) for step in proofs["inclusion"][str(entry["seq"])]]
            need(included(leaf(line), entry["seq"] - 1, note.size, steps, note.root), where, "证明不成立 / not proved")
            last = entry
        for call in calls:
            steps = [bytes.fromhex(step) for step in proofs["consistency"][str(call["seq"])]]
            bound = bytes.fromhex(call["data"]["request"]["binding"]["root"])
            good = grown(call["seq"] - 1, bound, note.size, note.root, steps)
            need(good, f"{path} {call['seq']}", "抽签之前的树不符 / bound to another tree")
        numbers = [call["data"]["draw_no"] for call in calls]
        need(
            numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True,
            path,
            "缺抽签 / a draw is missing",
        )
        first = self.room[0]
        need((first["seq"], first["type"]) == (1, "RoomOpened"), path, "不是从开室起 / does not begin with the room")
        imported = [e for e in self.room if e["type"] == "EvaluationImported" and e["data"]["stream"] == self.stream]
        need(len(imported) == 1, path, "本次评审的导入不是恰好一条 / not imported exactly once")
        need(imported[0]["data"]["package"] == self.opening["package"], path, "导入的不是这一包 / another import")
        need(
            first["data"]["rehearsal"] == self.opening["rehearsal"], path, "一为演练一为正式 / only one is a rehearsal"
        )
        self.room_id, self.room_keys = str(first["data"]["room"]), [bytes.fromhex(first["data"]["public_key"])]
        for entry in self.room:
            if entry["type"] == "SigningKeyRotated":
                self._rotated(entry["data"], f"{path} {entry['seq']}")
        enrolled = [entry["data"] for entry in self.room if entry["type"] == "DeviceEnrolled"]
        self.devices = {one["device"]: bytes.fromhex(one["public_key"]) for one in enrolled}
        note.check(self, "room")

    def _rotated(self, data: dict[str, Any], where: str) -> None:
        """A new key of the room: the key before it must have signed it."""
        before, new = self.room_keys[-1], data["public_key"]
        said = {"room": self.room_id, "replaces": before.hex(), "public_key": new}
        good = signed_by(before, b"kawei/room-key/1" + canonical(said), bytes.fromhex(data["signature"]))
        need(good, where, "新公钥未经旧钥签名 / the new key is not signed by the one before")
        self.room_keys.append(bytes.fromhex(new))

    def seal(self) -> Any:
        """The room's signature over the hash of every file; packages before the third version had none."""
        if self.version < 3:
            return NOT_DUE
        path = "data/seal.json"
        found = self.take_json(path)
        bare = {key: value for key, value in found.items() if key != "signature"}
        good = signed_by(self.room_key, b"kawei/evidence/sign/1" + canonical(bare), bytes.fromhex(found["signature"]))
        need(good, path, "评标室签名不成立 / the room's signature does not hold")
        whose = (found["v"], found["stream"], found["lot"])
        need(whose == (3, self.stream, self.lot["id"]), path, "属于别的卷 / of another package")
        there = {p for p in self.files if p.startswith(DATA) and p != path} | set(TOOLS)
        for name in sorted(there | set(found["files"])):
            need(name in self.files, name, "缺少 / is missing")
            need(
                found["files"].get(name) == sha256(self.files[name]), name, "不是签章时的文件 / is not the sealed file"
            )
        return None

    def checkpoint(self) -> None:
        """The checkpoint of exactly these entries."""
        path = "data/checkpoint.txt"
        note = Note(self.take(path), path)
        need(note.size == len(self.lines), path, f"条数 {note.size} ≠ {len(self.lines)} / of another size")
        need(note.root == root_of([leaf(line) for line in self.lines]), path, "默克尔根不符 / another root")
        note.check(self, self.stream)

    def keys(self) -> None:
        """The table of keys: those that the room's entries give."""
        path = "data/keys.json"
        notes = [Note(self.take(f"data/{name}"), name) for name in ("checkpoint.txt", "room/checkpoint.txt")]
        cosigning = {name for note in notes for name, _ in note.lines if name != note.origin}
        machines = []
        for data in (entry["data"] for entry in self.room if entry["type"] == "DeviceEnrolled"):
            name, key = data["device"], data["public_key"]
            machines.append({"device": name, "kind": data["kind"], "alg": "Ed25519", "public_key": key})
            if name in cosigning:
                machines[-1]["verifier_key"] = _verifier_key(name, bytes.fromhex(key), 4)
        room: dict[str, Any] = {
            "room": self.room_id,
            "alg": "Ed25519",
            "public_key": self.room_key.hex(),
            "fingerprint": fingerprint(self.room_key),
            "verifier_keys": [_verifier_key(note.origin, self.room_key, 1) for note in notes],
        }
        if len(self.room_keys) > 1:
            room["earlier"] = [
                {
                    "public_key": key.hex(),
                    "fingerprint": fingerprint(key),
                    "verifier_keys": [_verifier_key(note.origin, key, 1) for note in notes],
                }
                for key in self.room_keys[:-1]
            ]
        due = {"v": 1, "room": room, "devices": machines}
        need(self.take_json(path) == due, path, "不是评标室登记的公钥 / is not what the room enrolled")

    def draws(self) -> None:
        """Every draw of this evaluation: committed before revealed, signed, recomputed; seats and aliases as drawn."""
        own: dict[int, dict[str, Any]] = {}
        opened: dict[str, Any] = {}
        for entry in self.room:
            data, number = entry["data"], entry["data"].get("draw_no")
            where = f"data/room/entries.jsonl {entry['seq']}"
            if entry["type"] == "DrawCalled" and self.stream in data["streams"]:
                own[number] = {"call": data, "commitments": {}, "machines": {}, "revealed": {}, "sealed": None}
            elif number in own and entry["type"] == "NonceCommitted":
                self._committed(own[number], data, where)
            elif number in own and entry["type"] == "NonceRevealed":
                all_there = set(own[number]["commitments"]) == set(own[number]["call"]["request"]["parties"])
                need(all_there, where, "承诺未齐即公开 / revealed before all had committed")
                own[number]["revealed"][data["party"]] = data["signature"]
            elif number in own and entry["type"] == "DrawSealed":
                own[number]["sealed"] = data["transcript_hash"]
            elif number in own and entry["type"] == "DrawOpened":
                path = f"data/draws/draw-{number}.json"
                opened[path] = data["transcript"]
                self._opened(own[number], data["transcript"], where)
        self._used(own, opened)
        for path, transcript in opened.items():
            need(self.take_json(path) == transcript, path, "不是留痕中的抽签 / is not the draw of the journal")
        for path in self.under("data/draws/"):
            need(path in opened, path, "多出 / is superfluous")

    def _committed(self, draw: dict[str, Any], data: dict[str, Any], where: str) -> None:
        context = hashlib.sha256(canonical(draw["call"]["request"])).digest()
        message = b"kawei/draw/sign-commit/1" + context + data["party"].encode() + bytes.fromhex(data["commitment"])
        good = signed_by(self.devices[data["device"]], message, bytes.fromhex(data["signature"]))
        need(good and not draw["revealed"], where, "承诺的签名不成立 / the commitment is not signed")
        draw["commitments"][data["party"]] = data["commitment"]
        draw["machines"][data["party"]] = data["device"]

    def _opened(self, draw: dict[str, Any], transcript: dict[str, Any], where: str) -> None:
        need(draw["sealed"] == sha256(canonical(transcript)), where, "不是封存的抽签 / is not the sealed transcript")
        need(
            canonical(draw_again(transcript)) == canonical(transcript), where, "重算不符 / another draw when recomputed"
        )
        need(transcript["commitments"] == draw["commitments"], where, "承诺不符 / other commitments")
        asked = draw["call"]["request"]
        need({k: v for k, v in transcript.items() if k in asked} == asked, where, "不是所请求的抽签 / another request")
        context = bytes.fromhex(transcript["context"])
        for party, signature in draw["revealed"].items():
            message = (
                b"kawei/draw/sign-reveal/1" + context + party.encode() + bytes.fromhex(transcript["nonces"][party])
            )
            good = signed_by(self.devices[draw["machines"][party]], message, bytes.fromhex(signature))
            need(good, where, f"{party} 的随机数未经其签名 / its nonce is not signed")

    def _used(self, own: dict[int, dict[str, Any]], opened: dict[str, Any]) -> None:
        hashes = {draw["sealed"] for draw in own.values()}
        sessions: list[list[dict[str, Any]]] = [[]]
        for entry in self.entries:
            if entry["type"] == "EvaluationReopened":
                sessions.append([])
            sessions[-1].append(entry)
        known: dict[str, str] = {}
        for session in sessions:
            allotted = [entry["data"] for entry in session if entry["type"] == "SlotsAllotted"]
            for entry in session:
                where = f"data/journal.jsonl #{entry['seq']}"
                transcript = entry["data"].get("transcript")
                if isinstance(transcript, dict):
                    need(sha256(canonical(transcript)) in hashes, where, "评标室没有这次抽签 / is no draw of the room")
                    if entry["type"] == "LotDrawn":
                        opened["data/draws/chair.json"] = transcript
                if entry["type"] != "SlotTaken":
                    continue
                slots, aliases = (
                    opened.get(f"data/draws/draw-{allotted[-1][key]}.json", {}) for key in ("draw_no", "alias_draw_no")
                )
                data, order = entry["data"], aliases.get("order", [])
                free = [alias for alias in order if alias not in known.values()]
                alias = known.setdefault(data["member"], free[0] if free else "")
                due = (slots.get("seating", {}).get(data["slot"]), alias)
                need((data["seat"], data["alias"]) == due, where, "席位或编号不是抽得的 / is not what was drawn")

    def frozen(self) -> None:
        """Rule set and tender as the first entry holds them."""
        for path, key in (("data/ruleset.json", "ruleset"), ("data/tender.json", "tender")):
            need(self.take_json(path) == self.opening[key], path, "不是评审开始时的 / is not what was frozen")

    def sheets(self) -> None:
        """Every opened sheet: as in the journal, and as committed to."""
        sealed: dict[tuple[str, int, str], dict[str, Any]] = {}
        due: dict[str, Any] = {}
        for entry in self.entries:
            data = entry["data"]
            if entry["type"] == "SheetSealed":
                one = data["sealed"]
                sealed[one["stage"], int(one["round"]), one["alias"]] = one
            elif entry["type"] == "SheetsOpened" and data["lot"] in ("", self.lot["id"]):
                stage = f"{data['lot']}/{data['kind']}" if data["lot"] else data["kind"]
                for alias, sheet in data["sheets"].items():
                    box = sealed.get((stage, int(data["round"]), alias))
                    if box is None:
                        continue  # it stands from an earlier round, and was checked there
                    path = f"data/sheets/{data['kind']}-{data['round']}-{alias}.json"
                    place = {"stream": self.stream, "stage": stage, "round": int(data["round"]), "alias": alias}
                    made = sha256(b"kawei/sheet/commit/1" + canonical(dict(place, **sheet)))
                    need(made == box["commitment"], path, "与密封时的承诺不符 / is not what was committed to")
                    due[path] = dict(place, v=1, commitment=made, **sheet)
        for path, value in due.items():
            need(self.take_json(path) == value, path, "不是留痕中的评分表 / is not the sheet of the journal")
        for path in self.under("data/sheets/"):
            need(path in due, path, "多出 / is superfluous")

    def _tallied(self) -> Any:
        """The last count of the lot; None where the last session made none."""
        reopened = [entry["seq"] for entry in self.of("EvaluationReopened")]
        counts = [entry for entry in self.of("LotTallied") if entry["data"]["lot"] == self.lot["id"]]
        late = [entry for entry in counts if not reopened or entry["seq"] > reopened[-1]]
        if late or "data/result.json" in self.files:
            return (late or counts)[-1] if late or counts else None
        return None

    def scoring_case(self) -> Any:
        """The case that was counted, with no mark in it that nobody sealed."""
        path = "data/scoring-case.json"
        tallied = self._tallied()
        if tallied is None:
            need(path not in self.files, path, "多出 / is superfluous")
            return NOT_DUE
        case = self.take_json(path, b"")
        need(sha256(self.files[path]) == tallied["data"]["case_hash"], path, "不是当时计算的 / is not what was counted")
        changed = {
            (e["data"]["alias"], e["data"]["bid"], e["data"]["item"], e["data"]["value"])
            for e in self.of("PositionChanged")
        }
        marks: dict[str, list[Any]] = {}
        for entry in self.of("SheetsOpened"):
            if (entry["data"]["lot"], entry["data"]["kind"]) == (self.lot["id"], "marks"):
                for alias, sheet in entry["data"]["sheets"].items():
                    marks.setdefault(alias, []).append(sheet["sheet"]["marks"])
        for alias, sheet in case.get("sheets", {}).items():
            for bid, row in sheet.items():
                for item, mark in row.items():
                    tables = [table[bid] for table in marks.get(alias, []) if bid in table]
                    good = any(table.get(item) == mark for table in tables) or (alias, bid, item, mark) in changed
                    # bids that were marked under codes cannot be matched here
                    need(good or not tables, path, f"{alias} {bid} {item}：没有这样评过 / was never marked so")
        return None

    def result(self) -> Any:
        """The result that was counted, and counted again."""
        path = "data/result.json"
        tallied = self._tallied()
        if tallied is None:
            need(path not in self.files, path, "多出 / is superfluous")
            return NOT_DUE
        data = self.take(path)
        need(sha256(data) == tallied["data"]["result_hash"], path, "不是当时的结果 / is not the result of then")
        case, result = parse(self.files["data/scoring-case.json"]), parse(data)
        rules = canonical({key: value for key, value in case.items() if key not in ("bids", "sheets")})
        need(result["input_rules"] == f"sha256:{sha256(rules)}", path, "不是按这份规则 / by other rules")
        Recount(case, result, path).check()
        return None

    def report(self) -> None:
        """The report that was issued last."""
        path = "data/report.pdf"
        data = self.take(path)
        issued = [e["data"] for e in self.of("ReportIssued") if e["data"]["lot"] == self.lot["id"]]
        good = issued and (issued[-1]["sha256"], issued[-1]["bytes"]) == (sha256(data), len(data))
        need(good, path, "不是签发的报告 / is not the report that was issued")

    def signed(self) -> Any:
        """The report with the committee's signatures: the file that the journal noted last."""
        path, lot = "data/report-signed.pdf", self.lot["id"]
        issued = [e["seq"] for e in self.of("ReportIssued") if e["data"]["lot"] == lot]
        noted = [
            e for e in self.of("SigningOpened", "ReportSigned") if e["data"]["lot"] == lot and e["seq"] > issued[-1]
        ]
        if not noted:
            need(path not in self.files, path, "多出 / is superfluous")
            return NOT_DUE
        data, last = self.take(path), noted[-1]["data"]
        good = (sha256(data), len(data)) == (last["sha256"], last["bytes"])
        need(good, path, "不是登记的那一份 / is not the one that was noted")
        return None

    def recordings(self) -> Any:
        """The lists of recordings: unbroken, ending where the journal noted last."""
        last: dict[str, dict[str, Any]] = {}
        for entry in self.of("RecordingNoted"):
            one = entry["data"]
            last[f"data/recordings/{one['party']}/{one['device']}.jsonl"] = one
        listed = [
            {"party": o["party"], "device": o["device"], "segments": o["seq"], "sha256": o["sha256"], "list": path}
            for path, o in sorted(last.items())
        ]
        path = "data/recordings/manifest.json"
        due = {"v": 2, "recordings": listed} if listed else {"v": 1, "segments": []}
        need(self.take_json(path) == due, path, "与留痕不符 / is not what the journal noted")
        for path, one in last.items():
            data, prev = self.take(path), "0" * 64
            need(data.endswith(b"\n"), path, "末行不完整 / cut off")
            lines = data[:-1].split(b"\n")
            for number, line in enumerate(lines, 1):
                row = parse(line)
                linked = canonical(row) == line and (row["seq"], row["prev"]) == (number, prev)
                need(linked, f"{path} #{number}", "不相连 / not linked")
                prev = sha256(line)
            need((len(lines), prev) == (one["seq"], one["sha256"]), path, "不是登记的清单 / is not the noted list")
        return None if last else NOT_DUE

    def names(self) -> None:
        """The sealed names: of this lot, signed by the room."""
        path = "data/names.sealed"
        found = self.take_json(path)
        need((found["stream"], found["lot"]) == (self.stream, self.lot["id"]), path, "属于别的卷 / of another package")
        need(found["v"] in range(1, NEWEST + 1), path, "版本不识 / of an unknown version")
        self._signed(found, b"kawei/names/sign/1", path)

    def _signed(self, found: dict[str, Any], domain: bytes, path: str) -> None:
        bare = {key: value for key, value in found.items() if key != "signature"}
        good = signed_by(self.room_key, domain + canonical(bare), bytes.fromhex(found["signature"]))
        need(good, path, "评标室签名不成立 / the room's signature does not hold")

    def papers(self) -> Any:
        """Every scan that the journal names, in the clear or sealed."""
        due: dict[str, int] = {}
        for entry in self.entries:
            if entry["type"] != "EvaluationOpened" and entry["data"].get("lot") in (None, "", self.lot["id"]):
                due.update((paper["sha256"], paper["bytes"]) for paper in _papers_in(entry["data"]))
        if self.version < 2:
            due = {}
        for digest, size in due.items():
            found = self.under(f"data/papers/{digest}.")
            path = found[0] if found else f"data/papers/{digest}"
            need(len(found) == 1, path, "缺少或重复 / is missing or there twice")
            self.known.add(path)
            if path.endswith(".sealed"):
                sealed = self.take_json(path)
                whose = (sealed["stream"], sealed["sha256"], sealed["bytes"])
                need(whose == (self.stream, digest, size), path, "不是那份材料 / is not that paper")
                self._signed(sealed, b"kawei/paper/sign/1", path)
            else:
                good = (sha256(self.files[path]), len(self.files[path])) == (digest, size)
                need(good, path, "不是那份材料 / is not that paper")
        return None if due else NOT_DUE

    def platform(self) -> Any:
        """What a platform exported: the files that were checked then."""
        checked = [e["data"] for e in self.of("PlatformChecked") if e["data"]["lot"] == self.lot["id"]]
        for number, one in enumerate(checked, 1):
            path = f"data/platform/{number}.{one['form']}"
            need(sha256(self.take(path)) == one["sha256"], path, "不是当时核验的 / is not what was checked")
        return None if checked else NOT_DUE

    def bag(self, good: bool) -> None:
        """The bag's own files in their one form, every checksum, nothing missing and nothing more.

        What belongs into the package is known only where the other checks were `good`; else the seal tells.
        """
        need(not self.strange, "".join(self.strange[:1]), "空目录或不是普通文件 / is empty or no plain file")
        tools = TOOLS if self.version > 2 else ()
        tags = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", *tools)
        for path in (*tags, "tagmanifest-sha256.txt"):
            self.take(path)
        payload = self.under(DATA)
        due = self._due_tags(payload)
        listed = self._listed("tagmanifest-sha256.txt")
        for path in tags:
            # one that is as it must be under a wrong checksum: then the manifest of the tags was changed
            named = listed.get(path) == sha256(self.files[path]) or due.get(path) == self.files[path]
            need(named, path, "校验值不符 / another checksum")
        listed = self._listed("manifest-sha256.txt")
        for path in sorted(set(listed) | set(payload)):
            need(path in self.files, path, "缺少 / is missing")
            need(path in listed, path, "清单中没有 / is in no manifest")
            need(listed[path] == sha256(self.files[path]), path, "校验值不符 / another checksum")
        for path in sorted(self.files):
            at_top = path.startswith(DATA) or path in (*tags, "tagmanifest-sha256.txt")
            known = path in self.known or path == "data/ledger.json" or not good
            need(at_top and known, path, "多出 / is superfluous")
        self.take("data/ledger.json")
        for path in tags:
            need(due.get(path) in (None, self.files[path]), path, "写法不唯一或与留痕不符 / is not in its one form")
        written = self._manifest(sorted(tags))
        need(
            self.files["tagmanifest-sha256.txt"] == written,
            "tagmanifest-sha256.txt",
            "写法不唯一 / is not in its one form",
        )

    def _listed(self, manifest: str) -> dict[str, str]:
        rows = [line.split("  ", 1) for line in self.files[manifest].decode("utf-8", "replace").split("\n") if line]
        return {row[-1]: row[0] for row in rows}

    def _manifest(self, paths: list[str]) -> bytes:
        return "".join(f"{sha256(self.files[path])}  {path}\n" for path in paths).encode()

    def _due_tags(self, payload: list[str]) -> dict[str, bytes]:
        """The bag's own files as they must be, as far as the rest of the package can tell; of the tools, the seal."""
        due = {
            "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "manifest-sha256.txt": self._manifest(payload),
        }
        if self.entries and self.room:
            due["bag-info.txt"] = self._info(payload)
        try:
            sealed = parse(self.files["data/seal.json"])["files"] if self.version > 2 else {}
        except (ValueError, KeyError, TypeError):
            return due  # the seal's own check says so
        for path in TOOLS if sealed else ():
            due[path] = self.files[path] if sealed.get(path) == sha256(self.files[path]) else b""
        return due

    def _info(self, payload: list[str]) -> bytes:
        tender, lot = self.opening["tender"], self.lot
        rows = [
            ("Source-Organization", self.room[0]["data"]["name"]),
            ("External-Identifier", f"{tender['id']}/{lot['id']}"),
            ("External-Description", f"{tender['name']} {lot['name']}"),
            ("Bagging-Date", self.entries[-1]["at"][:10]),
            ("Payload-Oxum", f"{sum(len(self.files[path]) for path in payload)}.{len(payload)}"),
            ("Kawei-Evidence-Version", str(self.version)),
            ("Kawei-Rehearsal", "REHEARSAL" if self.rehearsal else "no"),
        ]
        return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in rows).encode()

    def earlier(self, path: str) -> None:
        """An earlier checkpoint must be one of a beginning of this journal."""
        with open(path, "rb") as file:
            note = Note(file.read(), path)
        need(note.origin == Note(self.take("data/checkpoint.txt"), "").origin, path, "属于别的留痕 / of another stream")
        need(any(map(note.by_room, self.room_keys)), path, "评标室签名不成立 / the room's signature does not hold")
        need(note.size <= len(self.lines), path, "比留痕还长：留痕被截短 / the journal was cut since")
        same = note.root == root_of([leaf(line) for line in self.lines[: note.size]])
        need(same, path, "留痕的开头不同：留痕被改写 / the journal begins otherwise: it was forked")

    def anchor(self, key: str) -> None:
        """One of the room's keys, each signed by the one before, has the fingerprint that was given."""
        found = [fingerprint(one) for one in self.room_keys]
        same = _plain(key) in map(_plain, found)
        need(same, "data/room/entries.jsonl", f"公钥指纹是 {found[-1]} / the key is another")


def _verifier_key(name: str, key: bytes, kind: int) -> str:
    return f"{name}+{key_id(name, key, kind).hex()}+{base64.b64encode(bytes([kind]) + key).decode()}"


def _plain(text: str) -> str:
    return "".join(text.lower().replace("-", "").split())


def _papers_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if set(value) == {"sha256", "bytes", "title"}:
            yield value
        for inner in value.values():
            yield from _papers_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _papers_in(inner)


def _guarded(check: Callable[[], Any]) -> tuple[str, str]:
    """How a check ended, and what is wrong; whatever a hostile package brings about, it is FAILED and no more."""
    try:
        return ("not due", "") if check() is NOT_DUE else ("pass", "")
    except Bad as bad:
        return "FAILED", str(bad)
    except Exception as error:
        return "FAILED", f"内容不成形 / malformed ({type(error).__name__}: {error})"


def inspect(
    root: str, key: str | None = None, earlier: str | None = None
) -> tuple[list[tuple[str, str, str]], Package]:
    """Every check as (code, outcome, what is wrong), the bag first."""
    package = Package(root)
    said: list[tuple[str, str, str]] = []
    failed: set[str] = set()
    plan = list(package.checks)
    if earlier is not None:
        plan.append(("from", lambda: package.earlier(earlier), ("chain", "room")))
    if key is not None:
        plan.append(("anchor", lambda: package.anchor(key), ("checkpoint",)))
    for code, check, needs in plan:
        missing = [one for one in needs if one in failed]
        outcome, what = ("FAILED", f"因 {missing[0]} 未通过 / cannot be checked") if missing else _guarded(check)
        failed |= {code} if outcome == "FAILED" else set()
        said.append((code, outcome, what))
    return [("bag", *_guarded(lambda: package.bag(not failed))), *said], package


def main(arguments: list[str]) -> int:
    """0 where nothing failed, 1 where something did, 2 for bad usage."""
    options: dict[str, str] = {}
    rest = list(arguments)
    for name in ("--key", "--from"):
        if name in rest and rest.index(name) + 1 < len(rest):
            at = rest.index(name)
            options[name] = rest[at + 1]
            del rest[at : at + 2]
    root = rest[0] if rest else os.path.dirname(os.path.abspath(__file__))
    if len(rest) > 1 or root.startswith("-") or not os.path.isdir(root):
        sys.stderr.write("用法 / usage: python3 verify.py [FOLDER] [--key FINGERPRINT] [--from CHECKPOINT]\n")
        return 2
    said, package = inspect(root, options.get("--key"), options.get("--from"))
    lines = ["REHEARSAL 演练，不是真实评审 / nothing here was a real evaluation"] if package.rehearsal else []
    for code, outcome, what in said:
        lines.append(f"{outcome:<8}{code:<11}{TITLES[code]}" + (f"\n        → {what}" if what else ""))
    if package.room_keys:
        lines.append(f"评标室公钥指纹 / key  {fingerprint(package.room_key)}")
    bad = any(outcome == "FAILED" for _, outcome, _ in said)
    last = "FAILED" if bad else "verified" if "--key" in options else "consistent, NOT ANCHORED"
    text = "\n".join([*lines, LEFT, last])
    shown = "".join(char if char.isprintable() or char == "\n" else f"\\x{ord(char):02x}" for char in text) + "\n"
    sys.stdout.buffer.write(shown.encode("utf-8", "backslashreplace"))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
