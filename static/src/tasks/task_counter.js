import { Component, onWillStart, useState } from "@odoo/owl";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

const MODEL = "aggression.duty";

/** In the bar at the top: how many tasks are overdue or due today. One click shows them. */
export class TaskCounter extends Component {
    static template = "aggression_protocol.TaskCounter";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ overdue: 0, today: 0 });
        onWillStart(() => {
            // not awaited: the bar does not wait for a number
            this.count();
        });
        useBus(rpcBus, "RPC:RESPONSE", ({ detail }) => this.onAnswer(detail.data.params));
    }

    get total() {
        return this.state.overdue + this.state.today;
    }

    /** Count again when a step was taken, for it may have done or raised a task. */
    onAnswer({ model = "", method = "" }) {
        if (model.startsWith("aggression.") && method.startsWith("action_")) {
            this.count();
        }
    }

    async count() {
        try {
            Object.assign(this.state, await this.orm.silent.call(MODEL, "count_mine", [[]]));
        } catch {
            // a number that is not there is no reason to disturb anybody
        }
    }

    open() {
        this.action.doAction("aggression_protocol.duty_action", { clearBreadcrumbs: true });
    }
}

if (session.aggression_has_tasks) {
    registry
        .category("systray")
        .add("aggression_protocol.tasks", { Component: TaskCounter }, { sequence: 24 });
}
