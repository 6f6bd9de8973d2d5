from . import outlived, recasting, protecting, handing_over, role_changes, excluding
from . import consulting
