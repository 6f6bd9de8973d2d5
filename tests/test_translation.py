import io
import re

import polib

from odoo.tests import TransactionCase
from odoo.tools.misc import file_open
from odoo.tools.translate import trans_export

from ..models.decision.proposal import Repeat

ADDON = "aggression_protocol"
# %(name)s, HTML tags: what has to come through a translation unharmed
MARKS = re.compile(r"%\(\w+\)[sdf]|</?\w[^>]*>")
# the same word in both languages
ALIKE = {
    *("112", "Agenda", "Extra", "GIR", "was %(time)s"),
    *("Code", "Doxing", "ID", "Incident", "Ladder", "Later", "Norm", "Open", "Protocol"),
    *(
        "Account",
        "Export",
        "Filters",
        "Module",
        "Privacy",
        "SHA-256",
        "Stalking",
        "object.incident_id.reference",
    ),
}


class TestTranslation(TransactionCase):
    """Dutch is whole: whoever works in Dutch meets no English."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        buffer = io.BytesIO()
        trans_export(False, [ADDON], buffer, "po", cls.env)
        cls.terms = {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}
        cls.dutch = cls.catalogue("nl.po")

    @classmethod
    def catalogue(cls, name):
        with file_open(f"{ADDON}/i18n/{name}") as file:
            return polib.pofile(file.read(), check_for_duplicates=True)

    def name_of_the_addon(self):
        """Return the name and the summary from the manifest, which no export of terms holds."""
        addon = self.env["ir.module.module"].search([("name", "=", ADDON)])
        return {addon.shortdesc, addon.summary}

    def test_every_term_is_translated(self):
        """The terms of code, models, views, reports, data and JavaScript are all in nl.po."""
        translated = {entry.msgid for entry in self.dutch if entry.msgstr.strip()}
        missing = (self.terms | self.name_of_the_addon()) - translated
        self.assertFalse(missing, "translate these in i18n/nl.po")

    def test_nothing_is_left_over(self):
        known = self.terms | self.name_of_the_addon()
        left = {entry.msgid for entry in self.dutch} - known
        self.assertFalse(left, "the source has these no more; take them out of i18n/nl.po")
        template = {entry.msgid for entry in self.catalogue(f"{ADDON}.pot")}
        self.assertEqual(template ^ known, set(), "export the .pot again")

    def test_no_entry_in_doubt(self):
        self.assertFalse(self.dutch.fuzzy_entries())
        self.assertFalse(self.dutch.obsolete_entries())
        self.assertFalse([entry.msgid for entry in self.dutch if entry.msgid_plural])

    def test_placeholders_and_tags_are_kept(self):
        for entry in self.dutch:
            with self.subTest(term=entry.msgid):
                self.assertCountEqual(MARKS.findall(entry.msgstr), MARKS.findall(entry.msgid))

    def test_no_english_is_passed_off_as_dutch(self):
        same = {entry.msgid for entry in self.dutch if entry.msgstr == entry.msgid}
        self.assertFalse(same - ALIKE)

    def test_the_app_is_called_agressieprotocol(self):
        menu = self.env.ref(f"{ADDON}.menu_root").with_context(lang="nl_NL")
        self.assertEqual(menu.name, "Agressieprotocol")

    def test_dutch_is_what_people_read(self):
        """What was loaded from the file: a field, a button, a sentence of code, the protocol."""
        env = self.env(context=dict(self.env.context, lang="nl_NL"))
        incident = env["aggression.incident"]
        label = incident.fields_get(["causer_ids"])["causer_ids"]["string"]
        self.assertEqual(label, "Veroorzakers")
        self.assertIn('string="Beoordelen"', incident.get_view(view_type="form")["arch"])
        sentence = incident._repeat_sentence(Repeat(0, 0, []))
        self.assertEqual(sentence, "Eerste incident van deze veroorzaker.")
        protocol = env.ref(f"{ADDON}.protocol_midden_delfland_2025")
        self.assertIn("Emotie van burgers mag, agressie wordt niet geaccepteerd", protocol.norm)
