"""Odoo's server, as a file: with workers it starts itself again by the name of its program."""

from odoo.cli import main

if __name__ == "__main__":
    main()
