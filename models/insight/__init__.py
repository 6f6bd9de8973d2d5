from . import figures, figure_words, published_figure, council_report, council_paper
from . import dashboard
from . import council_year, protocol_evaluation, gir
