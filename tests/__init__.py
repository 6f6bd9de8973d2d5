from hypothesis import HealthCheck, settings

# A busy machine is no reason to fail: what takes long here is the machine, not the rule.
settings.register_profile("addon", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("addon")

from . import (  # noqa: E402
    test_absence,
    test_access,
    test_access_doors,
    test_any_order,
    test_canary,
    test_canary_wire,
    test_care,
    test_classification,
    test_council_feedback,
    test_data_subject,
    test_decision,
    test_duties,
    test_exclusion,
    test_letter,
    test_norm,
    test_notice_mail,
    test_notices,
    test_paper,
    test_protocol,
    test_queries,
    test_quiet_hours,
    test_read_log,
    test_read_log_http,
    test_read_log_rights,
    test_read_log_writing,
    test_report,
    test_retention,
    test_retention_rule,
    test_retention_traces,
    test_stories,
    test_succession,
    test_suppression,
    test_terms,
    test_tours,
    test_translation,
)
