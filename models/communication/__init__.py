from . import speaking, statement, statement_gates, briefing, briefing_reader
