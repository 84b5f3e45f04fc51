"""A form with one file: read whole, looked through, and handed to the storage."""

import io
from contextlib import closing

from wtforms import FileField

from consortium.fields import refuse
from consortium.files import service as files
from consortium.files.domain import USUAL, CleanFile, FileRefused, Taken, clean_file
from consortium.files.service import PutFile
from consortium.forms import ActForm
from consortium.ports import FileStorage
from consortium.words import say


class FileForm(ActForm):
    """A form whose file may be of the kinds and the size in ``taken``."""

    taken: Taken = USUAL
    upload: CleanFile | None = None

    def describe(self, field: FileField) -> None:
        """Say at a field what may be chosen there."""
        field.description = say(
            "%(kinds)s, up to %(n)s MB.", kinds=self.taken.words, n=self.taken.megabytes
        )
        field.render_kw = {"accept": self.taken.accept}

    def take(self, field: FileField) -> bool:
        """Read the file of a field, if there is one; false when it cannot be taken."""
        sent = field.data
        if not getattr(sent, "filename", ""):
            return True
        with closing(sent.stream):  # a large one lies in a file of its own until then
            content = sent.stream.read(self.taken.largest + 1)
        sent.stream = io.BytesIO(content)
        try:
            self.upload = clean_file(sent.filename, content, self.taken)
        except FileRefused as refusal:
            return refuse(field, refusal.message)
        return True

    def put(self, storage: FileStorage) -> PutFile | None:
        """Hand the bytes to the storage, before the transaction. Raises ``GatewayDown``."""
        return files.put(storage, self.upload) if self.upload is not None else None
