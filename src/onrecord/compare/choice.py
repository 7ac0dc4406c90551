"""Which judge the user means by --judge: our own, a chat endpoint (URL#MODEL), or a folder with a network (PATH)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from onrecord.errors import UsageError

OWN = "own"
CHAT = "/chat/completions"  # the path of OpenAI's chat API behind its base address
EXAMPLE = "http://localhost:11434/v1#qwen3:8b"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible chat endpoint (Ollama, llama.cpp, vLLM, hosted) and the model that it is asked for.

    Raises UsageError where the address or the key can't be.
    """

    url: str  # the base address (".../v1") or that of the chat itself
    model: str
    key: str | None = field(default=None, repr=False)
    price: tuple[Decimal, Decimal] | None = None  # of a million tokens: sent, received
    at_once: int = 4  # requests
    timeout: float = 120.0  # seconds for a whole answer; small machines are slow

    def __post_init__(self) -> None:
        """Refuse what can't be asked."""
        parts = _parts(self.url)
        if parts.username is not None or parts.password is not None:
            raise UsageError("The judge's address holds a user name or password. Put the key in ONRECORD_JUDGE_KEY.")
        if not self.model.strip() or not self.model.isprintable():
            raise UsageError(f"--judge {self.url} names no model. Give the address and the model, as {EXAMPLE}.")
        if self.key is not None and not (self.key.isascii() and self.key.isprintable() and " " not in self.key):
            raise UsageError("ONRECORD_JUDGE_KEY holds what no key has. Set it to the key alone, without white space.")
        if self.at_once < 1 or not 0 < self.timeout <= 3600:
            raise UsageError(
                "An endpoint is asked at least once at a time, and waited for up to 3600 seconds. Correct it."
            )

    @property
    def parts(self) -> SplitResult:
        """Give the address of the chat in its parts."""
        parts = _parts(self.url)
        path = parts.path.rstrip("/")
        if not path.endswith(CHAT):
            path = (path or "/v1") + CHAT
        return parts._replace(path=path, fragment="")

    @property
    def name(self) -> str:
        """Give the model's name with the place that serves it: another place may serve another build."""
        return f"{self.model} at {self.parts.netloc}"


def parse_choice(value: str, environment: Mapping[str, str] | None = None) -> Endpoint | Path | None:
    """Give the endpoint or the folder that --judge names, None for our own judge; raises UsageError.

    From the environment: ONRECORD_JUDGE_KEY (no other program's key is ever sent) and ONRECORD_JUDGE_PRICE, "in,out",
    what a million tokens cost.
    """
    environment = os.environ if environment is None else environment
    value = value.strip()
    if value in ("", OWN):
        return None
    if "://" in value:
        url, _, model = value.partition("#")
        price = environment.get("ONRECORD_JUDGE_PRICE")
        key = environment.get("ONRECORD_JUDGE_KEY", "").strip()
        return Endpoint(url, model, key or None, _price(price) if price else None)
    return _folder(Path(value).expanduser())


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise UsageError(f"--judge {url} is no address ({error}). Correct it.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"--judge {url} is no address of http or https. Give one, as {EXAMPLE}.")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise UsageError(f"--judge {url!r} holds characters that no address has. Correct it.")
    return parts


def _price(text: str) -> tuple[Decimal, Decimal]:
    try:
        prices = [Decimal(part.strip()) for part in text.split(",")]
    except InvalidOperation:
        prices = []
    if len(prices) != 2 or not all(price.is_finite() and price >= 0 for price in prices):
        told = 'Give what a million tokens sent and received cost, as "0.15,0.60"'
        raise UsageError(f"ONRECORD_JUDGE_PRICE is {text!r}. {told}.")
    return prices[0], prices[1]


def _folder(path: Path) -> Path:
    if path.is_file():
        raise UsageError(
            f"--judge {path} is a file. Give the folder that holds it, with config.json and tokenizer.json."
        )
    if not path.is_dir():
        raise UsageError(f"--judge {path} is no folder. Give {OWN}, a folder with an ONNX network, or {EXAMPLE}.")
    return path
