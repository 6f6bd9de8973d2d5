"""Start the demo, log in with each login it promises, stop it: ``make demo-check``."""

import json
import socket
import sys
import urllib.request

from run_demo import HOST, logins, serving
from workbench import demo, workplace
from workbench.say import Failure, say, step


def free_port():
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return trial.getsockname()[1]


def log_in(address, login, password):
    """Return the session that Odoo gives for a login, or its refusal."""
    parameters = {"db": demo.NAME, "login": login, "password": password}
    request = urllib.request.Request(
        f"{address}/web/session/authenticate",
        json.dumps({"jsonrpc": "2.0", "params": parameters}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def main():
    port = free_port()
    with workplace.opened() as place:
        demo.ensure(place)
        with step("Logging in to the demo"), serving(place, port) as address:
            for row in logins():
                answer = log_in(address, row["login"], row["password"])
                session = answer.get("result") or {}
                if not session.get("uid"):
                    raise Failure(f"{row['login']} cannot log in: {answer}")
                language = session.get("user_context", {}).get("lang")
                say(f"  {row['login']}: {row['role']}, {language}")


if __name__ == "__main__":
    sys.exit(workplace.main(main))
