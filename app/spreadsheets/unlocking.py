"""Workbooks with a password: opened in memory, the password kept nowhere."""

import io
from typing import Any

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

from app.refusals import Refused

#: What Excel itself uses for "read-only recommended" files: no person ever typed it (MS-OFFCRYPTO 2.4.2.3).
_EXCELS_OWN = "VelvetSweatshop"


def unlock(file: str, content: bytes, password: str | None) -> bytes:
    """The workbook without its password.

    Refused importing.encrypted where a password is needed and none was given, importing.wrong_password, or
    importing.unknown_encryption.
    """
    for candidate in (_EXCELS_OWN, password):
        if candidate is None:
            raise Refused("importing.encrypted", file=file)
        try:
            return _opened(content, candidate)
        except InvalidKeyError:
            continue
        except DecryptionError as error:
            if "password" not in str(error).lower():
                raise Refused("importing.unknown_encryption", file=file, error=str(error)) from None
        except Exception as error:  # noqa: BLE001 - a spoilt header raises whatever its parser does
            raise Refused("importing.unknown_encryption", file=file, error=str(error)) from None
    raise Refused("importing.wrong_password", file=file)


def _opened(content: bytes, password: str) -> bytes:
    locked: Any = msoffcrypto.OfficeFile(io.BytesIO(content))
    opened = io.BytesIO()
    locked.load_key(password=password)
    locked.decrypt(opened)
    return opened.getvalue()
