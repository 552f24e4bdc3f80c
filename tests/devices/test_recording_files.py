"""What a recording is written in: Matroska for any reader, encrypted chunks that end anywhere, a chained list."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import pytest
from av.codec import CodecContext
from hypothesis import given
from hypothesis import strategies as st

from app.journal import SealingFault
from app.recordings.manifest import START, BrokenManifest, Gap, Manifest, check
from app.recordings.sealed_file import SealedFile, mend, opened
from devices.call import mkv
from devices.call.mkv import Block, Track
from tests.devices.recording_ground import ROOM, ROOM_PUBLIC, play

BLOCKS = st.builds(
    Block,
    track=st.sampled_from(Track),
    at_ms=st.integers(0, mkv.LONGEST_MS),
    key=st.booleans(),
    data=st.binary(max_size=300),
)


# --- Matroska


def elements(data: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """The elements of one level, as RFC 8794 reads them; an unknown size reaches to the end."""
    while at < len(data):
        length = 9 - data[at].bit_length()
        identifier, at = int.from_bytes(data[at : at + length], "big"), at + length
        length = 9 - data[at].bit_length()
        size = int.from_bytes(data[at : at + length], "big") & ((1 << 7 * length) - 1)
        unknown, at = size == (1 << 7 * length) - 1, at + length
        end = len(data) if unknown else at + size
        assert end <= len(data), "an element is cut short"
        yield identifier, data[at:end]
        at = end


def read_cluster(data: bytes) -> list[Block]:
    ((identifier, body),) = elements(data)
    assert identifier == 0x1F43B675
    (first, begin), *rest = elements(body)
    assert first == 0xE7
    found = []
    for one, block in rest:
        assert one == 0xA3
        at = int.from_bytes(begin, "big") + int.from_bytes(block[1:3], "big", signed=True)
        found.append(Block(Track(block[0] & 0x7F), at, bool(block[3] & 0x80), block[4:]))
    return found


@given(st.lists(BLOCKS, min_size=1, max_size=20), st.integers(0, 10**9))
def test_a_cluster_holds_its_blocks_in_the_order_of_their_times(blocks: list[Block], later: int) -> None:
    moved = [Block(one.track, one.at_ms + later, one.key, one.data) for one in blocks]
    assert read_cluster(mkv.cluster(moved)) == sorted(moved, key=lambda one: one.at_ms)


@given(st.integers(1, 16_383), st.integers(1, 16_383), st.lists(st.lists(BLOCKS, min_size=1, max_size=3), max_size=4))
def test_a_file_is_one_header_and_one_segment_of_clusters(width: int, height: int, clusters: list[list[Block]]) -> None:
    data = mkv.head(width, height) + b"".join(mkv.cluster(blocks) for blocks in clusters)
    (header, _), (segment, body) = elements(data)
    assert (header, segment) == (0x1A45DFA3, 0x18538067)
    names = [identifier for identifier, _ in elements(body)]
    assert names == [0x1549A966, 0x1654AE6B, *[0x1F43B675] * len(clusters)]


@pytest.mark.parametrize("times", [[], [0, mkv.LONGEST_MS + 1], [-1]])
def test_what_fits_into_no_cluster_is_refused(times: list[int]) -> None:
    with pytest.raises(ValueError, match=r"cluster|fit"):
        mkv.cluster([Block(Track.SOUND, at, True, b"x") for at in times])


@pytest.mark.parametrize("length", [0, 126, 127, 128, 16_382, 16_383, 16_384, 2_097_150, 2_097_151])
def test_a_block_of_any_length_comes_back(length: int) -> None:
    block = Block(Track.PICTURE, 5, True, bytes(length))
    assert read_cluster(mkv.cluster([block])) == [block]


def encoded(pictures: int) -> list[Block]:
    """Pictures and silence out of real encoders, a picture each 40 ms."""
    encoder = CodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.framerate = 64, 48, "yuv420p", 25
    blocks = []
    for number in range(pictures):
        frame = av.VideoFrame(64, 48, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([number * 3 % 256]) * plane.buffer_size)
        frame.pts = number
        for packet in encoder.encode(frame):
            blocks.append(Block(Track.PICTURE, len(blocks) * 40, packet.is_keyframe, bytes(packet)))
    blocks += [
        Block(Track.PICTURE, (len(blocks) + more) * 40, packet.is_keyframe, bytes(packet))
        for more, packet in enumerate(encoder.encode(None))
    ]
    silence = b"\xf8\xff\xfe"  # 20 ms, RFC 6716
    return blocks + [Block(Track.SOUND, at, True, silence) for at in range(0, 40 * pictures, 20)]


def test_a_reader_that_is_not_ours_plays_it_and_plays_what_is_left_of_it() -> None:
    blocks = encoded(50)
    parts = [mkv.cluster([one for one in blocks if begin <= one.at_ms < begin + 400]) for begin in range(0, 2000, 400)]
    whole = play(mkv.head(64, 48) + b"".join(parts))
    assert (whole.pictures, whole.size) == (50, (64, 48))
    assert whole.sound_s == pytest.approx(2.0, abs=0.02)
    assert whole.longest_step_s == pytest.approx(0.04, abs=0.002)
    left = play(mkv.head(64, 48) + b"".join(parts[:3]))
    assert left.pictures == 30
    assert left.sound_s == pytest.approx(1.2, abs=0.02)


# --- encrypted chunks


def sealed(folder: Path, contents: Sequence[bytes], *, close: bool = True) -> Path:
    file = SealedFile(folder / "000001.kwr", [ROOM_PUBLIC], os.urandom)
    for number, content in enumerate(contents):
        file.append(content, 1000 * number, 1000 * number + 900)
    if close:
        file.close(1000 * len(contents))
        found = mend(file.path)
        assert found is not None
        assert (found.bytes, found.sha256, found.closed) == (file.bytes, file.sha256, True)
    else:
        file.abandon()
    return file.path


@given(st.lists(st.binary(max_size=2000), max_size=5), st.booleans())
def test_the_room_reads_what_was_written_and_the_disk_shows_nothing_of_it(contents: list[bytes], close: bool) -> None:
    marked = [b"a face and a voice" + content for content in [b"", *contents]]
    with TemporaryDirectory() as folder:
        path = sealed(Path(folder), marked, close=close)
        assert b"a face" not in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        assert opened(path, ROOM) == b"".join(marked)
        with pytest.raises(SealingFault, match="none of the recipients"):
            opened(path, bytes(32))


@given(st.data())
def test_a_file_cut_anywhere_is_whole_up_to_its_last_whole_chunk(data: st.DataObject) -> None:
    contents = [bytes([number]) * 50 for number in range(4)]
    with TemporaryDirectory() as folder:
        path = sealed(Path(folder), contents)
        whole = path.read_bytes()
        path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
        found = mend(path)
        if found is None:
            assert not path.exists()
            return
        assert not found.closed
        left = opened(path, ROOM)
        assert b"".join(contents).startswith(left)
        assert found.start_ms == 0
        assert found.end_ms == 1000 * (len(left) // 50 - 1) + 900
        assert mend(path) == found


@given(st.integers(0), st.integers(1, 255))
def test_a_changed_byte_is_found(where: int, change: int) -> None:
    with TemporaryDirectory() as folder:
        path = sealed(Path(folder), [b"one" * 30, b"two" * 30])
        data = bytearray(path.read_bytes())
        data[where % len(data)] ^= change
        path.write_bytes(data)
        try:
            left = opened(path, ROOM)
        except SealingFault:
            return
        assert left in (b"", b"one" * 30, b"one" * 30 + b"two" * 30)  # a length that was changed tears the file there
        assert mend(path) is None or len(left) < 180 or bytes(data) != path.read_bytes()


def test_a_file_under_another_name_does_not_open(tmp_path: Path) -> None:
    path = sealed(tmp_path, [b"one"])
    with pytest.raises(SealingFault, match="does not open"):
        opened(path.rename(tmp_path / "000002.kwr"), ROOM)


def test_another_file_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "000001.kwr"
    for content in (b"", b"kawei/recording/1\n", b"kawei/recording/1\n\x00\x00\x00\x02[}", b"\x1aE\xdf\xa3" * 20):
        path.write_bytes(content)
        with pytest.raises(SealingFault, match="malformed"):
            opened(path, ROOM)


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = sealed(tmp_path, [b"one"])
    with pytest.raises(FileExistsError):
        SealedFile(path, [ROOM_PUBLIC], os.urandom).append(b"two", 0, 1)
    assert opened(path, ROOM) == b"one"


# --- the manifest

GAP = Gap("sound", "2026-11-24T08:00:01.000Z", "2026-11-24T08:00:04.000Z", "silent")


AT = "2026-03-02T09:00:"


def recorded(folder: Path, count: int = 3) -> None:
    manifest = Manifest(folder)
    for number in range(1, count + 1):
        path = folder / f"{number:06d}.kwr"
        file = SealedFile(path, [ROOM_PUBLIC], os.urandom)
        file.append(b"content", 0, 1)
        file.close(1)
        manifest.add(path.name, file.bytes, file.sha256, f"{AT}{number}0Z", f"{AT}{number}5Z", [GAP] * (number - 1))


def test_each_line_is_bound_to_the_line_before(tmp_path: Path) -> None:
    recorded(tmp_path)
    lines = check(tmp_path)
    assert [line.prev for line in lines] == [START, lines[0].hash, lines[1].hash]
    assert [line.gaps for line in lines] == [(), (GAP,), (GAP, GAP)]
    assert Manifest(tmp_path).lines == list(lines)
    assert check(tmp_path / "nothing") == ()


def test_a_torn_line_is_cut_off_and_written_again(tmp_path: Path) -> None:
    recorded(tmp_path)
    path = tmp_path / "manifest.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    manifest = Manifest(tmp_path)
    assert len(manifest.lines) == 2
    file = (tmp_path / "000003.kwr").read_bytes()
    last = mend(tmp_path / "000003.kwr")
    assert last is not None
    manifest.add("000003.kwr", len(file), last.sha256, f"{AT}30Z", f"{AT}35Z", [GAP, GAP])
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    ("find", "put", "code", "seq"),
    [
        (b":20Z", b":21Z", "bad_chain", 3),
        (b'"start":"2', b'"start":"X', "bad_line", 1),
        (b'"seq":2', b'"seq":4', "bad_chain", 2),
        (b'"why":"silent"', b'"wh":"silent"', "bad_line", 2),
        (b'"file":"000001.kwr"', b'"file":"../01.kwr"', "bad_line", 1),
        (b'{"bytes"', b'{ "bytes"', "bad_line", 1),
        (b"{", b"[", "bad_line", 1),
    ],
)
def test_a_changed_line_is_found(tmp_path: Path, find: bytes, put: bytes, code: str, seq: int) -> None:
    recorded(tmp_path)
    path = tmp_path / "manifest.jsonl"
    changed = path.read_bytes().replace(find, put, 1)
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    for look in (check, Manifest):
        with pytest.raises(BrokenManifest) as found:
            look(tmp_path)
        assert (found.value.code, found.value.seq) == (code, seq)


def test_a_changed_or_missing_file_is_found(tmp_path: Path) -> None:
    recorded(tmp_path)
    path = tmp_path / "000002.kwr"
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(BrokenManifest, match="changed_file: 2"):
        check(tmp_path)
    path.unlink()
    with pytest.raises(BrokenManifest, match="missing_file: 2"):
        check(tmp_path)
