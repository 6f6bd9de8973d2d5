from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..rules.likeness import account_keys, address_keys, fold, name_keys, surname_keys

WORD = st.text("abcdefghijklmnoprstuvwz", min_size=3, max_size=9)
MARKS = st.sampled_from([" ", "  ", ". ", " - ", "\t", " . "])


def alike(one, other):
    kept, sought = surname_keys(one)[0], surname_keys(other)[1]
    return bool(name_keys(one) & name_keys(other) or kept & sought)


class TestLikeness(BaseCase):
    """M6, A12: how somebody was written down makes no difference; who it is does."""

    def test_names(self):
        table = [
            ("Jan Jansen", "J. Jansen", True),
            ("Jansen, Jan", "J.P. van JANSEN", True),
            ("Jansen", "Jan Jansen", True),
            ("Dhr. Jansen", "JANSEN", True),
            ("van 't Hof, H.", "Hans van ’t Hof", True),
            ("Jansen Jan", "Jan Jansen", True),
            ("A. Ö. Çelik", "celik, a", True),
            ("Mevr. de Vries", "Anna de Vries", True),
            ("P. Jansen", "J. Jansen", False),
            ("T. Jansen", "P. Jansen", False),
            ("Jan Bakker", "Jan de Boer", False),
            ("Jan", "Piet", False),
            ("", "", False),
            ("...", "...", False),
        ]
        for one, other, expected in table:
            with self.subTest(one=one, other=other):
                self.assertEqual((alike(one, other), alike(other, one)), (expected,) * 2)

    def test_addresses(self):
        table = [
            ("J. Jansen\nDorpsstraat 12a\n2636 ab Schipluiden", "Dorpsstr. 12, 2636AB", True),
            ("Plein 1944 7, 2636AB", "2636 AB 7", True),
            ("Jan Jansen\nStreet 1, Town", "street 1 TOWN", True),
            ("Dorpsstraat 12, 2636 AB", "Dorpsstraat 14, 2636 AB", False),
            ("", "", False),
        ]
        for one, other, expected in table:
            with self.subTest(one=one, other=other):
                self.assertEqual(bool(address_keys(one) & address_keys(other)), expected)

    def test_accounts(self):
        table = [
            ("@Jan_J", "https://x.com/jan_j/status/12", True),
            ("Facebook: Jan.J", "www.facebook.com/jan.j?ref=1", True),
            ("mailto:Jan@Example.nl", "jan@example.NL", True),
            ("linkedin.com/in/jan-j/", "jan-j", True),
            ("facebook.com/profile.php?id=123&x=1", "facebook.com/profile.php?id=456", False),
            ("jan@example.nl", "jan@example.com", False),
            ("x.com/", "facebook.com/", False),
        ]
        for one, other, expected in table:
            with self.subTest(one=one, other=other):
                self.assertEqual(bool(account_keys(one) & account_keys(other)), expected)
        self.assertEqual(len(account_keys("a_1\n\n@b_2\nc@example.nl")), 3)

    @given(st.text(), st.text())
    def test_whatever_is_typed(self, one, other):
        """Any text has keys, likeness goes both ways, and case makes no difference."""
        self.assertEqual(alike(one, other), alike(other, one))
        self.assertEqual(fold(fold(one)), fold(one))
        for keys in (name_keys, surname_keys, address_keys, account_keys):
            self.assertEqual(keys(one), keys(fold(one)))

    @given(WORD, WORD, MARKS)
    def test_the_way_of_writing(self, first, last, mark):
        """Case, accents, punctuation, spaces, order and initials."""
        name = f"{first} {last}"
        accented = name.replace("e", "é").replace("o", "ö").upper()
        for written in (
            accented,
            f"{first}{mark}{last}",
            f"{last}, {first}",
            f"{first[0]}. {last}",
        ):
            self.assertTrue(alike(name, written), written)

    @given(WORD, st.integers(1000, 9999), st.integers(1, 999))
    def test_the_place(self, street, digits, number):
        """A postal code and a number are a place, however the rest is spelled."""
        written = f"{street} {number}\n{digits} AB Town", f"{digits}ab {street.upper()} {number}"
        self.assertEqual(*map(address_keys, written))
