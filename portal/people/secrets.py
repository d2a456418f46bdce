"""Keys that are derived from the one that signs cookies, and what is made with them: codes, tokens, hashes."""

import base64
import secrets
from functools import lru_cache
from hashlib import blake2b, sha256
from pathlib import Path

from portal.config import Config

TOKEN_BYTES = 32


def cookies(config: Config) -> str:
    """The key that signs cookies: made by `portal init`, never in a setting that could be shown."""
    return (config.keys_folder / "cookies.key").read_text(encoding="ascii").strip()


def derived(config: Config, purpose: str) -> bytes:
    """A key for one purpose."""
    return blake2b(purpose.encode(), key=cookies(config).encode()[:64], digest_size=32).digest()


def totp_secrets(config: Config) -> dict[str, str]:
    """What seals the seeds of one-time codes in the database."""
    return {"1": base64.urlsafe_b64encode(derived(config, "one-time codes")).decode()}


def recovery_keys(config: Config) -> list[bytes]:
    """What seals recovery codes in the database."""
    return [base64.urlsafe_b64encode(derived(config, "recovery codes"))]


def fresh_token() -> str:
    """A token nobody can guess; only its digest is stored."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def hash_password(password: str) -> str:
    """Argon2id, as Flask-Security reads it."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


@lru_cache
def common_passwords() -> frozenset[str]:
    """Passwords of 12 characters or more that people choose first."""
    text = (Path(__file__).parent / "data" / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
