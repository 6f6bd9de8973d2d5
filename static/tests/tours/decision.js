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
    proveIdentity,
    type,
    writeCell,
} from "@aggression_protocol/../tests/tours/steps";

const tours = registry.category("web_tour.tours");

function writeReasons() {
    return [
        { content: "Two measures are proposed", trigger: inDialog("[name=line_ids] .o_data_row:count(2)") },
        ...writeCell("Building ban", "scope", "Town hall"),
        type("grounds", "You wrote that you know where the councillor lives."),
        type("proportionality", "A warning was not enough the last time."),
    ];
}

function waiveHearing() {
    return [mark("hearing", "waived"), type("waiver_reason", "Acute danger."), ...writeReasons()];
}

function confirm(run) {
    return {
        content: "Confirm that the decision takes effect",
        trigger: `${dialogWithout("[name=line_ids]")} .modal-footer .btn-primary`,
        run,
    };
}

function decide(password, run = "click") {
    return [
        { ...pressInDialog("action_decide"), run },
        confirm(run),
        ...proveIdentity(password, run),
        caseIs("decided"),
    ];
}

tours.add("aggression_mayor_decides", {
    steps: () => [
        ...openApp(),
        doTask("Decide on measures"),
        { trigger: inDialog("[name=repeat_sentence]:contains(First incident of this causer.)") },
        {
            content: "What the citizen said is there",
            trigger: inDialog("[name=view] textarea:value(It was not meant so.)"),
        },
        ...writeReasons(),
        {
            content: "Tick the evidence",
            trigger: inDialog("[name=evidence_ids] input[type=checkbox]"),
            run: "click",
        },
        pressInDialog("action_preview"),
        {
            content: "The letter was printed and the screen is still there",
            trigger: `body:not(:has(.o_blockUI)) ${inDialog("button[name=action_decide]:enabled")}`,
        },
        pressInDialog("action_decide"),
        confirm("click"),
        { ...type("password", "guessed"), trigger: inDialog("[name=password] input") },
        pressInDialog("run_check"),
        {
            content: "A wrong password is told in a sentence",
            trigger: inDialog(".modal-body:contains(Incorrect Password)"),
        },
        {
            content: "Close the sentence",
            trigger: `${dialogWithout("[name=password]")} .modal-footer .btn-primary`,
            run: "click",
        },
        ...proveIdentity("mayorxxx"),
        caseIs("decided"),
    ],
});

tours.add("aggression_impatient_mayor_decides", {
    steps: () => [
        ...openApp(),
        doTask("Decide on measures"),
        ...waiveHearing(),
        ...decide("mayorxxx", "dblclick"),
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
        ...decide("deputyxx"),
    ],
});
