"""An instance is made by `portal init` alone: whatever else is called where there is none says so and makes nothing."""

import pytest

from portal.config import Config
from portal.errors import ConfigWrong
from portal.parts import Parts


def test_where_there_is_no_portal_nothing_is_made(tmp_path):
    with pytest.raises(ConfigWrong, match="portal init"):
        Parts.build(Config.read(_env_file=None, data=tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_every_wrong_setting_is_named_at_once():
    with pytest.raises(ConfigWrong) as wrong:
        Config.read(_env_file=None, smtp_port=0, authority_code="x", base_url="portal")
    assert all(name in str(wrong.value) for name in ("PORTAL_SMTP_PORT", "PORTAL_AUTHORITY_CODE", "PORTAL_BASE_URL"))
