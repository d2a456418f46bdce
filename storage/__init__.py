"""The sealed store: bytes, names and keys. It knows no schools, no law, no web and no database.

    vault = Vault.at(folder, root_key=…, keys=…)
    with vault.begin(case) as pending:
        pending.write(bytes)
        receipt = pending.keep()        # or leave the block, and nothing was ever there
    with vault.open(receipt.name, case) as opened:
        for piece in opened: …          # each piece is verified before it is given

A sealed file is an AWS Encryption SDK message, format 2.0, and opens with the stock SDKs.
"""

from storage.errors import (
    BlobExists,
    BlobNotFound,
    KeyDestroyed,
    KeyWrong,
    NameInvalid,
    StorageError,
    Tampered,
    TooLong,
)
from storage.scratch import Scratch
from storage.vault import Opened, Pending, Receipt, Vault

__all__ = [
    "BlobExists",
    "BlobNotFound",
    "KeyDestroyed",
    "KeyWrong",
    "NameInvalid",
    "Opened",
    "Pending",
    "Receipt",
    "Scratch",
    "StorageError",
    "Tampered",
    "TooLong",
    "Vault",
]
