"""Reading bids at the seat: the first page of a long one, a word through ten of them, the memory of ten open, and
a scanned one: first page, paging on, thumbnails and the memory of its reader."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
import typst
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

import resources

ROOT = Path(__file__).resolve().parents[1]
GROUNDS = (ROOT, ROOT / "tests", ROOT / "tests" / "ui", ROOT / "tests" / "ui" / "seat")
LONG, BIDS, SHORT = 2_000, 10, 500
WORD, AT = "岷乐市第七中学", 300
"""The word stands once in each bid, on this page."""
SENTENCE = "本项目施工组织设计应当满足招标文件的实质性要求，质量、安全、工期和文明施工的保证措施逐条响应。"
RUNS = 2


def bid(pages: int, seed: int) -> bytes:
    """A bid of text, 24 lines a page with figures of its own, contents included."""
    draw = random.Random(seed)  # noqa: S311 - figures to fill a page
    made = []
    for page in range(1, pages + 1):
        lines = "\n\n".join(f"{draw.randrange(10**9)} {SENTENCE}" for _ in range(12))
        made.append(f"= 第 {page} 节\n{WORD if page == AT else ''}\n{lines}")
    setting = '#set text(font: "Noto Sans SC", size: 9pt)\n#set page(margin: 2cm)\n'
    source = setting + "\n#pagebreak()\n".join(made)
    return typst.compile(source.encode(), font_paths=[str(resources.path("fonts"))], ignore_system_fonts=True)


def scanned(pages: int) -> bytes:
    """A bid of pictures: pages of A4 in grey at 200 dpi as a scanner makes them, lines of text with its noise, JPEG.

    Ten pictures take turns: what is read is each page's own picture, what differs is not looked at.
    """
    sheets = [_sheet(seed) for seed in range(10)]
    made = pypdfium2.PdfDocument.new()
    for at in range(pages):
        page = made.new_page(595, 842)
        picture = pypdfium2.PdfImage.new(made)
        picture.load_jpeg(BytesIO(sheets[at % len(sheets)]), inline=True)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
        page.insert_obj(picture)
        page.gen_content()
        page.close()
    buffer = BytesIO()
    made.save(buffer)
    made.close()
    return buffer.getvalue()


def _sheet(seed: int) -> bytes:
    """One page of text at 200 dpi, with grain, as a JPEG."""
    import cv2
    import numpy as np

    text = pypdfium2.PdfDocument(bid(1, seed))
    drawn = text[0].render(scale=200 / 72, grayscale=True).to_numpy()
    text.close()
    grain = np.random.default_rng(seed).normal(0, 6, drawn.shape[:2])
    noisy = np.clip(drawn.reshape(drawn.shape[:2]) + grain, 0, 255).astype("uint8")
    written, jpeg = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 80])
    assert written
    return bytes(jpeg)


def until(true: Callable[[], bool], limit_s: float = 120.0) -> float:
    """Seconds until it is true, events served meanwhile."""
    begun = time.perf_counter()
    while not true():
        QCoreApplication.processEvents()
        if time.perf_counter() - begun > limit_s:
            raise TimeoutError
        time.sleep(0.002)
    return time.perf_counter() - begun


def raw(content: bytes) -> tuple[int, float, float, float]:
    """Hits, seconds to the first and to the end, and of computing: every page searched by PDFium itself."""
    begun, first, found, busy = time.perf_counter(), 0.0, 0, time.process_time()
    for _ in range(BIDS):
        document = pypdfium2.PdfDocument(content)
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            search = text.search(WORD)
            while search.get_next() is not None:
                found += 1
                first = first or time.perf_counter() - begun
            search.close()
            text.close()
            page.close()
        document.close()
    return found, first, time.perf_counter() - begun, time.process_time() - busy


class _Shelf:
    """Ten files that are all here."""

    def __init__(self, content: bytes) -> None:
        from ui.reader.kept import Kept

        self._kept = Kept(content)

    def want(self, _sha256: str, taken: Callable[[Any], None], _missed: Callable[[str], None]) -> None:
        """At once."""
        taken(self._kept)


def _computed(process: int) -> float:
    """Seconds that a process has computed so far."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ours(content: bytes) -> tuple[int, float, float, float]:
    """The same as a seat does it: from Return in the line of words to the last progress told."""
    from ui.seat.hunt import Found, Hunt, Progress
    from ui.seat.listed import Listed
    from ui.widgets.pdf_worker import PageRenderer

    renderer = PageRenderer()
    hunt = Hunt(_Shelf(content), renderer)  # type: ignore[arg-type]
    hits: list[float] = []
    ended: list[float] = []

    def found(one: Found) -> None:
        hits.extend([time.perf_counter()] * len(one.hits))

    def went(one: Progress) -> None:
        if one.ended:
            ended.append(time.perf_counter())

    hunt.found.connect(found)
    hunt.went.connect(went)
    warm = renderer.open(content)
    answered: list[object] = []
    renderer.answered.connect(answered.append)
    until(lambda: bool(answered))
    renderer.close(warm)
    reader = renderer.owner.pid()
    assert reader is not None
    begun, before = time.perf_counter(), _computed(reader)
    hunt.begin(WORD, [Listed(str(at), str(at)) for at in range(BIDS)])
    until(lambda: bool(ended))
    busy = _computed(reader) - before
    renderer.shutdown()
    return len(hits), hits[0] - begun, ended[0] - begun, busy


def first_pages(content: bytes) -> dict[str, Any]:
    """Milliseconds from `open` to the sharp first page in a view of 900 x 1,000: the process new, then running."""
    from ui.reader.kept import Kept
    from ui.widgets.document_view import DocumentSource, DocumentView
    from ui.widgets.pdf_worker import PageRenderer

    spent = []
    renderer = PageRenderer()
    view = DocumentView(renderer)
    view.resize(900, 1000)
    view.show()
    QCoreApplication.processEvents()
    kept = Kept(content)
    for at in range(11):
        begun = time.perf_counter()
        view.open(DocumentSource(str(at), "投标文件", kept))
        until(lambda: view.area.count() == LONG and view.area.sharp())
        view.repaint()
        spent.append((time.perf_counter() - begun) * 1000)
        view.close_document()
    renderer.shutdown()
    cold, warm = spent[0], sorted(spent[1:])
    return {
        "process_new": round(cold, 1),
        "median": round(warm[len(warm) // 2], 1),
        "longest": round(warm[-1], 1),
        "limit": 150,
    }


def scans() -> dict[str, Any]:
    """A scanned bid of 500 pages in a view of 900 x 1,000: milliseconds to its sharp first page (process running) and
    to each of the next forty, one Page Down after the other, until it is sharp; to a screen of thumbnails; megabytes of
    the reader afterwards, and of the file."""
    from ui.reader.kept import Kept
    from ui.widgets.document_view import DocumentSource, DocumentView
    from ui.widgets.pdf_worker import PageRenderer

    content = scanned(SHORT)
    renderer = PageRenderer()
    view = DocumentView(renderer)
    view.resize(900, 1000)
    view.show()
    QCoreApplication.processEvents()
    kept = Kept(content)
    firsts = []
    for at in range(6):
        begun = time.perf_counter()
        view.open(DocumentSource(str(at), "投标文件", kept))
        until(lambda: view.area.count() == SHORT and view.area.sharp())
        firsts.append((time.perf_counter() - begun) * 1000)
        if at < 5:
            view.close_document()
    turns = []
    for _ in range(40):
        begun = time.perf_counter()
        view.next_page()
        until(view.area.sharp)
        turns.append((time.perf_counter() - begun) * 1000)
    begun = time.perf_counter()
    view.open_thumbnails()
    small = view.thumbnails
    until(lambda: all(small.picture(page) is not None for page in small._in_sight()) and view.area.sharp())
    thumbnails = (time.perf_counter() - begun) * 1000
    reader = renderer.owner.pid()
    assert reader is not None
    held = _pss(reader)
    renderer.shutdown()
    firsts, turns = sorted(firsts[1:]), sorted(turns)
    return {
        "first_page": {"median": round(firsts[len(firsts) // 2], 1), "longest": round(firsts[-1], 1), "limit": 150},
        "page_down": {"median": round(turns[len(turns) // 2], 1), "longest": round(turns[-1], 1)},
        "thumbnails": round(thumbnails, 1),
        "reader_mb": round(held, 1),
        "file_mb": round(len(content) / 1e6, 1),
        "pages": SHORT,
    }


def memory() -> dict[str, Any]:
    """Megabytes of a seat (its own process: the window on its marking page, ten bids open, ten pages of each painted):
    what its windows and its reader hold, shared pages by share, and the documents themselves."""
    with tempfile.TemporaryDirectory() as folder:
        # Written by this process: what makes them takes a gigabyte itself.
        for at in range(BIDS):
            Path(folder, f"{at}.pdf").write_bytes(bid(SHORT, at))
        code = f"import runpy; runpy.run_path({__file__!r})['_seat']({folder!r})"
        child = [sys.executable, "-c", code]
        done = subprocess.run(child, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300)
    windows, reader, documents = (float(word) for word in done.stdout.split()[-3:])
    whole = round(windows + reader + documents, 1)
    return {"windows": windows, "reader": reader, "documents": documents, "whole": whole, "limit": 500}


def _seat(folder: str) -> None:
    """A seat with ten bids open; prints its figures."""
    sys.path[:0] = [str(folder) for folder in GROUNDS]
    from ui.reader.kept import Kept

    _application()
    from seat_ground import Seat

    seat = Seat("GC", lang="zh")
    seat.to_marks()
    seat.window.resize(1920, 1080)
    seat.window.show()
    seat.show()
    seat.bridge.draft()
    renderer = seat.window._renderer
    answered: list[object] = []
    renderer.answered.connect(answered.append)
    whole = 0
    held = []
    for at in range(BIDS):
        held.append(Kept(Path(folder, f"{at}.pdf").read_bytes()))
        whole += held[-1].size
    for kept in held:
        ticket = renderer.open(kept)
        renderer.want(ticket, [(page, 1.2) for page in range(0, SHORT, SHORT // 10)])
    until(lambda: len(answered) >= 13 * BIDS)
    answered.clear()
    reader = renderer.owner.pid()
    assert reader is not None
    figures = (_pss(os.getpid()), _pss(reader), whole / 1e6)
    sys.stdout.write(" ".join(f"{figure:.1f}" for figure in figures) + "\n")
    sys.stdout.flush()
    seat.window.close()
    renderer.shutdown()


def _pss(process: int) -> float:
    """Megabytes of a process, what it shares with others by its share."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")) / 1e6


def _application() -> None:
    from ui.theme import Language, apply, install

    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([])
    install(app, Language.ZH)
    apply(app)


def run() -> dict[str, Any]:
    """`first_page` of a bid of 2,000 pages in milliseconds; `search` of one word through ten such bids, the fastest of
    two turns each, beside PDFium's own search called directly in the same run (`ratio`, limit 1.2, and `cpu_ratio`
    of what reader and direct search compute, which a busy machine does not change; seconds to the first hit, limit 1);
    `memory` of a seat with ten bids of 500 pages open, in megabytes;
    `scanned`: a bid of 500 pictures."""
    sys.path[:0] = [str(folder) for folder in GROUNDS]
    _application()
    long = bid(LONG, 0)
    turns = [(raw(long), ours(long)) for _ in range(RUNS)]
    if any(one[0] != BIDS for turn in turns for one in turn):
        raise RuntimeError(f"the word was found {turns} times")
    plain, seat = (min(turn[side][2] for turn in turns) for side in (0, 1))
    return {
        "first_page": first_pages(long),
        "search": {
            "raw_s": round(plain, 2),
            "seat_s": round(seat, 2),
            "ratio": round(seat / plain, 2),
            "ratio_limit": 1.2,
            "cpu_ratio": round(min(t[1][3] for t in turns) / min(t[0][3] for t in turns), 2),
            "first_hit_s": round(min(turn[1][1] for turn in turns), 3),
            "first_hit_raw_s": round(min(turn[0][1] for turn in turns), 3),
            "first_hit_limit": 1.0,
            "pages": LONG * BIDS,
            "word_on_page": AT,
        },
        "memory": memory(),
        "scanned": scans(),
    }
