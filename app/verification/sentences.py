"""The words of a verification in Chinese and English."""

from __future__ import annotations

from app.verification.checks import Problem

TITLES: dict[str, tuple[str, str]] = {
    "bag": ("档案袋：清单、校验和、无缺无多", "bag: manifests, checksums, nothing missing or extra"),
    "chain": ("留痕：逐条哈希与序号连续", "journal: every hash, chain and sequence"),
    "decisions": ("留痕：每条都是规程所允许，末条为结束", "journal: every entry allowed, the last one closes"),
    "nights": ("隔夜封存：根与其前的留痕一致", "nights: each evening's root is that of the entries before it"),
    "room": ("评标室留痕摘录：证明与检查点", "room extract: proofs and checkpoint"),
    "checkpoint": ("检查点：默克尔根与签名", "checkpoint: Merkle root and signatures"),
    "keys": ("公钥表", "public keys"),
    "draws": ("抽签：先承诺后公开、无缺漏、席位一致", "draws: committed before revealed, none missing, seats agree"),
    "frozen": ("规则集与招标（采购）数据为导入时所冻结", "rule set and tender as frozen at import"),
    "sheets": ("评分表：与封存承诺和留痕一致", "sheets: as committed to and as in the journal"),
    "case": ("计算输入：由留痕重建一致", "scoring case: rebuilt and equal"),
    "result": ("计算结果：重算逐字节一致", "result: recomputed byte for byte"),
    "report": ("评审报告：与签发哈希、结果表一致", "report: its hash as issued, its result table"),
    "typeset": ("评审报告：由留痕重新排版一致", "report: set again from the journal"),
    "signatures": ("成员电子签名", "members' signatures"),
    "recordings": (
        "录音录像清单：逐行哈希连续，与留痕一致",
        "recordings: each list unbroken, as the journal noted",
    ),
    "segments": (
        "录音录像片段：与清单哈希一致，无缺，或按规定到期删除",
        "recorded segments: each as listed, none missing, or expired by rule",
    ),
    "ledger": ("见证台账：由留痕重建一致", "witness ledger: rebuilt and equal"),
    "names": ("姓名密封件：评标室签名", "sealed names: signed by the room"),
    "seal": ("全卷签章：评标室对每个文件签名", "seal: the room signed the hash of every file"),
    "papers": ("材料扫描件：与留痕所列哈希一致，无缺无多", "papers: each scan as the journal names it, none missing"),
    "platform": ("平台导出数据：文件未变，逐项复算一致", "the platform's exports: unchanged, and checked again alike"),
    "from": ("与先前检查点一致", "consistent with the earlier checkpoint"),
    "anchor": ("评标室公钥指纹与所给一致", "the room's key is the one given"),
}

PROBLEMS: dict[str, tuple[str, str]] = {
    # the folder and its bag
    "extra_file": ("{where} 不应存在", "{where} does not belong here"),
    "missing_file": ("缺少 {where}", "{where} is missing"),
    "not_a_file": ("{where} 不是普通文件", "{where} is not a plain file"),
    "empty_folder": ("{where} 是空目录", "{where} is an empty folder"),
    "unreadable_file": ("{where} 无法读取", "{where} cannot be read"),
    "checksum": ("{where} 与清单中的校验和不符，已被改动", "{where} does not match its checksum: it was changed"),
    "not_listed": ("{where} 未列入清单", "{where} is not in the manifest"),
    "not_canonical": ("{where} 不是规范写法，可能被改动过", "{where} is not in its one canonical form"),
    "differs": ("{where} 与由留痕重建的内容不符", "{where} is not what the journal gives"),
    # the journal
    "journal": ("{where}：{said}", "{where}: {said}"),
    "irregular": ("{where}：规程不会产生这条记录（{refusal} {place}）", "{where}: not allowed ({refusal} {place})"),
    "not_closed": ("{where} 末条不是 EvaluationClosed", "{where}: the last entry is not EvaluationClosed"),
    "night": (
        "{where}：隔夜封存的根与其前的留痕不符",
        "{where}: the evening's root is not that of the entries before it",
    ),
    "no_lot": ("{where} 未指明本卷属于哪个标段（包）", "{where} does not say which lot this is"),
    # checkpoints and keys
    "size": ("{where} 的条数与留痕不符", "{where} is of another number of entries"),
    "root": ("{where} 的默克尔根与留痕不符", "{where} has another Merkle root than the entries"),
    "origin": ("{where} 属于另一评标室、另一条流或演练标志不符", "{where} has another origin"),
    "signature": ("{where} 的评标室签名不成立", "{where} is not signed by the room's key"),
    "cosignature": ("{where} 上 {name} 的联署不成立", "{where}: the co-signature of {name} does not hold"),
    "other_key": ("实际公钥指纹为 {found}", "the key is {found}"),
    # the room's extract and the draws
    "extract": ("{where} 的摘录内容多余或缺漏（第 {seq} 条）", "{where}: entry {seq} is superfluous or missing"),
    "inclusion": ("{where} 第 {seq} 条的包含证明不成立", "{where}: entry {seq} is not proved to be in the room's tree"),
    "consistency": (
        "{where} 第 {seq} 条：抽取所绑定的留痕根不成立",
        "{where}: entry {seq} is not bound to the room's tree before it",
    ),
    "draw_missing": ("第 {number} 次抽取缺失", "draw {number} is missing"),
    "draw_irregular": ("第 {number} 次抽取：{said}", "draw {number}: {said}"),
    "draw_not_opened": ("第 {number} 次抽取的抄本未公开", "draw {number} was not opened"),
    "draw_hash": ("第 {number} 次抽取的抄本与所用哈希不符", "draw {number} has another transcript than the one used"),
    "draw_not_last": ("第 {number} 次抽取不是最后一次有效抽取", "draw {number} is not the last one not cancelled"),
    "draw_not_accepted": ("第 {number} 次抽取放宽了规则而无见证确认", "draw {number} dropped a rule unconfirmed"),
    "reveal_signature": (
        "第 {number} 次抽取：{party} 公开随机数的签名不成立",
        "draw {number}: {party}'s reveal is not signed",
    ),
    "no_draw": ("没有席位抽取", "seats were never drawn"),
    "slots": ("席位序列与抽取请求不符", "the slots are not those of the request, in its order"),
    "seat": ("{where}：席位或评委编号不是抽出的", "{where}: seat or alias is not the one drawn"),
    "too_early": ("{where}：早于抽取完成", "{where}: before the draw was made"),
    # sheets, result, report
    "commitment": ("{where} 与其封存承诺不符", "{where} is not the sheet that was committed to"),
    "report_hash": ("{where} 与签发时的哈希不符", "{where} is not the report as issued"),
    "report_table": ("{where} 的结果表与 result.json 不符（{row}）", "{where}: its result table differs at {row}"),
    "report_attached": ("{where} 所附 {file} 与档案包不符", "{where}: the attached {file} differs from the package's"),
    "report_part": ("{where} 读不出：{part}", "{where} cannot be read: {part}"),
    "report_origin": ("{where} 所述的签发依据与留痕不符", "{where} says that it was made from another journal"),
    "report_signature": (
        "{where} 的电子签名不成立：{alias}（{part}）",
        "{where}: the signature of {alias} does not hold ({part})",
    ),
    "signature_missing": ("{where} 缺少 {alias} 的签名", "{where}: the signature of {alias} is missing"),
    "report_bytes": ("{where} 不是由留痕排版所得", "{where} is not what the journal gives when set"),
    "recordings": ("{where} 与留痕所登记的录音录像不符", "{where} is not what the journal noted of recordings"),
    "recording_list": ("{where} 不是留痕登记的清单（{part}）", "{where} is not the list that was noted ({part})"),
    "expired_record": (
        "{where} 不是该评标室对这份录音录像到期删除的签名记录",
        "{where} is not this room's signed record that this recording expired",
    ),
    "missing_segment": ("缺少 {where}", "{where} is missing"),
    "changed_segment": ("{where} 与清单中的哈希不符，已被改动", "{where} is not the listed segment: it was changed"),
    "paper": ("{where} 不是留痕所列的那份材料（{part}）", "{where} is not the paper that the journal names ({part})"),
    "export": ("{where} 不是当时核验的平台数据（{part}）", "{where} is not the export that was checked ({part})"),
    "names": ("{where} 不成立：{part}", "{where} does not hold: {part}"),
    "seal": ("评标室的签章不涵盖这样的内容：{part}", "the room's seal is over another content: {part}"),
    # between checks
    "needs": ("因“{check}”未通过而无法核验", "cannot be checked because '{check}' did not pass"),
    "unreadable": ("内容不成形（{kind}）", "the content is malformed ({kind})"),
}


def title(code: str, lang: str = "zh") -> str:
    """What a check looks at."""
    return TITLES[code][lang == "en"]


def sentence(problem: Problem, lang: str = "zh") -> str:
    """What is wrong, in words."""
    details = dict(problem.details)
    if lang != "en" and "said_zh" in details:
        details["said"] = details["said_zh"]
    if problem.code == "needs":
        details["check"] = title(details["check"], lang)
    return PROBLEMS[problem.code][lang == "en"].format(where=problem.where, **details)
