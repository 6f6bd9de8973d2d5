from . import common, protocol, privacy, case, decision, care, duty, insight, paper
