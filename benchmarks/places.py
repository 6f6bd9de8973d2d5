"""The databases that are measured: made once, in the cache, until what they are made of changes."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workbench import databases, fingerprint, locks, paths
from workbench.say import run_quietly, step

HERE = Path(__file__).parent
PEERS = "helpdesk_mgmt,mgmtsystem_nonconformity,base_automation"
PEER_LIST = HERE / "peers.txt"


@dataclass
class Pair:
    """Two databases with the same number of cases: ours, and that of both peers."""

    ours: str
    peers: str


class Places:
    """Makes the databases, each when it is asked for."""

    def __init__(self, place):
        self.place = place
        self.addons_path = f"{paths.link_addon()},{_fetch_peers(place)}"
        self.env = {**place.env, "PYTHONPATH": str(HERE), "ODOO_RC": str(self._settings())}

    def pair(self, cases):
        """Return the :class:`Pair` with so many cases."""
        return Pair(self._filled("ours", cases), self._filled("peers", cases))

    def _settings(self):
        """Write the settings with which both sides are found."""
        lines = self.place.conf.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("addons_path")]
        path = self.place.conf.with_name(f"bench-{self.place.conf.name}")
        path.write_text("\n".join([*kept, f"addons_path = {self.addons_path}", ""]))
        return path

    def _filled(self, side, cases):
        name = f"ap_bench_{side}_{cases}_{self._key(side)}"
        return self._up_to_date(side, name, partial(self._fill, side, name, cases))

    def _seeded(self, side):
        """Return a database with what is copied, and the people: the same one for every size."""
        name = f"ap_bench_{side}_seed_{self._key(side)}"
        return self._up_to_date(side, name, partial(self._seed, side, name))

    def _up_to_date(self, side, name, make):
        """Have a database made when it is missing, and upgraded when the addon has changed."""
        shape = fingerprint.shape() if side == "ours" else ""
        with locks.exclusive(name):
            if not databases.is_ready(self.place, name):
                make()
            elif databases.marked(name) != shape:
                self._upgrade(name)
            databases.mark(name, shape)
        return name

    def _fill(self, side, name, cases):
        self._drop_outdated(side)
        copied = databases.copied(self.place, self._seeded(side), name)
        with copied as unfinished, step(f"Filling a database ({side}), {cases:,} cases") as at:
            self._run(at, side, unfinished, cases)

    def _seed(self, side, name):
        ours = side == "ours"
        copied = databases.copied(self.place, databases.base(self.place, demo=ours), name)
        with copied as unfinished, step(f"Installing what is measured ({side})") as at:
            self._install(at, unfinished, ours)
            self._run(at, side, unfinished)

    def _install(self, at, database, ours):
        if ours:
            databases.install(self.place, at, database, "--with-demo")
        else:
            options = ["-d", database, "-i", PEERS, "--no-http", "--stop-after-init"]
            self.place.run_odoo(at, *options, "--addons-path", self.addons_path)

    def _drop_outdated(self, side):
        """Drop what was made of something else than what there is now."""
        for name in databases.marks(f"ap_bench_{side}_*"):
            if not name.endswith(self._key(side)):
                databases.drop(self.place, name)

    def _upgrade(self, name):
        """Bring the addon in a filled database up to date."""
        with step("Upgrading a filled database") as at:
            options = ["-u", paths.ADDON, "--no-http", "--stop-after-init"]
            self.place.run_odoo(at, "-d", name, *options)
            self.place.psql(name, "VACUUM ANALYZE")

    def _run(self, at, *arguments):
        def show(line):
            at.detail = line.strip()

        command = [self.place.venv.python, "-m", "filling", *map(str, arguments)]
        run_quietly(command, "filling", env=self.env, on_line=show)

    def _key(self, side):
        """Digest what a filled database is made of."""
        files = [HERE / "filling" / name for name in ("multiply.py", f"{side}.py")]
        key = hashlib.sha256(json.dumps([self.place.odoo.version, side]).encode())
        key.update(fingerprint.demo().encode() if side == "ours" else PEER_LIST.read_bytes())
        for file in files:
            key.update(file.read_bytes())
        return key.hexdigest()[:8]


def _fetch_peers(place):
    """Return the folder with the peers' addons, fetched when they are not there."""
    key = hashlib.sha256(PEER_LIST.read_bytes()).hexdigest()[:8]
    target = paths.CACHE / f"peers-{key}"
    if not target.exists():
        unfinished = target.with_name(f"{target.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        with step("Fetching the peers"):
            pip = [place.venv.python, "-m", "pip", "install", "--no-input", "--no-deps"]
            run_quietly([*pip, "--target", unfinished, "-r", PEER_LIST], "pip")
            unfinished.rename(target)
    return target / "odoo" / "addons"
