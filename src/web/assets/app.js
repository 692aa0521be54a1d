// SPDX-License-Identifier: AGPL-3.0-or-later
// What scripts add to pages that work without them. Everything is found by data- attributes; no module keeps state that
// the page does not show.
//   [data-search]            focused by the key /
//   form[action="/theme"]    changes the colours at once; the server's cookie keeps them
//   details.more-menu        closes on Escape and on a click elsewhere
//   [data-live-topic]        the address of an event stream; its link appears when there are posts past data-after
//   a page without a clock of its own (attention.js) sends on what others of its tab counted
//   time[datetime] with a clock in it is shown in the reader's zone, the server's text (UTC) stays as its title
import { startAsking } from "./ask.js";
import { SEND, startSending } from "./held.js";
import { startLive } from "./live.js";
import { startWriting } from "./write.js";

function keys() {
	document.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (event.key === "Escape") closeMenus(null);
		if (event.key !== "/" || event.target.closest("input, textarea, select, [contenteditable]")) return;
		const search = document.querySelector("[data-search]");
		if (!search) return;
		event.preventDefault();
		search.focus();
		search.select();
	});
}

function closeMenus(except) {
	for (const menu of document.querySelectorAll("details.more-menu[open]")) {
		if (menu === except) continue;
		const focused = menu.contains(document.activeElement);
		menu.open = false;
		if (focused) menu.querySelector("summary").focus();
	}
}

function menus() {
	document.addEventListener("click", (event) => closeMenus(event.target.closest("details.more-menu")));
}

function themes() {
	document.addEventListener("submit", async (event) => {
		const form = event.target, button = event.submitter;
		if (!button || button.name !== "theme" || form.getAttribute("action") !== "/theme") return;
		event.preventDefault();
		const root = document.documentElement, body = new URLSearchParams(new FormData(form));
		body.set("theme", button.value);
		if (button.value === "light" || button.value === "dark") root.dataset.theme = button.value;
		else delete root.dataset.theme;
		for (const b of form.querySelectorAll('button[name="theme"]')) b.setAttribute("aria-pressed", String(b === button));
		await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
	});
}

export function localTimes(root) {
	const lang = document.documentElement.lang;
	const format = new Intl.DateTimeFormat(!lang || lang === "en" ? "en-GB" : lang, { // the order that the server writes
		day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
	});
	for (const time of root.querySelectorAll("time[datetime]")) {
		const at = new Date(time.dateTime);
		if (time.title || !time.textContent.includes(":") || Number.isNaN(at.getTime())) continue;
		time.title = `${time.textContent} UTC`;
		time.textContent = format.formatToParts(at).map((p) => (p.type === "literal" && p.value === " at " ? ", " : p.value)).join("");
	}
}

// Other people's posts are told, not put in: nothing moves under a reader. A page in the background does not listen; what it
// missed comes first when it does again.
function news() {
	const box = document.querySelector("[data-live-topic]");
	if (!box || !window.EventSource) return;
	const link = box.querySelector("a"), known = Number(box.dataset.after);
	let source = null, most = 0;
	const listen = () => {
		if (document.hidden === !source) return;
		if (source) source.close();
		source = document.hidden ? null : new EventSource(box.dataset.liveTopic);
		source?.addEventListener("posted", (event) => {
			const n = Number(event.data) - known;
			if (!(n > most)) return; // told before
			most = n;
			link.querySelector(".num").textContent = n.toLocaleString("en");
			link.hidden = false;
		});
	};
	document.addEventListener("visibilitychange", listen);
	setTimeout(listen, 2000); // who only looks in needs no stream
}

function attention() {
	if (document.querySelector("script[data-mark]")) return; // its clock does
	setInterval(startSending(() => ""), SEND * 1000);
}

// Where the demo bar scrolls, who one looks as stands in sight.
function lookAs() {
	const pressed = document.querySelector('.lookas [aria-pressed="true"]'), bar = pressed?.parentElement;
	if (bar) bar.scrollLeft = pressed.offsetLeft - bar.offsetLeft - (bar.clientWidth - pressed.offsetWidth) / 2;
}

keys();
menus();
news();
themes();
lookAs();
startLive(localTimes);
startWriting(localTimes);
startAsking(localTimes);
attention();
localTimes(document);
