"""Static files by WhiteNoise: each is there as a whole or not at all, and parts of it on demand.

WhiteNoise 6.12 answers 416 when just one byte is asked for (its issue 711), so that the parts are
cut here as those of documents are.
"""

import os
from types import SimpleNamespace

from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.middleware import WhiteNoiseMiddleware as StockMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from .documents.serving import part_of
from .storage import INCOMING, WholeFileStorage, replacing
from .stylesheets import ALL_IN_ONE, SHEETS


class WhiteNoiseMiddleware(StockMiddleware):
    @staticmethod
    def serve(static_file, request):
        meta = {name: value for name, value in request.META.items() if name != "HTTP_RANGE"}
        whole = StockMiddleware.serve(
            static_file, SimpleNamespace(method=request.method, META=meta)
        )
        return part_of(whole, request) if whole.status_code == 200 else whole


class WholeCompressor(Compressor):
    """WhiteNoise's compressor, without half files."""

    def write_data(self, path, data, suffix, stat_result):
        name = path + suffix
        with replacing(name) as file:
            file.write(data)
        os.utime(name, (stat_result.st_atime, stat_result.st_mtime))
        return name


class StaticStorage(CompressedManifestStaticFilesStorage, WholeFileStorage):
    """What `collectstatic` writes: a full disk leaves the older list of files, and no half file.

    The style sheets of the public pages become one, so that a reader asks once.
    """

    style_sheets = (ALL_IN_ONE,)

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and paths.keys() >= set(SHEETS):
            self.delete(ALL_IN_ONE)
            self.save(ALL_IN_ONE, ContentFile(b"".join(_content(*paths[name]) for name in SHEETS)))
            paths = {**paths, ALL_IN_ONE: (self, ALL_IN_ONE)}
        yield from super().post_process(paths, dry_run, **options)

    def create_compressor(self, **options):
        return WholeCompressor(**options)

    def save_manifest(self):
        """The older list stays until the newer one is on the disk."""
        name = self.manifest_name
        self.manifest_name = f"{INCOMING}/{name}"
        try:
            super().save_manifest()
            os.replace(self.path(self.manifest_name), self.path(name))
        finally:
            self.manifest_name = name


def _content(storage, path):
    with storage.open(path) as file:
        return file.read()
