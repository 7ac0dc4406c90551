"""A small web server on this machine, for tests that fetch: what it answers is scripted, what it was asked is kept."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<html><body><p>Three ports agreed on Monday.</p><p>“We will pay,” she said.</p></body></html>".encode()


@dataclass
class Reply:
    body: bytes = PAGE
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    whole: bool = True  # whether the length that it announces is that of the body


Script = Reply | Callable[[dict[str, str], int], Reply]  # or what it is, given the request's headers and its number


class StandIn:
    """Answers by path; a path without an answer is a 404."""

    def __init__(self) -> None:
        self.replies: dict[str, Script] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self._counts: Counter[str] = Counter()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def pages(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]

    def wrap(self, context) -> None:
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _reply(self, path: str, headers: dict[str, str]) -> Reply:
        self.asked.append(path)
        self.headers.append(headers)
        self._counts[path] += 1
        script = self.replies.get(path, Reply(b"none", 404))
        return script(headers, self._counts[path]) if callable(script) else script

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                reply = stand_in._reply(self.path, dict(self.headers))
                self.send_response(reply.status)
                length = len(reply.body) + (0 if reply.whole else 100)
                for name, value in {"Content-Length": str(length), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if reply.status != 304:
                    self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
