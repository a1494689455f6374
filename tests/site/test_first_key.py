"""The secret key that the site makes by itself is one, however many processes start at once."""

import errno
import multiprocessing
import os

import pytest

from culturecoop import storage
from culturecoop.environment import Environment

PROCESSES, STARTS = 4, 60
FORK = multiprocessing.get_context("fork")
AT_ONCE = FORK.Barrier(PROCESSES, timeout=60)


def read_keys(paths):
    keys = []
    for path in paths:
        AT_ONCE.wait()
        keys.append(Environment().kept_key("SECRET_KEY", path))
    return keys


@pytest.fixture(params=["nothing", "an empty file", "no links"])
def paths(request, tmp_path, monkeypatch):
    """Where the key is to be, with what is there; on some disks a file has one name only."""

    def refuse(*names):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if request.param == "no links":
        monkeypatch.setattr(storage.os, "link", refuse)
    paths = [tmp_path / str(number) for number in range(STARTS)]
    for path in paths:
        path.mkdir()
        if request.param == "an empty file":  # of a start on a full disk
            (path / "secret_key").touch()
    return [path / "secret_key" for path in paths]


def test_processes_that_start_at_once_have_one_key(paths):
    with FORK.Pool(PROCESSES) as processes:
        found = processes.map(read_keys, [paths] * PROCESSES, chunksize=1)
    kept = [path.read_text() for path in paths]
    assert found == [kept] * PROCESSES
    assert all(len(key) == 50 for key in kept)
