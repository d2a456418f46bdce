"""The portal with real parts in a folder of the test's own; only mail and the clock are stand-ins."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from fakes import Clock, FakeMailer  # noqa: E402


@pytest.fixture(autouse=True)
def _push_request_context():
    """Each request in a test gets its own context, as it would for real (shadows pytest-flask's)."""


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """An instance made once by `portal init`'s own steps, to be copied by each test."""
    from portal.cli import setup
    from portal.config import Config

    folder = tmp_path_factory.mktemp("prepared")
    setup.initialise(Config.read(_env_file=None, data=folder / "instance"))
    return folder / "instance"


@pytest.fixture
def config(prepared, tmp_path):
    import shutil

    from portal.config import Config

    shutil.copytree(prepared, tmp_path / "instance")
    return Config.read(_env_file=None, data=tmp_path / "instance", scanner="off")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def mailer():
    return FakeMailer()


@pytest.fixture
def parts(config, clock, mailer):
    from portal.parts import Parts

    made = replace(Parts.build(config), now=clock, mailer=mailer)
    yield made
    made.database.close()


@pytest.fixture
def app(parts):
    from portal.app import create_app

    made = create_app(parts=parts)
    made.config["TESTING"] = True
    return made


@pytest.fixture
def client(app):
    return app.test_client()
