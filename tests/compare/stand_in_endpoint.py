"""A small chat endpoint on this machine, for tests: what it answers is scripted, what it was asked is kept."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GOOD = {
    "label": "reversal",
    "clash": 0.9,
    "evidence": {"earlier": ["will open"], "later": ["stays shut"]},
    "why": "The bridge was to open and now stays shut.",
}
TOKENS = {"prompt_tokens": 600, "completion_tokens": 50}


@dataclass
class Reply:
    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0  # seconds before it comes
    drops: float = 0.0  # seconds before each byte


def says(content: object, usage: object = TOKENS) -> Reply:
    """What a chat endpoint sends where the model says so: words, or an object in JSON."""
    words = content if isinstance(content, str | None) else json.dumps(content)
    choice = {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": "stop"}
    return Reply(json.dumps({"object": "chat.completion", "choices": [choice], "usage": usage}).encode())


def refuses(status: int, message: str = "", **headers: str) -> Reply:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps({"error": {"message": message}}).encode(), status, names)


Script = list[Reply] | Callable[[dict], Reply]  # one after the other, the last for ever; or by what was asked


class StandInEndpoint:
    """Answers POST /v1/chat/completions."""

    def __init__(self) -> None:
        self.script: Script = [says(GOOD)]
        self.asked: list[dict] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def told(self) -> list[dict]:
        """What the model was told of each pair."""
        return [json.loads(body["messages"][1]["content"]) for body in self.asked]

    def wrap(self, context) -> None:
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _reply(self, path: str, headers: dict[str, str], body: dict) -> Reply:
        self.paths.append(path)
        self.headers.append(headers)
        self.asked.append(body)
        if callable(self.script):
            return self.script(body)
        return self.script[min(len(self.asked), len(self.script)) - 1]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                reply = stand_in._reply(self.path, dict(self.headers), body)
                time.sleep(reply.wait)
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in [bytes([b]) for b in reply.body] if reply.drops else [reply.body]:
                    time.sleep(reply.drops)
                    self.wfile.write(piece)

            def log_message(self, *_: object) -> None:
                pass

            def handle(self) -> None:
                try:
                    super().handle()
                except OSError:  # the other side hung up
                    self.close_connection = True

        return Handler
