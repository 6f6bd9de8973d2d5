from . import off_limits
from . import rights_change, rights_seal, watched, watched_settings, watched_people, watched_cases
from . import emergency, emergency_people
