from . import spokesperson_agreement, statement, statement_gates, briefing, briefing_reader
