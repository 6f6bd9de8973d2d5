"""The screens of the stories."""


def screen(env, action):
    """Return the screen that a button opens, to be filled in."""
    return env[action["res_model"]].with_context(**action["context"])
