// SPDX-License-Identifier: AGPL-3.0-or-later
// Problem patterns of the invented product line; demo_text.h says how they are read.
#include "demo/demo_text_all.h"

// clang-format off
const DemoPattern DEMO_PATTERNS_5[DEMO_PATTERNS_5_N] = {
	{
		.slug = "fern-pin-theft", .space = "mowers", .tags = "fern,pin,alarm", .era = "any",
		.plan = {"000a", "212-", "121-"},
		.ask = {
			{"PIN forgotten, three tries left",
			 "My husband set it. He says it is \"the obvious one\". It is not."},
			{"Alarm will not stop",
			 "It shouts. The street has come out."},
			{"Bought used, asks for the old owner's PIN",
			 "The seller has moved, the mower sulks."},
			{"Fern stolen, what now?",
			 "The lawn is half done, which is somehow the saddest part."},
			{"Alarm goes off at each pick-up by me",
			 "I only want to clean it. It treats me as a thief."},
		},
		.wrong = {
			"Take the battery out for a night, then the PIN is zero again.",
			"There is a master code on the web.",
		},
		.tried = {
			"Battery out, battery in: asks for PIN, and one try fewer.",
		},
		.fix = {
			"The code lives in memory that needs no battery, on purpose. And there is no master code, whatever "
				"they sell you.",
			"Otherwise stealing would be worth it.",
		},
		.right = {
			"The owner in the *account* can set a new one: app → Fern → **Security → New PIN**, standing "
				"within three metres with Bluetooth. No account, or bought used: support releases it with proof of "
				"purchase. If stolen, press *Report stolen*; then it only says \"I belong to someone\" in four "
				"languages and never mows again. To carry it in peace hold STOP for three seconds first.",
			"New PIN through the app, beside the mower, takes half a minute. For used ones the seller must press "
				"\"Give away\", wherever he lives now.",
			"Hold STOP three seconds before lifting, it then believes you for ten minutes.",
		},
		.note = {
			"Ours came back! Someone found it shouting in a ditch.",
			"Write the number inside the shed, not on the mower; don't ask.",
		},
		.thanks = {
			"Obvious one was our first telephone number. He is forgiven.",
			"Silence. The street has gone in.",
			"The seller pressed the thing from Portugal, all good.",
		},
		.remark = {
			"Four languages?",
			"!Five with the spring update, the fifth is loud.",
		},
	},
	{
		.slug = "dew-always-wet", .space = "garden", .tags = "dew,sensor,soil", .era = "any",
		.plan = {"000-", "121-", "412a"},
		.ask = {
			{"Dew says 98 % wet, tomatoes say no",
			 "They hang like wet laundry, yet the number is proud."},
			{"Soil sensor never changes",
			 "41. On Monday, on Friday, in the rain and in the heat."},
			{"Two sensors 20 cm apart: 30 and 70",
			 "Which one is lying?"},
			{"Calibration in clay",
			 "Heavy soil, cracks in summer, soup in winter. Which preset is for that?"},
			{"dew shows wet after i repotted",
			 "new soil new number. plant looks sad, me too"},
		},
		.wrong = {
			"Push it deeper, to the bottom of the pot.",
			"The battery is low, that gives high values.",
		},
		.tried = {
			"Deeper it reads 99.",
		},
		.fix = {
			"At the bottom stands the water nobody drinks; measure where the roots are.",
			"A weak battery gives no values at all.",
		},
		.right = {
			"It measures how well the soil touches it, so contact is everything. Pull it out, wet the hole, push "
				"it in **slanted** at the height of the roots and press the earth on. Then *Dew → This is wet* an "
				"hour after watering, and *This is dry* when the leaves begin to hang. From then on the percent are "
				"yours and not those of a laboratory.",
			"Teach it: two marks, \"wet\" and \"dry\", in your own earth. With clay take the preset Heavy only "
				"as a start.",
			"41 for ever is an air gap, the prongs hang in a crack. Slanted, wetted, pressed.",
		},
		.note = {
			"In peat-free compost the numbers are thirty points lower, so teach again after repotting.",
			"Both may be right: one meter beside a drip hole is a different country.",
		},
		.thanks = {
			"63, falling slowly, as it must. Tomatoes are standing.",
			"It was hanging in a crack indeed.",
			"Taught twice, now plant and number agree.",
		},
		.remark = {
			"How often should one teach?",
			"Each spring and with each new earth.",
		},
	},
	{
		.slug = "dew-battery", .space = "garden", .tags = "dew,battery,range", .era = "any",
		.plan = {"410-", "102a", "021-"},
		.ask = {
			{"Battery empty after five weeks",
			 "Box says two years. I have nine of them, that is a hobby in itself."},
			{"Sensor in the greenhouse goes silent in the sun",
			 "At 45 degrees it stops talking, in the night it tells me everything."},
			{"Range of Dew",
			 "30 m, two hedges, one shed made of tin. Too much?"},
			{"Rechargeable cells in Dew?",
			 "They have 1.2 V in place of 1.5. Does it notice?"},
			{"Hub sees 6 of 8 sensors",
			 "Always other six. They take turns, like children at confession."},
		},
		.wrong = {
			"Use lithium cells of double voltage.",
			"Put the hub outside.",
		},
		.tried = {
			"Hub outside: eight of eight, until the dew. The real one.",
		},
		.fix = {
			"Double voltage kills it in a second, please nobody try.",
			"The hub is a house animal. What costs battery is shouting: a sensor with bad reception sends "
				"everything up to seven times.",
		},
		.right = {
			"Empty in weeks = bad reception. Check *Dew → Signal*: under **−95** it repeats itself to death. "
				"Put the hub into the window on that side, or let a mains-powered Brook pass the messages on (*Pass "
				"on*: yes). Rechargeable cells of the low-self-discharge kind are fine, tell it under *Cells* so "
				"that it does not cry wolf.",
			"Look at the signal number first. From −102 to −88 was one window sill for me, and the cells "
				"have lasted fourteen months since.",
			"Set \"Ask every\" from 5 to 30 minutes. Earth is slow, nobody needs it twelve times an hour.",
		},
		.note = {
			"Tin sheds are death to radio, hang the sensor's head above the roof line.",
			"In the greenhouse a white yogurt cup as a hat keeps it below forty.",
		},
		.thanks = {
			"−87! They all talk now, almost too much.",
			"Every thirty minutes, fine for lettuce.",
			"Yogurt hat on, strawberry flavour.",
		},
		.remark = {
			"Which kind of yogurt?",
			"Any that is not black.",
		},
	},
	{
		.slug = "brook-drip", .space = "garden", .tags = "brook,valve,water", .era = "any",
		.plan = {"000a", "121-", "31--"},
		.ask = {
			{"Brook drips though closed",
			 "A drop every four seconds. I counted, I am retired."},
			{"Valve hammer in the wall",
			 "BANG, at six in the morning, when it closes. The whole row of houses knows my lettuce's timetable."},
			{"Does not open at low pressure",
			 "Rain barrel, one metre of height. It clicks, and nothing comes."},
			{"Water ran all night",
			 "The report says closed. My cellar says otherwise."},
			{"Two zones open together",
			 "Bed one asked for, bed two opens with it."},
		},
		.wrong = {
			"Tighten it with pliers.",
			"Put a brick under the barrel.",
		},
		.tried = {
			"Tightened until it cracked. My own fault.",
		},
		.fix = {
			"Hand-tight only, plastic thread. A drip comes from sand under the rubber, force only presses it in.",
			"One brick gives a hundredth of a bar.",
		},
		.right = {
			"Close the tap, turn the valve's four screws, lift the black rubber. There will be a **grain of "
				"sand**. Rinse, put it back with the *dot towards the arrow*, cross-tighten by hand. Against hammer "
				"set *Close → slowly (6 s)*. From a barrel you need at least **0.2 bar**, so two metres, or the "
				"low-pressure insert with the green ring.",
			"Sand below the membrane, in nine cases of ten. And put the little sieve back that everybody throws "
				"away.",
			"Slow closing ends the bang. For the night that ran: switch on *Watch flow*, it closes the second "
				"valve and rings when water moves without order.",
		},
		.note = {
			"The two zones were swapped cables at my place, and one valve jammed open on top.",
			"Ours has a water stop under the sink on the garden line, sleep has a price.",
		},
		.thanks = {
			"One grain. ONE. Dry since.",
			"It closes with a sigh now. The row of houses sleeps till seven.",
			"Green ring and two metres of height, barrel works.",
		},
		.remark = {
			"Where does the dot go once more?",
			"Towards the arrow, towards the bed.",
		},
	},
	{
		.slug = "brook-rain-skip", .space = "garden", .tags = "brook,rain,weather", .era = "any",
		.plan = {"201a", "010-", "422-"},
		.ask = {
			{"Brook waters in the pouring rain",
			 "Neighbours photograph it. I am a legend."},
			{"Rain skip too eager",
			 "Three drops were announced, nothing came, beans dead."},
			{"Which weather does it believe?",
			 "Forecast for the city, we live on the mountain behind."},
			{"Skips watering with own rain gauge at zero",
			 "Gale says 0.0 mm, Brook says \"enough rain\"."},
			{"watering twice after skip",
			 "it skipped tuesday. on wednesday it gave double. slugs are having a pool party"},
		},
		.wrong = {
			"Switch off the smart part, use times only.",
			"Set your location to a city with other weather.",
		},
		.tried = {
			"I live in Seville now, according to the mower.",
		},
		.fix = {
			"A false place breaks the daylight of the mower and the frost warning. Better say which source "
				"counts.",
			"Times only is honest, yet a waste.",
		},
		.right = {
			"Give it an order of belief: **Brook → Weather → Sources**: *own gauge*, then *soil*, then "
				"*forecast*. Drag forecast to the bottom. *Skip from* should be 4 mm fallen and not announced. "
				"\"Make up for it\" is what doubles on Wednesday; set to never.",
			"Soil before sky, that is my rule. If Dew says dry, it waters even with rain announced.",
			"Turn \"Count announced rain\" off, that one killed the beans. And \"Make up for it: never\" against "
				"the pool party.",
		},
		.note = {
			"Gauge under a tree shows zero for an hour longer, see where it hangs.",
			"In our valley I set 6 mm, as the first four stay on the leaves.",
		},
		.thanks = {
			"It rained, it skipped. Legend no more.",
			"Own gauge first, mountain satisfied.",
			"party is over, slugs went home",
		},
		.remark = {
			"Does \"soil\" need one Dew for each zone?",
			"One per zone that matters; pots and lawn are different worlds.",
		},
	},
	{
		.slug = "gale-wind-zero", .space = "garden", .tags = "gale,wind,weather-station", .era = "any",
		.plan = {"000a", "422-", "21--"},
		.ask = {
			{"Gale shows zero wind in a storm",
			 "The chairs are flying. Zero."},
			{"Wind direction wrong by 180°",
			 "According to it the sea is in the mountains."},
			{"Rain doubled",
			 "Bucket beside it: 11 mm. Gale: 23."},
			{"Outside temperature 41",
			 "It hangs on the south wall. I know. Where else, on a balcony?"},
			{"Humidity 100 % since autumn",
			 "In the desert of my living room as well, I tested."},
		},
		.wrong = {
			"Drill a bigger hole in the rain bucket.",
			"Bring it in when there is a storm.",
		},
		.tried = {
			"Brought in: no wind. Consistent at least.",
		},
		.fix = {
			"A storm is why we have it. The cups do not turn because spider and dust hold them.",
			"Never drill, there is a factor in the settings.",
		},
		.right = {
			"For each complaint its place:\n\n* **zero wind**: lift off the cups, wipe the pin, one drop of "
				"*sewing-machine* oil\n* **180°**: the N on the arm must look to the north, not to the house\n* "
				"**rain ×2**: the seesaw counts twice when the post shakes; stiffen the post, then set the factor "
				"by a bucket test\n* **41 degrees**: shade, 30 cm off the wall, air from beneath",
			"Start with the mast. A post that trembles makes rain out of nothing.",
			"Humidity stuck at 100 means that the little white cap is soaked: dry it for two days in rice in a "
				"warm room, then the number comes down.",
		},
		.note = {
			"On a balcony I hang it on a stick sideways, shadow of the rail from eleven on.",
			"Woodlice love the seesaw. Fine mesh.",
		},
		.thanks = {
			"61 km/h in gusts! Chairs confirmed.",
			"Sea back where the maps say.",
			"Rice for two days: 57 %.",
		},
		.remark = {
			"Sewing-machine oil or the thick one?",
			"The thin, the thick one brakes in winter.",
		},
	},
	{
		.slug = "brook-frost", .space = "garden", .tags = "brook,frost,winter", .era = "any",
		.plan = {"200a", "421-", "11--"},
		.ask = {
			{"Frost warning at plus 9",
			 "It wants to save my pipes from spring."},
			{"Valve cracked after one night",
			 "Minus 3, once. Seven coins of plastic, ninety of water."},
			{"How do I empty Brook for winter?",
			 "There is a screw at the bottom, and fear in my heart."},
			{"Must the battery stay in?",
			 "And does it count as frost-proof with insulation?"},
			{"Frost mode opened the valve!!",
			 "At night it let water run \"to protect\". Ice rink on the path, postman on his back."},
		},
		.wrong = {
			"Wrap it in a pullover.",
			"Let a thin stream run all winter.",
		},
		.tried = {
			"The pullover froze to it.",
		},
		.fix = {
			"Wool keeps warm what makes warmth itself; a valve does not.",
			"A running stream is how ice rinks begin.",
		},
		.right = {
			"Empty it: close the house tap, *Brook → Winter → Open all*, unscrew the drain a **quarter "
				"turn**, blow into the hose until it gurgles no more, *Close all*, cells out. Then bring the head "
				"indoors. The warning at 9 degrees looks at the *forecast of the night*, set \"Warn from\" to 2.",
			"Head off, indoors, done; the base may stay if it is empty.",
			"Switch \"Drip against frost\" off if your line ends above ground. It is for people with buried "
				"pipes, that should be said louder.",
		},
		.note = {
			"I use a bicycle pump with a cork, ten strokes for each zone.",
			"Write the date into *Pause until*, or it waters in the first warm week of February.",
		},
		.thanks = {
			"Blown out with the bicycle pump. The cork flew to the neighbour.",
			"Drip mode off. The postman has forgiven us.",
			"Warn from 2, silence.",
		},
		.remark = {
			"Quarter turn left or right?",
			"Left. Right is for spring.",
		},
	},
	{
		.slug = "garden-hub-offline", .space = "garden", .tags = "hub,garden,offline", .era = "any",
		.plan = {"000a", "111-", "422-"},
		.ask = {
			{"Garden hub goes offline at noon",
			 "From twelve to one, like a shop in a small town."},
			{"All sensors grey, hub green",
			 "It breathes green, and no data since Thursday."},
			{"Hub on powerline adapter",
			 "It works until someone vacuums."},
			{"Second hub for the lower terrace?",
			 "Thirty-one devices so far. Is there a limit?"},
			{"hub wants firmware it cannot get",
			 "\"download failed\" six days in a row"},
		},
		.wrong = {
			"Restart the router at noon.",
			"Reset the hub and pair everything again.",
		},
		.tried = {
			"31 devices paired anew, four hours, noon came.",
		},
		.fix = {
			"Do not pair again, it is the most expensive way to lose an afternoon. The devices are still known, "
				"they cannot get through.",
			"Restarting at noon treats the clock, not the cause.",
		},
		.right = {
			"Look at what starts at noon. With us it was the *pool pump* on the same wall socket. Give the hub a "
				"socket of its own, a **cable** to the router rather than powerline, and set *Radio → Quiet "
				"channel → Search* once at night. Limit is 40 devices per hub; from about 30 on a second one is "
				"sensible, they share the work alone.",
			"Press Search for a quiet channel at night, when neighbours' toys sleep as well. Grey sensors return "
				"within two hours.",
			"\"Download failed\" is nearly always a filter in the house that blocks unknown addresses. Let the "
				"hub through for one night.",
		},
		.note = {
			"Solar inverter as disturber here, from eleven to four on good days.",
			"The second hub found its eleven by itself, no pairing.",
		},
		.thanks = {
			"Pool pump it was. The shop is open at noon.",
			"31 of 31 without pairing anything.",
			"updated in the night, filter was my own fault",
		},
		.remark = {
			"How does one find a disturbing device without tools?",
			"Fuses off, one at a time, and watch the lamp.",
		},
	},
	{
		.slug = "app-login-loop", .space = "app", .tags = "account,sign-in,app", .era = "any",
		.plan = {"021-", "302a", "11--"},
		.ask = {
			{"App signs me out every morning",
			 "Each day with my coffee I type the password. By now my coffee knows it."},
			{"Sign-in goes in a circle",
			 "Mail address, code, \"welcome\", mail address. The welcome is a lie."},
			{"Code arrives after it has expired",
			 "It is valid for ten minutes and comes after eleven. I am beginning to take it personally."},
			{"Cannot sign in since I have a new phone",
			 "The old one fell into the lake. The code goes to the lake."},
			{"Account locked, I did nothing",
			 "\"Too many attempts\". I had made none, I was asleep, ask my dog."},
		},
		.wrong = {
			"Reinstall the app, always helps.",
			"Use a simpler password.",
		},
		.tried = {
			"Reinstalled on both phones; now both want a code from each other.",
		},
		.fix = {
			"A simpler password is how an account gets locked by strangers. The circle comes from cookies or "
				"from a wrong clock.",
			"Reinstalling throws away the one thing that could have proved it is you.",
		},
		.right = {
			"Check the **clock of the phone** first: set it to automatic, as a code is only good for its minute. "
				"Then allow the browser that opens for sign-in to keep cookies of the account page, private mode "
				"forgets you each night. With a drowned phone use one of the *eight paper codes* or ask for recovery "
				"at https://example.com/recover, it takes a day on purpose.",
			"A phone that cleans up at night is the usual reason for a morning sign-in. Exempt the app from "
				"\"optimise battery\".",
			"Add a passkey, then neither codes nor late mails matter. Account → Ways in → Add. Keep two, for "
				"lakes.",
		},
		.note = {
			"My mail provider held the codes back for greylisting; after adding the sender to contacts they come "
				"in seconds.",
			"The lock lifts by itself after an hour, the mail says who tried.",
		},
		.thanks = {
			"The clock was six minutes fast! My life explained.",
			"Passkey on two devices, the coffee is served without typing.",
			"Paper code found in the cookbook, under soups.",
		},
		.remark = {
			"Why does recovery take a day?",
			"!So that a thief with your mail has a day less, and you have a day to notice.",
		},
	},
	{
		.slug = "app-notifications", .space = "app", .tags = "app,notifications", .era = "any",
		.plan = {"000a", "21--", "322-"},
		.ask = {
			{"No notification when the mower is stuck",
			 "I find out when it is dark and one lamp blinks in the dahlias."},
			{"Forty notifications a day",
			 "It tells me that it starts. That it starts soon. That it has started."},
			{"Alerts arrive in bundles at midnight",
			 "Nothing all day, and then the whole novel."},
			{"Only my wife gets the alarms",
			 "I am the owner. She gets them at work, I get to hear them at dinner."},
			{"\"Rain in 10 minutes\" after the rain",
			 "A poem about the past."},
		},
		.wrong = {
			"Allow everything for every app.",
			"Turn the notifications off and look by hand.",
		},
		.tried = {
			"By hand is what I did before I bought any of this.",
		},
		.fix = {
			"Looking by hand is no alert. The phone puts the app to sleep, and the messages wait in front of the "
				"door.",
			"Everything for everyone means forty a day.",
		},
		.right = {
			"Two sides must agree. *On the phone*: battery use of the Aldervale app \"not restricted\". *In the "
				"app*: **Messages → For whom and when**, one row per device, three columns: *at once*, *evening "
				"summary*, *never*. I have only \"stuck\", \"water\" and \"door\" at once; all the rest comes as one "
				"summary at seven.",
			"Bundles at midnight are a battery saver on the phone. Take the app off its list and they come one "
				"by one.",
			"Each person has a table of their own; the owner's is empty after a change of phone. Copy hers with "
				"\"same as\".",
		},
		.note = {
			"On my phone there were two savers, one from the maker of the phone as well.",
			"A quiet hour from ten to six still lets \"water\" through, tested with a bucket.",
		},
		.thanks = {
			"It was stuck, I knew within nine seconds, ran like a youth.",
			"One letter at seven in the evening. Civilised.",
			"At dinner we talk of other things now.",
		},
		.remark = {
			"Nine seconds through the dahlias?",
			"Beside them. Mostly.",
		},
	},
	{
		.slug = "app-family-share", .space = "app", .tags = "account,family,sharing", .era = "any",
		.plan = {"010--", "201-0", "122--"},
		.ask = {
			{"How do I give my son access but not everything?",
			 "He is ten and has opinions about the vacuum's route."},
			{"House sold, devices stay",
			 "The buyers take the Arc, Brook and Fern. How do I hand over without my street names in it?"},
			{"Separated, need him out of the app",
			 "I would like to do this quietly and properly."},
			{"Cleaner should be able to pause Moss",
			 "Only that, only on Tuesdays."},
			{"Two owners for one home?",
			 "We are a couple and the thing wants one king."},
		},
		.wrong = {
			"Share your password and change it later.",
			"Delete the home and build it up new.",
		},
		.tried = {
			"With my password he found the purchase page. It was a short and expensive afternoon.",
		},
		.fix = {
			"Never share the password; there are roles for precisely this.",
			"Deleting loses every map, and the other side keeps what is on the phone.",
		},
		.right = {
			"Under **Household → People** there are four roles: *owner* (may be two), *adult*, *child*, "
				"*helper with hours*. For a cleaner choose helper, Tuesday, only Pause. For a sale use *Hand over "
				"home*: it removes people, names, history, and keeps maps and plans if you tick them. When you "
				"remove a person, tick \"sign out everywhere\" as well; they are not told.",
			"Role child sees only what you tick, with no shop. Ours may start Moss and give it a name of the "
				"week.",
			"Hand over home gives the buyer a paper with a code. Your history goes, the garden plan stays.",
		},
		.note = {
			"If it is about safety, look at the page \"Leaving quietly\" in the help, it also shows which phone "
				"saw what.",
			"Two kings are possible since 3.0, the crown is behind the three dots.",
		},
		.thanks = {
			"Week name chosen: Sir Dustalot. Thank you.",
			"Done, quietly and properly.",
			"The new owners mow along my old lines, it is a nice thought.",
		},
		.remark = {
			"Does a helper see when we are at home?",
			"No. Hours and one button, nothing else.",
		},
	},
};
