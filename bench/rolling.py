"""`python -m bench.rolling`: replaces two replicas one after the other, under load, behind Caddy.

It needs Caddy's program, and prints how many requests got which answer.
"""

import os
import re
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread

import psutil
import requests

from bench.stage import LOG, Service, database, people
from tests.support.children import running
from tests.support.paths import ROOT
from tests.support.service import ServiceProcess
from tests.support.waiting import wait_until
from tools.command import end_with
from tools.common import BUILD, ToolError
from tools.embedded_postgres import free_port

ROUNDS, PAUSE_SECONDS, CLIENTS = 2, 2, 3
UPSTREAM = re.compile(r"dynamic a \{.*?\n\t\}", re.DOTALL)


def main() -> None:
    """Count the answers to reads and writes while the replicas are replaced."""
    caddy = shutil.which("caddy")
    if not caddy:
        raise ToolError("Caddy is not installed: see https://caddyserver.com/docs/install.")
    port, secret, answers, end = free_port(), secrets.token_hex(), Counter[str](), Event()
    url = f"http://127.0.0.1:{port}"
    settings = {"SECRET_KEY": secret, "PUBLIC_URL": url, "TRUSTED_PROXIES": "1"}
    with database() as database_url, ExitStack() as stack:
        replicas = [ServiceProcess(LOG, DATABASE_URL=database_url, **settings) for _ in range(2)]
        for replica in replicas:
            stack.callback(replica.stop)
            replica.start()
        stack.enter_context(_proxy(caddy, port, [replica.address for replica in replicas]))
        headers = Service(url, secret, psutil.Process(replicas[0].process.pid)).bearer(
            people(database_url, 1)[0]
        )
        for method in ["GET", "POST"] * CLIENTS:
            client = Thread(target=_repeat, args=[method, url, headers, answers, end])
            stack.callback(client.join)
            client.start()
        stack.callback(end.set)
        for replica in replicas * ROUNDS:
            replica.stop()
            replica.start()
            end.wait(PAUSE_SECONDS)
    for answer, count in sorted(answers.items()):
        print(f"{answer}: {count}")


def _repeat(
    method: str, url: str, headers: dict[str, str], answers: Counter[str], end: Event
) -> None:
    body = {"title": "Buy milk"} if method == "POST" else None
    while not end.is_set():
        try:
            response = requests.request(method, f"{url}/api/todos", headers=headers, json=body)  # noqa: S113 -- Caddy has limits
            answers[f"{method} {response.status_code}"] += 1
        except requests.RequestException as error:
            answers[f"{method} {type(error).__name__}"] += 1


@contextmanager
def _proxy(caddy: str, port: int, upstreams: list[str]) -> Iterator[None]:
    """Run Caddy with our configuration, except for its port and the replicas' addresses."""
    addresses = " ".join(address.removeprefix("http://") for address in upstreams)
    text = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    file = BUILD / "Caddyfile"
    file.write_text(UPSTREAM.sub(f"to {addresses}", text).replace(":8080", f":{port}"))
    command = [caddy, "run", "--config", str(file), "--adapter", "caddyfile"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(BUILD)}
    with LOG.open("ab") as log, running(command, env=environment, stdout=log, stderr=log):
        wait_until(lambda: _answers(port))
        yield


def _answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=PAUSE_SECONDS).ok
    except requests.ConnectionError:
        return False


if __name__ == "__main__":
    end_with(main)
