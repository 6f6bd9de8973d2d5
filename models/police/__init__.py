from . import consent, declaration, protection, demand, triangle_item
