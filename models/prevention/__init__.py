from . import beside_cases, settings, risk_talk, kind, activity, activity_sweep, lesson, notice
