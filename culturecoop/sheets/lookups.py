"""What rows refer to by a code: what the register has, and what the same import makes before."""


class Lookup(dict):
    """{code: pk} of the register; a code that is pending is in it too, as yet without a pk."""

    def __init__(self, codes, pending):
        super().__init__(codes)
        self._pending = pending

    def __contains__(self, code):
        return super().__contains__(code) or code in self._pending()
