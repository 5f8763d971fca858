"""A person with an account, who uses the API in addition to the browser."""

from dataclasses import dataclass
from http.cookiejar import Cookie, CookieJar
from typing import Self

import requests
from playwright.sync_api import StorageState

from tests.support.factories import make_email, make_password
from tests.support.waiting import HANG_SECONDS


@dataclass(frozen=True, slots=True)
class Person:
    """An account and its session; each call raises requests.HTTPError when it is refused."""

    site: str
    email: str
    password: str
    token: str
    cookie: Cookie

    @classmethod
    def sign_in(cls, site: str, email: str, password: str) -> Self:
        """Start a session of an account that exists."""
        answer = _post(f"{site}/api/sessions", {"email": email, "password": password})
        cookies: CookieJar = answer.cookies
        [cookie] = cookies
        return cls(site, email, password, answer.json()["token"], cookie)

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
        """Sign the same person in at another service that uses the same database."""
        return self.sign_in(site, self.email, self.password)

    def storage_state(self) -> StorageState:
        """Convert the cookie of the sign-in for a browser window in which to be signed in."""
        return {
            "cookies": [
                {
                    "name": self.cookie.name,
                    "value": str(self.cookie.value),
                    "domain": self.cookie.domain,
                    "path": self.cookie.path,
                    "expires": self.cookie.expires or -1,
                    "httpOnly": self.cookie.has_nonstandard_attr("HttpOnly"),
                    "secure": self.cookie.secure,
                    "sameSite": self.cookie.get_nonstandard_attr("SameSite"),  # type: ignore[typeddict-item] # one of three
                }
            ],
            "origins": [],
        }

    def _call(self, method: str, path: str, body: object = None) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"{self.site}/api/todos{path}"
        answer = requests.request(method, url, headers=headers, json=body, timeout=HANG_SECONDS)
        answer.raise_for_status()
        return answer


def make_person(site: str) -> Person:
    """Create an account and sign in."""
    email, password = make_email(), make_password()
    _post(f"{site}/api/users", {"email": email, "password": password})
    return Person.sign_in(site, email, password)


def _post(url: str, body: object) -> requests.Response:
    answer = requests.post(url, json=body, timeout=HANG_SECONDS)
    answer.raise_for_status()
    return answer
