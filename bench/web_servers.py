"""Servers in processes of their own, on ports of this machine."""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

START, STOP = 60, 15  # seconds


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A command that serves on a port; it is stopped with the block, its processes with it."""

    def __init__(self, command, port, **options):
        self.command, self.port, self.options = command, port, options

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self.output = tempfile.TemporaryFile("w+")  # of all its processes
        self.process = subprocess.Popen(
            self.command, stdout=self.output, stderr=subprocess.STDOUT, start_new_session=True,
            **self.options,
        )  # fmt: skip
        try:
            self._wait()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *exception):
        self._stop()

    def largest_worker_mb(self):
        """The memory of the largest of its child processes, in MB (Linux)."""
        pid = self.process.pid
        workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return max(map(_resident_mb, workers))

    def _wait(self):
        for _time in range(START * 20):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.url, timeout=START).close()
                return
            except urllib.error.HTTPError:  # it answers
                return
            except OSError:
                time.sleep(0.05)
        self.output.seek(0)
        raise RuntimeError(f"{self.command[0]} does not serve: {self.output.read()}")

    def _stop(self):
        self.process.terminate()
        try:
            self.process.wait(STOP)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.output.close()


def granian(python, application, **options):
    """Serve an application as docs/operations.md starts ours."""
    port = free_port()
    command = [str(python), "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", "2", "--backpressure", "16", "--workers-kill-timeout", "60"]
    return Server([*command, application], port, **options)


def _resident_mb(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024
