from . import common, protocol, privacy, case, decision, care, duty, succession, insight, paper
from . import admin
