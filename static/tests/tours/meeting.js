import { registry } from "@web/core/registry";
import { inDialog, noDialog, press, pressInDialog, type } from "@aggression_protocol/../tests/tours/steps";

const tours = registry.category("web_tour.tours");

/** The button shows which demand comes next. */
function nextDemandIs(number) {
    return {
        content: `Demand ${number} comes next`,
        trigger: `button[name=action_demand]:enabled [name=next_demand]:contains(${number})`,
    };
}

function happened(field) {
    return {
        content: `${field} has its time`,
        trigger: `.aggression_meeting_done [name=${field}]:contains(/:/)`,
    };
}

/** Every button of the meeting is big enough for a thumb. */
function buttonsAreBig() {
    return {
        content: "The buttons are big",
        trigger: ".aggression_meeting_buttons button[name=action_police]",
        run() {
            for (const button of document.querySelectorAll(".aggression_meeting_buttons button")) {
                const { width, height } = button.getBoundingClientRect();
                if (height < 64 || width < 240) {
                    throw new Error(`${button.name} is ${width} by ${height}`);
                }
            }
        },
    };
}

tours.add("aggression_meeting_by_touch", {
    steps: () => [
        pressInDialog("action_suspend"),
        noDialog(),
        happened("suspended_at"),
        buttonsAreBig(),
        press("action_livestream_off"),
        happened("livestream_off_at"),
        nextDemandIs(1),
        press("action_demand"),
        nextDemandIs(2),
        press("action_demand"),
        nextDemandIs(3),
        press("action_demand"),
        { content: "It is trespass", trigger: ".alert-danger [name=trespass_at]:contains(/:/)" },
        { content: "No fourth demand", trigger: "body:not(:has(button[name=action_demand]))" },
        press("action_police"),
        happened("police_called_at"),
        press("action_force"),
        {
            content: "It protected somebody",
            trigger: inDialog("[name=purpose] input[data-value=protect]"),
            run: "click",
        },
        { ...type("text", "The usher was hit."), trigger: inDialog("[name=text] textarea") },
        pressInDialog("action_save"),
        noDialog(),
        happened("force_used_at"),
        press("action_resume"),
        happened("resumed_at"),
    ],
});

/** Press a key where the focus is, or give the focus first as the Tab key would. */
function key(name, selector) {
    return {
        content: `${name} on ${selector}`,
        trigger: selector,
        async run() {
            this.anchor.focus();
            if (document.activeElement !== this.anchor) {
                throw new Error(`${selector} takes no focus`);
            }
            await hoot.press(name);
            await hoot.animationFrame();
        },
    };
}

/** The next thing that Tab reaches after this button. */
function tabLeadsTo(from, to) {
    return {
        content: `Tab leads from ${from} to ${to}`,
        trigger: `button[name=${from}]:enabled`,
        async run() {
            this.anchor.focus();
            await hoot.press("Tab");
            if (document.activeElement.getAttribute("name") !== to) {
                throw new Error(`Tab leads to ${document.activeElement.outerHTML}`);
            }
        },
    };
}

tours.add("aggression_meeting_by_keyboard", {
    steps: () => [
        key("Alt+q", inDialog("[name=chair_name] input")),
        noDialog(),
        nextDemandIs(1),
        tabLeadsTo("action_demand", "action_livestream_off"),
        tabLeadsTo("action_livestream_off", "action_police"),
        key("Enter", "button[name=action_livestream_off]:enabled"),
        happened("livestream_off_at"),
        key("Alt+d", "button[name=action_demand]:enabled"),
        nextDemandIs(2),
        key("Alt+o", "button[name=action_police]:enabled"),
        happened("police_called_at"),
        key("Enter", "button[name=action_resume]:enabled"),
        happened("resumed_at"),
    ],
});
