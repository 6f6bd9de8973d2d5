from . import consent, declaration, protection
