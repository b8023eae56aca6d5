"""The file a backup is: a compressed tar whose last part lists every other part with its size and SHA-256."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
LIST = "manifest.json"
DATABASE = "database"
KEY = "secret.key"
KEPT = "kept"
LONGEST_LIST = 64 * 1024 * 1024
CHUNK = 1024 * 1024
COMPRESSION = 3


class BadBackup(Exception):
    """The file is no whole backup. Nothing was changed; use another copy of it, or an older one."""


@dataclass(frozen=True)
class Part:
    """One file within a backup."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `applied` are migrations as `room.name`; `head` is the journal's last digest;
    `key_print` tells whether a secret key is the one that was in use, and cannot be turned back into it.
    """

    made_at: str
    software: str
    database: str
    server: str
    applied: tuple[str, ...]
    entries: int
    sealed: int
    head: str
    key_print: str
    format: int = FORMAT
    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def has_key(self) -> bool:
        """Whether the secret key is in the backup."""
        return KEY in self.parts


def key_print(secret_key: str) -> str:
    """By what a secret key is recognised: 16 hexadecimal digits of a digest made for this purpose alone."""
    return hashlib.sha256(b"frontdoor backup:" + secret_key.encode()).hexdigest()[:16]


class Writer:
    """Adds parts to a backup; `close` writes the list of them."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._parts: dict[str, Part] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file under a name."""
        with path.open("rb") as source:
            self._add(name, source, os.fstat(source.fileno()).st_size)

    def close(self, manifest: Manifest) -> Manifest:
        """Add the list; returns it as it was written."""
        whole = Manifest(**{**vars(manifest), "parts": dict(self._parts)})
        text = json.dumps(asdict(whole), indent=1).encode()
        self._add(LIST, io.BytesIO(text), len(text))
        return whole

    def _add(self, name: str, source: IO[bytes], size: int) -> None:
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o600
        reader = _Hashing(source)
        self._tar.addfile(told, reader)
        self._parts[name] = Part(size, reader.hexdigest())


class _Hashing(io.RawIOBase):
    """Reads another file and keeps the digest of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        super().__init__()
        self._source, self._sha256 = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        chunk = self._source.read(size)
        self._sha256.update(chunk)
        return chunk

    def hexdigest(self) -> str:
        """The digest of all that was read."""
        return self._sha256.hexdigest()


@contextmanager
def new_archive(path: Path) -> Iterator[Writer]:
    """Write a backup; it has its name only once it is whole, and is readable by its owner alone."""
    draft = path.with_name(f"{path.name}.part")
    try:
        with (
            os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as kept,
            tarfile.open(fileobj=kept, mode="w:gz", compresslevel=COMPRESSION) as tar,
        ):
            yield Writer(tar)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def unpack(path: Path, into: Path) -> Manifest:
    """Unpack a backup into an empty folder and prove that it is whole. Raises BadBackup, or OSError where there is no
    such file.
    """
    found: dict[str, Part] = {}
    try:
        with tarfile.open(path, "r:gz") as tar:
            for member in tar:
                found[member.name] = _unpacked(tar, member, into)
    except (tarfile.TarError, EOFError, zlib.error) as fault:
        raise BadBackup(
            f"{path} is no backup, or a part of it is missing ({type(fault).__name__})."
        ) from fault
    manifest = _read_list(into / LIST, path)
    found.pop(LIST)
    wrong = sorted({name for name, _ in manifest.parts.items() ^ found.items()})
    if wrong or DATABASE not in found:
        raise BadBackup(
            f"{path} is damaged: {', '.join(wrong[:3]) or DATABASE} is not what the backup lists."
        )
    return manifest


def _unpacked(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> Part:
    """Only plain files under the names that a backup has: nothing in it may point outside the folder."""
    place = PurePosixPath(member.name)
    is_ours = member.name in (LIST, DATABASE, KEY) or place.parts[:1] == (KEPT,)
    if not member.isfile() or not is_ours or ".." in place.parts or place.is_absolute():
        raise BadBackup(f"It holds {member.name!r}, which no backup of Front Door has.")
    source = tar.extractfile(member)
    if source is None:
        raise BadBackup(f"It holds {member.name!r}, which cannot be read.")
    target = into.joinpath(*place.parts)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with target.open("wb") as kept:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            kept.write(chunk)
    return Part(member.size, digest.hexdigest())


def _read_list(file: Path, path: Path) -> Manifest:
    if not file.is_file() or file.stat().st_size > LONGEST_LIST:
        raise BadBackup(f"{path} has no list of its parts: it is no backup, or its end is missing.")
    try:
        read: dict[str, Any] = json.loads(file.read_text("utf-8"))
        if read["format"] != FORMAT:
            raise BadBackup(f"{path} was made by a newer version. Restore it with the version that made it.")
        parts = {name: Part(**part) for name, part in read.pop("parts").items()}
        return Manifest(**{**read, "applied": tuple(read["applied"]), "parts": parts})
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadBackup(f"The list of the parts of {path} cannot be read.") from fault
