"""The portal with real parts in a folder of the test's own; only mail and the clock are stand-ins."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from fakes import Clock, FakeMailer


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


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory, prepared):
    """The demonstration authority, made once through the portal's own actions."""
    import shutil

    from portal.config import Config
    from portal.demo import making
    from portal.parts import Parts

    folder = tmp_path_factory.mktemp("demonstrated") / "instance"
    shutil.copytree(prepared, folder)
    made = replace(Parts.build(Config.read(_env_file=None, data=folder, scanner="off")), now=Clock(), office=None)
    making.make(made)
    made.database.close()
    return folder


@pytest.fixture
def demo(demonstrated, tmp_path, clock, mailer):
    """A portal of this test's own, full of the demonstration."""
    import shutil

    from portal.config import Config
    from portal.parts import Parts

    shutil.copytree(demonstrated, tmp_path / "demo")
    config = Config.read(_env_file=None, data=tmp_path / "demo", scanner="off")
    made = replace(Parts.build(config), now=clock, mailer=mailer, office=None)
    yield made
    made.database.close()


@pytest.fixture
def browser(demo):
    """Signs people of the demonstration in: `browser("cora.penhale")` is a client of hers, `browser()` a stranger's."""
    from browsing import Browser

    from portal.app import create_app

    app = create_app(parts=demo)
    return lambda login=None: Browser(app, demo, login)


def pytest_addoption(parser):
    parser.addoption("--screens", action="store_true", help="write the pictures of docs/screens anew")
