from . import decision, measure, proposal, deciding
