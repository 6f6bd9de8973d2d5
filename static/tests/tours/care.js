import { registry } from "@web/core/registry";
import {
    inDialog,
    mark,
    noDialog,
    pick,
    press,
    pressInDialog,
    pressInRow,
    type,
} from "@aggression_protocol/../tests/tours/steps";

const tours = registry.category("web_tour.tours");
const CONFIRM = {
    content: "Go on",
    trigger: inDialog(".modal-footer .btn-primary:not([name])"),
    run: "click",
};

function nextStep(words) {
    return { content: `What to do now: ${words}`, trigger: `[name=next_step]:contains(${words})` };
}

function talkIs(number, words) {
    return {
        content: `Talk ${number}: ${words}`,
        trigger: `[name=talk_ids] .o_data_row:nth-child(${number}):contains(${words})`,
    };
}

tours.add("aggression_carer_cares", {
    steps: () => [
        press("action_open_care"),
        nextStep("appointment for talk 1"),
        {
            content: "Open the first talk",
            trigger: "[name=talk_ids] .o_data_row:nth-child(1) .o_data_cell[name=state]",
            run: "click",
        },
        {
            content: "Safety was talked about",
            trigger: inDialog("[name=goal_ids] .form-check:contains(Safety) input"),
            run: "click",
        },
        type("notes", "Sleeps at a friend's place."),
        {
            content: "Keep it",
            trigger: inDialog(".o_form_button_save"),
            run: "click",
        },
        noDialog(),
        {
            content: "It was held",
            trigger: "[name=talk_ids] .o_data_row:nth-child(1) button[name=action_hold]",
            run: "click",
        },
        CONFIRM,
        noDialog(),
        talkIs(1, "Held"),
        nextStep("appointment for talk 2"),
        press("action_refer"),
        ...pick("provider_id", "Occupational health service"),
        type("text", "Does not sleep."),
        pressInDialog("action_save"),
        noDialog(),
        {
            content: "The help is proposed",
            trigger: "[name=referral_ids] .o_data_row:contains(Occupational health):contains(Proposed)",
        },
        pressInRow("referral_ids", "Occupational health", "action_refuse"),
        type("text", "Not now."),
        pressInDialog("action_save"),
        noDialog(),
        {
            content: "The refusal is written down",
            trigger: "[name=referral_ids] .o_data_row:contains(Refused):contains(Not now.)",
        },
    ],
});

tours.add("aggression_person_hit_chooses", {
    steps: () => [
        press("action_open_care"),
        nextStep("Each talk is your own choice"),
        {
            content: "Only the carer records that a talk was held",
            trigger: ".o_form_view:not(:has(button[name=action_hold]:visible))",
        },
        press("action_choose_carer"),
        ...pick("user_id", "Name of uninvolved"),
        pressInDialog("action_save"),
        noDialog(),
        nextStep("Name of uninvolved"),
        pressInRow("arrangement_ids", "declaration", "action_wished"),
        {
            content: "The declaration is wished for",
            trigger: "[name=arrangement_ids] .o_data_row:contains(declaration):contains(Wished for)",
        },
        press("action_decline"),
        CONFIRM,
        noDialog(),
        nextStep("No talk is planned"),
        press("action_round_off"),
        mark("verdict", "good"),
        type("text", "I was heard."),
        pressInDialog("action_save"),
        noDialog(),
        {
            content: "The care is rounded off",
            trigger: "[name=verdict_text]:contains(I was heard.)",
        },
    ],
});
