"""What rows refer to by a code: what the register has, and what the same import makes before."""


class Known(dict):
    """{code: pk} of the register; a code that is awaited is in it too, as yet without a pk."""

    def __init__(self, codes, awaited):
        super().__init__(codes)
        self._awaited = awaited

    def __contains__(self, code):
        return super().__contains__(code) or code in self._awaited()
