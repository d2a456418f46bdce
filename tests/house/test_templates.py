"""Every page template parses, names only templates that exist, and keeps the content policy."""

import re

import jinja2
import pytest
from jinja2 import meta

from portal import resources

PAGES = sorted(str(path.relative_to(resources.TEMPLATES)) for path in resources.TEMPLATES.rglob("*.*"))
LOADER = jinja2.ChoiceLoader(
    [
        jinja2.FileSystemLoader(resources.TEMPLATES),
        jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}),
    ]
)
ENVIRONMENT = jinja2.Environment(loader=LOADER, autoescape=True, extensions=["jinja2.ext.do"])


def source(page):
    return (resources.TEMPLATES / page).read_text()


def test_there_are_pages():
    assert PAGES


@pytest.mark.parametrize("page", PAGES)
def test_a_template_parses_and_names_only_what_exists(page):
    tree = ENVIRONMENT.parse(source(page))
    for name in meta.find_referenced_templates(tree):
        if name is not None:
            assert ENVIRONMENT.loader.get_source(ENVIRONMENT, name), name


@pytest.mark.parametrize("page", [page for page in PAGES if page.endswith(".html")])
def test_a_page_has_no_style_and_no_script_that_the_policy_would_stop(page):
    """U11: neither `style=` nor `on…=` attributes; a script of the page's own carries the nonce."""
    text = source(page)
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", text)
    assert not [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and "nonce" not in tag]
