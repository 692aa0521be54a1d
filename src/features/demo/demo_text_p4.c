// SPDX-License-Identifier: AGPL-3.0-or-later
// Problem patterns of the invented product line; demo_text.h says how they are read.
#include "demo/demo_text_all.h"

// clang-format off
const DemoPattern DEMO_PATTERNS_4[DEMO_PATTERNS_4_N] = {
	{
		.slug = "moss-voice", .space = "robots", .tags = "moss,language,voice", .era = "any",
		.plan = {"002a", "110-", "22--"},
		.ask = {
			{"Moss suddenly speaks Dutch",
			 "Nobody here does. It sounds friendly, but I do not know what it wants."},
			{"Volume resets to full each Sunday",
			 "\"STARTING TO CLEAN!\" at seven in the morning. The baby answers."},
			{"Can it be silent but for errors?",
			 "I like it, I do not need to talk with it."},
			{"Voice pack stuck at 12 %",
			 "Has been for an hour. It says nothing at all in the meantime, which I begin to like."},
			{"speaks two languages at once",
			 "half sentence english, half sentence something, like me when tired"},
		},
		.wrong = {
			"Reset it to factory state.",
			"Pull out the loudspeaker plug.",
		},
		.tried = {
			"Reset done, map lost, and now it speaks Danish.",
		},
		.fix = {
			"A reset picks the language from the region of the account, so look there.",
			"The beep for \"I am stuck\" uses that loudspeaker too.",
		},
		.right = {
			"The language follows the **account region**, not the phone. Look at the Aldervale account under "
				"*Region*, correct it, then fetch the voice again in the dock at more than 50 % battery. "
				"Half-downloaded packs mix with the old one, which gives you two languages. For peace: *Sounds → "
				"Only when something is wrong*.",
			"Region, then voice pack, in the dock. Volume comes back on Sundays because of the weekly restart; "
				"it takes what is set in **Sounds → Default**, and not what you set with the slider.",
			"Only errors: Sounds, third entry. It is the same for all models since last winter, and the choice "
				"survives restarts.",
		},
		.note = {
			"I learned six words of Dutch before I found the setting.",
			"The pack needs 50 % of battery, otherwise it waits at twelve without saying so.",
		},
		.thanks = {
			"English, quiet, on Sunday too. The baby has nothing to answer.",
			"It came through as soon as it was charged over half.",
			"I kept the Dutch in the end.",
		},
		.remark = {
			"Which words?",
			"\"Borstel\" is brush, for a start.",
		},
	},
	{
		.slug = "moss-schedule-double", .space = "robots", .tags = "moss,schedule,timezone", .era = "any",
		.plan = {"110a", "221-", "302-"},
		.ask = {
			{"Cleans twice a day, planned once",
			 "Seven and eight. Same floor. It must think we are very dirty."},
			{"Schedule runs though I deleted it",
			 "Deleted in the app, confirmed, gone. At ten it started anyway."},
			{"Robot starts during quiet hours",
			 "Quiet from 13 to 15, start at 14:02. My late-shift neighbour now knows its name."},
			{"Two people, two plans, one robot",
			 "My wife has her app, I have mine. We discovered that we each planned the same thing for different "
				"days."},
			{"Does not start on schedule when we are out",
			 "\"Only when away\" is on. We were away. It stayed in as well."},
		},
		.wrong = {
			"Write to support, they can delete plans on their side.",
			"Use a timer plug at the dock.",
		},
		.tried = {
			"With a timer plug it starts up at night to complain about the missing power.",
		},
		.fix = {
			"A plug in front of the dock ruins the battery in the long run. Look for the second author instead.",
			"Support sees the same list as you, it is simply sorted by person.",
		},
		.right = {
			"Plans belong to *people*, and deleting yours leaves those of others, and of phones you sold. "
				"**Household → Plans → Everyone** shows the lot, with owner. Quiet hours stop only plans made "
				"*after* them; open the plan and save it once. \"Only when away\" needs two phones that report being "
				"away, one forgotten tablet counts as somebody at home.",
			"Look under Everyone. I would bet on an old phone whose plan survived.",
			"Save the plan again after setting quiet hours, it is a known weakness. And remove the tablet from "
				"those who count as \"at home\".",
		},
		.note = {
			"We found a plan by our former au pair, who is in Peru now.",
			"It was the tablet in the kitchen for us, always at home, poor thing.",
		},
		.thanks = {
			"Removed the plan of my old phone. Once a day, as God intended.",
			"The late-shift man sent flowers, well, a thumbs-up.",
			"One household, one plan, marriage saved.",
		},
		.remark = {
			"Greetings to Peru!",
			"Fixed in the spring release, says the roadmap, let us see.",
		},
	},
	{
		.slug = "moss-bin-full", .space = "robots", .tags = "moss-2,bin,station", .era = "any",
		.plan = {"000a", "111-", "222-"},
		.ask = {
			{"\"Bin full\" though it is empty",
			 "I emptied it, washed it, blew through it, spoke to it."},
			{"Emptying station does not suck",
			 "It roars, and then the dust is still inside. Bag is new."},
			{"Station runs six times a night",
			 "Every round ends with a jet engine. Can it do that once a day?"},
			{"Dust falls out when lifting it",
			 "A neat little heap, each time. At least it is neat."},
			{"Bag indicator red after a week",
			 "We have a cat, two kids and a carpet, but a week?"},
		},
		.wrong = {
			"Cut the sensor wire, it is only for selling bags.",
			"The bags of another brand are bigger.",
		},
		.tried = {
			"Foreign bags: bigger, yes, and the lid does not close.",
		},
		.fix = {
			"Do not cut anything, the same wire stops the fan when the bag bursts. Wipe the two glass dots "
				"inside the bin, that is what it \"sees\" with.",
			"The lid has to seal, or the station sucks in room air.",
		},
		.right = {
			"Inside the bin there are **two small glass dots** facing each other. A film of fine dust on them "
				"reads as full. Wipe with a dry finger. For a weak station take the elbow at the bottom off (two "
				"clips) and look through it, there is often a ball of wool. How often it empties is under *Station "
				"→ When*: after each round, once a day, or at 80 %.",
			"Glass dots for the wrong \"full\", the elbow for the weak roar. I have yet to see a third reason.",
			"Set \"When\" to 80 percent; it roars twice a week here. And close the bin until it clicks twice, "
				"one click leaves the heap.",
		},
		.note = {
			"We found a domino in the elbow, the double six.",
			"After plastering work the dots need wiping every day.",
		},
		.thanks = {
			"Dots wiped, verdict: not full.",
			"A wool ball as big as an egg. The roar is back to full voice.",
			"Twice a week at 80, the night is ours.",
		},
		.remark = {
			"Is it safe to open the elbow myself?",
			"Two clips, plug out before, nothing sharp inside.",
		},
	},
	{
		.slug = "moss-lidar-spin", .space = "robots", .tags = "moss-2,lidar,error-14", .era = "any",
		.plan = {"010-", "302-", "42-a"},
		.ask = {
			{"Error 14, tower does not turn",
			 "It sits there with a stiff neck. Four months old."},
			{"\"Lift me and put me down\" again and again",
			 "I lift. I put down. We do fitness together now."},
			{"Error 14 only when cold",
			 "Winter garden, 8 degrees. By noon it runs."},
			{"Draws rooms crooked, like a parallelogram",
			 "Our hall leans by six degrees, says the robot. The building authority should hear of it."},
			{"error fourteen after cat sat on it",
			 "the cat is fine, seven kilos, proud"},
		},
		.wrong = {
			"Hit it gently on the side.",
			"Send it in, the laser is dead.",
		},
		.tried = {
			"Gently hit. It now shows fifteen.",
		},
		.fix = {
			"A dead laser gives 17. Fourteen only says the tower does not reach its speed, and usually a hair is "
				"the brake.",
			"Hitting is how fifteen is made, the bumper switch.",
		},
		.right = {
			"Hair or a thread around the tower. Switch it **off**, turn the tower with a finger: it must spin on "
				"for about two rounds. If it does not, push a strip of paper into the gap and go once around. In the "
				"cold the grease is stiff, so warm it up in the house. A crooked map afterwards is cured by *Maps "
				"→ Straighten*, which uses your longest wall.",
			"Paper strip around the tower, one slow circle. Out comes the hair, gone is the number.",
			"Below ten degrees it will not turn fast enough, that is in the small print. And cats need a place "
				"of their own, higher up.",
		},
		.note = {
			"With mine it was spider silk, unbelievable but true.",
			"Number 15 goes away if you press the bumper left, right, middle, one time each.",
		},
		.thanks = {
			"The hair was mine, I recognised it. Two spins and a bit.",
			"It lives indoors now, no more stiff neck.",
			"Straightened. The hall is upright, nobody need be informed.",
		},
		.remark = {
			"Is seven kilos not too much for the tower?",
			"It is built for books, not for lions.",
		},
	},
	{
		.slug = "fern-24-only", .space = "mowers", .tags = "fern,wifi,2-4-ghz", .era = "any",
		.plan = {"212a", "320-", "101-"},
		.ask = {
			{"Fern needs 2.4 GHz only, how to split the bands?",
			 "The mower stands in the shed and says \"network not suitable\". The phone beside it has full bars."},
			{"Mower set-up fails: phone on 5, Fern on 2.4",
			 "Does the phone have to be on the same band during pairing? The booklet is silent."},
			{"Fern loses contact behind the garage",
			 "Sixty metres from the house. Up to the apple tree it reports, then it is on its own."},
			{"One Wi-Fi name for all, Fern refuses",
			 "My grandson made one name of two \"because it is modern\". The mower is not modern, it appears."},
			{"WPA3 and Fern",
			 "Any chance for a firmware that knows it? I would rather not go backwards for a lawn."},
		},
		.wrong = {
			"Switch 5 GHz off for ever.",
			"Put a repeater in a plastic bag on the apple tree.",
		},
		.tried = {
			"The bag held until the first rain.",
		},
		.fix = {
			"No need to give up the fast band, the mower only has to *meet* the slow one once.",
			"Electronics in a bag sweat and die. There is a weatherproof node.",
		},
		.right = {
			"Leave one name for all and make a separate network for things, **2.4 only**. Pair like this:\n\n1. "
				"Phone into the things network\n2. Hold *STOP + OK* on Fern until it beeps in threes\n3. Stand next "
				"to it, not behind the window\n\nBehind the garage it works without contact too; plans are kept in "
				"the mower and reports arrive late.",
			"Things network, triple beep, done. For the far corner an outdoor node on the shed's own socket "
				"covered 90 metres in our orchard.",
			"You do not have to split anything for good: \"Pause 5 GHz for ten minutes\" exists under Radio just "
				"for such guests. Pair within these ten minutes.",
		},
		.note = {
			"The pause button solved it for our dishwasher as well.",
			"WPA3 will not come to the first Fern, staff said so in another thread, the chip cannot.",
		},
		.thanks = {
			"Paused, paired, mowing. The grandson is impressed, I let him be.",
			"Three beeps at last.",
			"Outdoor node hangs under the eaves, reports come in from the far end.",
		},
		.remark = {
			"How does one see whether it is only late or really lost?",
			"A grey dot is late, a hollow one is lost.",
		},
	},
	{
		.slug = "fern-hedgehog", .space = "mowers", .tags = "fern,night,wildlife", .era = "any",
		.plan = {"010a", "222-", "301-"},
		.ask = {
			{"Can Fern wait for the hedgehogs?",
			 "A family lives under our hornbeam. At dusk they march over the lawn as if it were theirs, which it "
				"is."},
			{"Mowing times and small animals",
			 "I want no surprises on the blades. What hours are really safe?"},
			{"Fern mows at 22:00 on its own",
			 "I planned until 19:00. After rain it \"catches up\" late in the evening. Among frogs!"},
			{"Neighbour complains about night mowing",
			 "She is right. I thought it was asleep."},
			{"Dusk sensor?",
			 "It has a light sensor for the headlamp, so why can it not simply go to bed?"},
		},
		.wrong = {
			"Hedgehogs run away, do not worry.",
			"Put the blades up to 6 cm.",
		},
		.tried = {
			"Six centimetres is above nothing, a young one is five high.",
		},
		.fix = {
			"They do not run, they roll up and stay. That is exactly the problem.",
			"The height helps grass and not animals.",
		},
		.right = {
			"Turn off catching up: **Plan → After rain → Skip, do not catch up**. And set *Daylight only* to "
				"\"sunrise + 1 h until sunset − 2 h\". It uses the place of your home and moves with the season. "
				"No sensor needed for that.",
			"Daylight only with margins, and Skip after rain. Our Fern now works from ten to four, and the lawn "
				"does not know the difference.",
			"What mows at ten at night is the catch-up. Skip it. A lawn forgives one missed day, a hedgehog "
				"forgives nothing.",
		},
		.note = {
			"We leave a strip of half a metre unmown along the hedge, they use it like a pavement.",
			"In many towns night mowing is forbidden by now, worth a look at the rules.",
		},
		.thanks = {
			"It sleeps before they wake. Thank you in their name.",
			"Neighbour appeased with plum cake and daylight.",
			"Frogs: 14, incidents: 0.",
		},
		.remark = {
			"Could that be the default please?",
			"!From spring on it will be, with the margin of two hours.",
		},
	},
	{
		.slug = "fern-wire-break", .space = "mowers", .tags = "fern,boundary-wire", .era = "any",
		.plan = {"422-", "000-", "111a"},
		.ask = {
			{"\"No loop signal\", but where is the break?",
			 "240 m of wire, half of it under a hedge of thorns. I do not want to dig up all of it."},
			{"Loop error after the aerator man was here",
			 "He was very thorough."},
			{"Blue lamp flashes red every tenth second",
			 "Sometimes it mows for an hour, sometimes not for a minute. Mostly after rain."},
			{"Repair kit, which one?",
			 "The twisted caps in the do-it-yourself shop are for lamps, I think."},
			{"loop ok in the morning, broken at noon",
			 "sun comes, wire goes. is it metal expanding??"},
		},
		.wrong = {
			"Lay a new wire, it is quicker in the end.",
			"Twist the ends and wrap tape around.",
		},
		.tried = {
			"Taped in spring, broken again in autumn, now I have two breaks.",
		},
		.fix = {
			"Tape is an invitation to water, copper turns green within one winter.",
			"A new wire for one cut is like a new car for one puncture.",
		},
		.right = {
			"Halve and halve again. Take a spare wire of any kind, as long as half the garden:\n\n1. Connect it "
				"from the *left* terminal to the middle of the loop.\n2. Lamp white? Then the break is in the left "
				"half. Still red? The right one.\n3. Repeat in that half.\n\nFive measurements for 240 metres. Join "
				"with **gel connectors**, the blue ones.",
			"A cheap radio on medium wave does it too: walk along the wire, it buzzes, and at the break it falls "
				"silent. Then gel caps, no tape.",
			"Breaks which come and go with sun are old taped joints. The copper moves by a hair and lets go. "
				"Search first where you repaired before.",
		},
		.note = {
			"The aerator cuts always where the wire is shallow, usually at the corner of the terrace.",
			"I marked every joint with a painted stone since.",
		},
		.thanks = {
			"Fourth measurement, three metres from the door. No thorns at all.",
			"The radio trick!! My father would have loved this.",
			"Green copper under black tape, precisely as foretold.",
		},
		.remark = {
			"Medium wave radio, does anyone still own one?",
			"Flea market, two coins, worth two hundred.",
		},
	},
	{
		.slug = "fern-slope-slip", .space = "mowers", .tags = "fern,slope,wheels", .era = "any",
		.plan = {"00-a", "321-", "210-"},
		.ask = {
			{"Fern slides down the bank",
			 "31 % at the steepest. It climbs like a hero and comes back like a sledge."},
			{"Wheels dig brown tracks",
			 "Always at the same turning spot near the wire."},
			{"Wet grass: mowing or swimming?",
			 "After dew it paints a fan into the lawn."},
			{"Lifted alarm on the slope",
			 "Nobody lifted it. Nobody would walk there."},
			{"Overturned, blades up, at noon",
			 "It lay there like a beetle. The cat kept a distance."},
		},
		.wrong = {
			"Put some stones into it as ballast.",
			"Deflate the tyres a bit.",
		},
		.tried = {
			"The tyres are of solid rubber, I looked for the valve for a while.",
		},
		.fix = {
			"Ballast goes on the motors, and makes it a heavier sledge.",
			"It is made for 35 % dry, but only straight up and down, never across and turning.",
		},
		.right = {
			"Two changes for slopes. *Area → Slope → Mow in lines, up and down*, so that it never turns on "
				"the steep part. And pull the wire **40 cm away** from the lower edge so it brakes on the flat. "
				"Spiked rims (the brush kind) help with dew, and *Plan → Not before 10* lets the sun dry the bank.",
			"Lines up and down, start after ten. Brown tracks vanish when the turning spot wanders, use \"Soft "
				"edge 60\".",
			"The lift alarm is a front wheel in the air on the crest. Take two handfuls of earth from the crest, "
				"no joke, the angle matters more than the slope.",
		},
		.note = {
			"We planted the steepest bit with thyme, and have peace and bees.",
			"Spikes tear a fresh lawn, wait a year.",
		},
		.thanks = {
			"No more fan. Mows like a comb now.",
			"Two handfuls of earth, and the alarm has gone.",
			"Beetle has not been seen since.",
		},
		.remark = {
			"How do you measure slope without instruments?",
			"Phone on a board, it has a level inside. 17 degrees is 30 percent.",
		},
	},
	{
		.slug = "fern-blades", .space = "mowers", .tags = "fern,blades,lawn", .era = "any",
		.plan = {"302-", "121a", "010-"},
		.ask = {
			{"Grass tips white after mowing",
			 "It looks as if there had been frost. Blades are six weeks old."},
			{"Which screws are right?",
			 "One blade was gone, the screw as well. I do not like the thought where it is."},
			{"Blades: turn or replace?",
			 "They have two edges. Do I save money or spoil the lawn?"},
			{"Vibration at cutting",
			 "The hand feels it at the handle, like a cat in a bad mood."},
			{"Torn grass since I have changed blades",
			 "Bought a pack of 30 for a third of the price."},
		},
		.wrong = {
			"Sharpen them with a file.",
			"Loctite on the screws, then nothing is lost.",
		},
		.tried = {
			"Filed all three. Now it shakes.",
		},
		.fix = {
			"Filed blades weigh differently, and three different weights are what you feel.",
			"With glue the blade cannot swing, and swinging is its safety.",
		},
		.right = {
			"Blades must swing **freely** and weigh the same. Always change all three, with the screws from the "
				"pack (they are used up after one go). White tips mean blunt: turn them after four weeks, replace "
				"after eight. Gloves on, switch **off**, tilt to the left. Thin copies of 0.6 mm bend at the first "
				"twig, the right ones have 0.75.",
			"Turn at four weeks, new at eight, three at a time. Cheap ones tear since they are soft.",
			"For a lost blade take a magnet on a string over the lawn, slowly. I found mine within ten minutes, "
				"and a spoon.",
		},
		.note = {
			"With moles I change every five weeks, sand blunts everything.",
			"Weigh them on a kitchen scale, 3.1 g each is how it should be.",
		},
		.thanks = {
			"Green tips. The lawn exhales.",
			"Magnet found it beneath the swing. Not nice, but good.",
			"Calm cat in the handle now.",
		},
		.remark = {
			"What did the spoon say?",
			"It had been missing since the christening.",
		},
	},
	{
		.slug = "fern-rtk-drift", .space = "mowers", .tags = "fern,satellite,beacon", .era = "any",
		.plan = {"402a", "020-", "11--"},
		.ask = {
			{"Fern wanders two metres to the left",
			 "Into the lavender. Every day after three in the afternoon."},
			{"Beacon placement: roof or pole?",
			 "Between two houses, sky like a letter-box slot."},
			{"\"Position: so-so\" for days",
			 "Version without wire. It waits for better times, and the grass grows."},
			{"Drift after moving the beacon by hand",
			 "I moved it by one metre for the bench and did not tell the mower."},
			{"Precise in the open, lost under the walnut",
			 "12 satellites outside, 4 below the leaves."},
		},
		.wrong = {
			"Cut the tree.",
			"Reboot the satellites, ha ha.",
		},
		.tried = {
			"The walnut is older than the republic, it stays.",
		},
		.fix = {
			"Leaves drink the signal, but not so much that trees have to fall. The beacon needs open sky more "
				"than Fern does.",
			"If the beacon moves, all of the garden moves with it. Drift by exactly that metre is no wonder.",
		},
		.right = {
			"The beacon is the fixed star. Put it where it sees **120 degrees of sky** to the south, two metres "
				"high, on something that does not swing. After *any* move: **Area → Beacon → Learn place**, "
				"thirty minutes of patience. Under the tree add *Dead reckoning 8 m*, and it crosses the shade by "
				"counting its wheels.",
			"A mast at the chimney solved the letter-box for us, with 3 m of cable and one afternoon.",
			"At three in the afternoon a reflection begins, look for a big window or a metal roof to the west. "
				"Move the beacon out of its mirror, even by two metres, and let it learn anew.",
		},
		.note = {
			"Steel carport: same reflections, solved by turning the beacon's flat side away.",
			"Snow on the beacon gives \"so-so\", a tennis ball cut in half keeps it clean.",
		},
		.thanks = {
			"Lavender safe for a week.",
			"Thirty minutes of learning and it cuts to the edge by a finger.",
			"The walnut says thank you.",
		},
		.remark = {
			"How far can the beacon be from the dock?",
			"A hundred metres with view, thirty through a house.",
		},
	},
	{
		.slug = "fern-winter", .space = "mowers", .tags = "fern,winter,storage", .era = "any",
		.plan = {"001a", "110-", "422-"},
		.ask = {
			{"How to store Fern in winter",
			 "Shed is dry, not heated, down to minus 12. Battery in or out?"},
			{"Spring start: dead as a stone",
			 "Button pressed for 20 seconds, nothing. In autumn it was fresh."},
			{"Charging station outside in snow?",
			 "May the station stay? The wire? The beacon?"},
			{"Mouse in the mower",
			 "It had made a nest from the insulation. Charming, but now \"motor left\" is missing."},
			{"When to stop mowing",
			 "It is 7 degrees, and Fern still goes out each day, like a mail carrier."},
		},
		.wrong = {
			"Leave it charging all winter, that keeps it fresh.",
			"Wash it with the high-pressure cleaner before storing.",
		},
		.tried = {
			"Pressure-cleaned. There is a lake behind the display.",
		},
		.fix = {
			"Full and plugged in for five months is the worst for a battery, apart from empty.",
			"Water under pressure goes past each seal it has.",
		},
		.right = {
			"The winter recipe:\n\n- clean with a **brush**, no hose, blades off\n- charge to about *half*, main "
				"switch **off**, store above zero if you can\n- put steel wool into the cable opening against "
				"mice\n- take the station's supply indoors, base plate may stay\n- terminals of the wire into a jar "
				"with grease\n\nStop when the grass does: a week under eight degrees.",
			"Half full and switched off at the main switch, that is the main thing. A stone-dead one in spring "
				"should stand in the station for a day with the main switch on; the trickle takes its time.",
			"Grass sleeps under 8 degrees; so should the mower. *Plan → Pause until* remembers the date and "
				"greets you in March.",
		},
		.note = {
			"Mine stays in the cellar between jam and skis, sixth year on the first battery.",
			"For mice peppermint oil helps, they hate toothpaste.",
		},
		.thanks = {
			"It woke after 22 hours! I was about to write its obituary.",
			"Half full, off, among the jam. Good night, Fern.",
			"Paused until the tenth of March.",
		},
		.remark = {
			"May the wire stay in the frozen ground?",
			"Of course, it has no feelings.",
		},
	},
};
