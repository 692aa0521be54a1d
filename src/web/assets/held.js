// SPDX-License-Identifier: AGPL-3.0-or-later
// What pages' clocks counted (attention.js), on its way to the site. A note is "MARK_READ_WROTE". When a page is left by a link to
// another page of the site, its note waits in the tab and goes with the next message, so that who reads on from page to page
// sends one now and then and not one a page. It is sent when the tab is hidden or left, when MOST are there, and after SEND
// seconds at most. What cannot be kept in the tab is sent at once.
export const SEND = 120;
const KEY = "attention", MOST = 6, SOON = 5; // SOON: seconds within which a link that was followed leaves the page

function held() {
	try {
		return sessionStorage.getItem(KEY)?.split("*").filter(Boolean) ?? [];
	} catch {
		return [];
	}
}

function hold(notes) {
	try {
		if (notes.length) sessionStorage.setItem(KEY, notes.join("*"));
		else sessionStorage.removeItem(KEY);
		return true;
	} catch {
		return false;
	}
}

function send(notes) {
	hold([]); // first: what is sent twice is believed once, but would be paid for twice
	if (!notes.length) return;
	const [mark, read, wrote] = notes.at(-1).split("_");
	const body = new URLSearchParams({ mark, read, wrote });
	if (notes.length > 1) body.set("before", notes.slice(0, -1).join("*"));
	navigator.sendBeacon("/attention", body);
}

// take: the page's own note, which is then no longer its own; "" for none. Gives the function to call from time to time.
export function startSending(take) {
	let followed = -Infinity, sent = performance.now();
	const sendAll = () => {
		const own = take();
		sent = performance.now();
		send(own ? [...held(), own] : held());
	};
	const leave = () => {
		if (performance.now() - followed > SOON * 1000) return sendAll();
		const own = take(), notes = own ? [...held(), own] : held();
		if (notes.length >= MOST || !hold(notes)) send(notes);
	};
	addEventListener("click", (event) => { // the last to hear of it: who answers a click by a script says so
		const a = event.target.closest?.("a[href]");
		if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
		if (!a || a.target || a.download || a.origin !== location.origin) return;
		if (a.pathname !== location.pathname || a.search !== location.search) followed = performance.now();
	});
	addEventListener("pageshow", () => { followed = -Infinity; });
	addEventListener("pagehide", leave);
	document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
	return () => { if (performance.now() - sent >= SEND * 1000) sendAll(); };
}
