"""Fill a database with many cases: a few that the software itself made, many times over.

Whatever a case consists of, now or later, is found in the database's own catalogue, so what is
measured has the rows, sizes and links of real work. Runs in Odoo's Python.
"""
