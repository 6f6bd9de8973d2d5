from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..rules import money

CENTS = st.integers(1, 10**10)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(sum)
DEBTS = st.lists(CENTS, max_size=9)


class TestMoney(BaseCase):
    """D2, D12: no cent is lost or made, whatever is split and in whatever parts it is paid."""

    @given(CENTS)
    def test_to_euros_and_back(self, amount):
        """D12: an amount in euros is the same cents again, up to the largest."""
        self.assertEqual(money.cents(money.euros(amount)), amount)
        self.assertEqual(f"{money.euros(amount):.2f}", f"{amount // 100}.{amount % 100:02}")

    @given(st.integers(0, 10**10), WEIGHTS)
    def test_split(self, total, weights):
        """D2: the parts are together the whole; none is a cent or more from its fair share."""
        parts = money.split(total, weights)
        self.assertEqual(sum(parts), total)
        for part, weight in zip(parts, weights, strict=True):
            self.assertLess(abs(part * sum(weights) - total * weight), sum(weights))
            self.assertGreaterEqual(part, 0)

    @given(st.integers(0, 10**10), st.integers(1, 9))
    def test_split_in_equal_parts(self, total, number):
        """D2: causers who owe as much each owe the same, but for the cent that is left over."""
        parts = money.split(total, [1] * number)
        self.assertLessEqual(max(parts) - min(parts), 1)
        self.assertEqual(parts, sorted(parts, reverse=True))

    def test_the_glasses_in_three(self):
        self.assertEqual(money.split(38900, [1, 1, 1]), [12967, 12967, 12966])

    @given(DEBTS, st.lists(st.integers(0, 10**9), max_size=9))
    def test_part_payments(self, debts, payments):
        """D2: nothing of what came in is lost, and what was paid for a debt stays paid for it."""
        received, before = 0, [0] * len(debts)
        for payment in payments:
            received += payment
            paid = money.allocate(received, debts)
            self.assertEqual(sum(paid), min(received, sum(debts)))
            for now, earlier, debt in zip(paid, before, debts, strict=True):
                self.assertTrue(earlier <= now <= debt)
            before = paid

    def test_what_is_no_amount(self):
        for amount in (0, -1, 0.009, 1e308, float("inf"), float("nan"), 100_000_001):
            self.assertFalse(money.is_amount(amount), amount)
        for amount in (0.01, 389.0, 100_000_000):
            self.assertTrue(money.is_amount(amount), amount)
