from . import figures, figure_words, published, published_figure, council_report, council_paper
