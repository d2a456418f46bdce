"""Every setting there is. No other module reads the environment."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from portal.errors import ConfigWrong

MIB = 1024 * 1024


class Config(BaseSettings):
    """The settings, from `PORTAL_…` in the environment or a `.env` file; a default is safe in production."""

    model_config = SettingsConfigDict(
        env_prefix="PORTAL_", env_file=".env", extra="ignore", frozen=True, str_strip_whitespace=True
    )

    data: Path = Field(Path("instance"), description="The one folder that holds database, vault and keys")
    database_url: str = Field("", description="SQLAlchemy address of the database; empty: SQLite in the data folder")
    key_file: Path | None = Field(None, description="The root key, mode 0600; empty: keys/root.key in the data folder")
    base_url: str = Field("http://127.0.0.1:8000", description="The address people type; links in mail begin with it")

    authority_name: str = Field("Westmarch Council", description="The home authority's name, on every page and letter")
    authority_code: str = Field("399", pattern=r"^\d{3}$", description="The home authority's three-digit DfE number")
    authority_address: str = Field(
        "Education Legal Team, Westmarch Council, County Hall, 1 Market Square, Westmarch, WM1 1AA",
        description="Where letters come from and answers go, parts divided by commas",
    )
    service_name: str = Field("Children missing education", description="The name in the header")
    contact_email: str = Field("cme@westmarch.example.org", description="Shown on the help and error pages")
    contact_phone: str = Field("01632 960100", description="Shown on the help and error pages and on letters")
    feedback_url: str = Field("", description="Where the feedback link leads; empty: the help page")
    payment_methods: str = Field(
        "Online at www.westmarch.example.org/pay, by telephone on 01632 960101, or by cheque to the address above",
        description="How a penalty can be paid, as printed on the notice (regulation 3(g))",
    )

    scanner: Literal["auto", "required", "off"] = Field(
        "auto", description="Virus scanning: auto (scan where ClamAV answers, else say so), required (hold), off"
    )
    clamav_socket: Path = Field(Path("/run/clamav/clamd.ctl"), description="ClamAV's Unix socket")
    smtp_host: str = Field("", description="The mail server; empty: mail is written to the console")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port")
    smtp_user: str = Field("", description="Its user name")
    smtp_password: str = Field("", description="Its password", repr=False)
    smtp_starttls: bool = Field(default=True, description="Whether to ask for TLS before signing in to it")
    mail_from: str = Field("no-reply@westmarch.example.org", description="The sender of the portal's mail")

    upload_limit: int = Field(200 * MIB, ge=MIB, description="The largest file taken, in bytes")
    idle_minutes: int = Field(30, ge=5, le=240, description="Sign-out after so many minutes without a request")
    session_hours: int = Field(12, ge=1, le=24, description="Sign-out after so many hours whatever happens")
    invitation_days: int = Field(7, ge=1, le=30, description="How long an invitation can be used")
    trusted_proxies: int = Field(0, ge=0, le=5, description="How many proxies in front add X-Forwarded-… headers")
    threads: int = Field(8, ge=1, le=64, description="Threads of the web process")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged")

    @field_validator("base_url")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @classmethod
    def read(cls, **given: object) -> Self:
        """The settings as they stand. Raises ConfigWrong naming every fault at once."""
        try:
            return cls(**given)  # type: ignore[arg-type]
        except ValidationError as wrong:
            faults = (f"PORTAL_{'_'.join(map(str, f['loc'])).upper()}: {f['msg']}" for f in wrong.errors())
            raise ConfigWrong("; ".join(faults)) from None

    @property
    def database(self) -> str:
        """SQLAlchemy's address of the database."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'portal.sqlite'}"

    @property
    def vault_folder(self) -> Path:
        return self.data.absolute() / "vault"

    @property
    def keys_folder(self) -> Path:
        """Apart from the vault, so that a copy of the one is worth nothing without the other."""
        return self.data.absolute() / "keys"

    @property
    def root_key(self) -> Path:
        return self.key_file or self.keys_folder / "root.key"

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")
