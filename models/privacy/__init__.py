from . import reference, confidential, access, exclusion
