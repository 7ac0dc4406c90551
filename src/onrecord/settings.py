"""One frozen Settings, read once at the entry point.

flags  >  environment (ONRECORD_*)  >  ./onrecord.toml  >  ~/.config/onrecord/config.toml  >  defaults
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run behaves, whatever its inputs are."""

    threads: int = 0  # of the model in each process; 0: as many as the machine's cores allow
    jobs: int = 0  # processes; 0: as the command sees fit
    max_bytes: int = 20 * MEGABYTE  # of one input; a larger one is skipped
    min_confidence: float = 0.0  # statements below it are left out
    model: Path | None = None  # a folder with weights; None: those that ship
    record: str = "onrecord.db"  # a path, or postgresql://...
    judge: str = "own"  # what compares two statements: own, a folder with a network, or URL#MODEL
    people: Path | None = None  # the user's own people and offices; None: see people_file
    convert: tuple[str, ...] = ()  # currencies (ISO 4217) that amounts of money are given in too

    def __post_init__(self) -> None:
        """Refuse values that can't be."""
        for name, least, most in (
            ("threads", 0, 1024),
            ("jobs", 0, 1024),
            ("max_bytes", 1, None),
            ("min_confidence", 0, 1),
        ):
            value = getattr(self, name)
            if not value >= least or (most is not None and value > most):  # "not": NaN is neither
                limits = f"at least {least}" if most is None else f"from {least} to {most}"
                raise UsageError(f"{name} can't be {value}. Give a value {limits}.")


def load(
    flags: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    files: Iterable[Path] | None = None,
) -> Settings:
    """Give the settings of this run; a flag that is None or an empty list counts as not given.

    Raises UsageError for a file that is not TOML, an unknown name in it, or a value that can't be.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for path in config_files(environment) if files is None else files:
        values |= _from_file(path)
    values |= _from_environment(environment)
    given = {name: value for name, value in (flags or {}).items() if value not in (None, [])}
    values |= {name: _read(name, value, "the flag") for name, value in given.items()}
    return Settings(**values)


def config_files(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Give the places of the settings file, the weakest first."""
    home = environment.get("XDG_CONFIG_HOME") or Path(environment.get("HOME") or "~").expanduser() / ".config"
    return Path(home) / "onrecord" / "config.toml", Path("onrecord.toml")


def people_file(settings: Settings, environment: Mapping[str, str] | None = None) -> Path:
    """Give the file of the user's own people: the one that the settings name, else that in the user's data folder."""
    environment = os.environ if environment is None else environment
    home = environment.get("XDG_DATA_HOME") or Path(environment.get("HOME") or "~").expanduser() / ".local" / "share"
    return settings.people or Path(home) / "onrecord" / "people.jsonl"


def without_password(where: str) -> str:
    """Give a record's place as it may be shown: a path, or an address without its password."""
    scheme, sign, rest = where.partition("://")
    user, at, host = rest.rpartition("@")
    return f"{scheme}{sign}{user.partition(':')[0]}{at}{host}"


def _from_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    import tomllib

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} can't be read as TOML ({error}). Correct or remove it.") from error
    unknown = sorted(set(data) - set(_READERS))
    if unknown:
        raise UsageError(f"{path} sets {', '.join(unknown)}, which is unknown. The names are: {', '.join(_READERS)}.")
    return {name: _read(name, value, str(path)) for name, value in data.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    names = {f"ONRECORD_{name.upper()}": name for name in _READERS}
    return {name: _read(name, environment[key], key) for key, name in names.items() if environment.get(key)}


def _codes(value: Any) -> tuple[str, ...]:  # noqa: ANN401 # of a flag a list, of a file or the environment a string
    listed = value.replace(",", " ").split() if isinstance(value, str) else value
    codes = tuple(dict.fromkeys(str(code).strip().upper() for code in listed))
    if not all(len(code) == 3 and code.isascii() and code.isalpha() for code in codes):
        raise ValueError(f"{value!r} holds what is no code of three letters")
    return codes


_READERS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "threads": (int, "whole number"),
    "jobs": (int, "whole number"),
    "max_bytes": (int, "whole number of bytes"),
    "min_confidence": (float, "number from 0 to 1"),
    "model": (lambda value: Path(value).expanduser(), "path"),
    "record": (
        lambda value: str(Path(value).expanduser()) if str(value).startswith("~") else str(value),
        "path or address",
    ),
    "judge": (str, "name, path or address"),
    "people": (lambda value: Path(value).expanduser(), "path"),
    "convert": (_codes, "list of ISO 4217 codes"),
}


def _read(name: str, value: Any, where: str) -> Any:  # noqa: ANN401 # each setting is of its own type
    reader, kind = _READERS[name]
    try:
        return reader(value)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{where} gives {name} as {value!r}, which is no {kind}. Correct it.") from error
