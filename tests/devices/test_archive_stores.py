"""Every store of the archive keeps to one contract: folder, scripted, and S3 against a real server."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.ports.archive_store import ArchiveFault, ArchiveStore, Kept, read_back
from devices.archive.folder import FolderStore
from devices.archive.s3 import S3Store
from devices.archive.scripted import ScriptedStore

MIB = 1024 * 1024
CONTENT = bytes(range(256)) * 4096 * 12  # 12 MiB: three parts of five


class Server:
    """A SeaweedFS of our own, S3 on a free port, that can be stopped and started again on the same data."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.others = [free_port() for _ in range(3)]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("weed", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        assert program is not None, "install the tools of the long tests (requirements-dev.txt)"
        master, volume, filer = self.others
        self.process = subprocess.Popen(
            [
                program,
                "server",
                f"-dir={self.folder}",
                "-ip=127.0.0.1",
                "-ip.bind=127.0.0.1",
                f"-master.port={master}",
                f"-volume.port={volume}",
                f"-filer.port={filer}",
                "-volume.max=50",
                "-master.volumeSizeLimitMB=64",
                "-s3",
                f"-s3.port={self.port}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        assert self.process is not None
        self.process.kill()  # the plug: it takes its time to end in peace
        self.process.wait(60)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """Below 20000: SeaweedFS opens a second port 10000 above each."""
    for port in range(11000 + os.getpid() % 4000, 20000, 7):
        with socket.socket() as one, socket.socket() as two:
            try:
                one.bind(("127.0.0.1", port))
                two.bind(("127.0.0.1", port + 10000))
            except OSError:
                continue
            if port not in _TAKEN:
                _TAKEN.add(port)
                return port
    raise AssertionError("no free port")


_TAKEN: set[int] = set()


def bucket_of(server: Server, name: str, **how: Any) -> Any:
    """A client with a bucket of that name, once the server answers."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    config = Config(retries={"max_attempts": 1}, connect_timeout=1, read_timeout=20)
    client = boto3.client("s3", endpoint_url=server.endpoint, config=config)
    deadline = time.monotonic() + 120
    while True:
        try:
            client.create_bucket(Bucket=name, **how)
            return client
        except (BotoCoreError, ClientError) as error:
            if "BucketAlready" in str(error):
                return client
            if time.monotonic() > deadline:
                raise
            assert server.process is not None
            assert server.process.poll() is None
            time.sleep(0.2)  # waits for another program; it tells nobody when it is there


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    account = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    with pytest.MonkeyPatch.context() as patch:
        for key, value in account.items():
            patch.setenv(key, value)
        made = Server(tmp_path_factory.mktemp("weed"))
        made.start()
        try:
            yield made
        finally:
            made.stop()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "package.zip"
    path.write_bytes(CONTENT)
    return path


def quiet(done: int, of: int) -> None:
    """Progress that nobody looks at."""


class Cut(Exception):
    """The plug is pulled."""


def cut_at(least: int) -> Any:
    """Progress that pulls the plug once so much has arrived."""

    def told(done: int, of: int) -> None:
        if done >= least:
            raise Cut

    return told


class Contract:
    """What every store promises."""

    def test_what_was_put_is_kept_and_reads_back(self, store: ArchiveStore, file: Path) -> None:
        assert store.kept("GC-1/1/v1.zip") is None
        steps: list[tuple[int, int]] = []
        kept = store.put("GC-1/1/v1.zip", file, lambda done, of: steps.append((done, of)))
        assert kept == Kept("GC-1/1/v1.zip", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
        assert steps[-1] == (len(CONTENT), len(CONTENT))
        assert steps == sorted(steps)
        assert store.kept("GC-1/1/v1.zip") == kept
        read_back(store, kept)

    def test_the_same_again_changes_nothing_and_another_content_is_refused(
        self, store: ArchiveStore, file: Path
    ) -> None:
        kept = store.put("v1.zip", file, quiet)
        assert store.put("v1.zip", file, cut_at(0)) == kept  # nothing is sent at all
        file.write_bytes(CONTENT + b"more")
        with pytest.raises(ArchiveFault) as fault:
            store.put("v1.zip", file, quiet)
        assert fault.value.code == "other_content"
        read_back(store, kept)
        assert store.put("v2.zip", file, quiet).size == len(CONTENT) + 4

    def test_cut_three_times_it_goes_on_where_it_was(self, store: ArchiveStore, file: Path) -> None:
        for least in (1, 6 * MIB, 11 * MIB):
            with pytest.raises(Cut):
                store.put("v1.zip", file, cut_at(least))
            assert store.kept("v1.zip") is None
        read_back(store, store.put("v1.zip", file, quiet))

    def test_a_begun_upload_of_another_content_does_no_harm(self, store: ArchiveStore, file: Path) -> None:
        with pytest.raises(Cut):
            store.put("v1.zip", file, cut_at(6 * MIB))
        file.write_bytes(CONTENT[::-1])
        kept = store.put("v1.zip", file, quiet)
        assert kept.sha256 == hashlib.sha256(CONTENT[::-1]).hexdigest()
        read_back(store, kept)

    def test_an_empty_file_and_a_missing_one(self, store: ArchiveStore, file: Path) -> None:
        file.write_bytes(b"")
        read_back(store, store.put("empty", file, quiet))
        with pytest.raises(ArchiveFault) as fault:
            list(store.read("nothing"))
        assert fault.value.code == "missing"
        for lang in ("zh", "en"):
            assert "nothing" in fault.value.message(lang)


class TestFolder(Contract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> ArchiveStore:
        (tmp_path / "archive").mkdir()
        return FolderStore(tmp_path / "archive")


class TestScripted(Contract):
    @pytest.fixture
    def store(self) -> ArchiveStore:
        return ScriptedStore(part=MIB)


@pytest.mark.slow
class TestS3(Contract):
    @pytest.fixture
    def store(self, server: Server, tmp_path: Path) -> ArchiveStore:
        bucket_of(server, "contract")
        return S3Store("contract", tmp_path.name, endpoint=server.endpoint, part=5 * MIB)


def test_what_was_changed_in_the_store_does_not_read_back(tmp_path: Path, file: Path) -> None:
    store = FolderStore(tmp_path)
    kept = store.put("a/v1.zip", file, quiet)
    (tmp_path / "a" / "v1.zip").write_bytes(CONTENT[:-1] + b"x")
    with pytest.raises(ArchiveFault) as fault:
        read_back(store, kept)
    assert fault.value.code == "damaged"


def test_a_folder_that_is_not_there_is_not_made_and_nothing_lies_outside(tmp_path: Path, file: Path) -> None:
    away = FolderStore(tmp_path / "not mounted")
    with pytest.raises(ArchiveFault) as fault:
        away.put("v1.zip", file, quiet)
    assert fault.value.code == "unreachable"
    assert not (tmp_path / "not mounted").exists()
    (tmp_path / "store").mkdir()
    for name in ("../v1.zip", "/etc/v1.zip", ""):
        with pytest.raises(ArchiveFault) as fault:
            FolderStore(tmp_path / "store").put(name, file, quiet)
        assert fault.value.code == "denied"


def test_a_folder_keeps_no_locks(tmp_path: Path, file: Path) -> None:
    with pytest.raises(ArchiveFault) as fault:
        FolderStore(tmp_path).put("v1.zip", file, quiet, datetime.now(UTC))
    assert fault.value.code == "unlockable"


def test_a_scripted_store_is_away_and_loses_the_line_as_it_is_told(file: Path) -> None:
    store = ScriptedStore(part=MIB)
    store.cut_after = 5 * MIB
    with pytest.raises(ArchiveFault):
        store.put("v1.zip", file, quiet)
    store.away = True
    with pytest.raises(ArchiveFault):
        store.put("v1.zip", file, quiet)
    store.away = False
    read_back(store, store.put("v1.zip", file, quiet))
    assert store.sent == len(CONTENT)


@pytest.mark.slow
def test_a_lock_is_set_and_honoured(server: Server, file: Path) -> None:
    client = bucket_of(server, "locked", ObjectLockEnabledForBucket=True)
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    store = S3Store("locked", endpoint=server.endpoint, part=5 * MIB)
    kept = store.put("v1.zip", file, quiet, until)
    assert store.kept("v1.zip") == kept
    version = client.head_object(Bucket="locked", Key="v1.zip")["VersionId"]
    with pytest.raises(client.exceptions.ClientError):
        client.delete_object(Bucket="locked", Key="v1.zip", VersionId=version)
    read_back(store, kept)
    bucket_of(server, "plain")
    with pytest.raises(ArchiveFault) as fault:
        S3Store("plain", endpoint=server.endpoint).put("v1.zip", file, quiet, until)
    assert fault.value.code == "unlockable"


@pytest.mark.slow
@pytest.mark.leaves("processes", reason="the server of the module is another process after its restart")
def test_a_server_that_is_away_loses_nothing(server: Server, file: Path) -> None:
    bucket_of(server, "away")
    store = S3Store("away", endpoint=server.endpoint, part=5 * MIB)
    with pytest.raises(Cut):
        store.put("v1.zip", file, cut_at(5 * MIB))
    server.stop()
    with pytest.raises(ArchiveFault) as fault:
        store.put("v1.zip", file, quiet)
    assert fault.value.code == "unreachable"
    server.start()
    bucket_of(server, "away")
    steps: list[int] = []
    read_back(store, store.put("v1.zip", file, lambda done, of: steps.append(done)))
