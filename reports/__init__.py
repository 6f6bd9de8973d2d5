from . import decision_letter
