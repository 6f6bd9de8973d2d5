from . import controllers, demo, models, reports, rules, wizards
from .hooks import make_keys
