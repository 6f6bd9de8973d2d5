import { registry } from "@web/core/registry";
import { caseIs, choose, openApp, openMenu, pick, press, type } from "@aggression_protocol/../tests/tours/steps";

registry.category("web_tour.tours").add("aggression_report_on_behalf", {
    steps: () => [
        ...openApp(),
        openMenu("menu_report"),
        { trigger: "[name=person_ids] .o_field_x2many_list_row_add a", run: "click" },
        ...pick("user_id", "Name of councillor"),
        { content: "The office is known", trigger: "[name=office_id] input:value(/./)" },
        type("occurred_at", "-1H"),
        ...choose("channel", 4),
        ...choose("place", 5),
        type("story", "Somebody wrote that they know where the councillor lives."),
        press("action_submit"),
        caseIs("reported"),
        { trigger: ".o_field_widget[name=story]:contains(know where the councillor lives)" },
    ],
});
