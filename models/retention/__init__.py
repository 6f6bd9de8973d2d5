from . import retention_term, hold, retention, retention_sweep
from . import retention_run, retention_count, proposing, destroying, incident_retention
