"""Many people at once: requests a second, and how long each waits, with two workers."""

import http.client
import json
import random
import signal
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

HOST = "127.0.0.1"
WORKERS, CLIENTS = 2, (1, 8, 32)
SECONDS, MANY = 8, 1000
PATIENCE = 120
LOGINS = {"ours": "coordinator", "helpdesk": "person-0-0"}


class Client:
    """Somebody who is logged in, with one connection."""

    def __init__(self, port, cookie=None):
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        self.cookie = cookie

    def log_in(self, database, login):
        answer = self._post(
            "/web/session/authenticate", {"db": database, "login": login, "password": login}
        )
        self.cookie = answer.getheader("Set-Cookie").partition(";")[0]
        answer.read()

    def call(self, model, method, args, kwargs):
        """Call a method as the web client does, and return its result."""
        path = f"/web/dataset/call_kw/{model}/{method}"
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = json.loads(self._post(path, params).read())
        if "error" in answer:
            raise RuntimeError(f"{model}.{method}: {answer['error']['data']['message']}")
        return answer["result"]

    def take(self, calls):
        """Make some calls in a row."""
        made = None
        for model, method, args, kwargs in calls:
            result = self.call(model, method, _with_id(args, made), kwargs)
            made = result[0]["id"] if method == "web_save" else made

    def _post(self, path, params):
        headers = {"Content-Type": "application/json"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        self._connection.request("POST", path, body, headers)
        return self._connection.getresponse()


def _with_id(args, made):
    return json.loads(json.dumps(args).replace('"$id"', str(made)))


@contextmanager
def serving(command, env, log):
    """Run Odoo with two workers on a free port; yield the port and its process.

    :param Path log: where it writes what goes wrong
    """
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        port = trial.getsockname()[1]
    options = [f"--workers={WORKERS}", "--max-cron-threads=0", "--log-level=critical"]
    where = ["--http-interface", HOST, "--http-port", str(port), "--no-database-list"]
    limits = ["--limit-memory-soft=0", "--limit-time-real=600", "--limit-time-cpu=600"]
    with log.open("w") as errors:
        command = [*command, *options, *where, *limits]
        process = subprocess.Popen(command, env=env, stderr=errors)
    try:
        _wait(port)
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait(port):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as trial:
            if trial.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("Odoo does not answer")


def measure(port, process, databases, requests, short, progress):
    """Return {"list/ours/8": {requests a second, median and 95th percentile in ms}, ...}.

    :param dict databases: {side: name}
    :param dict requests: {side: {name: variants}}
    :param bool short: whether to ask for a quarter of the time
    """
    seconds, many = (SECONDS / 4, MANY // 4) if short else (SECONDS, MANY)
    found = {}
    cookies = {}
    for side, database in databases.items():
        client = Client(port)
        client.log_in(database, LOGINS[side])
        cookies[side] = client.cookie
        _warm_up(client, requests[side])
    for name in ("list", "form", "step"):
        for number in CLIENTS:
            for side in databases:
                progress(f"{name}, {number} clients, {side}")
                variants = requests[side][name]
                found[f"{name}/{side}/{number}"] = _cell(
                    port, cookies[side], variants, number, seconds
                )
    progress(f"{many} requests to each worker")
    return found, _memory(port, cookies["ours"], requests["ours"], process, many)


def _warm_up(client, requests):
    """Let both workers load the registry and fill their caches."""
    for _time in range(4 * WORKERS):
        for variants in (requests["list"], requests["form"]):
            client.take(random.choice(variants))


def _cell(port, cookie, variants, number, seconds):
    """Let so many clients ask for so long; a step that was taken is not taken again."""
    waits, failures = [], []
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_ask_on, args=(port, cookie, variants, end, waits, failures))
        for _number in range(number)
    ]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.monotonic() - start
    return {
        "per_second": len(waits) / passed,
        "p50": median(waits) * 1000 if waits else None,
        "p95": quantiles(waits, n=20)[-1] * 1000 if len(waits) > 1 else None,
        "failed": len(failures),
    }


def _ask_on(port, cookie, variants, end, waits, failures):
    client = Client(port, cookie)
    once = len(variants[0]) > 1
    while time.monotonic() < end and variants:
        calls = variants.pop() if once else random.choice(variants)
        start = time.monotonic()
        try:
            client.take(calls)
            waits.append(time.monotonic() - start)
        except Exception as error:
            failures.append(error)
            client = Client(port, cookie)


def _memory(port, cookie, requests, process, many):
    """Return what a worker holds, in MB, at first and after so many requests more."""
    before = _resident(process.pid)
    client = Client(port, cookie)
    for number in range(many * WORKERS):
        client.take(random.choice(requests["form" if number % 2 else "list"]))
    return {"before": before, "after": _resident(process.pid), "requests": many}


def _resident(server):
    """Return the resident memory of the largest worker, in MB."""
    sizes = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if f"\nPPid:\t{server}\n" in status and "gevent" not in command:
            sizes.append(int(status.partition("VmRSS:")[2].split()[0]) / 1024)
    return max(sizes, default=0)
