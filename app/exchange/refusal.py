"""The refusals of an import package, on top of those of the rule files and the tender."""

from __future__ import annotations

from typing import ClassVar

from app.rules import Refusal

_SENTENCES: dict[str, tuple[str, str]] = {
    "other_evaluation": (
        "这份补抽名单不属于本次评审，请重新导出。",
        "this supplementary list belongs to another evaluation; export it again",
    ),
    "not_found": (
        "找不到“{path}”。请核对路径。",
        'There is no "{path}". Check the path.',
    ),
    "not_readable": (
        "读不到“{path}”（{detail}）。请检查存储介质和权限。",
        'Cannot read "{path}" ({detail}). Check the medium and the permissions.',
    ),
    "not_a_package": (
        "这不是导入包：既不是 zip 文件，也不是文件夹。请选择由交易平台导出的导入包。",
        "This is no import package: neither a zip file nor a folder. Choose the package that was exported.",
    ),
    "broken_zip": (
        "压缩包已损坏（{detail}）。请重新导出或重新拷贝。",
        "The zip file is broken ({detail}). Export or copy it again.",
    ),
    "unsupported_zip": (
        "压缩包用了本程序不接收的做法（{detail}）。请用普通的、不加密的 zip 重新打包。",
        "The zip file uses something that is not taken here ({detail}). Pack it again as a plain zip.",
    ),
    "too_many_files": (
        "包内有 {count} 个文件，超过上限 {limit}。请核对是否选错了包。",
        "The package holds {count} files, more than the limit of {limit}. Check that it is the right one.",
    ),
    "too_large": (
        "解开后有 {size} 字节，超过上限 {limit} 字节。没有解开任何内容；请核对是否选错了包。",
        "It would unpack to {size} bytes, above the limit of {limit}. Nothing was unpacked; "
        "check that it is the right package.",
    ),
    "suspicious_compression": (
        "该文件的压缩比达到 {ratio} 倍，像是压缩炸弹。没有解开；请向出包方核实。",
        "This file is compressed {ratio} times, as a zip bomb is. It was not unpacked; ask whoever made the package.",
    ),
    "overlapping_entries": (
        "压缩包内的文件互相重叠，像是压缩炸弹。没有解开；请向出包方核实。",
        "Files inside the zip overlap, as in a zip bomb. Nothing was unpacked; ask whoever made the package.",
    ),
    "duplicate_name": (
        "包内有同名文件“{path}”（不分大小写）。请改名。",
        'The package holds the name "{path}" twice (upper and lower case count as one). Rename one.',
    ),
    "not_regular_file": (
        "“{path}”是链接或特殊文件，不是普通文件。请换成文件本身。",
        '"{path}" is a link or a special file. Put the file itself there.',
    ),
    "missing_file": (
        "缺少文件“{path}”。请补上后重新打包。",
        'The file "{path}" is missing. Add it and pack again.',
    ),
    "unknown_file": (
        "文件“{path}”没有列入清单。请列入清单或删去。",
        'The file "{path}" is not in the manifest. List it or remove it.',
    ),
    "unreferenced_file": (
        "文件“{path}”没有被任何条目引用。请删去或在条目中引用。",
        'Nothing refers to the file "{path}". Remove it or refer to it.',
    ),
    "empty_file": (
        "文件“{path}”是空的（0 字节）。请重新导出该文件。",
        'The file "{path}" is empty (0 bytes). Export it again.',
    ),
    "wrong_size": (
        "文件“{path}”有 {actual} 字节，清单写的是 {stated}。请重新打包。",
        'The file "{path}" has {actual} bytes, the manifest says {stated}. Pack it again.',
    ),
    "wrong_hash": (
        "文件“{path}”的 SHA-256 与清单不符：内容被改动或损坏。请重新导出。",
        'The SHA-256 of "{path}" is not the one stated: it was changed or damaged. Export it again.',
    ),
    "not_pdf": (
        "“{path}”不是 PDF 文件。请换成 PDF。",
        '"{path}" is no PDF file. Replace it by a PDF.',
    ),
    "truncated_pdf": (
        "PDF 文件“{path}”不完整（没有结尾标记）。请重新导出。",
        'The PDF file "{path}" is incomplete (its end mark is missing). Export it again.',
    ),
    "not_picture": (
        "照片“{path}”不是 JPEG 或 PNG。请换成 JPEG 或 PNG。",
        'The portrait "{path}" is neither JPEG nor PNG. Replace it.',
    ),
    "unknown_package_format": (
        "导入包的格式“{value}”不是本程序认识的（{allowed}）。请升级本程序或重新导出。",
        'The package has the format "{value}", which is not known here ({allowed}). '
        "Upgrade the program or export again.",
    ),
    "ruleset_hash_differs": (
        "规则集的哈希与 package.json 写的不同。请核对是否拿错了规则集。",
        "The rule set's hash is not the one in package.json. Check that it is the right rule set.",
    ),
    "ruleset_differs": (
        "规则集的{what_zh}与 package.json 写的不同。请核对是否拿错了规则集。",
        "The rule set's {what_en} is not the one in package.json. Check that it is the right rule set.",
    ),
    "bad_document": (
        "第 {row} 名成员的证件号码不正确（位数、日期或校验位）。请核对。",
        "The document number of member {row} is wrong (length, date or check digit). Check it.",
    ),
    "bad_phone": (
        "第 {row} 名成员的电话号码不正确。请核对。",
        "The phone number of member {row} is wrong. Check it.",
    ),
    "duplicate_member": (
        "第 {row} 名成员与第 {first} 名的证件号码相同。请删去一个。",
        "Member {row} has the same document number as member {first}. Remove one of them.",
    ),
    "authorisation_unexpected": (
        "第 {row} 名成员是专家，不应当有授权书。请核对身份。",
        "Member {row} is an expert and has no letter of authorisation. Check the kind.",
    ),
    "member_of_bidder": (
        "第 {row} 名成员的工作单位就是投标人之一，依法应当回避。请更换后重新导出名单。",
        "Member {row} works for one of the bidders and must be recused. Replace the member, export again.",
    ),
    "price_differs": (
        "开标一览表中的报价 {csv} 与 tender.json 中的 {tender} 不同。请核对。",
        "The price in opening.csv, {csv}, is not the one in tender.json, {tender}. Check both.",
    ),
    "no_opening_row": (
        "开标一览表中没有该投标人的报价。请补上。",
        "opening.csv has no price for this bidder. Add it.",
    ),
    "no_bid_for_row": (
        "开标一览表第 {line} 行的投标人不在 tender.json 中。请补上该投标或删去该行。",
        "The bidder in line {line} of opening.csv is not in tender.json. Add the bid or remove the line.",
    ),
    "scoring_rule": (
        "评分规则不成立：{detail_zh}",
        "The scoring rule does not hold: {detail_en}",
    ),
    "bad_csv": (
        "这张表读不出来（{detail}）。请另存为 UTF-8 或 GB18030 编码的 CSV。",
        "The table cannot be read ({detail}). Save it as CSV in UTF-8 or GB18030.",
    ),
    "csv_column_missing": (
        "开标一览表没有“{column}”列。请补上，或把表头改成本格式的名称。",
        'The opening record has no column "{column}". Add it or use a heading of this format.',
    ),
    "csv_column_twice": (
        "开标一览表有两列都是“{column}”。请只保留一列。",
        'The opening record has two columns "{column}". Keep one.',
    ),
    "csv_cells": (
        "这一行有 {actual} 格，表头有 {wanted} 格。请核对。",
        "This row has {actual} cells, the heading has {wanted}. Check it.",
    ),
    "csv_price": (
        "报价“{value}”读不出数。请写成 1,835.0534 这样的数。",
        'The price "{value}" is no number. Write it like 1,835.0534.',
    ),
    "csv_duplicate": (
        "“{value}”在第 {first} 行已经出现。请核对。",
        '"{value}" stood in line {first} already. Check it.',
    ),
    "unknown_case": (
        "没有名为“{name}”的内置案例，可选：{allowed}。",
        'There is no built-in case "{name}"; there are: {allowed}.',
    ),
    "play_differs": (
        "脚本与导入包不符：{detail_zh}",
        "The play does not fit the package: {detail_en}",
    ),
}


class PackageRefusal(Refusal):
    """A package or one of its files cannot be taken; nothing of it was kept. `where` names file and place."""

    SENTENCES: ClassVar[dict[str, tuple[str, str]]] = {**Refusal.SENTENCES, **_SENTENCES}
