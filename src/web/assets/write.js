// SPDX-License-Identifier: AGPL-3.0-or-later
// Writing: the preview beside the text and drafts that survive a closed tab.
//   <form data-preview="/preview">   a button with formaction="/preview" shows the text as it will look, below its field,
//                                    and keeps it current while one writes (POST body=…, csrf=…; an HTML fragment comes back)
//   <form data-draft="PLACE">        POST /drafts (or data-draft-url): place, title, body, csrf; a few seconds after the last
//                                    key. Kept in the browser too, and restored there into an empty field.
import { fragmentOf, toast } from "./live.js";

const PREVIEW_MS = 700, DRAFT_MS = 4000, DRAFT_KEEP_MS = 30 * 86400000;
const text = (form) => form.querySelector('textarea[name="body"]');
const value = (form, name) => form.elements.namedItem(name)?.value ?? "";

function later(ms, run) {
	let timer = 0;
	return () => { clearTimeout(timer); timer = setTimeout(run, ms); };
}

function post(url, body) {
	return fetch(url, {
		method: "POST", body: new URLSearchParams(body), credentials: "same-origin", redirect: "manual", keepalive: true,
		headers: { Accept: "text/html", "HX-Request": "true" },
	});
}

function previewStart(form, refresh) {
	const area = text(form), url = form.dataset.preview;
	const button = [...form.querySelectorAll("button[formaction]")].find((b) => b.getAttribute("formaction") === url);
	if (!area || !button) return;
	let panel = null, round = 0;
	const show = async () => {
		if (!panel) return;
		const mine = ++round;
		panel.setAttribute("aria-busy", "true");
		try {
			const reply = await post(url, { body: area.value, csrf: value(form, "csrf") });
			const html = reply.ok ? await reply.text() : "";
			if (mine !== round || !panel) return;
			if (!reply.ok) throw new Error(String(reply.status));
			const fresh = fragmentOf(html);
			refresh(fresh);
			panel.replaceChildren(fresh);
		} catch {
			if (mine === round) toast(form.dataset.previewFailed ?? "The preview could not be loaded.");
		} finally {
			if (mine === round) panel?.removeAttribute("aria-busy");
		}
	};
	const soon = later(PREVIEW_MS, show);
	button.setAttribute("aria-pressed", "false");
	button.addEventListener("click", (event) => {
		event.preventDefault();
		button.setAttribute("aria-pressed", String(!panel));
		if (panel) {
			panel.remove();
			panel = null;
			return;
		}
		panel = document.createElement("section");
		panel.className = "preview";
		panel.setAttribute("aria-label", button.textContent.trim());
		area.after(panel);
		show();
	});
	area.addEventListener("input", () => { if (panel) soon(); });
}

function stored(key) {
	try {
		const draft = JSON.parse(localStorage.getItem(key) ?? "null");
		return draft && Date.now() - draft.at < DRAFT_KEEP_MS ? draft : null;
	} catch {
		return null;
	}
}

function store(key, draft) {
	try {
		if (draft) localStorage.setItem(key, JSON.stringify(draft));
		else localStorage.removeItem(key);
	} catch { /* private mode or full: the server's draft remains */ }
}

function draftStart(form) {
	const area = text(form), title = form.elements.namedItem("title"), key = `draft:${form.dataset.draft}`;
	if (!area) return;
	const state = document.createElement("p");
	state.className = "hint draft-state";
	state.setAttribute("role", "status");
	area.after(state);
	const old = stored(key);
	if (old && !area.value && (!title || !title.value)) {
		area.value = old.body;
		if (title) title.value = old.title;
		if (old.body || old.title) state.textContent = form.dataset.draftRestored ?? "Your draft is back.";
	}
	let dirty = false;
	const save = async () => {
		if (!dirty) return;
		dirty = false;
		const draft = { title: title?.value ?? "", body: area.value, at: Date.now() };
		store(key, draft.title || draft.body ? draft : null);
		try {
			const reply = await post(form.dataset.draftUrl ?? "/drafts",
				{ place: form.dataset.draft, title: draft.title, body: draft.body, csrf: value(form, "csrf") });
			state.textContent = reply.ok ? form.dataset.draftSaved ?? "Draft kept" : "";
		} catch {
			state.textContent = form.dataset.draftLocal ?? "Draft kept in this browser";
		}
	};
	const soon = later(DRAFT_MS, save);
	form.addEventListener("input", () => { dirty = true; soon(); });
	document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
	form.addEventListener("submit", (event) => {
		if (event.submitter?.hasAttribute("formaction")) return;
		dirty = false;
		store(key, null);
	});
}

export function startWriting(refresh) {
	for (const form of document.querySelectorAll("form[data-preview]")) previewStart(form, refresh);
	for (const form of document.querySelectorAll("form[data-draft]")) draftStart(form);
}
