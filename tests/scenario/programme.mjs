// SPDX-License-Identifier: AGPL-3.0-or-later
// A superuser's career on a real server: proposed, invited, the private room, thanks, rest, renewal, the end; and fair play's page.
import { Browser, api, check, done, equal, hearthOk, lastLine, serve, site, test } from "./lib.mjs";

const { dir, password } = site("programme");
const server = await serve(dir, "--no-rate-limits"), admin = new Browser(server.port), wren = new Browser(server.port), other = new Browser(server.port), guest = new Browser(server.port);
await admin.get("/sign-in");
await admin.post("/sign-in", { handle: "admin", password, next: "/" });
await wren.signUp("wren");
await other.signUp("otto");
const id = /href="\/programme\/([0-9a-z]+)"/.exec((await admin.get("/m/wren")).body)[1];
const step = async (who, path, fields) => {
	const r = await who.post(path, fields);
	equal(r.status, 303, `${path}: ${r.status}`);
	return who.follow(r);
};

await test("programme/is-for-managers", async () => {
	for (const path of ["/programme", "/programme/terms", `/programme/${id}`, "/board/fairplay", "/api/v1/programme"]) {
		equal((await wren.get(path)).status, 403, path);
		check((await guest.get(path)).status !== 200, `${path} for a guest`);
	}
	await wren.get("/programme/me");
	for (const what of ["propose", "invite", "thank", "renew", "return", "end"]) equal((await wren.post(`/programme/${id}/${what}`, { note: "to myself" })).status, 403, what);
	equal((await wren.post("/programme/terms", { text: "Give me all of it, always.", days: "365" })).status, 403, "terms");
});

await test("programme/from-proposal-to-the-room", async () => {
	check((await step(admin, `/programme/${id}/propose`, { area: "kettle", note: "kind" })).body.includes("kind"), "proposed");
	check((await wren.get("/programme/me")).body.includes("You are not in the superuser programme"), "a proposal is not told");
	equal((await admin.post(`/programme/${id}/invite`, {})).status, 409, "to no terms");
	await admin.get("/programme/terms");
	equal((await admin.post("/programme/terms", { text: "short", days: "365" })).status, 422, "terms of five letters");
	check((await step(admin, "/programme/terms", { text: "Be **kind**, and answer when you can.", days: "365" })).body.includes("<strong>kind</strong>"), "terms");
	await step(admin, `/programme/${id}/invite`, { area: "kettle", note: "Would you join us?" });
	equal((await step(admin, "/programme/space", {})).status, 200, "the room");
	equal((await wren.get("/s/superusers")).status, 404, "invited is not in");
	const invitation = await wren.get("/programme/me");
	check(invitation.body.includes("Would you join us?"), "with the manager's words");
	check((await wren.get("/")).body.includes('href="/programme/me"'), "told on every page");
	equal((await wren.post("/programme/me/accept", { terms: "2" })).status, 409, "other terms");
	await wren.get("/programme/me");
	check((await step(wren, "/programme/me/accept", { terms: "1" })).body.includes("You are a superuser"), "accepted");
	equal((await wren.get("/s/superusers")).status, 200, "the room is open");
	check((await wren.get("/programme/me")).body.includes('href="/s/superusers"'), "the way there");
	equal((await other.get("/s/superusers")).status, 404, "but not for others");
	const profile = (await guest.get("/m/wren")).body;
	check(profile.includes("Superuser since") && profile.includes("in kettle"), "the profile says so");
	const token = lastLine(hearthOk("token", "create", "--member", "admin", "--data", dir));
	const list = await api(server.port, token).get("/api/v1/programme");
	equal(list.json.items.map((i) => `${i.handle} ${i.state} ${i.area}`).join(), "wren in kettle", "the list for programs");
});

await test("programme/a-manager-proposes-where-there-are-terms-too", async () => {
	const theirs = `/programme/${/href="\/programme\/([0-9a-z]+)"/.exec((await admin.get("/m/otto")).body)[1]}`;
	check((await admin.get(theirs)).body.includes(`action="${theirs}/propose"`), "beside the invitation");
	const proposed = (await step(admin, `${theirs}/propose`, { note: "patient" })).body;
	check(proposed.includes("patient") && !proposed.includes(`action="${theirs}/propose"`), "once");
	check((await other.get("/programme/me")).body.includes("You are not in the superuser programme"), "not told");
	check(!(await admin.get(`/programme/${id}`)).body.includes("/propose"), "nobody who is in");
});

await test("programme/thanks-rest-renewal", async () => {
	await admin.get(`/programme/${id}`);
	equal((await admin.post(`/programme/${id}/thank`, { note: "" })).status, 422, "thanks in no words");
	await step(admin, `/programme/${id}/thank`, { note: "a mug, and our respect" });
	check((await wren.get("/programme/me")).body.includes("a mug, and our respect"), "shown to the member");
	check(!(await other.get("/m/wren")).body.includes("a mug"), "and to nobody else");
	equal((await wren.post("/programme/me/rest", { days: "3" })).status, 422, "three days are no rest");
	check((await step(wren, "/programme/me/rest", { days: "30" })).body.includes("You are resting"), "rests");
	equal((await wren.get("/s/superusers")).status, 200, "the room stays open");
	check((await step(wren, "/programme/me/return", {})).body.includes("You are a superuser"), "is back");
	await step(admin, `/programme/${id}/rest`, { days: "14", note: "you look tired" });
	await step(admin, `/programme/${id}/return`, {});
	check((await step(admin, `/programme/${id}/renew`, { note: "gladly" })).body.includes("Term renewed"), "renewed");
	check((await admin.get("/programme")).body.includes(">wren<"), "on the manager's page");
});

await test("programme/the-end", async () => {
	await wren.get("/programme/me");
	await step(wren, "/programme/me/leave", {});
	equal((await wren.get("/s/superusers")).status, 404, "the room is closed at once");
	check(!(await guest.get("/m/wren")).body.includes("Superuser since"), "the profile says nothing");
	equal((await wren.post("/programme/me/leave", {})).status, 409, "left is left");
	await admin.get(`/programme/${id}`);
	await step(admin, `/programme/${id}/invite`, {});
	await wren.get("/programme/me");
	check((await step(wren, "/programme/me/decline", {})).body.includes("You declined"), "declines");
	await step(admin, `/programme/${id}/invite`, {});
	check((await step(admin, `/programme/${id}/end`, { note: "a mistake of ours" })).body.includes("a mistake of ours"), "withdrawn");
	const said = hearthOk("audit", "--data", dir);
	for (const what of ["proposed", "invited", "thanked", "rested", "renewed", "ended", "terms", "space"]) check(said.includes(`programme.${what}`), `audit: ${what}`);
});

await test("programme/fair-play", async () => {
	equal((await admin.get("/board/fairplay")).status, 200, "the page");
	equal((await admin.post("/board/fairplay/1/restore")).status, 404, "no such series");
	equal((await wren.post("/board/fairplay/1/restore")).status, 403, "for managers");
});

await server.stop();
done();
