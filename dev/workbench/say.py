"""Tell in plain words what is going on, and run programs without their noise."""

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

from workbench.paths import LOGS

_TTY = sys.stderr.isatty()


class Failure(Exception):
    """Something the reader of the terminal can act on; shown without a traceback."""


def say(text):
    """Print one line for the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


class Step:
    """One line of progress, kept up to date on a terminal."""

    def __init__(self, title):
        self.title = title
        self.detail = ""
        self.started = time.monotonic()
        self._over = threading.Event()

    @property
    def seconds(self):
        return int(time.monotonic() - self.started)

    def tick(self):
        while not self._over.wait(0.5):
            line = f"  {self.title} … {self.seconds} s  {self.detail}"
            sys.stderr.write("\r\033[K" + line[:110])
            sys.stderr.flush()

    def close(self, outcome):
        self._over.set()
        lead = "\r\033[K" if _TTY else ""
        say(f"{lead}  {self.title}: {outcome} ({self.seconds} s)")


@contextmanager
def step(title):
    """Show that ``title`` is going on, and how long it took."""
    current = Step(title)
    if _TTY:
        ticker = threading.Thread(target=current.tick, daemon=True)
        ticker.start()
    else:
        say(f"  {title} …")
    try:
        yield current
    except KeyboardInterrupt:
        current.close("stopped")
        raise
    except BaseException:
        current.close("FAILED")
        raise
    current.close("done")


def run_quietly(command, name, env=None, on_line=None, **options):
    """Run ``command`` with its output in a log file that is shown only when it fails."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name}.{os.getpid()}.log"
    with log.open("w", encoding="utf-8", errors="replace") as out:
        process = subprocess.Popen(
            [str(part) for part in command],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **options,
        )
        try:
            for line in process.stdout:
                out.write(line)
                if on_line:
                    on_line(line)
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise
    output = log.read_text(encoding="utf-8", errors="replace")
    if process.wait():
        tail = "\n".join(output.splitlines()[-30:])
        raise Failure(f"{tail}\n\n{name} failed; the whole output is in {log}")
    log.unlink()
    return output
