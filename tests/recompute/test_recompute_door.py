"""`kawei recompute` as a person and a script meet it, and the one page that it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from statement_factory import Doc, gc, r4, r9, small, statement_of
from statement_forms import write_folder, write_json

from app.cli import main
from app.recompute import check, work_out
from app.report.checklist import checklist_data, checklist_pdf

AT = "2026-03-02T09:00:00+08:00"


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without blanks and what lets long paths break."""
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append("".join(text.get_text_bounded().split()).replace("\u200b", "").replace("\ufffe", ""))
        text.close()
        page.close()
    document.close()
    return texts


def page_of(document: Doc) -> str:
    """The text of the only page for a document."""
    statement = statement_of(document)
    right = work_out(statement)
    (text,) = pages(checklist_pdf(statement, right, check(statement, right), AT))
    return text


def many_faults() -> Doc:
    """Ninety-six means, each wrong, and a wrong rank."""
    document = gc()
    for row in document["stated"]["bids"].values():
        row["factor_means"] = dict.fromkeys(row["factor_means"], "0.01")
    document["stated"]["bids"]["B1"]["rank"] = 2
    return document


# the door


def test_a_clean_evaluation_ends_with_0_and_its_right_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recompute", str(write_json(tmp_path / "r4.json", r4()))]) == 0
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert err == ""
    assert (answer["faults"], answer["hints"], answer["remarks"]) == (0, 0, [])
    assert [bid["total"] for bid in answer["result"]["bids"]] == ["93.30", "68.78", "65.57"]
    assert answer["sources"][0]["file"] == "r4.json"


def test_a_hint_alone_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = small()
    document["case"]["min_bids"] = 4
    assert main(["recompute", str(write_json(tmp_path / "s.json", document))]) == 0
    assert json.loads(capsys.readouterr().out)["hints"] == 1


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("zh", "B1 供应商甲：总得分有误，所载 93.03，应为 93.30。"),
        ("en", "B1 供应商甲: total is wrong: stated 93.03, right is 93.30."),
    ],
)
def test_a_fault_ends_with_1_and_goes_to_both_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, message: str
) -> None:
    document = r4()
    document["stated"]["bids"]["B1"]["total"] = "93.03"
    folder = write_folder(tmp_path / "tables", document)
    out = tmp_path / "a" / "b"
    assert main(["recompute", str(folder), "--out", str(out), "--lang", lang]) == 1
    printed = capsys.readouterr().out
    (remark,) = json.loads(printed)["remarks"]
    assert remark["message"] == message
    assert remark["place"]["file"] == "totals.csv"
    assert (out / "checklist.json").read_text("utf-8") == printed
    (text,) = pages((out / "checklist.pdf").read_bytes())
    assert "totals.csv第2行“总分”" in text


def test_bad_input_ends_with_2_and_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = r4()
    document["case"]["sheets"]["A1"]["B1"]["T"] = "六十三"
    assert main(["recompute", str(write_json(tmp_path / "s.json", document)), "--out", str(tmp_path / "out")]) == 2
    out, err = capsys.readouterr()
    told = json.loads(err.rstrip("\n").rsplit("\n", 1)[-1])["error"]
    assert (out, told["code"], told["where"]) == ("", "no_number", "s.json $.case.sheets.A1.B1.T")
    assert not (tmp_path / "out").exists()


def test_the_door_loads_nothing_heavy(tmp_path: Path) -> None:
    path = write_json(tmp_path / "r4.json", r4())
    program = (
        "import sys; from app.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'PySide6', 'cv2', 'sqlalchemy', 'aiohttp', 'typst', 'pypdfium2', 'numpy'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "recompute", str(path)], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


# the page


def test_a_clean_page_says_what_was_looked_at_and_what_was_not() -> None:
    text = page_of(r4())
    assert "未发现差错" in text
    assert "已核对：打分15、评委合计分15、分类小计3、价格分3、合计分之和3、总得分3、排名3、中标候选人3" in text
    assert "未核对：因素平均分、评标基准价、评审价。" in text
    assert "评标委员会复核意见" in text


def test_a_row_holds_place_figures_and_rule() -> None:
    document = r4()
    document["stated"]["bids"]["B3"]["price_score"] = "29.65"
    text = page_of(document)
    for piece in ("$.stated.bids.B3.price_score", "价格分有误", "29.65", "29.64", "87号令第五十五条", "差错1项提示0项"):
        assert piece in text


def test_there_is_one_page_whatever_was_found_and_it_counts_what_does_not_fit() -> None:
    text = page_of(many_faults())
    assert "差错97项" in text
    shown = int(text.split("本页列出")[1].split("项")[0])
    assert 10 < shown < 40
    assert f"另有{97 - shown}项，全部见checklist.json" in text
    assert text.index("排名有误") < text.index("因素平均分有误")  # what touches the ranking comes first


def test_a_page_of_sixty_panels_and_one_of_endless_names_stay_one_page() -> None:
    assert "差错1项" in page_of(r9())
    document = small()
    for bid in document["case"]["bids"]:
        bid["name"] = f"{bid['id']}{'极长的公司名称' * 300}"
    for row in document["stated"]["bids"].values():
        row["total"] = "1"
    assert "本页列出" in page_of(document)
    document["title"] = "#let x = 1 *粗* $x$ @here <a>"  # nothing of a name is taken for markup
    assert "#letx=1*粗*$x$@here<a>" in page_of(document)


def test_faults_come_before_hints_and_the_same_check_gives_the_same_bytes() -> None:
    document = small()
    document["case"]["min_bids"] = 4
    document["stated"]["bids"]["乙"]["rank"] = 2
    statement = statement_of(document)
    right = work_out(statement)
    remarks = check(statement, right)
    data = checklist_data(statement, right, list(reversed(remarks)), AT)
    assert [row["severity"] for row in data["rows"]] == ["差错", "提示"]
    assert checklist_pdf(statement, right, remarks, AT) == checklist_pdf(statement, right, remarks, AT)


def test_what_could_not_be_told_is_said() -> None:
    document = small()
    for sheet in document["case"]["sheets"].values():
        sheet["乙"]["T1"] = None
    assert "未能核对：评委合计分3、因素平均分1、分类小计2、合计分之和1、总得分1、排名3、中标候选人3。" in page_of(
        document
    )
