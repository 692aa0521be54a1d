// SPDX-License-Identifier: AGPL-3.0-or-later
// Forms that are sent without leaving the page.
//   <form data-live data-target="#id">   sent with HX-Request: true; the HTML fragment that comes back replaces the element
//                                        (the form itself without data-target)
//   <form data-live="vote">              buttons name="value" with aria-pressed and a .num: shown at once, taken back when
//                                        the server refuses
// A redirect means "done": the page is loaded anew, unless it was a vote. Without the network the form is sent plainly.

export function toast(text) {
	let box = document.querySelector(".toast[data-live-toast]");
	if (!box) {
		box = document.createElement("div");
		box.className = "toast";
		box.setAttribute("role", "status");
		box.dataset.liveToast = "";
		document.body.append(box);
	}
	box.textContent = text;
	box.hidden = false;
	clearTimeout(box.timer);
	box.timer = setTimeout(() => { box.hidden = true; }, 6000);
}

export function fragmentOf(html) {
	const template = document.createElement("template");
	template.innerHTML = html; // a fragment of our own server, sanitised there
	return template.content;
}

export async function send(form, submitter, url) {
	const body = new URLSearchParams(new FormData(form));
	if (submitter?.name) body.append(submitter.name, submitter.value);
	const reply = await fetch(url ?? submitter?.getAttribute("formaction") ?? form.action, {
		method: "POST", body, redirect: "manual", credentials: "same-origin",
		headers: { Accept: "text/html", "HX-Request": "true" },
	});
	const html = reply.headers.get("content-type")?.startsWith("text/html") ? await reply.text() : "";
	return { done: reply.ok || reply.type === "opaqueredirect", redirected: reply.type === "opaqueredirect", status: reply.status, html };
}

const away = { "1": "0", "-1": "0" };

// The vote as it will be; returns what takes it back.
function voteShow(form, pressed) {
	const buttons = [...form.querySelectorAll('button[name="value"]')], num = form.querySelector(".num");
	const before = buttons.map((b) => [b.value, b.getAttribute("aria-pressed")]), score = num?.textContent;
	const side = (i) => (i === 0 ? 1 : -1);
	const old = buttons.reduce((sum, b, i) => sum + (b.getAttribute("aria-pressed") === "true" ? side(i) : 0), 0);
	const now = Number(pressed.value);
	buttons.forEach((b, i) => {
		const on = now === side(i);
		b.setAttribute("aria-pressed", String(on));
		b.value = on ? away[String(side(i))] : String(side(i));
	});
	const shown = Number(score?.replace(/[^0-9-]/g, ""));
	if (num && !Number.isNaN(shown)) num.textContent = (shown + now - old).toLocaleString("en");
	return () => {
		buttons.forEach((b, i) => { [b.value] = before[i]; b.setAttribute("aria-pressed", before[i][1]); });
		if (num) num.textContent = score;
	};
}

function messageOf(html) {
	return fragmentOf(html).textContent.trim() || "That was not saved. Try again.";
}

async function vote(form, submitter) {
	if (form.dataset.busy) return;
	form.dataset.busy = "1";
	const request = send(form, submitter); // the values as they are now
	const takeBack = voteShow(form, submitter);
	try {
		const reply = await request;
		if (!reply.done) {
			takeBack();
			toast(messageOf(reply.html));
		}
	} catch {
		takeBack();
		toast(form.dataset.offline ?? "No connection. Your vote was not saved.");
	} finally {
		delete form.dataset.busy;
	}
}

async function swap(form, submitter, refresh) {
	submitter?.setAttribute("aria-busy", "true");
	try {
		const reply = await send(form, submitter);
		if (reply.redirected) {
			location.reload();
			return;
		}
		if (!reply.done) {
			toast(messageOf(reply.html));
			return;
		}
		const target = form.dataset.target ? document.querySelector(form.dataset.target) : form, fresh = fragmentOf(reply.html);
		refresh(fresh);
		if (target && fresh.childNodes.length) target.replaceWith(fresh);
	} catch {
		delete form.dataset.live;
		form.requestSubmit(submitter);
	} finally {
		submitter?.removeAttribute("aria-busy");
	}
}

export function startLive(refresh) {
	document.addEventListener("submit", (event) => {
		const form = event.target;
		if (!form.matches("form[data-live]") || event.defaultPrevented) return;
		event.preventDefault();
		if (form.dataset.live === "vote" && event.submitter) vote(form, event.submitter);
		else swap(form, event.submitter, refresh);
	});
}
