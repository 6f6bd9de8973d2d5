from . import consent, declaration, protection, demand, triangle_item
from . import prosecution, prosecution_step, police_request, prosecution_duty, prosecution_told
