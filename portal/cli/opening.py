"""What most commands begin with: the settings and the parts of this instance."""

from portal import logs
from portal.config import Config
from portal.errors import ConfigWrong
from portal.parts import Parts


def parts() -> Parts:
    """The parts of the instance that PORTAL_DATA names. Raises ConfigWrong where there is none yet."""
    config = Config.read()
    if not config.root_key.exists():
        raise ConfigWrong(f"there is no portal in {config.data}: run `portal init`, or `make run` for a demonstration")
    logs.start("WARNING")
    return Parts.build(config)
