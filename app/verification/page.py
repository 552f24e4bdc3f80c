"""The outcome of a verification as a page for laymen: one HTML file, no script, nothing from outside, fit to print."""

from __future__ import annotations

from html import escape

from app.verification.checks import Check, Outcome
from app.verification.sentences import sentence, title
from app.verification.verdict import Verdict

MEANINGS = {
    "bag": "档案袋里每个文件都在、没有多余的，内容与封装时完全一样。",
    "chain": "评标过程的每一条记录环环相扣，没有被删、被改、被插入或调换次序。",
    "decisions": "把全部记录按规程重走一遍：每一步都是当时允许的，最后一步是评审结束。",
    "nights": "隔夜封存的评审，次日早上接着的正是前一晚封存的内容。",
    "room": "抽签等由评标室另行记录的事项，确实记在评标室的总账里，没有漏掉的抽签。",
    "checkpoint": "评标室用自己的密钥为全部记录签了名，签名有效。",
    "keys": "用来核对签名的公钥，就是评标室当时登记的那些。",
    "draws": "抽签时各方先交底牌再公开，结果可以重算，专家坐的正是抽到的席位。",
    "frozen": "评标办法和招标（采购）项目的内容，从评审开始起没有变过。",
    "sheets": "每位评委交上来的评分表，打开后与密封时完全一样。",
    "case": "用于计算的分数，正是评委表里的分数。",
    "result": "把结果重新计算一遍，每一位数字都相同。",
    "report": "评审报告就是当时签发的那一份，其中的结果表与计算结果相同。",
    "typeset": "按记录重新排一遍报告，与这一份逐字节相同。",
    "signatures": "评委在报告上的电子签名有效。",
    "recordings": "录音录像的清单完整，与记录中登记的一致。",
    "segments": "录音录像的每一段都在，没有被改动；到期依规删除的有删除记录。",
    "ledger": "见证台账如实反映记录，没有增删。",
    "names": "密封的专家名单由评标室签名，没有被调换。",
    "seal": "评标室为卷内每一个文件签了章，谁也不能换掉其中一个。",
    "papers": "投标人的澄清、签到表等扫描件就是当时交来的那些。",
    "platform": "从交易平台导出的数据没有变，重新核验的结论也相同。",
    "from": "这一卷的开头，与先前留存的检查点所证明的完全一样。",
    "anchor": "签名的评标室，就是签条或报告上印着指纹的那一间。",
}
"""What it means, in one plain sentence, that a check has passed."""

_NOT_DUE = {
    "typeset": "报告由程序的另一版本排版，不作逐字节比较；其内容由上一项核对。",
    "segments": "没有录音录像，或片段不在档案包旁边。",
    "signatures": "报告没有采用电子签名。",
    "seal": "早先版本的档案包没有全卷签章。",
}

_OUTCOMES = {Outcome.PASS: ("ok", "通过"), Outcome.NOT_DUE: ("none", "不适用"), Outcome.FAILED: ("bad", "未通过")}

_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 900px; padding: 24px; color: #111; background: #fff; line-height: 1.6;
  font-family: "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", SimSun, sans-serif; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 28px 0 8px; }
.verdict { border: 3px solid; border-radius: 6px; padding: 14px 18px; margin: 18px 0; }
.verdict strong { display: block; font-size: 22px; }
.verdict.ok { border-color: #0b5d2a; color: #08451f; } .verdict.open { border-color: #6b4a00; color: #573c00; }
.verdict.bad { border-color: #9c0f14; color: #7d0b10; }
table { border-collapse: collapse; width: 100%; } td, th { border: 1px solid #777; padding: 6px 9px;
  text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; } tr { break-inside: avoid; } thead { display: table-header-group; }
td.state { white-space: nowrap; font-weight: 700; width: 6em; } td.ok { color: #08451f; } td.bad { color: #7d0b10; }
td.none { color: #444; font-weight: 400; } .why { color: #7d0b10; font-weight: 700; }
dt { font-weight: 700; }
dd { margin: 0 0 6px; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.rehearsal { border: 2px dashed #111; padding: 6px 12px; font-weight: 700; }
footer { margin-top: 24px; font-size: 13px; }
"""


def page(verdict: Verdict, where: str, at: str, program: str) -> str:
    """The page; `where` is the package's folder, `at` the moment of checking and `program` who checked, as shown."""
    rows = "\n".join(_row(check) for check in verdict.checks)
    facts = (
        ("档案包", where),
        ("项目与标段（包）", str(verdict.subject or "读不出")),
        ("评标室公钥指纹", verdict.key or "读不出"),
        ("核验时间", at),
        ("核验程序", program),
    )
    told = "".join(f"<dt>{escape(name)}</dt><dd>{_shown(value)}</dd>" for name, value in facts)
    rehearsal = '<p class="rehearsal">演练 REHEARSAL：这不是真实评审。</p>' if verdict.rehearsal else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>评标档案核验结果</title>
<style>{_STYLE}</style></head><body>
<h1>评标档案核验结果</h1>
{rehearsal}
{_verdict(verdict)}
<dl>{told}</dl>
<h2>逐项结果</h2>
<table><thead><tr><th>结果</th><th>检查什么、说明什么</th></tr></thead><tbody>
{rows}
</tbody></table>
<h2>这份核验不能说明什么</h2>
<ul><li>评标室与参与抽签的各方合谋时，记录只能表明他们做了什么。</li>
<li>评委是谁：姓名密封在卷内，只有有权的人能打开。</li>
<li>评审意见是否恰当：核验的是过程与结果未被改动，不是判断的对错。</li></ul>
<footer>本页由核验程序在本机生成，不联网，不含脚本。同一档案包任何人可以随时重新核验，应得出相同结论。</footer>
</body></html>
"""


def _verdict(verdict: Verdict) -> str:
    failed = [check for check in verdict.checks if check.outcome is Outcome.FAILED]
    if failed:
        first = f"{title(failed[0].code)}"
        count = f"共 {len(failed)} 项未通过，最先是“{first}”。请勿采信此档案包，保持原样并联系档案保管单位。"
        return f'<div class="verdict bad"><strong>✗ 核验未通过</strong>{escape(count)}</div>'
    if verdict.anchored:
        words = "全部检查通过，签名的评标室公钥与您给出的指纹一致：卷内内容自评审结束以来没有被改动。"
        return f'<div class="verdict ok"><strong>✓ 核验通过</strong>{words}</div>'
    words = (
        "卷内各项相互吻合。但核验时没有给出评标室公钥的指纹，因此不能排除整卷伪造。"
        "请对照签条或报告上印的指纹与下面的指纹是否相同，或带上指纹重新核验。"
    )
    return f'<div class="verdict open"><strong>○ 内容自洽，尚未对照指纹</strong>{words}</div>'


def _row(check: Check) -> str:
    style, word = _OUTCOMES[check.outcome]
    why = "" if check.problem is None else f'<br><span class="why">{_shown(sentence(check.problem))}</span>'
    not_due = check.outcome is Outcome.NOT_DUE
    meaning = _NOT_DUE.get(check.code, "本卷没有这一项内容。") if not_due else MEANINGS[check.code]
    lead = "应当是：" if check.outcome is Outcome.FAILED else ""
    body = f"<strong>{escape(title(check.code))}</strong><br>{lead}{meaning}{why}"
    return f'<tr><td class="state {style}">{word}</td><td>{body}</td></tr>'


def _shown(text: str) -> str:
    """Text from a package, harmless: control and direction characters as escapes."""
    return escape("".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text))
