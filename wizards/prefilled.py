def prefilled(compute):
    """Return the attributes of a field that stands filled in on a screen, open to better words.

    It is worked out by the server with the rights of the user, not sent along by the browser.

    :param str compute: the method that fills it in
    """
    return {
        "compute": compute,
        "compute_sudo": False,
        "store": True,
        "readonly": False,
        "precompute": True,
    }
