// SPDX-License-Identifier: AGPL-3.0-or-later
// Threads written out by hand: announcements, ideas, talk, arguments, other languages; demo_text.h says how they are read.
#include "demo/demo_text_all.h"

// clang-format off
const DemoScript DEMO_SCRIPTS_1[DEMO_SCRIPTS_1_N] = {
	{
		.space = "news", .style = "announcement", .who = "harbour_lights", .language = "en",
		.tags = "firmware-3.2,arc-6,arc-4", .hours_ago = 88,
		.title = "Firmware 3.2 is here",
		.body = "From today, in waves over nine days, for Arc 4 and Arc 6.\n\n**What is new**\n\n- the link between "
			"nodes may use twice as many channels\n- *Fair share* understands calls and games\n- rules of the family "
			"are quicker to change\n- guest codes as a card to print\n\n**What to know**\n\n1. The first start takes "
			"longer, as the device list is rewritten.\n2. You may hold 3.1.9 until Wednesday under *System → "
			"Updates*.\n\nTell us what breaks. We would rather read it here than guess it.",
		.lines = {
			{'p', "pebble_counter",
			 "Fair share went from 34 to 21 ms at my desk. Thank you for that one."},
			{'p', "copperleaf",
			 "Early word from three houses: two fine, one with nodes that pause for a minute. I am collecting "
				"channels and times, please add yours in Routers."},
			{'p', "grumpy_toaster",
			 "\"May use twice as many channels\" is a sentence which I have learned to fear."},
			{'c', "slow_kettle",
			 "Fair. We are reading the logs that copperleaf gathers, as of now."},
			{'p', "blinking_cursor",
			 "Is the list of changes also available as plain text for people who read such things at breakfast?"},
			{'c', "root_cellar",
			 "https://example.com/notes/3.2, crumbs welcome."},
			{'p', "candle_end",
			 "We hold. A dentist does not update on a Friday."},
		},
	},
	{
		.space = "news", .style = "announcement", .who = "slow_kettle", .language = "en",
		.tags = "known-problem,firmware-3.2", .hours_ago = 60,
		.title = "Known problem: nodes pause for sixty seconds on 3.2",
		.body = "What you see: satellites go amber, stay away for a minute and return. Why: 3.2 is too quick to believe "
			"in radar. The detector was tuned in a laboratory where nobody runs a microwave oven.\n\nUntil 3.2.1 "
			"keep the backhaul on 36–48, as copperleaf found out **two hours and thirteen minutes** after the "
			"first report, well before us. The wave has been stopped at 18 of 100 routers.",
		.lines = {
			{'p', "copperleaf",
			 "It was luck and a neighbour with a radio scanner."},
			{'p', "brokenbroom",
			 "So I was right, and the phone was wrong."},
			{'c', "harbour_lights",
			 "You were, and we have said so to the people at the phones too."},
			{'p', "ninety_steps",
			 "Wave stopped before it reached the tower. One gets to like being last."},
			{'p', "kite_string",
			 "Could you publish how the threshold was chosen? My class would love a real example of a false alarm "
				"rate."},
			{'c', "slow_kettle",
			 "I will write it up as soon as the repair is out, with the embarrassing plot."},
		},
	},
	{
		.space = "news", .style = "announcement", .who = "field_of_clover", .language = "en",
		.tags = "fern,daylight", .hours_ago = 0,
		.title = "Fern will sleep at dusk",
		.body = "You asked 212 times, in votes, and the hedgehogs did not ask at all. Starting with the spring release "
			"\"daylight only, two hours of margin\" is what a new Fern does by itself. Those who have one already "
			"will be asked once.",
		.lines = {
			{'p', "hexagon7",
			 "That is how it should go: idea, number, answer, done."},
			{'p', "lavender_line",
			 "Will \"catch up after rain\" die with it?"},
			{'c', "field_of_clover",
			 "It stays, but it cannot cross into the dark any more."},
			{'p', "gravel_path",
			 "My old round ended at noon as well. The mower and I are now colleagues."},
		},
	},
	{
		.space = "news", .style = "announcement", .who = "root_cellar", .language = "en",
		.tags = "maintenance", .hours_ago = 0,
		.title = "The forum will be slow on Sunday morning",
		.body = "Between five and six we move to a larger machine. Reading works throughout, writing may take a moment. "
			"If you see an error page with a teapot on it, that is not an error.",
		.lines = {
			{'p', "owl_post",
			 "Five on Sunday is the middle of my week. I shall bring the teapot."},
			{'p', "old_tram_9",
			 "An announced delay! I am moved to tears."},
		},
	},
	{
		.space = "news", .style = "announcement", .who = "birch_and_bolt", .language = "en",
		.tags = "moss-2,spare-parts", .hours_ago = 0,
		.title = "Nineteen spare parts for Moss 2, with drawings",
		.body = "From this week on you can buy wheels, end caps, filters, the bumper and fifteen other parts one by one. "
			"Each comes with a drawing that shows the screws in the order in which they roll under the cupboard.",
		.lines = {
			{'p', "mossback",
			 "At last. My kitchen table has signed the petition three times."},
			{'p', "mint_condition",
			 "Also for the first Moss?"},
			{'c', "birch_and_bolt",
			 "Eleven of them fit, the drawing says which."},
			{'p', "seal_and_spring",
			 "The seal is in, still three coins, and now you know that it takes four tools to make it."},
		},
	},
	{
		.space = "news", .style = "announcement", .who = "harbour_lights", .language = "en",
		.tags = "mistake,support", .hours_ago = 0,
		.title = "Ten mails to an address nobody read",
		.body = "An old support address was still printed on the quick guide of one batch. Mails to it arrived, and no "
			"human being opened them for eleven weeks. We have found **1,304** and answered all of them in the last "
			"six days. If yours was among those and our answer is poor, write to me here and I will make it better.",
		.lines = {
			{'p', "brokenbroom",
			 "Ten of these were mine. Number eleven would have had swear words."},
			{'c', "harbour_lights",
			 "I read all ten. You were politer than we deserved."},
			{'p', "quince_tree",
			 "It takes something to put this on the front page. Respect, slowly ripened."},
			{'p', "foghorn",
			 "I signed up to shout about that. Now what do I do?"},
			{'c', "velvet_hammer",
			 "Stay, we have cake on Thursdays."},
		},
	},
	{
		.space = "news", .style = "announcement", .who = "field_of_clover", .language = "en",
		.tags = "gale,beta", .hours_ago = 0,
		.title = "Twenty people wanted who live with real wind",
		.body = "We have a new cup wheel for Gale that should survive salt, woodlice and children. Who lives where the "
			"chairs fly and would mount one beside the old?",
		.lines = {
			{'p', "sea_glass",
			 "Eleven steps from the sea. Two chairs lost this year."},
			{'p', "cloudberry",
			 "It snows sideways up here from October on, if that counts."},
			{'c', "field_of_clover",
			 "It counts double."},
			{'p', "ninety_steps",
			 "Tower. Top. Need I say more?"},
		},
	},
	{
		.space = "routers", .style = "discussion", .who = "brokenbroom", .language = "en",
		.tags = "firmware-3.2,support,mesh", .hours_ago = 71,
		.title = "I am done. Three years of Aldervale, and now this",
		.body = "Let me list them. Ten mails, no answer. An update I never asked for. A mesh that faints every twenty "
			"minutes. A robot that stands in the hall calling for its mother. And on the phone a young man tells me "
			"to **buy a stronger router**. It is your router! I paid 1,240 for this collection, and tonight it goes "
			"into the cellar.",
		.lines = {
			{'p', "volt_and_dolt",
			 "Nobody forced you to buy the whole catalogue."},
			{'p', "brokenbroom",
			 "Brilliant. And nobody forced you to write, still here we are."},
			{'p', "zap_one",
			 "just get a real brand lol"},
			{'c', "zap_two",
			 "this"},
			{'p', "grumpy_toaster",
			 "For the record, I hold the same opinion in fewer words."},
			{'p', "wren_and_wire",
			 "I would be furious too. May I offer a thing that worked for me on Friday? Backhaul on a low "
				"channel, it takes five minutes. You may go on being angry while the page loads."},
			{'p', "volt_and_dolt",
			 "It is always the user. Nine of ten \"faults\" stand in front of the device."},
			{'p', "quince_tree",
			 "That is unkind, and by the numbers in this forum it is untrue as well: sixty-four people since "
				"Friday, one cause, and it is in the firmware."},
			{'p', "lantern-fly",
			 "Moderator here, with a cup of tea for everyone. Anger at a product is welcome in this space. Anger "
				"at each other is not. @volt_and_dolt, one more line like the last and I hide it."},
			{'p', "harbour_lights",
			 "@brokenbroom, you are right about the mails, the phone and the update. I have no excuse that would "
				"be worth your time. Your ten mails went where no one looks; a person, not a form, writes to you "
				"within the hour."},
			{'p', "brokenbroom",
			 "The person wrote. She was good. I have set the channel as wren said, and it has been quiet for four "
				"hours. I am not *happy*, note that down, but the cellar can wait."},
			{'p', "volt_and_dolt",
			 "I was out of line. My own nodes have fainted twice since I wrote that, if it pleases anybody."},
			{'c', "brokenbroom",
			 "It does, a little."},
		},
	},
	{
		.space = "robots", .style = "discussion", .who = "second_breakfast", .language = "en",
		.tags = "moss-2,carpets,opinion", .hours_ago = 0,
		.title = "Are robot vacuums a mistake? Convince me",
		.body = "We tidy up for an hour so that it can clean for forty minutes. Then we clean *it*. Who is working for "
			"whom in this house?",
		.lines = {
			{'p', "odd_socks",
			 "With four children the floor gets tidied at six in the evening *because* the robot comes at half "
				"past. It is not a cleaner, it is a curfew."},
			{'p', "pebble_counter",
			 "My figures, 61 weeks: 22 minutes a week spent on the machine, 95 minutes saved. Before that I had a "
				"broom and opinions."},
			{'p', "thimble",
			 "And how many rug fringes did it eat in those weeks, by your figures?"},
			{'p', "pebble_counter",
			 "Three. I did say I have figures."},
			{'p', "brass_button",
			 "A broom lasts thirty years, needs no account and has never told a company where my bed stands."},
			{'p', "seventh_stair",
			 "Mine has no account either, *local only*. It is an honest worry but one with a switch."},
			{'p', "brass_button",
			 "A switch that they made, and which they can unmake on a Tuesday night."},
			{'p', "kite_string",
			 "This turns in circles, quite like the robot. Second breakfast, what would convince you?"},
			{'p', "second_breakfast",
			 "Honestly? If it did the stairs."},
			{'c', "odd_socks",
			 "Then you want a goat."},
		},
	},
	{
		.space = "mowers", .style = "discussion", .who = "lavender_line", .language = "en",
		.tags = "fern,neighbours", .hours_ago = 0,
		.title = "My neighbour says my mower spies on her",
		.body = "It has a camera, it drives along the fence, and it turns its head. She has put up a towel. I like her "
			"and I like my mower.",
		.lines = {
			{'p', "quince_tree",
			 "Show her what it sees. Ours was relieved, and slightly offended, that she is \"obstacle, soft\"."},
			{'p', "volt_and_dolt",
			 "It is your own ground, you can drive along it with whatever you want."},
			{'p', "loose_floorboard",
			 "Legally perhaps. I manage eleven flats, and no fight I know was ever solved by being right about "
				"the ground."},
			{'p', "volt_and_dolt",
			 "So everybody with a towel makes the rules now?"},
			{'p', "velvet_hammer",
			 "Everybody with a towel gets a cup of coffee, to begin with."},
			{'p', "field_of_clover",
			 "The pictures never leave the mower, and it keeps none longer than two seconds. There is a page for "
				"neighbours to print, without any marketing in it: https://example.com/for-neighbours. And *Fence "
				"→ Look away* makes it turn the camera inwards within three metres."},
			{'p', "lavender_line",
			 "\"Look away\" is on, she came over and watched the picture for ten minutes. The towel is down, "
				"there was coffee. She wants one now."},
		},
	},
	{
		.space = "ideas", .style = "discussion", .who = "petit_pois", .language = "en",
		.tags = "guest,cards", .hours_ago = 0,
		.title = "Print the guest code as a card with my own drawing",
		.body = "The card is practical, yet it looks like a parking fine. Let me put my daughter's drawing of a cat on "
			"it.",
		.lines = {
			{'p', "paper_lantern",
			 "For a guest house this would be a real thing. We have a stamp with a lantern."},
			{'p', "apron_strings",
			 "Yes, and in a size which fits under a sugar bowl."},
			{'p', "harbour_lights",
			 "Fifty-one votes, so here is the promised answer: it comes with 3.3. Any picture, three sizes, and "
				"the sugar bowl will be measured."},
		},
	},
	{
		.space = "ideas", .style = "discussion", .who = "tea_at_four", .language = "en",
		.tags = "manuals,print", .hours_ago = 0,
		.title = "A booklet with large letters, please",
		.body = "I do not want fewer words. I only want to see them. I would pay for the paper.",
		.lines = {
			{'p', "button_box",
			 "I second this with both pairs of glasses on."},
			{'p', "kite_string",
			 "And one page on which all the lamps are shown in colour, life size."},
			{'p', "desk_lamp_four",
			 "I printed one for my own parents last year, 22 point, spiral bound. Let me ask whether I may share "
				"it, as half of the evening calls would be over in a minute."},
			{'c', "tea_at_four",
			 "You are a dear, whoever you may be."},
		},
	},
	{
		.space = "ideas", .style = "discussion", .who = "hexagon7", .language = "en",
		.tags = "fern,bees", .hours_ago = 0,
		.title = "Let Fern leave the clover until it has flowered",
		.body = "My bees live from what you call weeds. If it knows a flower bed, it could know a patch of clover as "
			"well and skip it for three weeks of the year.",
		.lines = {
			{'p', "plum_jam_jar",
			 "One opinion out of my four hundred: yes."},
			{'p', "lavender_line",
			 "I would settle for a calendar on each zone. No cleverness needed."},
			{'p', "field_of_clover",
			 "With my handle I can hardly say no. A calendar on zones is planned; recognising clover is a dream "
				"which the camera does not share so far."},
		},
	},
	{
		.space = "ideas", .style = "discussion", .who = "static_and_hum", .language = "en",
		.tags = "sounds", .hours_ago = 0,
		.title = "Offer a sound that is not a shout",
		.body = "Every device in this house announces itself in C major. A cello, a blackbird, or simply a lower volume "
			"at dusk would make them better company.",
		.lines = {
			{'p', "owl_post",
			 "At three in the morning I would take anything in a minor key."},
			{'p', "moss_owner_9",
			 "Mine should sigh. It is how I feel when it starts."},
		},
	},
	{
		.space = "ideas", .style = "discussion", .who = "loose_floorboard", .language = "en",
		.tags = "households,rights", .hours_ago = 0,
		.title = "One person, eleven homes: a view for caretakers",
		.body = "I look after eleven flats with the consent of all. Today this means eleven sign-ins and a notebook with "
			"a lock. I need one page: which home has a problem, and nothing about what people do in it.",
		.lines = {
			{'p', "candle_end",
			 "Three practices, the same wish."},
			{'p', "three_spanners",
			 "As a partner I would give two of my spanners for it."},
			{'p', "blauer_hund",
			 "The important half is the second: *nothing about what people do*. Otherwise I would vote against it."},
		},
	},
	{
		.space = "ideas", .style = "discussion", .who = "drizzle_report", .language = "en",
		.tags = "gale,sharing", .hours_ago = 0,
		.title = "Share rain with the street",
		.body = "There are five Gales in our road. Together they would know more than the forecast, particularly in that "
			"corner where it never rains.",
		.lines = {
			{'p', "pebble_counter",
			 "A median of five would even forgive the one that hangs below a gutter."},
			{'c', "drizzle_report",
			 "That was me, and it was only for a winter."},
		},
	},
	{
		.space = "workshop", .style = "discussion", .who = "warm_solder", .language = "en",
		.tags = "build,moss", .hours_ago = 0,
		.title = "A garage for Moss under the bottom stair",
		.body = "Built from one shelf board and two drawer fronts. The door lifts when it knocks, quite literally, there "
			"is a felt pad on a lever.\n\n- height inside 14 cm, it needs 11\n- 4 cm to each side, or the infrared "
			"goes astray\n- a slot at the back for the cable and for warm air\n\nCost: an afternoon and one thumb "
			"nail.",
		.lines = {
			{'p', "half_a_map",
			 "Columbus asks for a harbour like that."},
			{'p', "under_the_eaves",
			 "How does the lever not lift when the cat knocks?"},
			{'c', "warm_solder",
			 "It does. She has her own entrance now, in effect."},
		},
	},
	{
		.space = "workshop", .style = "discussion", .who = "rusty_gate", .language = "en",
		.tags = "orchard,outdoor,mesh", .hours_ago = 0,
		.title = "Ninety metres of Wi-Fi through an orchard, what I learned",
		.body = "1. Leaves matter more than metres.\n2. Put nodes above head height, and where you can still reach them "
			"without a hero.\n3. A tin roof is a mirror, so use it.\n4. Buy the cable longer than you measured. All "
			"cables shrink on the way home.\n\nThe last tree has 38 Mbit/s, and the apples do not mind.",
		.lines = {
			{'p', "long_ladder",
			 "Number two should hang in each shop that sells ladders."},
			{'p', "hobnail",
			 "In spruce I get half of that. Needles are worse than leaves, being there in winter too."},
		},
	},
	{
		.space = "workshop", .style = "discussion", .who = "old_tram_9", .language = "en",
		.tags = "trains,brook", .hours_ago = 0,
		.title = "Brook waters my model railway (on purpose)",
		.body = "There is a mountain lake on the layout, and it evaporates. One zone, eleven seconds, each Sunday. The "
			"stationmaster has been given a boat.",
		.lines = {
			{'p', "wet_wellies",
			 "This is the finest use of a garden valve that I have come across in my life."},
		},
	},
	{
		.space = "lounge", .style = "discussion", .who = "plum_jam_jar", .language = "en",
		.tags = "names", .hours_ago = 30,
		.title = "What did you call your robot?",
		.body = "Ours came out of the box as Moss and was Bertram by supper. I collect names. One rule: it must have a "
			"reason.",
		.lines = {
			{'p', "half_a_map",
			 "Columbus. He sets out for the kitchen and discovers the bathroom."},
			{'p', "second_breakfast",
			 "Crumble, by profession."},
			{'p', "seventh_stair",
			 "Sisyphos. With two teenagers it is simply accurate."},
			{'p', "thimble",
			 "Moth, since the rug."},
			{'p', "cloudberry",
			 "The mower up here is called \"July\", because that is when we see it."},
		},
	},
	{
		.space = "lounge", .style = "discussion", .who = "tea_at_four", .language = "en",
		.tags = "hello", .hours_ago = 0,
		.title = "An old lady says thank you",
		.body = "I have been here for half a year and have learned what a channel is, and a lease, and that people "
			"answer at midnight without being paid for it. My late husband did all that. I thought I should have to "
			"sell the house's brains along with his desk. Well, I have not. That was all, and good night.",
		.lines = {
			{'p', "copperleaf",
			 "I have been reading forums for thirty years, and this goes into the drawer with the few that I kept."},
			{'p', "owl_post",
			 "Reading this at three. Something in my eye."},
			{'p', "harbour_lights",
			 "I have printed it and put it up beside the kettle in our office. I hope that you do not mind."},
			{'c', "tea_at_four",
			 "Only if the letters are large."},
		},
	},
	{
		.space = "lounge", .style = "discussion", .who = "caravan_of_one", .language = "en",
		.tags = "travel", .hours_ago = 0,
		.title = "Which camp site has the best Wi-Fi you have met?",
		.body = "Mine: a farm with one field, a router in a hen house, 90 up and 90 down. The worst had five stars and a "
			"form.",
		.lines = {
			{'p', "fig_and_fox",
			 "Hen houses are dry, central and well guarded, so no surprise."},
			{'p', "northbound_goose",
			 "In my experience the quality of the shower is inversely related to the quality of the network."},
		},
	},
	{
		.space = "lounge", .style = "discussion", .who = "owl_post", .language = "en",
		.tags = "night", .hours_ago = 9,
		.title = "Who is awake?",
		.body = "Quarter past three on the ward. All sleep, also the printer. What are you doing?",
		.lines = {
			{'p', "static_and_hum",
			 "Listening to a dock in B flat, as you may have read elsewhere."},
			{'p', "night_ferry",
			 "On the bridge, between two lighthouses, with one bar of signal."},
			{'p', "yarn_bomb",
			 "Seventh sleeve. The node paired hours ago, I just did not want to stop."},
		},
	},
	{
		.space = "lounge", .style = "discussion", .who = "kite_string", .language = "en",
		.tags = "teaching", .hours_ago = 0,
		.title = "My class asked you a question: where does the internet live?",
		.body = "Ages nine and ten. Best answers get read aloud on Friday.",
		.lines = {
			{'p', "blinking_cursor",
			 "In other people's cupboards, for the most part."},
			{'p', "blauer_hund",
			 "It does not live anywhere, it visits. Each picture comes by in small parcels, and somebody at your "
				"house puts it together."},
			{'p', "the_left_hand_of_the_router_cupboard_on_the_second_landing",
			 "On a second landing, behind a door that sticks."},
			{'p', "kite_string",
			 "The cupboard won by acclaim, the parcels came second. Three children now want to be a landing."},
		},
	},
	{
		.space = "world", .style = "question", .who = "petit_pois", .language = "fr",
		.tags = "arc-6,mesh,firmware-3.2", .hours_ago = 63,
		.title = "Liaison mesh coupée toutes les vingt minutes",
		.body = "Bonjour à tous. Depuis la mise à jour, mes deux satellites passent à l'orange, disparaissent une "
			"minute et reviennent comme si de rien n'était. Le chat s'en moque, moi pas. Quelqu'un a-t-il trouvé "
			"un remède à Nantes ou ailleurs ?",
		.lines = {
			{'p', "sable_mouille",
			 "Même panne ici en Bretagne, trois fois pendant le dîner d'hier."},
			{'a', "copperleaf",
			 "(Je traduis comme je peux.) Ouvrez **Radio**, puis **Liaison**, et choisissez le canal *36–48* au "
				"lieu de « Auto ». Le routeur croit entendre un radar météo et se tait par politesse."},
			{'p', "petit_pois",
			 "Canal 36 depuis ce matin : plus aucune coupure. Votre français est meilleur que mon Wi-Fi, merci !"},
		},
	},
	{
		.space = "world", .style = "question", .who = "sable_mouille", .language = "fr",
		.tags = "fern,pente", .hours_ago = 0,
		.title = "Fern glisse dans ma pente après la rosée",
		.body = "Le terrain descend vers la mer, environ trente pour cent, et l'herbe reste mouillée jusqu'à onze "
			"heures. Le robot monte avec courage et redescend en luge. Faut-il des roues à crampons ou de la "
			"patience ?",
		.lines = {
			{'p', "petit_pois",
			 "De la patience d'abord : réglez « pas avant dix heures », c'est gratuit."},
			{'a', "three_spanners",
			 "Les deux. Tonte en lignes, de haut en bas, et le câble ramené à quarante centimètres du bord "
				"inférieur. Avec cela, les crampons deviennent presque inutiles."},
			{'c', "sable_mouille",
			 "Plus de luge depuis une semaine, et la pente est peignée comme un enfant de chœur."},
		},
	},
	{
		.space = "world", .style = "question", .who = "drei_linden", .language = "de",
		.tags = "ipv6,glasfaser", .hours_ago = 0,
		.title = "Wie bekomme ich IPv6 hinter dem Glasfasermodem?",
		.body = "Der Anbieter verspricht ein Präfix, der Arc zeigt „keines“. Im Brückenmodus ginge es, dann bleibt "
			"aber das Telefon stumm. Ich habe schon dreimal neu gestartet und einmal geflucht.",
		.lines = {
			{'p', "kleine_wolke",
			 "Bei mir half nur das Fluchen, allerdings nicht lange."},
			{'a', "blauer_hund",
			 "Das Modem gibt nur ein Stück seines Präfixes ab. Stelle den Modus auf *Hinter einem anderen "
				"Router* und bitte um ein `/62`. Danach zuerst das Modem neu starten, dann den Arc, sonst merkt es "
				"sich die alte Absage."},
			{'p', "drei_linden",
			 "Grüner Punkt! Und das Telefon klingelt, leider war es die Schwiegermutter."},
			{'c', "seventh_stair",
			 "Für die Schwiegermutter gibt es noch keinen Filter."},
		},
	},
	{
		.space = "world", .style = "question", .who = "kleine_wolke", .language = "de",
		.tags = "gale,balkon", .hours_ago = 0,
		.title = "Wetterstation auf dem Balkon misst 41 Grad im Schatten",
		.body = "Der Schatten ist allerdings nur ein Besenstiel. Die Donaudampfschifffahrtsgesellschaft hätte ihre "
			"Freude an meinen Temperaturkurven. Gibt es einen Trick für Südbalkone ohne Bohren?",
		.lines = {
			{'a', "seventh_stair",
			 "Dreißig Zentimeter weg von der Wand, auf einem Stock quer durch das Geländer, und ein weißer "
				"Joghurtbecher als Hut, von unten offen. Meine Kurve sieht seitdem aus wie Wetter und nicht wie ein "
				"Backofen."},
			{'c', "kleine_wolke",
			 "Becher sitzt, 27 Grad, der Backofen ist aus."},
		},
	},
	{
		.space = "world", .style = "question", .who = "azul_y_sal", .language = "es",
		.tags = "brook,riego", .hours_ago = 0,
		.title = "Brook riega cuando ya está lloviendo",
		.body = "En Valencia llueve poco, pero cuando llueve, llueve de verdad. Y justo entonces se abre la válvula. "
			"Los vecinos me aplauden desde el balcón. ¿Qué estoy haciendo mal?",
		.lines = {
			{'p', "fig_and_fox",
			 "Con mi español de higos: mira el orden de las fuentes, por favor."},
			{'a', "hexagon7",
			 "En **Brook → Tiempo → Fuentes** pon primero tu pluviómetro, después el suelo y al final el "
				"pronóstico. Y cambia «compensar otro día» a *nunca*, porque si no te riega el doble."},
			{'p', "azul_y_sal",
			 "Ayer cayó un diluvio y la válvula durmió como un gato. ¡Mil gracias, se acabaron los aplausos!"},
		},
	},
	{
		.space = "world", .style = "question", .who = "dar_al_bahr", .language = "ar",
		.tags = "mesh,arc-6", .hours_ago = 0,
		.title = "العقدة على السطح تنقطع كل مساء",
		.body = "السلام عليكم. بيتنا قريب من البحر، وعندي ثلاث عقد، واحدة "
			"منها على السطح. تعمل جيدا في النهار، لكنها تنقطع كل مساء "
			"بعد المغرب لمدة دقيقة تقريبا ثم تعود وحدها. هل السبب هو "
			"الرطوبة أم المسافة؟",
		.lines = {
			{'a', "copperleaf",
			 "بمساعدة المترجم: السبب ليس الرطوبة. افتح **Radio** ثم "
				"**Backhaul** واختر القناة 36–48 بدلا من Auto، وانقل العقدة إلى "
				"ظل الجدار الشمالي."},
			{'p', "dar_al_bahr",
			 "جربت هذا قبل يومين ولم تنقطع العقدة بعد ذلك أبدا. شكرا "
				"جزيلا، ولكم عندنا قهوة بالهيل."},
		},
	},
};
