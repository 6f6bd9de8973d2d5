from . import controllers, demo, models, reports, rules, wizards
