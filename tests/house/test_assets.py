"""What the browser is given is what was published, and ours: rules U2 to U4 of the page conventions."""

import json
import re
import runpy
import sys

import pytest

from portal import resources

STATIC = resources.STATIC
ASSETS = STATIC.parent / "assets"
CSS = (STATIC / "portal.css").read_text()
SCRIPT = ASSETS / "vendor.py"


def test_every_vendored_file_is_the_one_the_manifest_names():
    assert runpy.run_path(str(SCRIPT))["altered"]() == []


def test_a_changed_file_is_found_out(tmp_path, capsys, monkeypatch):
    vendor = runpy.run_path(str(SCRIPT))
    names = vendor["main"].__globals__
    manifest = json.loads(names["MANIFEST"].read_text())
    manifest["files"]["portal.css"] = "0" * 64
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    monkeypatch.setitem(names, "MANIFEST", tmp_path / "manifest.json")
    monkeypatch.setattr(sys, "argv", ["vendor.py", "--check"])
    assert vendor["main"]() == 1
    assert "portal.css" in capsys.readouterr().err


def test_the_manifest_names_the_pinned_version_and_its_sha512():
    wanted = json.loads((ASSETS / "package.json").read_text())["dependencies"]
    manifest = json.loads((STATIC / "vendor" / "manifest.json").read_text())
    assert manifest["version"] == wanted["govuk-frontend"]
    assert manifest["integrity"].startswith("sha512-")
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert f'"{manifest["version"]}"' in CSS
    assert (STATIC / "vendor" / "govuk-frontend" / "LICENCE.txt").exists()


@pytest.mark.parametrize("word", ["GDS Transport", "@font-face", "crown", "crest", "url("])
def test_the_stylesheet_has_nothing_of_the_governments_and_fetches_nothing(word):
    assert word.lower() not in CSS.lower()


def test_no_font_and_no_crest_is_served():
    served = [file.name for file in STATIC.rglob("*") if file.is_file()]
    assert not [name for name in served if re.search(r"woff|crest|opengraph|govuk-icon", name)]


@pytest.mark.parametrize("file", sorted(ASSETS.iterdir()), ids=lambda file: file.name)
def test_the_sources_name_no_registry(file):
    assert not re.search(r"https?://", file.read_text())


def test_the_brand_can_be_read():
    """WCAG 2.2, 1.4.3: at least 4.5 to 1, on white and on the pale surface."""
    brand = re.search(r"--govuk-brand-colour: (#\w{6})", CSS)[1]
    pale = re.search(r"--govuk-template-background-colour: (#\w{6})", CSS)[1]
    assert contrast(brand, "#ffffff") > 7
    assert contrast(brand, pale) > 4.5


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
