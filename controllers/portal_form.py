from typing import NamedTuple

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.http import request

from .portal import OfficeHolderPage


class Form(NamedTuple):
    """A form that takes one step: by which button its screen opens, and what is filled in."""

    button: str
    fields: tuple
    optional: tuple = ()


class FormPage(OfficeHolderPage):
    """Pages that fill in the screens which the backoffice has too.

    Promise: the step, with all that it checks, is the very same; what cannot be done is said in
    one sentence at its field, and nothing is half saved.
    """

    def _opened(self, action):
        """Return the screen that a button opens, filled in as far as it is by itself."""
        screen = request.env[action["res_model"]].with_context(**action["context"])
        return screen.new(screen.default_get(list(screen._fields)))

    def _begun(self, screen, form):
        """Return what stands in the form already, as text."""
        filled = {}
        for name in form.fields:
            filled |= screen._filled_in(name)
        return filled

    def _taken(self, screen, form, sent, button="action_save"):
        """Take the step, with what was sent; returns {field: what is wrong with it}."""
        values, problems = screen._parsed(form.fields, sent)
        if problems:
            return problems
        asked = [name for name in form.fields if name not in form.optional]
        empty = [name for name in asked if not values[name]]

        def press():
            # the context tells it what the button told the screen
            getattr(
                request.env[screen._name].with_context(**screen.env.context).create(values), button
            )()

        problem = self._tried(press)
        return {(empty or asked)[0]: problem} if problem else {}

    def _form_or_done(self, template, form, about, sent=None, **shown):
        """Show the form of a step with a record; with what was sent, take the step.

        :return: the page with the form, or None once the step was taken
        """
        button = getattr(about, form.button)
        problems = None
        if sent is not None:
            problems = self._taken(self._opened(button()), form, sent)
            if not problems:
                return None
        screen = self._opened(button())  # what a step that failed had opened went with it
        return self._show(
            template,
            screen=screen,
            filled=sent or self._begun(screen, form),
            problems=problems or {},
            **shown,
        )

    def _tried(self, step):
        """Take a step, or nothing of it; returns in one sentence why it cannot be taken."""
        try:
            with request.env.cr.savepoint():
                step()
        except AccessError:
            raise
        except (UserError, ValidationError) as error:
            return str(error)
        return None
