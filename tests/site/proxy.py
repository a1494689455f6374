"""A wire to a server that can be cut, and over which nothing may come any more."""

import socket
import threading
from contextlib import contextmanager, suppress


class Wire:
    """Connections to 127.0.0.1:`port` go to `target`, as long as `state` is "whole".

    "cut": what was connected is not any more, and nobody new is let in. "hanging": everybody is
    let in, and nothing comes through in either direction; so it becomes by itself when the bytes of
    `trap` come along.
    """

    def __init__(self, target):
        self.target, self.ends, self.state, self.trap = target, [], "whole", None
        self.joined = 0  # connections so far
        self.may_pass = threading.Event()
        self.may_pass.set()
        self.listener = self._listen(0)
        self.port = self.listener.getsockname()[1]

    def _listen(self, port):
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()
        return listener

    def cut(self):
        self.state = "cut"
        with suppress(OSError):  # it is cut already
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._drop()

    def hang(self):
        self.state = "hanging"
        self.may_pass.clear()

    def mend(self):
        was, self.state, self.trap = self.state, "whole", None
        if was == "whole":
            return
        self._drop()
        self.may_pass.set()
        if was == "cut":
            self.listener = self._listen(self.port)

    def _drop(self):
        while self.ends:
            with suppress(OSError):
                self.ends.pop().shutdown(socket.SHUT_RDWR)

    def _accept(self, listener):
        with suppress(OSError):
            while True:
                near, _address = listener.accept()
                self.joined += 1
                threading.Thread(target=self._join, args=[near], daemon=True).start()

    def _join(self, near):
        with near, socket.create_connection(self.target) as far:
            self.ends += [near, far]
            back = threading.Thread(target=self._pass, args=[far, near], daemon=True)
            back.start()
            self._pass(near, far)
            back.join()

    def _pass(self, source, sink):
        with suppress(OSError):
            while data := source.recv(1 << 16):
                if self.trap and self.trap in data:
                    self.hang()
                self.may_pass.wait()
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(host, port):
    made = Wire((host or "127.0.0.1", int(port or 5432)))
    try:
        yield made
    finally:
        made.cut()
        made.may_pass.set()
