import re
import secrets

# Without 0, O, 1 and I, so that a reference survives being read out over the telephone.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def random_reference(prefix):
    """Return a reference that tells nothing: no year, no number, no name.

    Thirty-two to the power of eight: a million cases give one collision in some 2,000 databases,
    and the unique index turns that one into a failed request instead of a mix-up.
    """
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def is_reference(text):
    """Tell whether this can be a reference at all, before a database is asked."""
    return bool(re.fullmatch(rf"[A-Z]-[{ALPHABET}]{{8}}", text))
