"""Leaver returns: what a school said about a pupil who left."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base


class Leaver(Base):
    """A CME 1 form. Names, birth date and UPN are plain, for they are searched; everything else lies sealed
    in the transfer's summary.
    """

    __tablename__ = "leaver"
    transfer: Mapped[UUID] = mapped_column(sa.ForeignKey("transfer.id"), primary_key=True)
    surname: Mapped[str] = mapped_column(sa.String(200), index=True)
    forenames: Mapped[str] = mapped_column(sa.String(200))
    born: Mapped[date]
    upn: Mapped[str | None] = mapped_column(sa.String(13), index=True)
