from . import outlived, recasting, protecting, handing_over, role_changes, excluding
from . import outlived, recasting, handing_over, role_changes, excluding, consulting
