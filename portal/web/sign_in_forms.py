"""The forms of Flask-Security that we change."""

from typing import cast

from flask_security.forms import ChangePasswordForm, LoginForm

from portal.errors import AnswersWrong
from portal.people.account import Account
from portal.people.actions import check_password

REFUSED = "Check your email address and password, and try again"


class SignIn(LoginForm):
    """One answer for every reason to refuse: no such account, a wrong password, a disabled or a locked one."""

    def validate(self, **given: object) -> bool:
        """Whether the person may go on to the one-time code."""
        from portal.web.signing_in import locked

        good = bool(super().validate(**given))
        if good and locked(cast("Account", self.user)):
            good = False
        if not good:
            self.user_authenticated = False
            self.refused = REFUSED
        return good


class ChangePassword(ChangePasswordForm):
    """Our rules for a new password."""

    def validate(self, **given: object) -> bool:
        """Whether the new password can be used."""
        good = bool(super().validate(**given))
        try:
            check_password(self.new_password.data or "")
        except AnswersWrong as wrong:
            self.new_password.errors = [wrong.messages["password"]]
            return False
        return good
