// SPDX-License-Identifier: AGPL-3.0-or-later
// Small remarks that are not tied to one problem; {a} and the like are filled in by demo_say.c.
#include "demo/demo_text.h"

// clang-format off
static const char *const HOME[] = {
	"Two floors, brick, router in the {r}, about {b} square metres in all.",
	"We live in an old farmhouse with walls as thick as my arm, the {r} is the worst.",
	"It is a small flat of {b} m², so distance cannot be the reason.",
	"House of {a} people and, since you will ask, {a} animals.",
	"The nearest socket is in the {r}, which limits what I can try.",
	"Built in 19{b}, nothing in it is straight, least of all the wiring.",
	"For context: wooden house, {a} rooms, metal roof over the {r}.",
	"I rent, so drilling through to the {r} is out of the question.",
	"The thing stands in the {r}, on a shelf, {b} cm above the floor.",
	"Everything worked for {b} weeks before this, if that matters.",
	"There are {b} devices in the list, of which I could name perhaps half.",
	"My mother lives in the {r} flat downstairs and shares the line with us, {a} screens.",
	"We are {a} in a shared flat, and I am the one who reads manuals.",
	"Terraced house, number {b}, neighbours on both sides with the same boxes.",
	"The garden is {b} metres long and gets the sun only after lunch.",
	"I work from the {r} on {w}s, so that is when I notice it most.",
	"Underfloor heating everywhere but in the {r}, tiles, no carpet.",
	"Nothing was moved, except that the {r} got a new wardrobe.",
	"Two children, one dog, and a {r} that serves as my office.",
	"It is a holiday house, and I am there only every {b} days.",
	"Our village has {b} inhabitants and one cable, so no second provider.",
	"I bought the whole set {b} weeks ago and this is the first real trouble.",
	"Ground floor, {r} to the street, lots of trams.",
	"The place is on a slope, so the {r} is half under the earth.",
};
static const char *const TRIED[] = {
	"What I did so far: another socket in the {r}, another cable, and {a} restarts.",
	"I have restarted it {a} times and read the help page twice.",
	"Already tried: unplugging for {b} minutes, without any difference.",
	"On {w} I did a full reset, which cost me {b} minutes and gave me nothing.",
	"A friend who knows such things looked at it for {a} hours and left quietly.",
	"Moving it to the {r} changed the mood of the family but not the fault.",
	"I went through {a} older topics here, and none of them fits.",
	"The chat helper asked me {b} questions and then wished me a good day.",
	"I switched everything else in the {r} off for an evening to be sure.",
	"My list of what it is not has {b} entries by now.",
	"Support told me on {w} to wait, so I waited {a} days.",
	"I also borrowed a neighbour's for {a} nights: the same.",
	"Both the long and the short reset, the second {a} times over.",
	"I wrote down the times for {b} days and can post them if it helps.",
	"A different phone, a different account, the same in the {r} and outside.",
	"Before you ask: yes, it is plugged in, I crawled under the {r} bench to look.",
	"I left it without power from {w} evening until the next noon.",
	"The only thing that helped was hope, and that lasted {b} minutes.",
	"Changed the channel, changed the room to the {r}, changed my opinion of technology.",
	"A second one on loan showed it after {b} hours too.",
};
static const char *const VERSION[] = {
	"Version {v} on the router, app {p}.",
	"App {p} on an Android phone, everything else at {v}.",
	"Firmware {v} since {w}, app {p}.",
	"The label says batch {b}, the status page says {v}.",
	"For the experts: {v}, app {p}, {a} nodes or none makes no difference.",
	"I am on {v} and the app claims that this is the newest.",
	"Status page: `{v}`, uptime {b} hours, {a} restarts this month.",
	"Hardware from batch {b}-{a}, firmware {v}.",
	"Tablet with app {p}, phone with an older one, router at {v}.",
	"It came with {v} in the box and has not been updated since.",
	"Number on the underside ends in {b}{a}, software {v}.",
	"App {p}, and the small print below it reads {b}{b}.",
	"Everything is at {v}, I checked on {w} in the evening.",
	"Line {b} Mbit/s by contract, firmware {v}.",
};
static const char *const SIGN_OFF[] = {
	"Thank you in advance from the {r}.",
	"I will check back after {w}, I am on nights until then.",
	"Any hint is welcome, even one that begins with \"are you sure\".",
	"Greetings from {b} steps above the street!",
	"Please answer in simple words, I am {b} and new to this.",
	"If a photograph of the {r} helps, I can make one.",
	"No hurry, it has waited for {b} days already.",
	"Would be lovely to have it settled before the guests come on {w}.",
	"I will report back, promised, unlike the {b} topics I found without an end.",
	"Coffee for whoever solves it, {a} sugars if need be.",
	"Sorry for the length, I had {b} minutes and a keyboard.",
	"If this belongs into another space, do move it.",
};
static const char *const SAME[] = {
	"Same here, in the {r}, since about {b} days.",
	"Following, ours does it too, mostly on {w}s.",
	"We have that with {a} devices out of {b}, so you are not alone.",
	"No answer, just company: it began here {b} days ago.",
	"I thought that only mine did this, in the {r} and nowhere else.",
	"Same picture on {v}, and only when it is warm in the {r}.",
	"Subscribed to this, as my sister has it {a} times a day.",
	"It happened to us {a} times last month and then stopped, which is no comfort.",
	"Mine did that before I moved it out of the {r}, so perhaps try that.",
	"Plus one from a house with {b} steps and no patience left.",
	"Not solved here either, I live with it since {w} two weeks ago.",
	"I would like to know that as well, we are {a} households with it in this street.",
	"Funny, I was about to write the same words, only with \"{r}\" in them.",
	"One more, version {v}, and I have tried everything on the first {a} pages of search.",
	"You describe my {r} exactly.",
	"I had given up on it {b} weeks ago, now I have hope again.",
	"Here too, and the neighbour at number {b} has it as well.",
	"In our case it comes in groups of {a} and then rests for a day.",
};
static const char *const CLARIFY[] = {
	"Could you post the log from {a} minutes before to {a} minutes after it happens? || It is {b} lines about "
		"nothing, and then one that says \"gone\".",
	"Which version do you run, {v} or newer? || It says {v}, and yes, I looked twice.",
	"Does it also happen when everything else in the {r} is switched off? || All off, lamp included: no change, "
		"but {b} minutes of silence, which I enjoyed.",
	"One question first: who else has the app for your home, {a} people or more? || Only me and, as I have just "
		"found out, {a} former phones of mine.",
	"Please try it once from {a} metres away and tell us what the lamp does. || White for {a} seconds, then it "
		"makes up its mind and goes out.",
	"How many devices are in your list, more than {b}? || {b}, and I learned that we own {a} clocks that talk.",
	"Has it ever worked properly, or is this day {b} without? || It worked until a {w}, {b} days ago, and never "
		"since.",
	"Is it worse on {w}s, or is that only when you are at home to see it? || You may be right, I am out on all "
		"the other days until {a}.",
	"What does the page say under \"last heard\", and is it more than {b} minutes? || It says {b} minutes, then "
		"jumps to {a}.",
	"Does the app at {p} show a grey or a hollow dot? || Hollow, and I tapped it {a} times out of hope.",
	"Tell us the colour of the lamp {a} seconds after the start, that narrows it down a lot. || Somewhere "
		"between orange and an egg yolk of {w}.",
	"Do you use a filter or a VPN on the phone, even one that has been asleep for {b} days? || There was one, "
		"from {a} years ago, but without it all is the same.",
	"Is the serial on the underside from batch {b} or later? || Batch {b}, says the sticker, or {b}8, it is worn.",
	"Could you repeat that with only {a} devices switched on? || Only {a} on, and still.",
	"Can you make it happen on purpose, say {a} times out of ten? || {a} out of ten, and always when I have "
		"given up watching.",
	"What else hangs on the same fuse, up to {a} metres around? || A fridge, a kettle, and the lamp of an aunt, "
		"about {b} watts.",
	"Sounds familiar, but the usual cure depends on whether you are past {v}. || I am on {v}, whichever side "
		"that is.",
	"When did it last work, and what changed within {b} days of that? || We had {a} guests and a new lamp, "
		"nothing with a plug otherwise.",
	"Does it behave if you let it rest until {w}? || It rested {b} hours, woke up, and did it again.",
	"If you restart only that one device and wait {b} seconds, does it come back alone? || Alone, yes, for {a} "
		"minutes.",
	"Has anything with a motor been added in the last {b} weeks? || A fan in the {r}, but it is off since {w}.",
	"How long exactly is it away, nearer {b} seconds or nearer to an hour? || By the egg timer {b} seconds.",
	"A picture would help more than {b} words. || I made {a}, my thumb is on most of them, the others come "
		"tonight.",
	"I have an idea, but I need the number from Care first, below {b} or above? || It reads {b}, in yellow "
		"letters.",
	"Did you save after changing it, and wait for {a} seconds? || I had waited {a}, now I waited {b}, no "
		"difference.",
	"Which phone is it, and has it been updated in the last {b} days? || It was, on {w}, and I did not connect "
		"the two things until you asked.",
	"Would you try it with another account, just for {b} minutes? || With my sister's it is the same, in {b} "
		"minutes and after.",
	"Before we guess: is the box from us or from a market stall, batch {b}? || From the shop in town, {b} weeks "
		"old, with the receipt.",
	"I had something like it on {v}; was yours ever opened or dropped? || Once, from {b} cm, onto a cushion.",
	"Could it be that {a} things want to do the same job at the same minute? || I moved them {b} minutes apart, "
		"and will write on {w}.",
};
static const char *const STAFF[] = {
	"I have passed this to the team with your {a} details and will come back here, not by mail.",
	"Thanks for the care you took in describing it; could you send the report from the app ({p} or newer)?",
	"We see {b} similar reports this month and would like yours among them, with your permission.",
	"Not forgotten: the person who knows is back on {w}.",
	"I can reproduce half of it in our {r} (yes, we have one), and am looking for the other half.",
	"Would you be willing to test a version on {a} devices before the others get it?",
	"This should have been answered within four hours and was not, I am sorry.",
	"I am moving this to the people who build it, it has been open for {b} hours too long.",
	"Your description helped us to find {a} more cases of the same kind.",
	"Please keep the old part until {w}, we may want to look at it.",
	"Somebody from the radio team will read this on {w}, I have put it on their table.",
	"We could not repeat it in {b} attempts, which says more about our lab than about your home.",
};
static const char *const EDIT[] = {
	"*Edit: on {v} the entry is one page further down.*",
	"*Edit: added the step with the {r}, thanks to those who asked.*",
	"*Addition after {b} days: still holds here.*",
	"*Edit: it is {b} seconds, not minutes, sorry.*",
	"*Later: works on the smaller model too, tested in the {r}.*",
	"*Edit on {w}: the menu has been renamed, the place is the same.*",
	"*Added: if you have more than {b} devices, do it in the evening.*",
	"*Edit: {a} people told me that a restart is needed in between, so do that.*",
	"*Correction: the left one, seen from the {r} door.*",
	"*Addition: with app {p} it is one tap less.*",
	"*Edit: took out a sentence that helped nobody.*",
	"*PS after {b} days: I would do it in the same order again.*",
};
static const char *const GARDEN[] = {
	"The lawn is {b} metres long and gets the sun only after lunch.",
	"Allotment number {b}, no tap of our own, a hedge on {a} sides.",
	"We have {b} square metres of grass and {a} apple trees in bad places.",
	"Clay to the depth of a spade, then {b} cm of builders' rubble.",
	"The place lies on a slope, {a} metres from top to bottom.",
	"Seen from the {r} window it looks all right, which is how I missed it.",
	"The nearest socket is in the {r}, {b} metres of cable away.",
	"A family of {a} and a garden that was laid out by the people before us.",
	"Between the house and the last bed there are {b} steps and one gate.",
	"It all ran without a hitch for {b} weeks before that.",
	"Everything here is at {v} and the app at {p}, I looked on {w}.",
	"So far I have cleaned it, dried it and left it alone for {a} days.",
	"I have read {a} older topics on it and tried what they say.",
	"Sandy soil, wind from the sea, {b} days a year of real calm.",
	"My neighbour has the same one, {b} metres off, and no trouble.",
	"It is looked after on {w}s only, as we do not live there.",
	"Second season with it, {b} hours on the clock.",
	"Two cats, {a} hens and one tortoise share the ground.",
	"I have switched it off and on {a} times, at the switch and at the button.",
	"The weather here: {b} mm of rain last week, and it feels like more.",
	"Photographs on demand, I took {b}.",
	"Could it be the cold, we had minus {a} on {w}?",
	"Nothing was changed apart from {a} new beds at the end.",
	"All of it was put up by a man who has since retired, {b} months ago.",
};
static const char *const LOG[] = {
	"Here is the line from the status page:\n\n```\nversion {v} batch {b} uptime {a} d {b} min\n```",
	"What the log keeps saying, in case it helps:\n\n```\nkeeper: retry {a} of {b}, wait {b} s\n```",
	"The last lines before it happened ({v}):\n\n```\nlink: quality {b}, peer lost after {b} s\nlink: peer back, "
		"gap {a} s\n```",
	"The log, shortened by {b} lines:\n\n```\nradio: retry {a} on ch {b}, noise -{b}\nradio: settled after {b} "
		"s\n```",
	"From the status page, copied by hand:\n\n```\nuptime {b} h {b} min, restarts {a}, version {v}\n```",
	"This line comes {b} times a day:\n\n```\nneighbour: {b} seen, {a} answered, {b} forgotten\n```",
};
// clang-format on

DemoStrings demo_pool_strings(DemoPool pool)
{
#define LIST(a) ((DemoStrings){(a), sizeof(a) / sizeof *(a)})
	switch (pool) {
	case POOL_HOME: return LIST(HOME);
	case POOL_TRIED: return LIST(TRIED);
	case POOL_VERSION: return LIST(VERSION);
	case POOL_SIGN_OFF: return LIST(SIGN_OFF);
	case POOL_SAME: return LIST(SAME);
	case POOL_CLARIFY: return LIST(CLARIFY);
	case POOL_STAFF: return LIST(STAFF);
	case POOL_EDIT: return LIST(EDIT);
	case POOL_GARDEN: return LIST(GARDEN);
	case POOL_LOG: return LIST(LOG);
	case POOL_N: break;
	}
#undef LIST
	return (DemoStrings){0};
}
