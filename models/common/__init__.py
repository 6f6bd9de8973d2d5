from . import guarded, beside_cases, policy, stateful
