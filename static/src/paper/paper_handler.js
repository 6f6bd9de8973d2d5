import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Print the reports of the paper engine. Core asks for wkhtmltopdf before every PDF and
 * refuses without it; these reports do not need it.
 *
 * The mark also travels in the context, because the print button of the HTML preview
 * passes that on and nothing else.
 */
async function printPaper(action, options, env) {
    if (!action.paper && !action.context?.paper) {
        return false;
    }
    action.context = { ...action.context, paper: true };
    if (action.report_type !== "qweb-pdf") {
        return false;
    }
    env.services.ui.block();
    let missing = false;
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } catch (error) {
        missing = error.exceptionName?.endsWith(".PressMissingError");
        if (!missing) {
            throw error;
        }
    } finally {
        env.services.ui.unblock();
    }
    if (missing) {
        env.services.notification.add(
            _t(
                "The document opens as a web page until your system administrator installs WeasyPrint on the server."
            ),
            { type: "warning", sticky: true }
        );
        await env.services.action.doAction({ ...action, report_type: "qweb-html" }, options);
    }
    return true;
}

registry.category("ir.actions.report handlers").add("aggression_protocol.paper", printPaper);
