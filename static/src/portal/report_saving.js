// Saves what is typed into a report while it is typed, and holds the form back when its session is
// gone: the longest text, the story, is not sent into the void (M1). It is kept on the server
// alone, never on the device: a telephone may be shared, lost or taken away.

const PAUSE = 3000; // milliseconds after the last key
const LARGEST_WHEN_LEAVING = 60000; // bytes that a browser still sends for a page that is left
const TOLD = ["saved", "logged_out", "unsaved"];

class Report {
    constructor(form) {
        this.form = form;
        this.sent = this.typed(this.asServed());
        this.isLoggedOut = false;
        this.isLeaving = false;
        this.turn = Promise.resolve();
        form.addEventListener("input", () => this.afterAPause());
        for (const one of [form, document.querySelector(".o_aggression_throw_away")]) {
            one.addEventListener("submit", (event) => this.submit(event));
        }
        document.addEventListener("visibilitychange", () => this.turnAway());
        window.addEventListener("pageshow", () => (this.isLeaving = false));
        this.afterAPause(); // who is quick began to type before this was loaded
    }

    asServed() {
        const served = this.form.cloneNode(true);
        served.reset();
        return served;
    }

    /** Return what stands in the form as the text of a request, without its files. */
    typed(form = this.form) {
        const filled = [...new FormData(form)].filter(
            ([name, value]) => name !== "csrf_token" && typeof value === "string"
        );
        return new URLSearchParams(filled).toString();
    }

    afterAPause() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.saveWhatIsNew(), PAUSE);
    }

    /** Save before the page is hidden; try again when somebody comes back from logging in. */
    turnAway() {
        if (!document.hidden && this.isLoggedOut) {
            this.save();
        } else if (document.hidden) {
            this.saveWhatIsNew();
        }
    }

    // Logged out, nothing is asked by itself: the other tab is logging in with the same cookie.
    saveWhatIsNew() {
        if (!this.isLeaving && !this.isLoggedOut && this.typed() !== this.sent) {
            this.save();
        }
    }

    async submit(event) {
        if (this.isLeaving) {
            return;
        }
        event.preventDefault();
        if (this.isHeld) {
            return;
        }
        this.isHeld = true;
        const { target, submitter } = event;
        const isSaved = await this.save();
        this.isHeld = false;
        if (isSaved) {
            this.isLeaving = true;
            target.requestSubmit(submitter);
        }
    }

    /** Save, one request after the other; resolves to whether it was. */
    save() {
        clearTimeout(this.timer);
        this.turn = this.turn.then(() => this.post()).catch(() => this.tell("unsaved"));
        return this.turn;
    }

    async post() {
        const typed = this.typed();
        let answer = await this.request(typed);
        if (!answer.ok) {
            if (!(await this.renewToken())) {
                return this.tell("logged_out");
            }
            answer = await this.request(typed);
        }
        if (!answer.ok) {
            return this.tell("unsaved");
        }
        this.sent = typed;
        return this.tell("saved", await answer.text());
    }

    async request(typed) {
        const token = this.form.elements.csrf_token.value;
        const body = `${typed}&${new URLSearchParams({ go: "save", csrf_token: token })}`;
        const answer = await fetch(this.form.action, {
            method: "POST",
            headers: { "Content-Type": "application/x-www-form-urlencoded" },
            body,
            redirect: "manual", // to where one logs in
            keepalive: document.hidden && body.length < LARGEST_WHEN_LEAVING,
        });
        return this.answered(answer);
    }

    /**
     * Take the token of the session that was begun in another tab, if it is the same person's.
     *
     * Who shares a telephone may have logged in meanwhile: nothing of this goes to their report.
     */
    async renewToken() {
        const answer = this.answered(await fetch(this.form.action, { cache: "no-store" }));
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector(".o_aggression_report");
        if (!fresh || fresh.dataset.whose !== this.form.dataset.whose) {
            return false;
        }
        for (const token of document.querySelectorAll("input[name=csrf_token]")) {
            token.value = fresh.elements.csrf_token.value;
        }
        return true;
    }

    answered(answer) {
        if (answer.status >= 500) {
            throw new Error("the server cannot answer");
        }
        return answer;
    }

    /** Say how it stands; returns whether that is well. */
    tell(what, time = "") {
        this.isLoggedOut = what === "logged_out";
        const isWell = what === "saved";
        const [saved, ...told] = TOLD.map((one) => this.form.querySelector(`.o_aggression_${one}`));
        saved.hidden = !time; // half a date, say, is not saved
        saved.querySelector("time").textContent = time;
        told.forEach((one) => (one.hidden = !one.matches(`.o_aggression_${what}`)));
        if (isWell) {
            document.querySelector(".o_aggression_throw_away").hidden = false;
        }
        return isWell;
    }
}

const form = document.querySelector(".o_aggression_report");
if (form) {
    new Report(form);
}
