from . import discreet, reference, keyring, sealing, sealed_columns
from . import asker, readings, logged, confidential, personal, access, exclusion
from . import append_only, read_log, read_review, ir_binary, res_users, identity
from . import notice, notice_together, notice_sending
from . import data_request, data_subject
