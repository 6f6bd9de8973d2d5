// Keeps the step cards on the device. Whoever needs them has no time to wait for a signal, nor to
// log in again: what came last is shown when nothing newer comes within two seconds.

const CARD = "/aggression/card";
const KEPT = "aggression-card";
const PATIENCE = 2000;

async function keep(response) {
    const usable = response.ok && !response.redirected && response.type === "basic";
    if (usable) {
        await (await caches.open(KEPT)).put(CARD, response.clone());
    }
    return usable;
}

function tooLong() {
    return new Promise((_resolve, reject) => setTimeout(() => reject(new Error("slow")), PATIENCE));
}

async function show(request) {
    const asked = fetch(request).then(async (response) => ({
        response,
        usable: await keep(response),
    }));
    const kept = await caches.match(CARD);
    try {
        const { response, usable } = await (kept ? Promise.race([asked, tooLong()]) : asked);
        return usable || !kept ? response : kept;
    } catch (error) {
        if (kept) {
            return kept;
        }
        throw error;
    }
}

self.addEventListener("install", (event) => {
    event.waitUntil(fetch(CARD, { redirect: "error" }).then(keep).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
    if (event.request.mode === "navigate" && new URL(event.request.url).pathname === CARD) {
        event.respondWith(show(event.request));
    }
});
