"""Lay the Dutch over the exported terms; run by ``make translations`` in Odoo's own Python.

What the source no longer has goes, what is new and not translated is listed.
"""

import json
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
TERMS = ROOT / "i18n" / "aggression_protocol.pot"
DUTCH = ROOT / "i18n" / "nl.po"


def main(files):
    old = polib.pofile(str(DUTCH))
    dutch = {entry.msgid: entry.msgstr for entry in old if entry.msgstr.strip()}
    for file in files:
        dutch.update(json.loads(Path(file).read_text(encoding="utf-8")))
    new = polib.pofile(str(TERMS))
    known = {entry.msgid for entry in new}
    # The name and the summary from the manifest, which no export of the addon's terms holds.
    for entry in old:
        if entry.comment == "module: base" and entry.msgid not in known:
            new.append(entry)
            entry.msgstr = ""
    new.save(str(TERMS))
    new.metadata = old.metadata
    for entry in new:
        entry.msgstr = dutch.get(entry.msgid, "")
    new.save(str(DUTCH))
    missing = [entry.msgid for entry in new if not entry.msgstr]
    print(json.dumps(dict.fromkeys(missing, ""), indent=1, ensure_ascii=False))
    print(f"{len(new)} terms, {len(missing)} not translated")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
