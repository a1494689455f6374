"""Redis for tests: the one that runs on this machine, and others with options of their own."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager

import pytest

from culturecoop.redisserver import client_of, fault_of

from .site.server import free_port

ADDRESS = os.environ.get("CULTURECOOP_REDIS", "redis://127.0.0.1:6379/0")


def running():
    """The address of the one that runs here; the test is left out where there is none."""
    if fault_of(ADDRESS):
        pytest.skip(f"left out: Redis at {ADDRESS} (CULTURECOOP_REDIS names another one)")
    return ADDRESS


@contextmanager
def started(folder, *options):
    """The address of a Redis of one's own, which ends with the block."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("left out: the program redis-server is not on this machine")
    port = free_port()
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    process = subprocess.Popen([*command, "--save", "", *options], stdout=subprocess.DEVNULL)
    try:
        address = f"redis://127.0.0.1:{port}/0"
        while process.poll() is None and "connecting" in fault_of(address):
            time.sleep(0.02)
        yield address
    finally:
        process.terminate()
        process.wait()


def hits(address):
    """How often something was found in a Redis."""
    return client_of(address).info("stats")["keyspace_hits"]
