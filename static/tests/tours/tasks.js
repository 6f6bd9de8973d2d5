import { registry } from "@web/core/registry";
import {
    caseIs,
    inDialog,
    mark,
    noDialog,
    openApp,
    pick,
    press,
    pressInDialog,
    pressInRow,
    type,
} from "@aggression_protocol/../tests/tours/steps";

const COUNTER = ".aggression_tasks";
const tours = registry.category("web_tour.tours");

/** A column of the tasks, by its place: overdue, today, this week, later. */
function inColumn(place, selector = "") {
    return `.o_kanban_group:nth-child(${place}) ${selector}`;
}

tours.add("aggression_my_tasks", {
    steps: () => [
        ...openApp(),
        { content: "One task is overdue", trigger: `${COUNTER} .text-bg-danger:contains(/^1$/)` },
        { content: "By how soon", trigger: ".o_switch_view.o_kanban", run: "click" },
        { content: "It is overdue", trigger: inColumn(1, ".o_kanban_record:contains(Classify)") },
        { content: "This one is later", trigger: inColumn(4, ".o_kanban_record") },
        { content: "Four columns", trigger: ".o_kanban_renderer:not(:has(.o_kanban_group:nth-child(5)))" },
        {
            content: "One click to the step",
            trigger: inColumn(1, ".o_kanban_record button[name=action_open_step]"),
            run: "click",
        },
        ...pick("behaviour_ids", "Threat"),
        mark("directed", "yes"),
        mark("aim", "harm"),
        pressInDialog("action_classify"),
        caseIs("assessed"),
        { content: "Nothing is overdue", trigger: `${COUNTER}:not(:has(.text-bg-danger))` },
        { content: "Back to my tasks", trigger: COUNTER, run: "click" },
        { content: "The list of tasks", trigger: ".o_list_view .o_data_row [name=due_text]" },
    ],
});

tours.add("aggression_tasks_in_calendar", {
    steps: () => [
        ...openApp(),
        { content: "By the day", trigger: ".o_switch_view.o_calendar", run: "click" },
        { content: "On its last day", trigger: ".o_calendar_view .fc-event" },
    ],
});

tours.add("aggression_appointment_is_made", {
    steps: () => [
        pressInRow("talk_ids", "On offer", "action_make_appointment"),
        { ...type("start_at", "+2d"), trigger: inDialog("[name=start_at] input") },
        pressInDialog("action_save"),
        noDialog(),
        { content: "It was proposed", trigger: "[name=appointment_ids] .o_data_row" },
    ],
});

tours.add("aggression_appointment_is_accepted", {
    steps: () => [
        { content: "In the own calendar", trigger: ".o_calendar_view .fc-event", run: "click" },
        { content: "More of it", trigger: ".o_cw_popover .o_cw_popover_edit", run: "click" },
        press("action_accept"),
        {
            content: "It was agreed on",
            trigger: ".o_statusbar_status [data-value=agreed].o_arrow_button_current",
        },
    ],
});

tours.add("aggression_lines_are_checked", {
    steps: () => [
        { content: "Choose all", trigger: "thead .o_list_record_selector input", run: "click" },
        press("action_checked_today"),
        { content: "None is red", trigger: ".o_list_view:not(:has(.o_data_row.text-danger))" },
    ],
});
