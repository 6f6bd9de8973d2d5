"""Work on many records, of which one that fails holds up none of the others."""


def each_safely(records, step, put_aside):
    """Take a step with all of these records at once; when that fails, with each by itself.

    :param step: called with records; what it did is undone when it raises
    :param put_aside: called with the one record that failed, and its error
    """
    try:
        with records.env.cr.savepoint():
            step(records)
    except Exception as error:
        records.env.invalidate_all(flush=False)
        if len(records) == 1:
            put_aside(records, error)
            return
        for record in records:
            each_safely(record, step, put_aside)
