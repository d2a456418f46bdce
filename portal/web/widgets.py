"""How a field is drawn: by GOV.UK's own macros, never with `required`, `maxlength` or a style.

Options any of them takes in a template, `{{ form.name(heading=True, classes="govuk-input--width-10") }}`:
`heading` makes the label the page's h1 (one question a page), `classes` go to the input, anything else
is an attribute of it.
"""

from typing import Any

from flask import current_app
from markupsafe import Markup
from wtforms import Field

Value = Any  # what a template may give: words, a number, yes or no
Options = dict[str, Value]


def govuk(component: str, params: Options) -> Markup:
    """One of GOV.UK's components: `govuk("button", {"text": "Continue"})`."""
    name = f"{component}/macro.html"
    template = current_app.jinja_env.get_template(f"govuk_frontend_jinja/components/{name}")
    macro = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    return Markup(getattr(template.module, macro)(params))  # noqa: S704 -- the macro has escaped it


def text(field: Field, **given: Value) -> Markup:
    params = _single(field, {**field.usual, **given})
    return govuk("input", {"type": field.kind, "value": _typed(field), **params})


def textarea(field: Field, **given: Value) -> Markup:
    rows = given.pop("rows", 5)
    return govuk("textarea", {"value": _typed(field), "rows": rows, **_single(field, given)})


def password(field: Field, **given: Value) -> Markup:
    # What was typed is never sent back (U30).
    return govuk("password-input", _single(field, given))


def file(field: Field, **given: Value) -> Markup:
    return govuk("file-upload", {"javascript": True, **_single(field, given)})


def select(field: Field, **given: Value) -> Markup:
    items = [
        {"value": choice.value, "text": choice.label, "selected": choice.selected} for choice in field.iter_choices()
    ]
    return govuk("select", {"items": items, **_single(field, given)})


def radios(field: Field, **given: Value) -> Markup:
    return govuk("radios", _several(field, given))


def checkboxes(field: Field, **given: Value) -> Markup:
    return govuk("checkboxes", _several(field, given))


def checkbox(field: Field, **given: Value) -> Markup:
    """One box to tick: its label stands beside it, so it needs no legend."""
    item: Options = {"value": "y", "text": field.label.text, "checked": bool(field.data)}
    params: Options = {"name": field.name, "idPrefix": field.id, "items": [item], **_told(field)}
    return govuk("checkboxes", params | ({"classes": given["classes"]} if "classes" in given else {}))


def date_parts(field: Field, **given: Value) -> Markup:
    """Day, month and year; only what is wrong is marked wrong."""
    items = [
        {
            "label": part.capitalize(),
            "id": f"{field.id}-{part}",
            "name": f"{field.name}-{part}",
            "value": value,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if field.errors and part in field.wrong_parts else ""),
            "inputmode": "text" if part == "month" else "numeric",
            **({"autocomplete": f"bday-{part}"} if field.own_birth_date else {}),
        }
        for part, value in field.typed.items()
    ]
    legend = _legend(field, heading=given.pop("heading", False))
    return govuk("date-input", {"id": field.id, "items": items, "fieldset": legend, **_told(field)})


def label_text(field: Field) -> str:
    """The label; what may be left out says so (U16)."""
    words = str(field.label.text)
    return f"{words} (optional)" if field.flags.optional and "(optional)" not in words else words


def _typed(field: Field) -> str:
    return str(field._value())  # noqa: SLF001 -- WTForms' own way from a field to its widget


def _single(field: Field, given: Options) -> Options:
    heading = given.pop("heading", False)
    size = "govuk-label--l" if heading else "govuk-label--s"
    label: Options = {"text": label_text(field), "isPageHeading": heading, "classes": size}
    params: Options = {"id": field.id, "name": field.name, "label": label, **_told(field)}
    params |= {name: given.pop(name) for name in _OF_MACRO & given.keys()}
    given.pop("id", None)
    return params | {"attributes": {name: value for name, value in given.items() if value is not False}}


def _several(field: Field, given: Options) -> Options:
    items: list[Options] = [
        {
            "value": choice.value,
            "text": choice.label,
            "checked": choice.selected,
            **({"hint": {"text": hint}} if (hint := choice.render_kw.get("hint")) else {}),
        }
        for choice in field.iter_choices()
    ]
    legend = _legend(field, heading=given.pop("heading", False))
    params: Options = {"name": field.name, "idPrefix": field.id, "items": items, "fieldset": legend}
    return params | _told(field) | {name: given[name] for name in _OF_MACRO & given.keys()}


def _legend(field: Field, *, heading: bool) -> Options:
    size = "govuk-fieldset__legend--l" if heading else "govuk-fieldset__legend--s"
    return {"legend": {"text": label_text(field), "isPageHeading": heading, "classes": size}}


def _told(field: Field) -> Options:
    told: Options = {"hint": {"text": field.description}} if field.description else {}
    return told | ({"errorMessage": {"text": field.errors[0]}} if field.errors else {})


_OF_MACRO = frozenset(
    {
        "classes",
        "autocomplete",
        "inputmode",
        "spellcheck",
        "prefix",
        "suffix",
        "formGroup",
        "multiple",
    }
)
