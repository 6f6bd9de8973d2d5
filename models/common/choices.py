"""What can be chosen in a field, in the words that people read."""


def choices(records, name):
    """Return {what can be chosen in a field: its label, in the user's language}."""
    return dict(records._fields[name]._description_selection(records.env))


def choice_in_words(record, name):
    """Return the label of what is chosen in a field, and an empty text for nothing."""
    return choices(record, name).get(record[name], "")
