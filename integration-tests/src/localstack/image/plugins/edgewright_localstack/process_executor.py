"""Runs a Lambda function of a Java runtime as a process beside LocalStack.

It is what LocalStack's container for a function and its init program do, less the container: a process
with the function's environment and nothing of the server's, which asks the Runtime API for calls. So a
test needs no engine inside of an engine, and no image of Amazon's. A process that ended is started again
by the next call, as Lambda does it.

EDGEWRIGHT_LAMBDA_JAVA is the `java` to run. The function's package has Amazon's runtime interface client.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from concurrent.futures import TimeoutError as Late
from pathlib import Path

from localstack import config
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from edgewright_localstack.runtime_api import Call, RuntimeApi

START_SECONDS = 60
CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"


class ProcessExecutor(RuntimeExecutor):
    def __init__(self, id, function_version) -> None:
        super().__init__(id=id, function_version=function_version)
        self.folder = Path(tempfile.mkdtemp(prefix="lambda-"))
        self.log = self.folder / "log"
        self.environment: dict[str, str] = {}
        self.api: RuntimeApi | None = None
        self.process: subprocess.Popen | None = None

    # What LocalStack asks of an executor

    def start(self, env_vars: dict[str, str]) -> None:
        self.environment = {name: str(value) for name, value in env_vars.items()}
        self._start_process()

    def stop(self) -> None:
        self._end_process()
        shutil.rmtree(self.folder, ignore_errors=True)

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        if self.process is None or self.process.poll() is not None:
            self._end_process()
            self._start_process()
        settings = self.function_version.config
        call = Call(
            id=payload["invoke-id"],
            arn=payload["invoked-function-arn"],
            trace=payload["trace-id"],
            payload=payload["payload"].encode(),
            seconds=settings.timeout,
        )
        position = self.log.stat().st_size
        self.api.calls.put(call)
        body, is_error = self._wait(call)
        with self.log.open("rb") as log:
            log.seek(position)
            said = log.read().decode(errors="replace")
        return InvocationResult(call.id, body, is_error=is_error, logs=said)

    def get_address(self) -> str:
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        return "http://127.0.0.1:%d" % config.GATEWAY_LISTEN[0].port

    def get_logs(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    @classmethod
    def prepare_version(cls, function_version) -> None:
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version) -> None:
        pass

    # The process

    def _start_process(self) -> None:
        self.api = RuntimeApi()
        code = self.function_version.config.code.get_unzipped_code_location()
        handler = self.function_version.config.handler
        environment = dict(self.environment)
        environment.update(
            AWS_LAMBDA_RUNTIME_API=self.api.address,
            LAMBDA_TASK_ROOT=str(code),
            PATH="/usr/bin:/bin",
            LANG="C.UTF-8",
            HOME=str(self.folder),
            TMPDIR=str(self.folder),
        )

        command = [
            os.environ["EDGEWRIGHT_LAMBDA_JAVA"],
            "-Xmx%dm" % max(128, self.function_version.config.memory_size * 3 // 4),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            ":".join([str(code), *map(str, sorted(Path(code, "lib").glob("*.jar")))]),
            CLIENT,
            handler,
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=environment, cwd=code, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        for _ in range(START_SECONDS * 20):
            try:
                self.api.ready.result(timeout=0.05)
                return
            except Late:
                if self.process.poll() is not None:
                    break
        said = self.get_logs()[-2000:]
        self._end_process()
        raise RuntimeError("the function's process did not start: " + said)

    def _wait(self, call: Call) -> tuple[bytes, bool]:
        for _ in range(int(call.seconds * 20)):
            try:
                return call.outcome.result(timeout=0.05)
            except Late:
                status = self.process.poll()
                if status is not None:
                    message = "RequestId: %s Error: Runtime exited with status %s" % (call.id, status)
                    call.fail("Runtime.ExitError", message)
        if not call.outcome.done():
            message = "%s Task timed out after %.2f seconds" % (call.id, call.seconds)
            call.fail("Sandbox.Timedout", message)
            self._end_process()
        return call.outcome.result()

    def _end_process(self) -> None:
        """Ends it and all that it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.process.wait()
            self.process = None
        if self.api is not None:
            self.api.close()
            self.api = None
