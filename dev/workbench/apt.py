"""Fetch Debian packages without root and without touching the machine's own apt."""

import os
import shutil
import subprocess
from pathlib import Path

from workbench.say import Failure, run_quietly

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class PrivateApt:
    """An apt state of our own below ``folder``."""

    def __init__(self, folder):
        self.folder = Path(folder)
        for name in ("lists/partial", "cache/archives/partial", "own/partial", "debs"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def _options(self, lists, **settings):
        settings = {
            "Dir::State::Lists": self.folder / lists,
            "Dir::Cache": self.folder / "cache",
            "Debug::NoLocking": 1,
            "Acquire::Languages": "none",
            "Acquire::Retries": 3,
            **{name.replace("_", "::"): value for name, value in settings.items()},
        }
        if os.geteuid() == 0:
            # The _apt user of the machine may not enter root's home.
            settings["APT::Sandbox::User"] = "root"
        return [f"-o{name}={value}" for name, value in settings.items()]

    def mirror(self):
        """Return the address of the Debian mirror that this machine uses.

        apt only knows which of its addresses is Debian's after it fetched the lists;
        a fresh container has none yet, so they are fetched into our own folder.
        """
        own = self._options("own")
        for options in ([], own):
            if options:
                run_quietly(["apt-get", *options, "update"], "apt-update")
            address = _debian_address(options)
            if address:
                return address
        raise Failure("apt knows no Debian mirror; set ODOO_HOME to an Odoo 19 source tree")

    def use(self, *suites):
        """Read the package lists of these suites of the machine's mirror."""
        address = self.mirror()
        sources = self.folder / "sources.list"
        lines = [f"deb [signed-by={KEYRING}] {address} {suite} main\n" for suite in suites]
        sources.write_text("".join(lines))
        # A folder name that does not exist: none of the machine's other sources.
        self.options = self._options(
            "lists", Dir_Etc_sourcelist=sources, Dir_Etc_sourceparts=self.folder / "none"
        )
        run_quietly(["apt-get", *self.options, "update"], "apt-update")

    def download(self, *packages):
        """Download the packages and return their files."""
        debs = self.folder / "debs"
        run_quietly(["apt-get", *self.options, "download", *packages], "apt-download", cwd=debs)
        return sorted(debs.glob("*.deb"))

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def _debian_address(options):
    form = "$(REPO_URI)|$(ORIGIN)|$(LABEL)"
    command = ["apt-get", *options, "indextargets", "--format", form, "Created-By: Packages"]
    answer = subprocess.run(command, capture_output=True, text=True)
    for line in answer.stdout.splitlines():
        address, origin, label = line.split("|")
        if origin == label == "Debian":
            return address
    return None
