"""A browser without JavaScript: keeps cookies, sends each form's own token, follows where it is sent."""

import re

from portal.demo import cast
from portal.people import demonstration


class Browser:
    def __init__(self, app, parts, login=None):
        self.app, self.parts, self.client = app, parts, app.test_client()
        if login:
            self.sign_in(f"{login}@example.org")

    def sign_in(self, email, password=cast.PASSWORD):
        self.get("/account/sign-in")
        first = self.post("/account/sign-in", email=email, password=password)
        if first.status_code != 302:
            return first
        self.get(first.location)
        return self.post("/account/tf-validate", code=demonstration.code(self.parts, email))

    def get(self, address):
        self.page = self.client.get(address)
        return self.page

    def post(self, address, **fields):
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page.text)
        if token is None:
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.client.get("/help").text)
        data = {name.replace("__", "-"): value for name, value in fields.items()}
        self.page = self.client.post(address, data=data | {"csrf_token": token[1] if token else ""})
        return self.page

    def follow(self):
        """The page that the last answer leads to."""
        return self.get(self.page.location)
