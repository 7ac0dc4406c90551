"""The file of those who may sign in: names, roles and the hashes of passwords (argon2id)."""

import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from threading import BoundedSemaphore
from typing import Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from onrecord.errors import BrokenInput, UsageError
from onrecord.settings import config_files

Role = Literal["reader", "editor"]

SHORTEST, LONGEST = 10, 1000  # characters of a password
AT_ONCE = 2  # passwords that are checked at a time: each takes 64 MB
_NAME = re.compile(r"[^\W_][\w .@'-]{0,63}")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in."""

    name: str
    role: Role
    password: str  # its hash


class Users:
    """Those of a file; who changes the file changes them at once."""

    def __init__(self, path: Path, hasher: PasswordHasher | None = None) -> None:
        """Read the file, which need not be there yet; raises BrokenInput for one that holds no users."""
        self.path = path
        self._hasher = hasher or PasswordHasher()
        self._checking = BoundedSemaphore(AT_ONCE)
        self._read: tuple[object, dict[str, User]] = None, {}
        self._all()

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[User]:
        return iter(self._all().values())

    def get(self, name: str) -> User | None:
        """Give the user of a name; None where there is none."""
        return self._all().get(_plain(name))

    def add(self, name: str, role: Role, password: str) -> User:
        """Keep a user, in place of one of the same name; raises UsageError for a name or password that can't be."""
        name, password = _plain(name), _plain(password)
        if not _NAME.fullmatch(name):
            raise UsageError(f"{name!r} can't be a user's name. Take up to 64 letters, figures, spaces and . @ ' -")
        if not SHORTEST <= len(password) <= LONGEST:
            raise UsageError(f"A password needs {SHORTEST} characters or more, up to {LONGEST}. Give another one.")
        made = User(name, role, self._hasher.hash(password))
        self._write(self._all() | {name: made})
        return made

    def remove(self, name: str) -> None:
        """Remove a user, whose sessions end with that; raises UsageError where there is none of that name."""
        kept = dict(self._all())
        if kept.pop(_plain(name), None) is None:
            raise UsageError(f"There is no user {name!r}. See `onrecord users list`.")
        self._write(kept)

    def signed(self, name: str, password: str) -> User | None:
        """Give the user whose name and password these are; None takes as long for a name that nobody has."""
        nobodys, user = self._nobodys, self.get(name)
        try:
            with self._checking:
                self._hasher.verify(user.password if user else nobodys, _plain(password))
        except (VerificationError, InvalidHashError):
            return None
        return user

    @cached_property
    def _nobodys(self) -> str:
        """The hash of a password that nobody has."""
        return self._hasher.hash(os.urandom(16))

    def _all(self) -> dict[str, User]:
        """Give the users by name; the file is read where it changed."""
        try:
            found = self.path.stat()
            stamp = found.st_mtime_ns, found.st_size, found.st_ino
            if stamp != self._read[0]:
                self._read = stamp, {user.name: user for user in _users(self.path.read_bytes())}
        except FileNotFoundError:
            self._read = None, {}
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BrokenInput(f"{self.path} can't be read as a file of users. Correct or remove it.") from error
        return self._read[1]

    def _write(self, users: dict[str, User]) -> None:
        """Put a whole new file in the old one's place, which only its owner may read."""
        text = json.dumps({"users": [asdict(user) for user in users.values()]}, ensure_ascii=False, indent=2)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, new = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")  # of mode 0600
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text + "\n")
                    file.flush()
                    os.fsync(file.fileno())
                Path(new).replace(self.path)
            except BaseException:
                Path(new).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise UsageError(f"{self.path} can't be written ({error.strerror}). Name another with --users.") from error


def users_file() -> Path:
    """Give where the users stand if nothing else is said: beside the user's own settings."""
    return config_files(os.environ)[0].with_name("users.json")


def _users(data: bytes) -> Iterator[User]:
    """Give the users of a file; raises ValueError, TypeError or KeyError where it holds none."""
    for row in json.loads(data)["users"]:
        user = User(**row)
        if user.role not in get_args(Role) or not isinstance(user.name, str) or not isinstance(user.password, str):
            raise ValueError(user.name)
        yield user


def _plain(words: str) -> str:
    """Give what is typed in one form, however a keyboard composes it."""
    return unicodedata.normalize("NFKC", words).strip()
