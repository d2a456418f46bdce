"""What can go wrong in the store.

StorageError
├── NameInvalid       not a name of ours, on its way in or out
├── BlobExists        there is one already; nothing is ever overwritten
├── BlobNotFound      there is none
├── TooLong           more bytes than the limit that was given
├── Tampered          the bytes are not as they were sealed
├── KeyWrong          the root key is not the one this store was made with, or is not private
└── KeyDestroyed      the folder's key was destroyed: nobody opens its files again
"""


class StorageError(Exception):
    """Root of every error the store raises on purpose."""


class NameInvalid(StorageError):
    """Not a name of ours."""


class BlobExists(StorageError):
    """There is a blob of this name already."""


class BlobNotFound(StorageError):
    """There is no blob of this name."""


class TooLong(StorageError):
    """More bytes came than the limit allows."""


class Tampered(StorageError):
    """The bytes are not as they were sealed."""


class KeyWrong(StorageError):
    """The root key is not the one this store was made with, or others can read it."""


class KeyDestroyed(StorageError):
    """The folder's key was destroyed on purpose."""
