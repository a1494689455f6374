"""What a soak found, said as it goes on and at its end."""

import sys

SHOWN = 20


class Verdict:
    """Collects sentences about what is not as it should be."""

    def __init__(self, name):
        self.name, self.found = name, []

    def tell(self, text):
        print(text, flush=True)

    def add(self, sentences):
        """Note them, each once."""
        for sentence in dict.fromkeys(sentences):
            if sentence not in self.found:
                self.found.append(sentence)
                if len(self.found) <= SHOWN:
                    self.tell(f"    FAULT: {sentence}")

    def status(self):
        """Say how it went; the exit status."""
        told = f"{len(self.found)} FAULTS" if self.found else "nothing lost, nothing half"
        self.tell(f"{self.name}: {told}")
        sys.stdout.flush()
        return int(bool(self.found))
