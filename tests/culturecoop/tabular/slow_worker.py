"""The reading process, which works, sleeps or waits before it reads, as BEFORE says."""

import itertools
import json
import os
import sys
import time

from culturecoop.tabular.parsing import worker

BEFORE = {
    "work": lambda: sum(itertools.repeat(0)),
    "sleep": lambda: time.sleep(10_000),
    "wait": lambda: time.sleep(2),
}

if __name__ == "__main__":
    worker._confine(json.loads(sys.argv[3]))
    BEFORE[os.environ["BEFORE"]]()
    worker.main(sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]))
