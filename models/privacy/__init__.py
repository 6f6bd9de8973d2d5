from . import reference, asker, logged, confidential, access
from . import append_only, read_log, read_review, ir_binary, res_users
