from . import worded, speaking, statement, statement_gates, briefing, briefing_reader, own_print
