"""When two descriptions may be of the same causer (A12, M6).

Texts go in, keys come out: short normal forms that are equal where the texts are alike, whatever
the case, accents, punctuation, spaces, order and initials. Only keyed hashes of them are kept.
"""

import re
import unicodedata

NAME, SURNAME, ACCOUNT, ADDRESS = "name", "surname", "account", "address"

# What stands before a surname, or before a name, and tells nobody apart.
PREFIXES = (
    "aan af bij da de dos del della den der des di do du een el het in la le les lo van von vd "
    "op onder over te ten ter tot uit vande vanden vander voor zu zum zur"
)
TITLES = "dhr drs dr fam familie heer ing ir meneer mevr mevrouw mr mw prof ds mej bsc msc"
UNTELLING = frozenset(f"{PREFIXES} {TITLES}".split())
APOSTROPHES = re.compile("[`'‘’ʼ´]")
ELIDED = re.compile(r"(?:^|(?<=[\s-]))[`'‘’ʼ´]\s?[tsn]\b")  # van 't Hof
POSTCODE = re.compile(r"(?<!\d)([1-9]\d{3})\s*([a-z]{2})(?![a-z\d])")
NUMBER = re.compile(r"(?<!\d)\d{1,5}(?!\d)")
EMAIL = re.compile(r"[^\s@<>:,;]+@[^\s@<>:,;]+\.[^\s@<>:,;]+")
HANDLE = re.compile(r"(?:^|\s)@([^\s@/?#,;]+)")
SITE = re.compile(r"^(?:https?://)?(?:www\.|m\.|mobile\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/+")
LABEL = re.compile(r"^[a-z0-9 .-]{1,20}:\s*(?=\S)")
# A profile without a name of its own: what tells it apart is its number.
NUMBERED = re.compile(r"^profile\.php\?(?:.*&)?id=(\d+)")
# Parts of an address on the web that stand before the name of an account.
BEFORE_ACCOUNT = frozenset({"in", "user", "channel", "c", "people", "p", "u", "profile"})


def fold(text):
    """Return a text without case and accents."""
    folded = unicodedata.normalize("NFKD", text or "").casefold()
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign)
    )


def words_of(text):
    """Return the words of a text, without punctuation, case and accents."""
    return re.findall(r"[^\W_]+", APOSTROPHES.sub("", fold(ELIDED.sub(" ", text or ""))))


def name_keys(name):
    """Return the keys of a name that has more than a surname.

    "Jansen, Jan", "J. Jansen" and "Jan van Jansen" have a key in common; "P. Jansen" has none.
    """
    first, surname, full = _parts(name)
    if not first:
        return frozenset()
    return frozenset({f"{first[0]} {surname}", " ".join(sorted(full))} - {surname})


def surname_keys(name):
    """Return the keys under which a surname is kept, and those under which it is sought.

    A surname alone is like every name that has it, but two names that say more are not alike by
    their surname; hence the two sets.
    """
    first, surname, _full = _parts(name)
    if not surname:
        return frozenset(), frozenset()
    alone, with_first = f"? {surname}", f"* {surname}"
    if first:
        return frozenset({with_first}), frozenset({alone})
    return frozenset({alone}), frozenset({alone, with_first})


def _parts(name):
    """Return (what stands for the first name, surname, all words that are no initial)."""
    before, comma, _after = (name or "").partition(",")
    words = _telling(words_of(name))
    full = [word for word in words if len(word) > 1]
    if not words:
        return "", "", full
    surnames = [word for word in _telling(words_of(before)) if word in full] if comma else full
    surname = (surnames or full or words)[-1]
    others = list(words)
    others.remove(surname)
    return (others or [""])[0], surname, full


def _telling(words):
    """Return the words that tell somebody apart; all of them when none does."""
    return [word for word in words if word not in UNTELLING] or words


def address_keys(address):
    """Return the key of an address: its postal code and house number, or else all of its words.

    The lines above the first one with a number hold a name as a rule, and are left out.
    """
    text = fold(address)
    if found := POSTCODE.search(text):
        before, after = NUMBER.findall(text[: found.start()]), NUMBER.findall(text[found.end() :])
        number = (before[-1:] or after[:1] or [""])[0]
        if number:
            return frozenset({f"{found[1]}{found[2]} {int(number)}"})
    lines = text.splitlines()
    numbered = [at for at, line in enumerate(lines) if NUMBER.search(line)]
    words = words_of("\n".join(lines[numbered[0] :] if numbered else lines))
    return frozenset({" ".join(words)} if words else ())


def account_keys(accounts):
    """Return a key for each e-mail address and account, one a line in ``accounts``.

    On which network an account is makes no difference: people take their name along.
    """
    return frozenset(filter(None, map(_account, (accounts or "").splitlines())))


def _account(line):
    text = fold(line).strip()
    if found := EMAIL.search(text):
        return found[0].strip(".")
    if found := HANDLE.search(text):
        return found[1]
    text = SITE.sub("", LABEL.sub("", text) if "://" not in text else text)
    if found := NUMBERED.match(text):
        return found[1]
    parts = [part for part in re.split(r"[/?#]", text) if part.strip("@ \t")]
    if len(parts) > 1 and parts[0] in BEFORE_ACCOUNT:
        parts = parts[1:]
    return re.sub(r"\s+", "", (parts or [""])[0]).lstrip("@")
