"""A server whose answer comes in drops: none of them is late, and all together take long."""

import socket
import threading
from contextlib import contextmanager, suppress

DROPS = 60  # then the answer ends, as it would on `Drip.end`
EVERY = 0.05  # seconds


class Drip:
    """Answers everybody with `first`, drops and `last`. `end` lets answers end at once."""

    def __init__(self, first, last):
        self.first, self.last, self.end = first, last, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with suppress(OSError):
            while True:
                line, _address = self.listener.accept()
                threading.Thread(target=self._answer, args=[line], daemon=True).start()

    def _answer(self, line):
        with line, suppress(OSError):
            while line.recv(1 << 16):
                line.sendall(self.first)
                for _drop in range(DROPS):
                    if self.end.wait(EVERY):
                        break
                    line.sendall(b"x")
                line.sendall(self.last)


@contextmanager
def dripping(first, last):
    drip = Drip(first, last)
    try:
        yield drip
    finally:
        drip.end.set()
        drip.listener.close()
