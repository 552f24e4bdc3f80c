"""An archive that speaks S3: in parts that are not sent twice, each with its checksum, locked where that is asked for.

Older pools know the second version of signatures only: `v2`. Account and key come from where boto3 looks for them
(environment, its files), never from a command line. The whole's SHA-256 lies beside the object; parts that arrived in
an earlier try are known again by their MD5 (the ETag of a part), which is no promise of security: that is what reading
back is for.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from app.ports.archive_store import ArchiveFault, Kept, Progress
from devices.archive.folder import hash_of

PART = 8 * 1024 * 1024
"""Bytes of a part; S3 asks for 5 MiB at least, of all but the last."""
_SUM = ".sha256"
_MISSING = {"404", "NoSuchKey", "NotFound"}
_DENIED = {"403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"}


class S3Store:
    """A bucket, below a prefix."""

    def __init__(
        self, bucket: str, prefix: str = "", *, endpoint: str | None = None, v2: bool = False, part: int = PART
    ) -> None:
        config = Config(
            signature_version="s3" if v2 else "s3v4",
            retries={"max_attempts": 3, "mode": "standard"},
            connect_timeout=5,
            read_timeout=60,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        self._client: Any = boto3.client("s3", endpoint_url=endpoint, config=config)
        self._bucket, self._prefix, self._part = bucket, prefix.strip("/"), part

    @property
    def address(self) -> str:
        """As `s3://bucket/prefix`."""
        return f"s3://{self._bucket}/{self._prefix}".rstrip("/")

    def put(self, name: str, file: Path, progress: Progress, lock_until: datetime | None = None) -> Kept:
        """See the port."""
        digest, size = hash_of(file)
        known = self.kept(name)
        if known is not None:
            if (known.sha256, known.size) != (digest, size):
                raise ArchiveFault("other_content", name)
            return known
        key = self._key(name)
        with self._told(name):
            if lock_until is not None:
                self._client.get_object_lock_configuration(Bucket=self._bucket)
            upload, there = self._begun(key)
            parts, sent = [], 0
            with file.open("rb") as source:
                number = 0
                while (piece := source.read(self._part)) or number == 0:
                    number += 1
                    tag = f'"{hashlib.md5(piece, usedforsecurity=False).hexdigest()}"'
                    if there.get(number) != tag:
                        tag = self._send(key, upload, number, piece)
                    parts.append({"PartNumber": number, "ETag": tag})
                    sent += len(piece)
                    progress(sent, size)
            if hash_of(file) != (digest, size):
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload)
                raise ArchiveFault("changed", str(file))
            line = f"{digest}  {key.rpartition('/')[2]}\n".encode()
            self._client.put_object(Bucket=self._bucket, Key=key + _SUM, Body=line)
            self._client.complete_multipart_upload(
                Bucket=self._bucket, Key=key, UploadId=upload, MultipartUpload={"Parts": parts}, IfNoneMatch="*"
            )
            if lock_until is not None:
                held = {"Mode": "COMPLIANCE", "RetainUntilDate": lock_until}
                self._client.put_object_retention(Bucket=self._bucket, Key=key, Retention=held)
        return Kept(name, size, digest, lock_until)

    def _begun(self, key: str) -> tuple[str, dict[int, str]]:
        """An upload of this key that was begun and not ended, with the parts that arrived; a new one otherwise."""
        listed = self._client.list_multipart_uploads(Bucket=self._bucket, Prefix=key)
        begun = [one["UploadId"] for one in listed.get("Uploads", []) if one["Key"] == key]
        if begun:
            pages = self._client.get_paginator("list_parts").paginate(Bucket=self._bucket, Key=key, UploadId=begun[-1])
            return begun[-1], {part["PartNumber"]: part["ETag"] for page in pages for part in page.get("Parts", [])}
        made = self._client.create_multipart_upload(Bucket=self._bucket, Key=key)
        return str(made["UploadId"]), {}

    def _send(self, key: str, upload: str, number: int, piece: bytes) -> str:
        md5 = base64.b64encode(hashlib.md5(piece, usedforsecurity=False).digest()).decode()
        sent = self._client.upload_part(
            Bucket=self._bucket, Key=key, UploadId=upload, PartNumber=number, Body=piece, ContentMD5=md5
        )
        return str(sent["ETag"])

    def kept(self, name: str) -> Kept | None:
        """See the port; an object without its hash was not put by us and counts as another content."""
        key = self._key(name)
        found = self._asked(name, lambda: self._client.head_object(Bucket=self._bucket, Key=key))
        if found is None:
            return None
        beside = self._asked(name, lambda: self._client.get_object(Bucket=self._bucket, Key=key + _SUM))
        digest = "" if beside is None else beside["Body"].read(64).decode("ascii", "replace")
        return Kept(name, int(found["ContentLength"]), digest, found.get("ObjectLockRetainUntilDate"))

    def _asked(self, name: str, ask: Callable[[], Any]) -> Any:
        """The answer, None where nothing lies there."""
        try:
            with self._told(name):
                return ask()
        except ArchiveFault as fault:
            if fault.code != "missing":
                raise
            return None

    def read(self, name: str) -> Iterator[bytes]:
        """See the port."""
        with self._told(name):
            body = self._client.get_object(Bucket=self._bucket, Key=self._key(name))["Body"]
            yield from body.iter_chunks(1024 * 1024)

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{name}".lstrip("/")

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """What boto3 raises, as a fault; the words of the store stay in the cause, for the log."""
        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _MISSING:
                raise ArchiveFault("missing", name) from error
            if code in _DENIED:
                raise ArchiveFault("denied", self.address) from error
            if "Lock" in code or "ObjectLock" in str(error):
                raise ArchiveFault("unlockable", self.address) from error
            if code == "PreconditionFailed":
                raise ArchiveFault("other_content", name) from error
            raise ArchiveFault("unreachable", self.address) from error
        except BotoCoreError as error:
            raise ArchiveFault("unreachable", self.address) from error
