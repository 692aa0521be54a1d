// SPDX-License-Identifier: AGPL-3.0-or-later
// What was asked before, while one types.
//   <form data-similar="/ask/similar">   its fields title, body and asking are sent (GET) a moment after the last key; the HTML
//                                        fragment that comes back is shown in the page's [data-similar-list]; links
//                                        [data-similar-ask] take the title along
// A button of the form that leads there works without this.
import { fragmentOf } from "./live.js";

const QUIET_MS = 600, TITLE_MIN = 8, BODY_MAX = 1000;
const value = (form, name) => form.elements.namedItem(name)?.value ?? "";

function similarStart(form, refresh) {
	const list = document.querySelector("[data-similar-list]");
	if (!list) return;
	let timer = 0, round = 0, last = "";
	for (const button of form.querySelectorAll(`button[formaction="${form.dataset.similar}"]`)) button.hidden = true;
	const look = async () => {
		const title = value(form, "title").trim(), body = value(form, "body").trim().slice(0, BODY_MAX);
		const query = new URLSearchParams({ title, body, asking: value(form, "asking") }).toString();
		if (query === last) return;
		last = query;
		const mine = ++round;
		if (title.length < TITLE_MIN) {
			list.replaceChildren();
			return;
		}
		try {
			const reply = await fetch(`${form.dataset.similar}?${query}`, { credentials: "same-origin", headers: { Accept: "text/html", "HX-Request": "true" } });
			const html = reply.ok ? await reply.text() : "";
			if (mine !== round || !reply.ok) return; // too many, or no answer: what is shown stays
			const fresh = fragmentOf(html);
			refresh(fresh);
			list.replaceChildren(fresh);
		} catch { /* without the network nothing is suggested */ }
	};
	const takeAlong = () => { // the title, to where it is asked
		for (const link of document.querySelectorAll("a[data-similar-ask]")) {
			const url = new URL(link.href);
			url.searchParams.set("title", value(form, "title"));
			link.href = url;
		}
	};
	const soon = () => {
		takeAlong();
		clearTimeout(timer);
		timer = setTimeout(look, QUIET_MS);
	};
	form.addEventListener("input", (event) => { if (["title", "body"].includes(event.target.name)) soon(); });
	if (value(form, "title").trim() && !list.hasChildNodes()) soon();
}

export function startAsking(refresh) {
	for (const form of document.querySelectorAll("form[data-similar]")) similarStart(form, refresh);
}
