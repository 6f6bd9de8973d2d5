from . import figures, figure_words, published_figure, council_report, council_paper
