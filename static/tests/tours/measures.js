import { registry } from "@web/core/registry";
import {
    caseIs,
    choose,
    inDialog,
    noDialog,
    openPage,
    press,
    pressInDialog,
    pressInRow,
    type,
} from "@aggression_protocol/../tests/tours/steps";

const tours = registry.category("web_tour.tours");
const BAN = "Building ban";

function measureIs(words) {
    return {
        content: `The ban: ${words}`,
        trigger: `[name=measure_ids] .o_data_row:contains(${BAN}):contains(${words})`,
    };
}

tours.add("aggression_citizen_is_heard", {
    steps: () => [
        caseIs("assessed"),
        press("action_hear"),
        {
            content: "The causer is filled in",
            trigger: inDialog("[name=causer_id] input:value(/./)"),
        },
        ...choose("how", 4),
        type("intention", "A ban from the town hall, because of what you wrote."),
        pressInDialog("action_ask"),
        noDialog(),
        openPage("decision"),
        pressInRow("hearing_ids", "By telephone", "action_record_view"),
        type("view", "It was not meant so."),
        pressInDialog("action_answer"),
        noDialog(),
        openPage("decision"),
        {
            content: "The answer is there",
            trigger: "[name=hearing_ids] .o_data_row:contains(It was not meant so.)",
        },
    ],
});

tours.add("aggression_letter_goes_and_objection_comes", {
    steps: () => [
        caseIs("decided"),
        openPage("decision"),
        measureIs("Town hall"),
        { ...press("action_send"), trigger: "[name=decision_ids] button[name=action_send]" },
        pressInDialog("action_send"),
        {
            content: "It cannot be changed afterwards: go on",
            trigger: inDialog(".modal-footer .btn-primary:not([name])"),
            run: "click",
        },
        noDialog(),
        measureIs("Applies"),
        {
            content: "The letter is kept",
            trigger: "[name=letter_ids] .o_data_row:contains(Decision)",
        },
        { ...press("action_object"), trigger: "[name=decision_ids] button[name=action_object]" },
        type("text", "I never wrote that."),
        pressInDialog("action_save"),
        noDialog(),
        openPage("decision"),
        {
            content: "The objection is there, in time",
            trigger: "[name=objection_ids] .o_data_row:contains(I never wrote that.)",
        },
    ],
});

tours.add("aggression_mayor_lifts", {
    steps: () => [
        caseIs("decided"),
        openPage("decision"),
        pressInRow("measure_ids", BAN, "action_lift"),
        type("text", "Apologies were made and accepted."),
        pressInDialog("action_save"),
        noDialog(),
        openPage("decision"),
        measureIs("Lifted"),
    ],
});

tours.add("aggression_front_desk", {
    steps: () => [
        {
            content: "Who may not come in, where and until when",
            trigger: ".o_list_view .o_data_row:contains(J. Jansen):contains(Town hall)",
        },
        {
            content: "Nothing opens behind it",
            trigger: ".o_data_cell[name=who]",
            run: "click",
        },
        {
            content: "Still the list, which has nothing to make, change or take out",
            trigger: ".o_list_view:not(:has(.o_list_button_add, .o_form_view, .o_data_cell input))",
        },
        {
            content: "No task, no figure and no log",
            trigger: `.o_menu_sections:not(:has(${["tasks", "figures", "privacy"]
                .map((name) => `[data-menu-xmlid='aggression_protocol.menu_${name}']`)
                .join(", ")}))`,
        },
    ],
});
