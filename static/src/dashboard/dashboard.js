import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const MODEL = "aggression.dashboard";

/** How the protocol is doing, over the cases that the user may open; each card opens its list. */
export class Dashboard extends Component {
    static template = "aggression_protocol.Dashboard";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.periods = [
            { key: "quarter", label: _t("Last three months") },
            { key: "year", label: _t("Last year") },
        ];
        this.state = useState({ period: "year", cards: [], chart: null });
        onWillStart(() => this.load("year"));
    }

    async load(period) {
        const { cards, chart } = await this.orm.call(MODEL, "figures", [period]);
        Object.assign(this.state, { period, cards, chart });
    }

    open(card) {
        this.action.doAction(card.action);
    }
}

registry.category("actions").add("aggression_protocol.dashboard", Dashboard);
