from . import reference, confidential, access
