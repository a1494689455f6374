"""Asking others in a thread, so that how long their answer is waited for has an end.

The limits of a socket are none for the whole: they hold for each piece of an answer, however many
there are, and not for the name of a host.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def begin(question: Callable[[], T]) -> "Future[T]":
    """Let a question be asked in a thread of its own, which no process waits for that ends."""
    asked: Future[T] = Future()
    threading.Thread(target=_ask, args=[asked, question], name="asking", daemon=True).start()
    return asked


def answer_to(asked: "Future[T]", seconds: float) -> T:
    """Return the answer, or raise what went wrong: TimeoutError when there is none in time."""
    try:
        return asked.result(seconds)
    except TimeoutError:
        if asked.done():  # it is the fault of the question
            raise
        raise TimeoutError(f"it takes longer than {seconds} seconds") from None


def _ask(asked, question):
    try:
        asked.set_result(question())
    except Exception as error:  # is raised where the answer is waited for
        asked.set_exception(error)
