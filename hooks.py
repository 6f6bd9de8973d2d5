from odoo.exceptions import UserError

from .models.privacy import keyring


def make_keys(env):
    """Make the keys to what is sealed, unless they are configured already.

    Before the tables: demo data is sealed like everything else.
    """
    try:
        keyring.ensure()
    except (keyring.KeyTrouble, OSError) as trouble:
        raise UserError(
            env._(
                "The keys to what this addon encrypts cannot be made or used: %(trouble)s. "
                "See docs/keys.md.",
                trouble=trouble,
            )
        ) from None
