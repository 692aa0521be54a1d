// SPDX-License-Identifier: AGPL-3.0-or-later
// The clock of a page that was served with a mark (web/mark.h): how many seconds its reader really read and wrote, and which
// post was in view meanwhile. It runs while the tab is visible and has the focus, from the first key, click, wheel or touch
// on, and stops IDLE seconds after the last one; what scripts do by themselves does not count. How what it counted is sent
// says held.js. With Do-Not-Track or Global Privacy Control it does not start.
import { startSending } from "./held.js";

const IDLE = 30, LINE = 0.4; // LINE: how far down the window one is thought to read

function refused() {
	return navigator.globalPrivacyControl === true || navigator.doNotTrack === "1" || globalThis.doNotTrack === "1";
}

const posts = () => document.querySelectorAll('article.post[id^="p-"]');

// The number of the post in view, from 1; 0: none.
function postInView() {
	const line = innerHeight * LINE;
	let near = 0, least = innerHeight;
	posts().forEach((post, i) => {
		const box = post.getBoundingClientRect();
		const away = box.top > line ? box.top - line : box.bottom < line ? line - box.bottom : 0;
		if (away < least) [near, least] = [i + 1, away];
	});
	return near;
}

// The number of the post that is answered by what is typed, 0 for the page's own form.
const postAnswered = (area) => [...posts()].indexOf(area.closest('article.post[id^="p-"]')) + 1;

function start(mark) {
	const sides = mark.split(".")[3]; // a letter for the page's form, then one for each post: on which side its author stands
	const read = {}, wrote = {};
	let touched = -Infinity, typed = -Infinity, human = false, area = null;
	const now = () => performance.now() / 1000;

	const touch = (event) => {
		if (!event.isTrusted) return;
		if (event.type !== "scroll") human = true; // a script can scroll, and the event looks the same
		if (human) touched = now();
		if (event.type === "keydown" && event.target?.matches?.("form textarea")) {
			area = event.target;
			typed = touched;
		}
	};
	for (const type of ["pointermove", "pointerdown", "keydown", "wheel", "touchmove", "scroll"])
		document.addEventListener(type, touch, { passive: true, capture: true });

	const add = (to, post) => { if (sides[post]) to[sides[post]] = (to[sides[post]] ?? 0) + 1; };
	const list = (of) => Object.entries(of).map(([side, seconds]) => `${side}${seconds}`).join("");
	const clear = (of) => { for (const side of Object.keys(of)) delete of[side]; };
	const take = () => {
		const note = `${mark}_${list(read)}_${list(wrote)}`;
		clear(read);
		clear(wrote);
		return note === `${mark}__` ? "" : note;
	};
	const sendInTime = startSending(take);
	const tick = () => {
		const present = document.visibilityState === "visible" && document.hasFocus();
		if (present && human && now() - touched < IDLE) {
			if (area?.isConnected && document.activeElement === area && now() - typed < IDLE) add(wrote, postAnswered(area));
			else if (postInView()) add(read, postInView());
		}
		sendInTime();
	};
	setInterval(tick, 1000);
}

const tag = document.querySelector("script[data-mark]");
if (tag && !refused()) start(tag.dataset.mark);
