import { registry } from "@web/core/registry";
import * as hoot from "@odoo/hoot-dom";
import {
    caseIs,
    choose,
    inDialog,
    openApp,
    openMenu,
    pick,
    pressInDialog,
    type,
} from "@aggression_protocol/../tests/tours/steps";

const tours = registry.category("web_tour.tours");
const STORY = "Somebody wrote that they know where the councillor lives.";

function officeIsKnown() {
    return { content: "The office is known", trigger: inDialog("[name=office_id] input:value(/./)") };
}

function seeCase() {
    return [
        caseIs("reported"),
        {
            content: "What was written is in the case",
            trigger: `.o_field_widget[name=story]:contains(${STORY})`,
        },
    ];
}

function reportOnBehalf(...seen) {
    return [
        ...openApp(),
        openMenu("menu_reporting"),
        openMenu("menu_report"),
        type("story", STORY),
        {
            content: "Add a person",
            trigger: inDialog("[name=person_ids] .o_field_x2many_list_row_add a"),
            run: "click",
        },
        ...pick("user_id", "Name of councillor"),
        officeIsKnown(),
        type("occurred_at", "-1H"),
        ...choose("channel", 4),
        ...choose("place", 5),
        ...seen,
        pressInDialog("action_submit"),
        ...seeCase(),
    ];
}

tours.add("aggression_report_on_behalf", { steps: () => reportOnBehalf() });

tours.add("aggression_report_in_dutch", {
    steps: () =>
        reportOnBehalf(
            { trigger: inDialog("label[for^=occurred_at]:contains(Wanneer is het gebeurd)") },
            { trigger: inDialog("button[name=action_submit]:contains(Melden)") }
        ),
});

/** Press keys, as soon as the field has the focus. */
function keys(field, ...presses) {
    return {
        content: `Press ${presses.join(", ")} in ${field}`,
        trigger: inDialog(`[name=${field}] :focus`),
        async run() {
            for (const press of presses) {
                await hoot.press(press);
                await hoot.animationFrame();
            }
        },
    };
}

function write(field, text) {
    return {
        content: `Write in ${field}`,
        trigger: inDialog(`[name=${field}] :focus`),
        async run() {
            await hoot.edit(text);
        },
    };
}

/** Open the list with a letter and walk down to an option. */
function walkTo(field, index) {
    return [
        write(field, "x"),
        { content: `${field} is open`, trigger: ".o_select_menu_item.focus" },
        keys(field, ...Array(index).fill("ArrowDown"), "Enter"),
        { content: `${field} is chosen`, trigger: "body:not(:has(.o_select_menu_item))" },
        keys(field, "Tab"),
    ];
}

tours.add("aggression_report_by_keyboard", {
    steps: () => [
        write("story", STORY),
        keys("story", "Tab"),
        keys("person_ids", "Enter"),
        write("user_id", "Name of councillor"),
        {
            content: "The person is found",
            trigger: ".o-autocomplete--dropdown-item:contains(Name of councillor)",
        },
        keys("user_id", "Enter"),
        officeIsKnown(),
        keys("user_id", "Tab"),
        keys("office_id", "Tab"),
        keys("user_id", "Tab"),
        keys("name", "Escape"),
        keys("person_ids", "Tab"),
        write("occurred_at", "-1H"),
        keys("occurred_at", "Tab"),
        keys("reported_at", "Tab"),
        ...walkTo("channel", 1),
        ...walkTo("place", 2),
        keys("where", "Alt+q"),
        ...seeCase(),
    ],
});
