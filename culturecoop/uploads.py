"""Uploads on their way in: what cannot be kept is noted, and the texts beside it are still read."""

from contextlib import suppress

from django.core.files import uploadhandler


class TemporaryFileUploadHandler(uploadhandler.TemporaryFileUploadHandler):
    """Django's handler of large files, for a disk that may be full.

    A request with an `upload_fault` is not to be worked on: `FaultMiddleware` answers it.
    """

    def new_file(self, *args, **kwargs):
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._leave(error)

    def receive_data_chunk(self, raw_data, start):
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            with suppress(OSError):
                self.file.close()
            self._leave(error)

    def file_complete(self, file_size):
        try:
            return super().file_complete(file_size)  # writes what is still in memory
        except OSError as error:
            self.request.upload_fault = error
            return None

    def _leave(self, error):
        self.request.upload_fault = error
        raise uploadhandler.SkipFile from error
