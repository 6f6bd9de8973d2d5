import os

from hypothesis import HealthCheck, Phase, settings

# A busy machine is no reason to fail: what takes long here is the machine, not the rule.
settings.register_profile("addon", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For `make mutate`: always the same examples, and the first that fails is enough.
settings.register_profile(
    "mutation",
    settings.get_profile("addon"),
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    database=None,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "addon"))

from . import (  # noqa: E402
    test_absence,
    test_access,
    test_access_doors,
    test_any_order,
    test_any_story,
    test_canary,
    test_canary_wire,
    test_care,
    test_classification,
    test_council_feedback,
    test_decision,
    test_duties,
    test_exclusion,
    test_fuzz,
    test_guarded,
    test_killed,
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
    test_second_line,
    test_stories,
    test_succession,
    test_suppression,
    test_terms,
    test_tours,
    test_translation,
    test_two_at_once,
)
