"""A browser of the benchmark: one connection kept open, cookies, and the forms of registration."""

import http.client
import re
from urllib.parse import urlencode

from scripts.bench.stage import INSTITUTE, ROLES, SLUG, Stage

HIDDEN = re.compile(r'<input[^>]*name="(csrf_token|action_key|for_waitlist)"[^>]*value="([^"]*)"')
TOO_MANY_HOPS = 5


class Visitor:
    """Asks for pages as fast as they come."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._cookie = cookie
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def get(self, path: str) -> str:
        """Return the page; anything but 200 stops the benchmark."""
        return self._ask("GET", path)[0]

    def register_team(self, stage: Stage, number: int) -> None:
        """Register a team of six the way a lead does: start, paste, submit."""
        lea_id = stage.fresh_leas[number]
        start = f"/{SLUG}/institutes/{INSTITUTE}/register"
        page = self.get(start)
        _, team = self._ask("POST", start, {
            **_hidden(page), "lea_id": lea_id, "name": "Lead Person", "role": "", "side": "labor",
        })  # fmt: skip
        lines = "\n".join(
            f"Person {n}\tp{n}.{lea_id}@bench.example.org\t{code}"
            for n, (code, _) in enumerate(ROLES)
        )
        page = self.get(f"{team}/members/paste")
        self._ask("POST", f"{team}/members/paste", {**_hidden(page), "lines": lines, "save": "1"})
        page = self.get(team)
        submit = re.search(rf'action="({re.escape(team)}/submit)"', page)
        if submit is None:
            raise RuntimeError("the team cannot be submitted")
        page, _ = self._ask("POST", submit.group(1), _hidden(page[submit.start() :]))
        if "Your team is registered" not in page:
            raise RuntimeError("the team was not registered")

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """Return the page where the answer leads, and its path."""
        for _ in range(TOO_MANY_HOPS):
            headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
            self._connection.request(method, path, urlencode(form or {}), headers)
            answer = self._connection.getresponse()
            body = answer.read()
            self._keep_cookies(answer)
            if answer.status in {302, 303}:
                method, path, form = "GET", answer.headers["Location"], None
                continue
            if answer.status != http.client.OK:
                raise RuntimeError(f"{method} {path}: {answer.status}")
            return body.decode("utf-8", "replace"), path
        raise RuntimeError(f"{path}: too many redirects")

    def _keep_cookies(self, answer: http.client.HTTPResponse) -> None:
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            if cookie.startswith("session="):
                self._cookie = cookie.split(";", 1)[0]


def _hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of the page's first form."""
    found: dict[str, str] = {}
    for name, value in HIDDEN.findall(page):
        found.setdefault(name, value)
    return found
