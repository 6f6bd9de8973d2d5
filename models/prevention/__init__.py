from . import settings, risk_talk, kind, activity, activity_sweep, lesson, notice
