"""ZIP files of people we do not know."""

import struct
import zipfile
import zlib

# What reading an archive can end in when its bytes lie. ``zipfile`` says RuntimeError of a password
# and NotImplementedError of a compression it does not know.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, OSError,
    EOFError, ValueError,
)  # fmt: skip
