from . import file
from . import figures
