// SPDX-License-Identifier: AGPL-3.0-or-later
// What scripts add to the editor of rules, which works without them.
//   textarea[data-code]      as many rows as lines, so that nothing scrolls inside; numbers for what is typed beyond the last
//   a[data-line]             puts the cursor at the beginning of that line
//   [data-check]             pressed by Ctrl or Command with Enter in the text
const text = document.querySelector("textarea[data-code]");
const numbers = document.querySelector(".code-lines");

function grow() {
	const lines = text.value.split("\n").length;
	text.rows = lines + 1;
	for (let last = numbers.textContent.trimEnd().split("\n").length; last < lines; ) numbers.append(`${++last}\n`);
}

function goTo(event) {
	const link = event.target.closest("a[data-line]");
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
	const lines = text.value.split("\n"), line = Number(link.dataset.line);
	const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
	event.preventDefault();
	document.getElementById(`L${line}`)?.scrollIntoView({ block: "center" });
	text.focus({ preventScroll: true });
	text.setSelectionRange(from, from + (lines[line - 1] ?? "").length);
}

if (text && numbers) {
	text.addEventListener("input", grow);
	document.addEventListener("click", goTo);
	text.addEventListener("keydown", (event) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) document.querySelector("[data-check]").click();
	});
}
