from . import outlived, recasting, handing_over, role_changes, excluding, consulting
