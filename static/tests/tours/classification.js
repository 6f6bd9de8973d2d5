import { registry } from "@web/core/registry";
import {
    caseIs,
    dialogWithout,
    doTask,
    inDialog,
    mark,
    openApp,
    pick,
    pressInDialog,
} from "@aggression_protocol/../tests/tours/steps";

registry.category("web_tour.tours").add("aggression_classify", {
    steps: () => [
        ...openApp(),
        doTask("Classify the case"),
        { content: "What was reported", trigger: inDialog("[name=story]:contains(/./)") },
        { content: "The norm beside it", trigger: inDialog("[name=norm]:contains(/./)") },
        { content: "No outcome yet", trigger: dialogWithout("[name=sentence]") },
        ...pick("behaviour_ids", "Threat"),
        mark("directed", "yes"),
        mark("aim", "harm"),
        {
            content: "The outcome follows from the facts",
            trigger: inDialog("[name=sentence]:contains(Aggression, level 3: Threat.)"),
        },
        pressInDialog("action_classify"),
        caseIs("assessed"),
    ],
});
