"""The progress bar of the commands."""

import contextlib

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

STEP = 100


@contextlib.contextmanager
def bar(stream, label, total=None):
    """Yield a function to call with the number of rows done; drawn only on a terminal."""
    console = Console(file=stream)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    hidden = not console.is_terminal
    with Progress(*columns, TimeElapsedColumn(), console=console, disable=hidden) as progress:
        task = progress.add_task(label, total=total)
        yield lambda done: progress.update(task, completed=done)


class counted:  # noqa: N801 – used like a function
    """Iterate over the rows, counting them in `count` and telling the progress now and then."""

    def __init__(self, rows, progress):
        self.rows, self.progress, self.count = rows, progress, 0

    def __iter__(self):
        for row in self.rows:
            self.count += 1
            if self.count % STEP == 0:
                self.progress(self.count)
            yield row
        self.progress(self.count)
