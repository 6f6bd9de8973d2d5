from . import (
    reference,
    keyring,
    sealing,
    sealed_columns,
    confidential,
    access,
    exclusion,
    ir_binary,
    notice,
    notice_sending,
)
