"""What most commands begin with: the settings and the parts of this instance."""

from portal import logs
from portal.config import Config
from portal.parts import Parts


def parts() -> Parts:
    """The parts of the instance that PORTAL_DATA names. Raises ConfigWrong where there is none yet."""
    config = Config.read()
    logs.start("WARNING")
    return Parts.build(config)
