"""Static files by WhiteNoise, and parts of them as RFC 9110 has it.

WhiteNoise 6.12 answers 416 when just one byte is asked for (its issue 711), so that the parts are
cut here as those of documents are.
"""

from types import SimpleNamespace

from whitenoise.middleware import WhiteNoiseMiddleware as StockMiddleware

from .documents.serving import part_of


class WhiteNoiseMiddleware(StockMiddleware):
    @staticmethod
    def serve(static_file, request):
        meta = {name: value for name, value in request.META.items() if name != "HTTP_RANGE"}
        whole = StockMiddleware.serve(
            static_file, SimpleNamespace(method=request.method, META=meta)
        )
        return part_of(whole, request) if whole.status_code == 200 else whole
