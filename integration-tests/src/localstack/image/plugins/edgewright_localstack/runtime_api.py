"""The Lambda Runtime API, served on loopback for one function process."""

import json
import queue
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PREFIX = "/2018-06-01/runtime/"
ENDED = object()


@dataclass
class Call:
    """One invocation and, later, what came of it: (payload, is it an error)."""

    id: str
    arn: str
    trace: str
    payload: bytes
    seconds: float
    outcome: Future = field(default_factory=Future)

    def answer(self, payload: bytes, is_error: bool) -> None:
        # The process may answer in the very moment in which its time is over; the first one counts.
        try:
            self.outcome.set_result((payload, is_error))
        except Exception:
            pass

    def fail(self, kind: str, message: str) -> None:
        self.answer(json.dumps({"errorType": kind, "errorMessage": message}).encode(), True)


class RuntimeApi:
    """`ready` is done when the process asks for its first call, or says why it cannot."""

    def __init__(self) -> None:
        self.ready: Future = Future()
        self.calls: queue.Queue = queue.Queue()
        self.current: Call | None = None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return "127.0.0.1:%d" % self.server.server_address[1]

    def close(self) -> None:
        self.calls.put(ENDED)
        self.server.shutdown()
        self.server.server_close()


def _handler(api: RuntimeApi):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path != PREFIX + "invocation/next":
                return self.reply(404)
            if not api.ready.done():
                api.ready.set_result(True)
            call = api.calls.get()
            if call is ENDED:
                return self.reply(410)
            api.current = call
            self.reply(
                200,
                call.payload,
                {
                    # The client for Java ends with a fault of memory where an answer has no type.
                    "Content-Type": "application/json",
                    "Lambda-Runtime-Aws-Request-Id": call.id,
                    "Lambda-Runtime-Deadline-Ms": str(int((time.time() + call.seconds) * 1000)),
                    "Lambda-Runtime-Invoked-Function-Arn": call.arn,
                    "Lambda-Runtime-Trace-Id": call.trace,
                },
            )

        def do_POST(self) -> None:
            body = self.body()
            if self.path == PREFIX + "init/error":
                if not api.ready.done():
                    api.ready.set_exception(RuntimeError(body.decode(errors="replace")))
                return self.reply(202)
            call = api.current
            for end, is_error in (("response", False), ("error", True)):
                if call and self.path == PREFIX + "invocation/%s/%s" % (call.id, end):
                    call.answer(body, is_error)
                    return self.reply(202)
            self.reply(404)

        def body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)

        def reply(self, status: int, body: bytes = b"", headers: dict | None = None) -> None:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args) -> None:
            pass

    return Handler
