from . import reference, keyring, sealing, sealed_columns, confidential, access, ir_binary
