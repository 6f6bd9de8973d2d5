from . import reference, confidential, access
from . import notice, notice_sending
