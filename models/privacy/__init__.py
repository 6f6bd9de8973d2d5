from . import reference, asker, readings, logged, confidential, access
from . import append_only, read_log, read_review, ir_binary, res_users
