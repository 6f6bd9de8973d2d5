from . import typed, upload, clock, own_case, own_part, feedback, adding_files, told_to_me
from . import own_print, own_steps, ir_http
