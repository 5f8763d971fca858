"""Somebody with an account, and what they do elsewhere: through the API, in no browser."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlsplit

import requests
from playwright.sync_api import StorageState

from tests.support.factories import make_email, make_password

SECONDS = 10


@dataclass(frozen=True, slots=True)
class Person:
    """An account, signed in; calls raise requests.HTTPError when they are refused."""

    site: str
    email: str
    password: str
    token: str

    def adds(self, title: str, **fields: object) -> int:
        """Add a todo and return its id."""
        return int(self._call("POST", "", {"title": title, **fields}).json()["id"])

    def changes(self, todo_id: int, **fields: object) -> None:
        """Change fields of a todo."""
        self._call("PATCH", f"/{todo_id}", fields)

    def deletes(self, todo_id: int) -> None:
        """Delete a todo."""
        self._call("DELETE", f"/{todo_id}")

    def at(self, site: str) -> Self:
        """Return the same person, signed in at another service on the same database."""
        account = {"email": self.email, "password": self.password}
        token = _post(f"{site}/api/sessions", account).json()["token"]
        return replace(self, site=site, token=token)

    def as_cookie(self) -> StorageState:
        """Return what a browser holds in which this person is signed in."""
        return {
            "cookies": [
                {
                    "name": "session",
                    "value": self.token,
                    "domain": str(urlsplit(self.site).hostname),
                    "path": "/",
                    "expires": -1,
                    "httpOnly": True,
                    "secure": False,
                    "sameSite": "Strict",
                }
            ],
            "origins": [],
        }

    def _call(self, method: str, path: str, body: object = None) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"{self.site}/api/todos{path}"
        answer = requests.request(method, url, headers=headers, json=body, timeout=SECONDS)
        answer.raise_for_status()
        return answer


def make_person(site: str) -> Person:
    """Make an account and sign in."""
    account = {"email": make_email(), "password": make_password()}
    _post(f"{site}/api/users", account)
    return Person(site, **account, token="").at(site)


def _post(url: str, body: object) -> requests.Response:
    answer = requests.post(url, json=body, timeout=SECONDS)
    answer.raise_for_status()
    return answer
