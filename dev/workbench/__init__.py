"""What every development command needs: Odoo, Python packages, PostgreSQL, databases.

Only the standard library is used here: this code runs before anything is installed.
"""
