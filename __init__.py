from . import controllers, models, reports, rules, wizards
