"""Remove everything the other commands installed: ``make clean``."""

import shutil
import sys

from workbench import locks, paths, postgres, workplace
from workbench.say import Failure, say


def main():
    with locks.exclusive("postgres"), locks.open_lock("postgres-users") as users:
        if not locks.try_lock(users):
            raise Failure("Another command is using the cache; stop it first")
        postgres.remove()
        shutil.rmtree(paths.CACHE)
    say(f"Removed {paths.CACHE}")


if __name__ == "__main__":
    sys.exit(workplace.main(main))
