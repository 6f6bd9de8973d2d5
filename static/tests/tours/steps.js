// What the tours do again and again. Nothing here depends on the language of the screen.

const DIALOG = ".modal:not(.o_inactive_modal)";

export function inDialog(selector) {
    return `${DIALOG} ${selector}`;
}

/** The dialog in front, if it does not show this. */
export function dialogWithout(selector) {
    return `${DIALOG}:not(:has(${selector}))`;
}

export function press(name) {
    return { content: `Press ${name}`, trigger: `button[name=${name}]:enabled`, run: "click" };
}

export function pressInDialog(name) {
    return { ...press(name), trigger: inDialog(`button[name=${name}]:enabled`) };
}

export function type(field, text) {
    return {
        content: `Fill in ${field}`,
        trigger: `[name=${field}] textarea, [name=${field}] input`,
        run: `edit ${text}`,
    };
}

/** Choose the option of a selection by its place in the list. */
export function choose(field, index) {
    return [
        { content: `Open ${field}`, trigger: `[name=${field}] input`, run: "click" },
        {
            content: `Choose option ${index} of ${field}`,
            trigger: `.o_select_menu_menu [data-choice-index='${index}']`,
            run: "click",
        },
    ];
}

/** Choose a record of a many2one or of tags by its whole name. */
export function pick(field, name) {
    return [
        {
            content: `Look for ${name}`,
            trigger: `.o_field_widget[name=${field}] input`,
            run: `edit ${name}`,
        },
        {
            content: `Choose ${name}`,
            trigger: `.o-autocomplete--dropdown-item:contains(/^${name}$/) a`,
            run: "click",
        },
    ];
}

export function mark(field, value) {
    return {
        content: `Answer ${field}`,
        trigger: `[name=${field}] input[data-value=${value}]`,
        run: "click",
    };
}

/** Fill in a cell of the row in which this stands. */
export function writeCell(row, field, text) {
    const cell = inDialog(`.o_data_row:contains(${row}) [name=${field}]`);
    return [
        { content: `Open ${field}`, trigger: cell, run: "click" },
        {
            content: `Fill in ${field}`,
            trigger: inDialog(`.o_selected_row [name=${field}] input`),
            run: `edit ${text}`,
        },
    ];
}

/** Say who is there, when the decision asks for it. */
export function proveIdentity(password, run = "click") {
    return [
        { ...type("password", password), trigger: inDialog("[name=password] input") },
        { ...pressInDialog("run_check"), run },
    ];
}

export function openPage(name) {
    return { content: `Turn to ${name}`, trigger: `.nav-link[name=${name}]`, run: "click" };
}

/** Press a button in a list of the case. */
export function pressInRow(list, row, name) {
    const button = `[name=${list}] .o_data_row:contains(${row}) button[name=${name}]`;
    return { content: `Press ${name} of ${row}`, trigger: button, run: "click" };
}

export function noDialog() {
    return { content: "The dialog is closed", trigger: "body:not(:has(.modal))" };
}

export function openApp() {
    return [
        { trigger: ".o_navbar_apps_menu button:enabled", run: "click" },
        { trigger: ".o_app[data-menu-xmlid='aggression_protocol.menu_root']", run: "click" },
    ];
}

export function openMenu(name) {
    return {
        content: `Open the menu ${name}`,
        trigger: `[data-menu-xmlid='aggression_protocol.${name}']`,
        run: "click",
    };
}

/** Do the task in My tasks that stands at this place; the first to be done comes first. */
export function doTask(name) {
    return {
        content: `Do the task ${name}`,
        trigger: `.o_data_row:contains(${name}) button[name=action_open_step]`,
        run: "click",
    };
}

export function caseIs(state) {
    return {
        content: `The case is ${state}`,
        trigger: `.o_form_view .o_statusbar_status [data-value=${state}].o_arrow_button_current`,
    };
}
