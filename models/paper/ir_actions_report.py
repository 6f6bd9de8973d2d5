import io

from lxml import html

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, ValidationError

from ..privacy.asker import PRINTED, REFUSED
from ..privacy.logged import note_reading
from .press import PressMissingError, get_press


class PaperStream(io.BytesIO):
    """The PDF of one record, which remembers the pages it was written from."""

    def __init__(self, press, document):
        super().__init__(press.bind([document]))
        self.press = press
        self.document = document


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    paper = fields.Boolean(
        "Printed by the paper engine",
        help="Print with WeasyPrint: page headers and numbers, accessible PDF, no stored copy.",
    )

    @api.constrains("paper", "attachment", "attachment_use")
    def _check_paper_keeps_no_copy(self):
        # A stored copy is handed to whoever may open the report, without a look at
        # the access of that moment.
        if any(report.paper and (report.attachment or report.attachment_use) for report in self):
            raise ValidationError(
                self.env._("A report of the paper engine may not be kept as an attachment.")
            )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"paper"}

    def report_action(self, docids, data=None, config=True):
        action = super().report_action(docids, data=data, config=config and not self.paper)
        return {**action, "paper": True} if self.paper else action

    # -- the three ways in: each checks, each renders record by record -----------------

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        # Core looks the report up again at each step, by its name: once will do.
        return super()._render_qweb_pdf(self._get_report(report_ref), res_ids, data)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not report.paper:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        press, images = self._paper_press(), {}
        pages = self._paper_pages(report, res_ids, {**(data or {}), "report_type": "pdf"})
        return {
            res_id: {
                "stream": PaperStream(press, press.lay_out(page.decode(), images)),
                "attachment": None,
            }
            for res_id, page in pages
        }

    @api.model
    def _merge_pdfs(self, streams, *args, **kwargs):
        """Merge paper by its pages: pypdf would drop the tags, the language and the title."""
        if not streams or not all(isinstance(stream, PaperStream) for stream in streams):
            return super()._merge_pdfs(streams, *args, **kwargs)
        press = streams[0].press
        return io.BytesIO(press.bind([stream.document for stream in streams]))

    @api.model
    def _render_qweb_html(self, report_ref, docids, data=None):
        report = self._get_report(report_ref)
        if not report.paper:
            return super()._render_qweb_html(report_ref, docids, data=data)
        pages = self._paper_pages(report, docids, {"report_type": "html", **(data or {})})
        return _join([page for _id, page in pages]), "html"

    @api.model
    def _render_qweb_text(self, report_ref, docids, data=None):
        report = self._get_report(report_ref)
        if not report.paper:
            return super()._render_qweb_text(report_ref, docids, data=data)
        pages = self._paper_pages(report, docids, {"report_type": "text", **(data or {})})
        return b"\n".join(page for _id, page in pages), "text"

    # -- what they share ----------------------------------------------------------------

    def _paper_press(self):
        try:
            return get_press()
        except PressMissingError as error:
            raise PressMissingError(
                self.env._(
                    "This document cannot be printed until your system administrator installs "
                    "WeasyPrint and the library Pango on the server."
                )
            ) from error

    def _paper_records(self, report, res_ids):
        """The records to print, or one refusal that tells nothing about them.

        Core's report routes render for anyone who knows the address: they look neither at
        the groups of the report nor at the records before the template reads a field.
        """
        res_ids = [res_ids] if isinstance(res_ids, int) else dict.fromkeys(res_ids or ())
        records = self.env[report.model].browse(res_ids)
        user_groups = self.env.user._get_group_ids()
        groups = report.group_ids.ids
        listed = self.env.su or not groups or not set(groups).isdisjoint(user_groups)
        if not listed or not self._paper_readable(records):
            note_reading(records, REFUSED)
            raise self._paper_refusal()
        note_reading(records, PRINTED)
        return records

    def _paper_readable(self, records):
        try:
            return records.has_access("read")
        except MissingError:
            return False

    def _paper_refusal(self):
        return AccessError(self.env._("You may not print this document."))

    def _paper_pages(self, report, res_ids, data):
        """[(record id, HTML)], each record rendered alone but prefetched with the others."""
        records = self._paper_records(report, res_ids)
        try:
            return [
                (record.id, self._paper_page(report, record, data))
                for record in records or [records]
            ]
        except AccessError:  # a template that reads further than its reader may: core names it
            raise self._paper_refusal() from None

    def _paper_page(self, report, record, data):
        """The HTML of one record, in its own language where its model has a field ``lang``."""
        lang = ("lang" in record and record.lang) or self.env.lang or self.env.user.lang
        renderer = self.with_context(lang=lang)
        values = renderer._get_rendering_context(report, record.ids, data)
        docs = values.get("docs")
        if isinstance(docs, models.BaseModel):
            if docs == record:
                values["docs"] = docs.with_prefetch(record._prefetch_ids)
            else:  # chosen by a report model, from options that anyone can type
                docs.check_access("read")
        return renderer._render_template(report.report_name, values)


def _join(pages):
    """One page for the screen out of the pages of several records."""
    if len(pages) == 1:
        return pages[0]
    first, *others = [html.document_fromstring(page.decode()) for page in pages]
    for other in others:
        first.body.extend(other.body)
    return html.tostring(first, doctype="<!DOCTYPE html>", encoding="utf-8")
