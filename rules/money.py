"""Money in whole cents: nothing is lost where an amount is split or paid in parts (D2, D12)."""

import math

# In euros. What is more than this was mistyped, and less would not be worth a claim.
SMALLEST, LARGEST = 0.01, 100_000_000


def is_amount(euros):
    """Tell whether this can be an amount of damage or a payment."""
    return math.isfinite(euros) and SMALLEST <= euros <= LARGEST


def cents(euros):
    """Return an amount in euros, as Odoo keeps it in memory, as whole cents."""
    return round(euros * 100)


def euros(in_cents):
    """Return whole cents as an amount in euros that is exact to the cent when it is kept."""
    return in_cents / 100


def split(total, weights):
    """Return the parts of ``total`` cents by weight; together they are ``total`` again.

    No part is a cent or more away from its fair share. The cents that are left over go where the
    fair share was rounded down most; of equals the first one has it.
    """
    whole = sum(weights)
    fair = [divmod(total * weight, whole) for weight in weights]
    parts = [part for part, _rest in fair]
    order = sorted(range(len(fair)), key=lambda index: -fair[index][1])
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


def allocate(received, owed):
    """Return what each debt gets of the cents that were received: the oldest first (BW 6:43).

    What was paid for a debt is never taken from it again when more comes in.
    """
    paid = []
    for debt in owed:
        part = min(received, debt)
        paid.append(part)
        received -= part
    return paid
