from . import arrangement, statement, statement_gates, briefing, briefing_reader
