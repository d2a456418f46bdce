"""The only table from what went wrong to a status."""

from http import HTTPStatus

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from portal import errors, logs
from portal.law.errors import LawError

STATUS: dict[type[errors.PortalError], HTTPStatus] = {
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.NotPermitted: HTTPStatus.FORBIDDEN,
    errors.TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.UploadRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.AnswersWrong: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.Held: HTTPStatus.CONFLICT,
    errors.RuleForbids: HTTPStatus.CONFLICT,
    errors.Conflict: HTTPStatus.CONFLICT,
}
_PAGES = {403, 404, 409, 413, 422, 429, 503}


def register(app: Flask) -> None:
    """Answer every error with a page of plain words."""
    app.register_error_handler(errors.PortalError, _ours)
    app.register_error_handler(LawError, _law)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _ours(error: errors.PortalError) -> ResponseReturnValue:
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), HTTPStatus.INTERNAL_SERVER_ERROR)
    # What is not there and what is not yours to see are answered with the very same bytes.
    told = None if status is HTTPStatus.NOT_FOUND else error
    return _page(int(status), told)


def _law(error: LawError) -> ResponseReturnValue:
    """The law could not answer: a fact is missing, or a day lies beyond the known bank holidays."""
    return _page(HTTPStatus.CONFLICT, errors.Conflict(str(error)))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:  # a redirect raised by abort()
        return error.response
    status = error.code or 500
    return _page(status, None)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    logs.log().error("page failed", fault=type(error).__name__, error=_where(error))
    return _page(500, None)


def _where(error: BaseException) -> str:
    """The place in the code, without the message: a message may quote what a person typed."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else ""


def _page(status: int, error: errors.PortalError | None) -> ResponseReturnValue:
    g.failed = True  # whatever this request began to change is rolled back
    name = status if status in _PAGES else (404 if 400 <= status < 500 else 500)  # noqa: PLR2004
    if status in {400, 405}:
        name = 422 if status == 400 else 404  # noqa: PLR2004
    return render_template(f"errors/{name}.html", error=error, reference=logs.request_id.get()), status
