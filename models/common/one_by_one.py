"""Work on many records, of which one that fails holds up none of the others."""


def each_safely(records, step, put_aside):
    """Take a step with all of these records at once; when that fails, with each half, and so on.

    One that fails among hundreds is found in a few steps, and the others go on together.

    :param step: called with records; what it did is undone when it raises
    :param put_aside: called with the one record that failed, and its error
    """
    if not records:
        return
    try:
        with records.env.cr.savepoint():
            step(records)
    except Exception as error:
        records.env.invalidate_all(flush=False)
        if len(records) == 1:
            put_aside(records, error)
            return
        middle = len(records) // 2
        for half in (records[:middle], records[middle:]):
            each_safely(half, step, put_aside)
