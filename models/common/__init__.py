from . import guarded, policy, stateful
