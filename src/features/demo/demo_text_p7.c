// SPDX-License-Identifier: AGPL-3.0-or-later
// Problem patterns of the invented product line; demo_text.h says how they are read.
#include "demo/demo_text_all.h"

// clang-format off
const DemoPattern DEMO_PATTERNS_7[DEMO_PATTERNS_7_N] = {
	{
		.slug = "new-32-slow-boot", .space = "routers", .tags = "firmware-3.2,arc-4,boot", .era = "new",
		.plan = {"100a1", "221-0", "412--"},
		.ask = {
			{"Arc 4 needs six minutes to start on 3.2",
			 "Before, it was ninety seconds. I made tea, drank it, washed the cup."},
			{"Light stays yellow after update",
			 "An hour now. Do I dare pull the plug?"},
			{"Web page of the router is empty since the update",
			 "Internet works, the page is a white sheet."},
			{"3.2 lost my fixed addresses?",
			 "The list is there but no device obeys."},
			{"Should I take 3.2 at all on an Arc 4?",
			 "Mine is from the first batch and has earned its rest."},
		},
		.wrong = {
			"Pull the plug after a minute and hold reset.",
			"Go back to 2.9, the best they ever made.",
		},
		.tried = {
			"I will pull nothing while it is yellow, I am a coward and proud.",
		},
		.fix = {
			"Yellow means that it is rewriting its list of devices; a plug pulled at that moment is a list lost.",
			"2.9 has a hole which is being used by strangers, please do not.",
		},
		.right = {
			"On the first start 3.2 rewrites the device list: with 200 entries that is six minutes, **once**. "
				"Leave it. If the page is white, hold *Shift* and reload, as the browser has kept parts of the old "
				"one. Addresses obey again after each device has renewed, at the latest within a day. On an Arc 4 "
				"tidy the list *before* the update.",
			"Tidy first, then update: with 30 devices it took mine eighty seconds.",
			"Wait, tea, reload with Shift. It only looks worse than it is.",
		},
		.note = {
			"White page here on one browser only, the phone showed it at once.",
			"214 entries, yellow for eleven minutes, then everything as before.",
		},
		.thanks = {
			"White again after seven minutes, the second start took a minute and a half.",
			"Shift and reload. I feel a hundred years old.",
			"Tidied to 40 first, went through while I was looking for the tea.",
		},
		.remark = {
			"Could the lamp not breathe while it is working? A still one looks dead.",
			"!Good point, noted for 3.2.1: it will breathe.",
		},
	},
	{
		.slug = "ac-nighttime-dock-hum", .space = "robots", .tags = "dock,charging,noise,firmware-3.2", .era = "new",
		.plan = {"401-1", "210a-", "322-0"},
		.ask = {
			{"Charging dock hums, is it safe?",
			 "A low hum, like a fridge two rooms away. It started this weekend."},
			{"Dock warm, 39 degrees, robot full",
			 "My hand says warm, my mother says fire brigade."},
			{"Humming only at night",
			 "In the daytime quiet, from ten it sings a B flat. I play the cello, I do know."},
			{"Dock clicks every eight seconds",
			 "tick. tick. tick. in a room where a baby sleeps"},
			{"Plug of dock smells",
			 "Like new shoes. Not burnt, but not nothing."},
		},
		.wrong = {
			"Open the brick and look for a loose coil.",
			"Ignore it, all chargers do that.",
		},
		.tried = {
			"I have not opened anything, the sticker says not to and I believe stickers.",
		},
		.fix = {
			"Nobody should open that brick, there is mains voltage in it for a while even when unplugged. And "
				"\"ignore\" is too easy as long as it smells.",
			"Hum and smell are two different matters, one is music and the other is a warning.",
		},
		.right = {
			"**Smell, dark plug or more than 55 degrees: unplug, stop using it, ask for a new one.** Hum alone: "
				"the robot trickles when it is full, and 3.2 does so in pulses at night. *Dock → Keep full* → "
				"\"80 % until morning\" ends it. A hand-warm dock is normal up to about 45.",
			"Two sorts. Smell: off, photograph, support. Hum: \"80 % until morning\", and the B flat falls "
				"silent.",
			"Put it on its rubber feet and off the hollow wooden floor, the floor is the instrument. The pulses "
				"come from the new night mode, which may be turned off.",
		},
		.note = {
			"Mine ticks since there is a coin under the plate, check that as well.",
			"New brick came in two days, no questions, the old one goes to recycling.",
		},
		.thanks = {
			"80 until morning: silent. I slightly miss the B flat.",
			"Replaced because of the smell, thank you for taking it seriously.",
			"The coin! Fifty cents richer, no ticking.",
		},
		.remark = {
			"!Thank you for writing this calmly. Everything with smell is a case for us, at once, also at night.",
			"In which key is the Fern station?",
		},
	},
	{
		.slug = "arc-update-metered", .space = "routers", .tags = "updates,metered,mobile", .era = "any",
		.plan = {"22---", "011-1", "402a-"},
		.ask = {
			{"Update ate my data plan",
			 "1.4 GB by mobile router, in the village without a cable. It was the month's meal."},
			{"Choose when updates come",
			 "It restarts during my evening class on Tuesday. Each month."},
			{"Stop automatic updates altogether",
			 "I decide for myself when my house changes."},
			{"Update available, button does nothing",
			 "It says \"soon\". Since last moon."},
			{"Which version am I on, and is it good?",
			 "In human words, please."},
		},
		.wrong = {
			"Block the update server.",
			"Never touch a running system.",
		},
		.tried = {
			"I blocked it, and was told that I had been part of somebody's botnet for a month.",
		},
		.fix = {
			"\"Never touch\" is fine for clocks. A box that faces the internet needs its repairs.",
			"Block nothing, choose instead.",
		},
		.right = {
			"**System → Updates** has three settings: *when* (a window of your choice, mine is Sunday at "
				"five), *what* (\"security only\" leaves features for later) and *how* (mark the line as "
				"**metered**, then the box asks first and nodes fetch it from the router once in place of one by "
				"one). \"Soon\" means that updates go out in waves over nine days.",
			"Mark the line as metered, and a set of four uses 340 MB rather than 1.4 GB.",
			"Window plus \"security only\", the grown-up middle way. Version in human words: tap on the number.",
		},
		.note = {
			"Tuesday at eight is the factory window, who had this idea?",
			"You can fetch it at the library and carry it home on a stick, as I do.",
		},
		.thanks = {
			"Sunday at five. I sleep, it changes, we meet at breakfast.",
			"Marked as metered, nodes shared it like bread.",
			"Human words found, \"good, with one known itch\". Lovely.",
		},
		.remark = {
			"What was the itch?",
			"Clock rules after the change of hour.",
		},
	},
};
