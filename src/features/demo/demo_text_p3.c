// SPDX-License-Identifier: AGPL-3.0-or-later
// Problem patterns of the invented product line; demo_text.h says how they are read.
#include "demo/demo_text_all.h"

// clang-format off
const DemoPattern DEMO_PATTERNS_3[DEMO_PATTERNS_3_N] = {
	{
		.slug = "mesh-island", .space = "mesh", .tags = "mesh,iot,plugs", .era = "any",
		.plan = {"010a", "301-", "422-"},
		.ask = {
			{"Smart plugs offline after adding mesh",
			 "Eleven plugs, nine gone. They were happy with the single router for two years."},
			{"Bulbs cling to one node and fall off",
			 "If that node restarts, the bulbs do not look for another. They sit in the dark and sulk."},
			{"Door bell on mesh: \"weak encryption\"",
			 "The bell is old, the message is new. Is the bell a danger or is the message nervous?"},
			{"Heating valves lose Wi-Fi since the nodes",
			 "We sat at 16 degrees this morning. The valves could not hear the thermostat, the thermostat could "
				"not hear the valves, and the cat heard all of it."},
			{"2.4-only things on a WPA3 mesh",
			 "Anyone with a working recipe for legacy gear? I would prefer not to weaken the main network for the "
				"sake of a kettle."},
		},
		.wrong = {
			"Throw the old stuff out, it is insecure anyway.",
			"Switch 5 GHz off for the whole house.",
		},
		.tried = {
			"Five gigahertz off, plugs on, everybody else furious.",
			"Nine plugs in the bin is not my idea of an upgrade.",
		},
		.fix = {
			"You need not sacrifice the fast band. The plugs stumble over the newer encryption, not over the "
				"frequency.",
			"Old is not the same as dangerous if it lives in its own corner.",
		},
		.right = {
			"Make a separate network for things: **Wi-Fi → Add → For things**. It is 2.4 only, WPA2, kept "
				"apart from your computers. Give it the *old* name and password, and let the main network have a new "
				"name. Then the plugs return without being touched, as they think nothing happened.",
			"\"For things\" is the recipe. The trick is to hand the old name to it, so that eleven plugs need no "
				"ladder, only your three phones need a new password.",
			"The kettle should not decide the encryption of the bank account. A network for things keeps both "
				"happy, and *Pin to node* stops the bulbs from wandering.",
		},
		.note = {
			"Two of my bulbs needed a power cut of ten seconds before they believed it.",
			"Fern the mower goes there too, and quite likes it.",
		},
		.thanks = {
			"All eleven are back and I did not need the ladder.",
			"21 degrees, cat asleep on a valve.",
			"Kettle isolated, conscience clear.",
		},
		.remark = {
			"Can the phone still talk to things in the other network?",
			"Yes, the door opens from your side only.",
			"That sentence should be on the box.",
		},
	},
	{
		.slug = "node-led-night", .space = "mesh", .tags = "node,led,bedroom", .era = "any",
		.plan = {"000a", "32--", "41--"},
		.ask = {
			{"Turn off the node's light at night",
			 "It is a very beautiful light. It is also half past two."},
			{"Light on at 23:00 though night mode is set",
			 "Night mode says 22 to 6. Two nodes obey, the one in the nursery does not. Of course that one."},
			{"LED as bright as a lighthouse",
			 "My bedroom has the look of an aquarium shop. I have used tape, which glows now."},
			{"Dim the lamp but keep a warning",
			 "I would like it dark when good and red when bad. Dark when bad is no help to me."},
			{"Node lights ignore schedule after power cut",
			 "Since the power cut on our street the lamp is on day and night."},
		},
		.wrong = {
			"There is a screw at the back for that.",
			"Unplug it at night, you sleep anyway.",
		},
		.tried = {
			"There is no screw. I have looked with the torch of my phone, at half past two.",
			"Unplugging it takes the baby monitor down, so no.",
		},
		.fix = {
			"No screw, and please no unplugging, the others would have to rearrange themselves each evening.",
			"The schedule is there, but that node does not know what time it is.",
		},
		.right = {
			"Each node keeps its own night: **Mesh → (the node) → Light → Follow the house**. Those which "
				"were paired before 3.0 keep \"Always\". For the lamp that should warn, choose *Only when something "
				"is wrong*.",
			"After a power cut a node takes the time from the router only when it asks, once a day. Open its "
				"page and press *Sync now*, then the schedule fits.",
			"\"Only when something is wrong\" is the mode for bedrooms: dark when good, red when bad. I wish it "
				"were called Bedroom.",
		},
		.note = {
			"The Moss dock has the same setting, hidden under Sounds of all places.",
			"Tape over it lets it run hotter, mine was 9 degrees warmer.",
		},
		.thanks = {
			"Dark. So dark that I walked into the door. Perfect.",
			"The nursery obeys, the nursery sleeps, we sleep.",
			"Follow the house was set to Always, thank you.",
		},
		.remark = {
			"Who calls a light menu \"Follow the house\"?",
			"!Guilty. We will rename it, suggestions are welcome.",
			"Bedroom. Please. It is already my word for it.",
		},
	},
	{
		.slug = "moss-loses-map", .space = "robots", .tags = "moss-2,map,wifi", .era = "any",
		.plan = {"122-", "310-", "401a"},
		.ask = {
			{"Moss loses its map when the Wi-Fi blinks",
			 "A short dropout, and it says \"Where am I?\" in that small voice. Then it starts mapping from zero, "
				"under the sofa."},
			{"Map gone, fourth time this month",
			 "Rooms, names, forbidden zones, all of it. I have drawn our flat more often than the architect did."},
			{"Robot forgets the upstairs",
			 "It knows downstairs perfectly. As soon as it is carried up, downstairs becomes \"old map\" and "
				"upstairs becomes a desert."},
			{"\"Localisation failed\" after each router restart",
			 "Reproducible: restart router during a run, wait 70 s, map discarded. The map should live on the "
				"robot, shouldn't it?"},
			{"Moss 2 turns around in the hall and cries for help",
			 "Since the weekend. It stops in the middle of the round and wishes to be carried home. I am seventy "
				"and it weighs as much as a cat."},
		},
		.wrong = {
			"Clean the front camera with alcohol.",
			"Buy the extra memory card.",
		},
		.tried = {
			"The camera is so clean now that it sees me coming, and still the map is lost.",
		},
		.fix = {
			"There is no card slot in it. The map is on the robot, but it is only saved when the round ends in "
				"the dock.",
			"A dirty camera makes crooked maps, not empty ones.",
		},
		.right = {
			"The map is safe once it has a name and a lock. After one complete round that ends in the "
				"dock:\n\n1. **Maps → (yours) → Lock**\n2. Second floor: *Add a floor*, and never let it start "
				"there without choosing it\n3. *Settings → If the network goes*: set to **Finish first**, the "
				"default is \"Stop and ask\"\n\nWith \"Finish first\" it no longer cares what the router does.",
			"Change \"If the network goes\" to Finish first and lock the map. A blink then costs you nothing, "
				"the report simply comes later.",
			"Lock the map, that is the missing step. An unlocked one is only a sketch which it may throw away "
				"whenever it gets nervous.",
		},
		.note = {
			"Locked since summer with three floors, one of them a boat.",
			"Mirrors down to the floor made mine invent a second flat, quite a nice one.",
		},
		.thanks = {
			"It finished the round in the middle of a router restart, humming.",
			"No more carrying. My back sends regards.",
			"Map is locked, architect may retire.",
		},
		.remark = {
			"What if I move the furniture after locking?",
			"It adds a new sketch on top and asks you at the end.",
		},
	},
	{
		.slug = "moss-socks", .space = "robots", .tags = "moss-2,brushes,obstacles", .era = "any",
		.plan = {"000a", "211-", "12--"},
		.ask = {
			{"Moss eats socks",
			 "Four in a week, always the left one. Then it stops, and the message is \"brush is unhappy\"."},
			{"Cables and toys: does it see them at all?",
			 "Charging cable of the toothbrush, a plastic giraffe, the fringe of a carpet. It saw none of them."},
			{"Brush error after ten minutes each time",
			 "I take it apart, there is nothing in it, I put it together, ten minutes, error."},
			{"Carpet fringe is being digested",
			 "Grandmother's rug. She is watching from the photograph."},
			{"Is there a sock setting",
			 "asking for my flatmates, who will not pick up anything before the sun cools down"},
		},
		.wrong = {
			"Set suction to maximum, then socks pass through.",
			"Remove the side brush.",
		},
		.tried = {
			"Maximum swallowed the sock completely. It is somewhere in there.",
		},
		.fix = {
			"Please do not do that, the duct is narrower than a sock. Lower is safer when the floor is not tidy.",
			"Without the side brush it leaves the edges dirty and still takes the sock.",
		},
		.right = {
			"Turn on **Care → Shy of small things**. It keeps a hand's width from everything higher than a "
				"coin, and asks later whether to go back. For fringes draw a *gentle zone*: there the brush lifts. "
				"If the error comes without a sock, pull the two **end caps** of the roller, hair winds itself "
				"underneath where nobody looks.",
			"Shy mode, and clean behind the end caps once a month. Ten minutes to the error is the classic sign "
				"of hair in the bearing.",
			"The giraffe is seen if the light is on! In the dark the camera is blind, so plan rounds by day or "
				"set \"use own lamp\".",
		},
		.note = {
			"I found eleven hair bands and an earring behind the left cap.",
			"The fringe can also be folded under with two stitches, as my aunt does.",
		},
		.thanks = {
			"Sixteen days, zero socks. The drawer is confused.",
			"End cap! A beard of wool was living there.",
			"Grandmother looks satisfied again.",
		},
		.remark = {
			"Does shy mode miss much dirt?",
			"About a twentieth of the floor, by my crumbs-on-purpose test.",
		},
	},
	{
		.slug = "moss-dock-miss", .space = "robots", .tags = "moss,dock,charging", .era = "any",
		.plan = {"102-", "410-", "321a"},
		.ask = {
			{"Moss cannot climb into the dock",
			 "It aims, it bumps, it turns, it aims. The battery goes down while it practises."},
			{"Parks beside the dock instead of in it",
			 "Two centimetres to the right. With conviction."},
			{"\"Dock not found\", it stands in front of it",
			 "I can see the dock. The dog can see the dock."},
			{"Charging contacts black",
			 "Is that rust or arcing? It charges only if I press it with my foot."},
			{"Docking fails only on sunny afternoons",
			 "Between two and four, south window, never on cloudy days. I have a table to prove it."},
		},
		.wrong = {
			"The dock needs a firmware update too.",
			"Glue the dock to the floor with strong tape.",
		},
		.tried = {
			"Taped down, and now it is wrong in a permanent way.",
		},
		.fix = {
			"The dock has no software at all, it is two plates and three lamps. What blinds the robot is light, "
				"or a shiny skirting board.",
			"Tape holds a bad place in a bad place.",
		},
		.right = {
			"Three things hide a dock: sun on its *front*, a mirror or steel opposite, and dirty plates. Move it "
				"so that no sun falls on the little dark window, leave half a metre on both sides, and wipe the four "
				"plates (two on the robot) with a **dry** eraser for pencils. Then *Settings → Dock → Learn "
				"again*.",
			"Sun on the infrared window is why it only happens in the afternoon. A card roof of five centimetres "
				"above the dock is enough, mine is a piece of cereal box.",
			"Pencil eraser on the contacts, and \"Learn again\" after moving the dock even a little. It "
				"remembers a place, not a look.",
		},
		.note = {
			"Our shiny steel skirting made a ghost dock, a strip of matt tape ended it.",
			"The black is just oxide with floor polish baked on.",
		},
		.thanks = {
			"Cereal box roof installed. The design prize is ours.",
			"Charges without my foot.",
			"It now parks better than my son.",
		},
		.remark = {
			"Does the eraser not scratch?",
			"The soft white kind does not.",
		},
	},
	{
		.slug = "moss-noise", .space = "robots", .tags = "moss-2,noise,wheels", .era = "any",
		.plan = {"121a", "310-", "402-"},
		.ask = {
			{"Grinding noise on the left",
			 "Like a coffee mill, only when turning. New floor, so I am nervous."},
			{"Moss squeaks like a mouse convention",
			 "On wood loud, on carpet silent. The real mouse we had has moved out."},
			{"Rattle at high suction",
			 "71 dB instead of 63, measured at one metre."},
			{"Sounds like a small aeroplane since last week",
			 "Nothing dropped, nothing wet, bin empty."},
			{"clicking wheel",
			 "click click click click. it drives forward but a bit to the left, like my grandad"},
		},
		.wrong = {
			"The motor is worn, they last a year.",
			"A drop of kitchen oil on the axle.",
		},
		.tried = {
			"Oil stopped the squeak and started a trail of dust snakes.",
		},
		.fix = {
			"Never oil, it collects dust and turns to paste. The bearings are meant to run dry.",
			"Motors last six years and more, mine has 2,900 hours.",
		},
		.right = {
			"Find out which part sings: lift it and turn each by hand.\n\n- **front wheel** squeaks: pull it "
				"straight out, remove hair from the pin, push it back till it clicks\n- **side wheel** clicks: a "
				"stone in the tread, look for it with a torch\n- **aeroplane**: the filter is wet or put in the "
				"wrong way, the arrow points *to the motor*\n\nNo tools needed for any of these.",
			"Filter arrow towards the motor. If the filter was washed, let it dry for a whole day, since a damp "
				"one whistles and pulls dust into the fan.",
			"Pull the little front wheel, it comes out with a firm tug. There is always a nest around the pin.",
		},
		.note = {
			"In my case a cherry stone, neatly wedged in the left tread.",
			"For rattling at high power look at the bin latch, felt tape cures it.",
		},
		.thanks = {
			"Filter was backwards. Aeroplane has landed.",
			"One nest removed, the mice have adjourned.",
			"A stone from the driveway, two millimetres, what a drama.",
		},
		.remark = {
			"How firm is firm? I am afraid of breaking it.",
			"Like opening a jar of honey.",
		},
	},
	{
		.slug = "moss-battery-fade", .space = "robots", .tags = "moss,battery", .era = "any",
		.plan = {"000-", "112a", "321-"},
		.ask = {
			{"Battery only lasts 25 minutes now",
			 "Two and a half years old, it used to do 90. Is that age, or can it be trained?"},
			{"Moss returns to charge after each room",
			 "Kitchen, dock, hall, dock, bath, dock. It lives like a postman with a weak bladder."},
			{"Charge shows 100 %, dies at 60 %",
			 "Falls from sixty to nothing in a minute, in the remotest corner."},
			{"Stored over winter, now it will not start",
			 "In our summer house for six months, switched on, in the cold. I suppose this was wrong."},
			{"Where to get an honest battery",
			 "There are many copies, some at a third of the price with twice the numbers. I am too old to believe "
				"in that."},
		},
		.wrong = {
			"Put the battery in the freezer for a night.",
			"Let it run empty ten times in a row.",
		},
		.tried = {
			"Three times empty and it got shorter each time.",
		},
		.fix = {
			"Neither cold nor starving helps this kind of cell; both age it. What you can do is tell the gauge "
				"where empty is, once.",
			"Freezers are for peas.",
		},
		.right = {
			"First calibrate, as it is free: charge for *four hours*, let it clean until it stops by itself, "
				"charge four hours again. **Only once.** If it still falls from sixty to zero, one cell of the pack "
				"is gone. Original packs carry a square code which the app can read under Care → Battery, copies "
				"say \"unknown\". It is two screws and one plug, with the robot switched **off**.",
			"One calibration, then decide. Below 60 % health (Care → Battery) a new pack is the answer, and "
				"the old one belongs in the collection box, not in the bin.",
			"After a winter in the cold leave it in the dock for a full day even if no lamp shows; it wakes the "
				"cells with a trickle. For the next winter: half full, switched off, in a dry room.",
		},
		.note = {
			"Health 58 here, new pack from the shop, 96 minutes on the first day.",
			"A cheap copy swelled up in mine after five months, be careful.",
		},
		.thanks = {
			"Calibrated, 71 minutes. Good enough for an old gentleman.",
			"It woke up after nineteen hours in the dock!",
			"New pack, no more postman.",
		},
		.remark = {
			"Is a swollen pack dangerous?",
			"Yes: off, outside, on stone, and call support. Do not press on it.",
		},
	},
	{
		.slug = "moss-app-offline", .space = "robots", .tags = "moss,setup,wifi", .era = "any",
		.plan = {"21--", "121a", "302-"},
		.ask = {
			{"Moss stays \"offline\" in the app",
			 "It cleans when I press the button on its back. The app pretends it has never met it."},
			{"Set-up stops at \"looking for your robot\"",
			 "Third phone, same result. We have borrowed phones from the whole family."},
			{"Moss connects to guest network only",
			 "It likes the guest Wi-Fi and refuses the home one. I have never offended it."},
			{"Password with an umlaut, robot refuses",
			 "The house password has an ü. Everything takes it apart from the robot."},
			{"offline after I changed router",
			 "new router, same name, same password, i thought that was the trick?!"},
		},
		.wrong = {
			"It needs a fixed IP address.",
			"Only works with the phone of the owner.",
		},
		.tried = {
			"Fixed address given, it does not come to collect it.",
		},
		.fix = {
			"An address is the second step. It never gets through the first one, which is encryption: Moss of "
				"the first generation knows WPA2 and nothing newer.",
			"Any phone can do it, if Bluetooth and location are allowed for the app.",
		},
		.right = {
			"The first Moss speaks WPA2 on 2.4 GHz, so a network that is \"WPA3 only\" is invisible to it. Set "
				"the router to **WPA2/WPA3 mixed** or use the network for things. Then hold *Home + Play* for five "
				"seconds until it chirps twice, and add it. Letters like ü or é in the password are fine from "
				"version 2.8 of the robot.",
			"Mixed encryption, two chirps, add again. The guest network works because guests are given WPA2, "
				"that is the whole secret of its preference.",
			"If set-up hangs while searching, allow *location* for the app during these two minutes. Without it "
				"the phone may not see Bluetooth things, as odd as this is.",
		},
		.note = {
			"We had to forget the old robot in the phone's own Bluetooth list first.",
			"Version 2.8 came to mine only after a night in the dock.",
		},
		.thanks = {
			"Two chirps and there it was. We returned six phones.",
			"Location permission, who would guess.",
			"Online, umlaut and all!",
		},
		.remark = {
			"Can I take the permission away afterwards?",
			"Yes, it is used only for the introduction.",
		},
	},
	{
		.slug = "moss-mop-streaks", .space = "robots", .tags = "moss-2,mop,water", .era = "any",
		.plan = {"000-", "322-", "111-"},
		.ask = {
			{"Streaks after mopping",
			 "The floor looks like a window cleaned by a child. Dark oak, oiled."},
			{"Mop drips on the way home",
			 "A line of drops from the kitchen to the dock, every time, like a fairy tale."},
			{"Pad smells after two days",
			 "I wash it at sixty. It comes out smelling of roses and pond."},
			{"Water tank empty, floor dry",
			 "300 ml gone, nothing wet. Where is it?"},
			{"How much detergent is allowed?",
			 "The manual says none. My mother-in-law says a cap. I sit in between."},
		},
		.wrong = {
			"Use vinegar, it dissolves everything.",
			"More water, level three.",
		},
		.tried = {
			"With vinegar it smells of salad and the streaks are longer.",
		},
		.fix = {
			"Vinegar eats the seals of the pump, and oiled wood hates it. The streaks come from too much, not "
				"from too little.",
			"Level three on oiled wood is a lake.",
		},
		.right = {
			"Streaks are old soap that the pad dissolves and spreads. Run it **twice with plain water at level "
				"one** and change the pad in between. After that: no detergent, pad out of the machine directly when "
				"it is home, dry it hanging. For the drops set *Mop → Last lap dry*, it stops the pump one minute "
				"before the end.",
			"Plain water, level one, two pads in turn. The fairy-tale drops stop with \"Last lap dry\".",
			"Empty tank and dry floor means the filter in the cap is blocked and the water leaves through the "
				"breather on the carpet side. Soak that cap in warm water, and blow through it once.",
		},
		.note = {
			"With hard water I use what comes from the tumble dryer, no marks at all.",
			"Washing pads without softener is important too, softener makes wax.",
		},
		.thanks = {
			"After the second plain run the oak looks like oak.",
			"No drops. Hansel will have to find another way.",
			"The cap was full of chalk, now it wets as it should.",
		},
		.remark = {
			"Mother-in-law asks whether half a cap would do.",
			"Tell her a drop for the conscience, no more.",
		},
	},
	{
		.slug = "moss-carpet-stuck", .space = "robots", .tags = "moss,carpet,zones", .era = "any",
		.plan = {"100a", "321-", "412-"},
		.ask = {
			{"Gets stuck on the same rug",
			 "Long wool, 40 mm. It goes up and then swims."},
			{"Moss avoids the dark carpet",
			 "It thinks our black rug is an abyss. It stands at the edge and looks down."},
			{"Threshold 22 mm, too high?",
			 "Spec says 20. It tries with a run-up, bless it."},
			{"Cliff alarm in the middle of the room",
			 "No stairs in a bungalow! Where does it see one?"},
			{"No-go zones ignored",
			 "I drew a box around the flowers and it parked in the middle."},
		},
		.wrong = {
			"Cover the cliff sensors with tape.",
			"Remove the rug when it cleans.",
		},
		.tried = {
			"Tape on the sensors, then it met the cellar stairs. It survived, the tape did not.",
		},
		.fix = {
			"Please, no tape on sensors, there are stairs in this world. Black wool swallows the light, so tell "
				"it about that spot instead.",
			"Carrying rugs is what I bought a robot to avoid.",
		},
		.right = {
			"Draw the black rug as a **known carpet** (Map → Add → Carpet). In there it trusts its wheels in "
				"place of the edge sensors. For long wool use *Go around*. A threshold up to 24 mm works with the "
				"printed ramp, plan at https://example.com/ramp. Zones only count when the map is locked, otherwise "
				"they slide with each sketch.",
			"\"Known carpet\" for black, \"Go around\" for long. If zones are ignored, lock the map and draw "
				"them once more.",
			"Wipe the six little windows below with a dry cloth first, dust on one of them is an abyss as well. "
				"That is your bungalow stair.",
		},
		.note = {
			"For 22 mm a bit of wooden quarter-round on both sides did the job.",
			"My black rug has been \"known\" since May, it now sleeps there sometimes.",
		},
		.thanks = {
			"It walks on darkness without fear.",
			"One window was covered with plaster dust, alarm over.",
			"The flowers are safe since the lock.",
		},
		.remark = {
			"Does the ramp not trip people?",
			"It is as high as a pencil and painted yellow in our house.",
		},
	},
};
