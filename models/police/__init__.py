from . import consent, declaration, authority, protection, protection_review, demand, triangle_item
