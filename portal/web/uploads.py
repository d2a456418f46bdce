"""How bytes come in. Plaintext never touches a disk, not even in the framework's own temporary files."""

from typing import IO, cast

from flask import Request

from storage import Scratch


class PortalRequest(Request):
    """A request whose uploaded files lie only as ciphertext, under a key in memory."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return cast("IO[bytes]", Scratch())
