from . import typed, upload, clock, own_case, adding_files
