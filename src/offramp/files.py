"""Files that are there whole or not at all, also after a crash or a full disk.

A new content is written beside the old one, synced, and put in its place by
one rename: whoever reads sees the old or the new file. A killed writer leaves
at most a temporary file, which `sweep_leftovers` removes later.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from offramp.errors import StorageError

LOCK_NAME = ".lock"
LOCK_SECONDS = 10.0

_LEFTOVER = re.compile(r"\..*\.[0-9a-f]{16}\.tmp\Z", re.DOTALL)
_AGAIN = "run the command again"
_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", f"free some space and {_AGAIN}"),
    errno.EDQUOT: ("your disk quota is used up", f"free some space and {_AGAIN}"),
    errno.EFBIG: ("the file would be too large for this disk", "choose another disk"),
    errno.EACCES: ("permission denied", "check who may write in this folder"),
    errno.EPERM: ("permission denied", "check who may write in this folder"),
    errno.EROFS: ("the disk is read-only", "copy the case to a disk that can be written"),
    errno.EIO: ("the disk reports an error", "check the disk and copy the case to another one"),
    errno.ENOENT: ("there is no such folder", "make the folder or correct the path"),
    errno.ENOTDIR: ("a part of the path is no folder", "correct the path"),
    errno.EEXIST: ("a file of this name is in the way", "move the file away or choose another name"),
    errno.EISDIR: ("a folder of this name is in the way", "rename the folder or choose another name"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter name"),
    errno.EMFILE: ("too many files are open", f"close some programs and {_AGAIN}"),
    errno.ELOOP: ("it is a link", "put the file itself there"),
}


def write_atomic(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write `data` to `path` so that readers see the old content or all of the new.

    Parameters
    ----------
    path : Path
        A file that may exist; a link of that name is replaced, not followed.
    data : bytes
        The whole new content.
    mode : int
        The permissions of the file.

    Raises
    ------
    StorageError
        If anything fails; the old file is intact then and no temporary file
        stays.
    """
    with _told(path), _temporary(path, data, mode) as temporary:
        os.replace(temporary, path)
    _sync_folder(path)


def write_once(path: Path, data: bytes, mode: int = 0o444) -> None:
    """Write `data` to `path` unless it is there; never replace other content.

    Parameters
    ----------
    path : Path
        A file that may exist with this very content.
    data : bytes
        The whole content.
    mode : int
        The permissions of the file.

    Raises
    ------
    StorageError
        If `path` holds anything else, or cannot be written.
    """
    with _told(path):
        if not _holds(path, data, mode):
            with _temporary(path, data, mode) as temporary:
                _publish(temporary, path, data, mode)
    _sync_folder(path)


def make_folder(path: Path) -> None:
    """Make a folder, durably, unless it is there; raise StorageError where that fails or a link stands there."""
    refuse_links(path)
    if not path.is_dir():
        with _told(path):
            path.mkdir()
        _sync_folder(path)


def refuse_links(*paths: Path) -> None:
    """Raise StorageError where one of `paths`, folders of a case, is a link: what is written there would go elsewhere."""
    for path in paths:
        if path.is_symlink():
            raise StorageError(f"{path} is a link, and what is written there would go elsewhere; nothing was written; put a folder there")


def read_regular(path: Path, limit: int | None = None, *, follow: bool = False) -> bytes:
    """Return the bytes of an ordinary file; never wait for a pipe or a device.

    Parameters
    ----------
    path : Path
        The file.
    limit : int, optional
        The largest number of bytes to accept, checked before reading.
    follow : bool
        Whether a link is followed.

    Returns
    -------
    data : bytes
        All of the file.

    Raises
    ------
    StorageError
        If there is no such file, or it is a folder, a special file, a link,
        too large or unreadable.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    try:
        descriptor = os.open(path, flags)
        with os.fdopen(descriptor, "rb") as file:
            _check_regular(path, os.fstat(descriptor), limit)
            data = file.read() if limit is None else file.read(limit + 1)
    except FileNotFoundError:
        raise StorageError(f"there is no file {path}; check the path") from None
    except IsADirectoryError:
        raise StorageError(f"{path} is a folder; name a file in it") from None
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {_reason(error)[0]}") from None
    if limit is not None and len(data) > limit:
        raise _too_large(path, limit)
    return data


@contextlib.contextmanager
def locked(folder: Path, wait: float = LOCK_SECONDS) -> Iterator[None]:
    """Keep other writers out of `folder` while the block runs.

    The lock goes with the process that holds it, however that ends. It cannot
    be taken twice by the same one.

    Parameters
    ----------
    folder : Path
        An existing folder; the empty file ``.lock`` in it carries the lock.
    wait : float
        Seconds to wait for another writer.

    Raises
    ------
    StorageError
        If another writer holds the lock all the time, or it cannot be made.
    """
    with _told(folder / LOCK_NAME):
        descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        _take(descriptor, folder, wait)
        yield
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def sweep_leftovers(folder: Path) -> tuple[str, ...]:
    """Remove the temporary files that killed writers left in `folder`.

    Call it under the lock. The file of a writer that is alive stays: the
    writer holds a lock on it.

    Returns
    -------
    names : tuple of str
        The files that were removed.
    """
    with contextlib.suppress(FileNotFoundError):
        names = sorted(name for name in os.listdir(folder) if is_leftover(name))
        return tuple(name for name in names if _sweep(folder / name))
    return ()


def is_leftover(name: str) -> bool:
    """Return whether `name` is one that `write_atomic` gives to a temporary file.

    Examples
    --------
    >>> is_leftover(".case.yaml.0123456789abcdef.tmp"), is_leftover(".notes.tmp")
    (True, False)
    """
    return _LEFTOVER.match(name) is not None


@contextlib.contextmanager
def _temporary(path: Path, data: bytes, mode: int) -> Iterator[str]:
    name, descriptor = _open_temporary(path)
    try:
        _write_all(descriptor, data)
        os.fchmod(descriptor, mode)
        os.fsync(descriptor)
        yield name
    finally:
        _drop(name, descriptor)


def _drop(name: str, descriptor: int) -> None:
    with contextlib.suppress(OSError):
        os.unlink(name)
    with contextlib.suppress(OSError):
        os.close(descriptor)


def _open_temporary(path: Path) -> tuple[str, int]:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    while True:
        name = str(path.parent / f".{path.name[:50]}.{os.urandom(8).hex()}.tmp")
        descriptor = os.open(name, flags, 0o600)
        try:
            if _claim(descriptor) and os.fstat(descriptor).st_nlink:
                return name, descriptor
        except BaseException:
            _drop(name, descriptor)
            raise
        _drop(name, descriptor)  # a sweeper took it for a leftover in this very moment


def _claim(descriptor: int) -> bool:
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a disk without locks
    return True


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _publish(temporary: str, path: Path, data: bytes, mode: int) -> None:
    try:
        os.link(temporary, path, follow_symlinks=False)
    except FileExistsError:
        _holds(path, data, mode)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
            raise
        os.replace(temporary, path)  # a disk without hard links


def _holds(path: Path, data: bytes, mode: int) -> bool:
    if not os.path.lexists(path):
        return False
    if read_regular(path) != data:
        raise StorageError(f"{path} is there already with other content; it is kept as it is; move it away or choose another name")
    with contextlib.suppress(OSError):
        os.chmod(path, mode)
    return True


def _sync_folder(path: Path) -> None:
    state = "the new content is in place but might not survive a power cut"
    with _told(path, state):
        descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):
                raise
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _told(path: Path, state: str = "") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason, remedy = _reason(error)
        there = state or ("the old file is intact" if os.path.lexists(path) else "nothing was written")
        raise StorageError("; ".join(part for part in (f"cannot write {path}: {reason}", there, remedy) if part)) from None


def _reason(error: OSError) -> tuple[str, str]:
    said = (error.strerror or type(error).__name__).lower()
    return _REASONS.get(error.errno or 0, (said, ""))


def _check_regular(path: Path, status: os.stat_result, limit: int | None) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise StorageError(f"{path} is a folder; name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise StorageError(f"{path} is a special file (a pipe, socket or device); name an ordinary file")
    if limit is not None and status.st_size > limit:
        raise _too_large(path, limit)


def _too_large(path: Path, limit: int) -> StorageError:
    return StorageError(f"{path} is larger than {limit:,} bytes; split it, or keep only the part that matters")


def _take(descriptor: int, folder: Path, wait: float) -> None:
    import fcntl
    import time

    end, pause = time.monotonic() + wait, 0.001
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= end:
                said = f"another program is writing in {folder} and did not finish in {wait:g} seconds"
                raise StorageError(f"{said}; nothing was changed; wait for it or end it, then {_AGAIN}") from None
        except OSError as error:
            raise StorageError(f"{folder} cannot be locked: {_reason(error)[0]}; copy the case to a local disk") from None
        time.sleep(pause)
        pause = min(0.05, pause * 2)


def _sweep(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode) or not _claim(descriptor):
            return False
        os.unlink(path)
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
