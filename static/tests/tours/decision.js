import { registry } from "@web/core/registry";
import {
    caseIs,
    dialogWithout,
    doTask,
    inDialog,
    mark,
    openApp,
    openMenu,
    press,
    pressInDialog,
    type,
} from "@aggression_protocol/../tests/tours/steps";

const tours = registry.category("web_tour.tours");

function waiveHearing() {
    return [
        { content: "Two measures are proposed", trigger: inDialog("[name=line_ids] .o_data_row:count(2)") },
        mark("hearing", "waived"),
        type("waiver_reason", "Acute danger."),
    ];
}

function confirm(run) {
    return {
        content: "Confirm that the decision takes effect",
        trigger: `${dialogWithout("[name=line_ids]")} .modal-footer .btn-primary`,
        run,
    };
}

tours.add("aggression_mayor_decides", {
    steps: () => [
        ...openApp(),
        doTask("Decide on measures"),
        { trigger: inDialog("[name=repeat_sentence]:contains(First incident of this causer.)") },
        ...waiveHearing(),
        type("grounds", "Nobody is threatened at home."),
        pressInDialog("action_decide"),
        confirm("click"),
        caseIs("decided"),
    ],
});

tours.add("aggression_impatient_mayor_decides", {
    steps: () => [
        ...openApp(),
        doTask("Decide on measures"),
        ...waiveHearing(),
        { ...pressInDialog("action_decide"), run: "dblclick" },
        confirm("dblclick"),
        caseIs("decided"),
    ],
});

function openCase() {
    return [
        ...openApp(),
        openMenu("menu_cases"),
        openMenu("menu_incident"),
        { content: "Open the case", trigger: ".o_data_cell[name=reference]", run: "click" },
        caseIs("assessed"),
    ];
}

tours.add("aggression_mayor_hit_does_not_decide", {
    steps: () => [
        ...openCase(),
        {
            content: "No button to decide",
            trigger: ".o_form_view:not(:has(button[name=action_decide]))",
        },
    ],
});

tours.add("aggression_deputy_decides", {
    steps: () => [
        ...openCase(),
        press("action_decide"),
        ...waiveHearing(),
        pressInDialog("action_decide"),
        confirm("click"),
        caseIs("decided"),
    ],
});
