from . import aftercare, talk
