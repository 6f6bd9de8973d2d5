"""Measure what people wait for, through the calls that the web client makes. In Odoo's Python."""
