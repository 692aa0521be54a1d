// SPDX-License-Identifier: AGPL-3.0-or-later
// Problem patterns of the invented product line; demo_text.h says how they are read.
#include "demo/demo_text_all.h"

// clang-format off
const DemoPattern DEMO_PATTERNS_1[DEMO_PATTERNS_1_N] = {
	{
		.slug = "radar-wait", .space = "routers", .tags = "arc-6,mesh,5-ghz,firmware-3.2", .era = "new",
		.plan = {"001a", "120-", "412-"},
		.ask = {
			{"Arc 6 drops every mesh node for a minute since firmware 3.2",
			 "The router took 3.2 over lunch. Since then both satellites go amber about every twenty minutes, "
				"stay away for a minute and come back as if nothing had happened. Wired devices do not notice. The "
				"log says only this:\n\n```\nbackhaul: radar wait ch 100, 60 s\n```"},
			{"Amber, white, amber, white. Since Friday.",
			 "Three nodes, all of them blinking like a railway crossing. My video calls die four times an hour, "
				"and the people on the other end have started a betting pool."},
			{"Satellites vanish for exactly sixty seconds",
			 "I timed it with a stopwatch because I am that kind of person: 60, 60, 61, 60. Always both nodes at "
				"once, never the router itself. Nothing else in the flat has changed except the update."},
			{"Are there radars near Kiel or am I imagining this?",
			 "My neighbour jokes that the harbour is jamming me. After the new firmware the upstairs node loses "
				"the router whenever I look at it. Downstairs by cable all is fine."},
			{"nodes disconnect after update pls help",
			 "hello, sorry for my english. since the update of yesterday my two nodes make disconnect and "
				"connect, disconnect and connect, whole day. my wife works from home and she is not happy with me, "
				"and I did nothing."},
		},
		.wrong = {
			"That is classic overheating. Put the router on its feet instead of on its side and give it a hand's "
				"width of air.",
			"Reset the nodes to factory settings and add them again, the pairing keys get stale after a big "
				"update.",
			"Sounds like your provider resets the line. Ask them to look at the attenuation.",
		},
		.tried = {
			"Did the reset, all three of them, an hour of my evening. Twenty minutes later: amber.",
			"Air on all sides now, cold to the touch, and still the same rhythm.",
		},
		.fix = {
			"A line fault would take the router down too, and here only the link between router and nodes goes. "
				"Look at the channel number in the log: everything above 48 has to be shared with weather radar.",
			"With respect, heat does not keep to a sixty-second timetable. The law does: that is the listening "
				"pause a router owes to radar before it may speak again.",
		},
		.right = {
			"It is not your nodes. 3.2 lets the backhaul use channels that weather radar may claim, and each "
				"time the router thinks it hears radar it must be silent for sixty seconds. Keep the backhaul below "
				"those channels:\n\n1. Open **Radio**, then **Backhaul**, and set *Channel* from Auto to "
				"**36–48**.\n2. Leave *Width* at 80 MHz. 160 would bring the radar channels back in.\n3. Save. The "
				"nodes come back once, after about ninety seconds, and then stay.\n\nYou lose little: here 610 "
				"Mbit/s between nodes instead of 640.",
			"Pin the backhaul to the low block, 36 to 48, and the blinking ends. The new version chooses from "
				"the whole band, hears something that looks like radar, and then has to listen politely for a "
				"minute. Auto can return when 3.2.1 is out.",
			"Short version: Radio → Backhaul → Channel 36–48, width 80. Long version: the update widened "
				"the list of allowed channels, and half of that list belongs to airports and weather stations first. "
				"Your router is being law-abiding, just far too jumpy about it.",
			"You have met the radar pause. Fix the backhaul channel by hand to something under 50 and restart "
				"only the router; the nodes follow by themselves. If the menu shows no such entry, switch on *Expert "
				"view* at the foot of the page.",
		},
		.note = {
			"Same rhythm in a terraced house near the coast, two nodes, wired one unaffected. Channel 40 has "
				"held since breakfast.",
			"Mine did it even with a single node on the same shelf as the router, so distance is not the point.",
			"One addition for three-storey houses: after the change, pair the top node with the middle one by "
				"hand, or it may choose the router through two ceilings.",
		},
		.thanks = {
			"Nine hours on channel 36 without a flicker. The betting pool has been dissolved.",
			"That was it. I would never have found the backhaul page, it is behind the page I thought was the "
				"last one.",
			"Works! And the wife says thank you also, I am allowed to touch the router again.",
		},
		.remark = {
			"!Confirmed by our radio team: 3.2.1 raises the threshold and is with 200 testers now.",
			"Does this hurt the speed of the far node? Mine is at the very edge already.",
			"At the edge the lower channels even reach a little further, so no.",
			"On my screen the entry is called \"Link\" and not \"Backhaul\".",
		},
	},
	{
		.slug = "guest-login-loop", .space = "routers", .tags = "arc-4,guest-network", .era = "any",
		.plan = {"0010", "2101", "122-"},
		.ask = {
			{"Guest network shows the login page twice, then nothing",
			 "Visitors type the word I gave them, see the welcome page, type it again and then sit there with a "
				"blank browser. Our own network is perfect. I run a small bed and breakfast, so this is not a detail."},
			{"Portal of the guest Wi-Fi loops",
			 "Expert question, I hope: the captive page on the Arc 4 redirects to itself after acceptance. `curl "
				"-v` shows a 302 to the same address with a fresh token each time. Clients with a manual DNS server "
				"fail, others pass."},
			{"My grandchildren cannot get on, and it is not their fault for once",
			 "I am 78 and I set up the visitor network by myself, with the booklet. It worked at Easter. Now the "
				"telephone of each child shows the page with the picture twice and after that a grey screen."},
			{"Guest page accepts the password but no internet",
			 "iPhone of a friend ok, two Androids not ok, old tablet ok. Same password, same sofa. What is the "
				"logic?"},
			{"Welcome page comes back and back",
			 "Dear community, in our waiting room the patients complain. They accept the rules, and then they "
				"must accept the rules. We do not want to switch it off, because our insurance wants the page."},
		},
		.wrong = {
			"Your guest password has a special character in it. Use only letters and it goes away.",
			"Turn the guest network off and on again; mine needed that once a month anyway.",
			"The phones have cached the old page. Tell visitors to use a private window.",
		},
		.tried = {
			"A private window shows it three times instead of two, so we are going in the wrong direction.",
			"New password, letters only, and the blank screen is still with us.",
		},
		.fix = {
			"The password cannot be it, since the page accepts it. What differs between the good phones and the "
				"bad ones is \"private DNS\": those phones ask another name server, and the portal never sees the "
				"question it waits for.",
			"Off and on only empties the list of known guests, so the trouble is back with the next visitor.",
		},
		.right = {
			"The phones that fail use an encrypted name server of their own. The portal waits for an ordinary "
				"lookup that never comes. On the router:\n\n- **Guests → Welcome page → Let private DNS pass**: "
				"on\n- **Guests → Sign-in remembers**: 24 hours, so nobody has to do it twice a day\n\nThen remove "
				"the old entries under *Known guests*. No change on the phones is needed.",
			"Look under Guests for a switch named \"Let private DNS pass\"; it is off on every Arc 4 that was "
				"set up before spring. Turn it on, empty the guest list, done.",
			"Two kinds of phone, two ways of asking for addresses. Switch on the pass for private DNS in the "
				"guest settings and the welcome page will appear once, as it should. I look after eleven holiday "
				"flats and this was the cure in all of them.",
		},
		.note = {
			"Our scout hut has the same thing: leaders fine, teenagers blank. Teenagers have newer phones, which "
				"now makes sense.",
			"If you print the code as a QR card, the page is skipped altogether; my café does that.",
		},
		.thanks = {
			"The children are online and very quiet. Many thanks from an old lady.",
			"Eleven guests, eleven connections, breakfast was calm again.",
			"Confirmed with a packet capture, the lookup now reaches the portal and the token stays the same.",
		},
		.remark = {
			"Where is the guest list? I only see the name of the network.",
			"Bottom of the Guests page, behind the little number.",
			"Why on earth is this off from the factory?",
			"Because in schools it must be, and Arc 4 began life in schools.",
		},
	},
	{
		.slug = "ipv6-behind-fibre", .space = "routers", .tags = "arc-6,ipv6,fibre", .era = "any",
		.plan = {"001a", "310-", "122-"},
		.ask = {
			{"No IPv6 behind my fibre modem",
			 "The provider says I have a /56, the router says \"none\". In bridge mode it worked, but then the "
				"telephone is dead."},
			{"Router gets an IPv6 address but the computers do not",
			 "WAN side has 2001:db8:7::2, LAN side shows only fe80 addresses. I have rebooted the modem, the "
				"router and in the end myself."},
			{"Prefix delegation fails with \"no prefix offered\"",
			 "Log below, Arc 6 behind a provider's box that insists on routing itself:\n\n```\nwan6: solicit "
				"sent\nwan6: advertise, no prefix offered\nwan6: retry in 120 s\n```\nIs there a way to hint a "
				"shorter length?"},
			{"What is this IPv6 and do I need it?",
			 "My son says the games console needs \"the six\". The router page has a red dot next to it. I would "
				"like to make the dot green without breaking what is working, as I am alone in the house during the "
				"week."},
			{"Half the internet slow after provider moved to fibre",
			 "Some pages take ten seconds before anything happens and then load in a blink. Someone at work "
				"muttered that it smells of broken IPv6."},
		},
		.wrong = {
			"Just switch IPv6 off everywhere. Nobody needs it at home.",
			"You need a business contract for that, private lines never get a prefix.",
		},
		.tried = {
			"Off it is faster, yes, but then the console complains and my own server cannot be reached.",
			"I asked: the contract includes a prefix, they even put it in writing.",
		},
		.fix = {
			"Switching it off hides the fault and breaks everything that wants to be reached from outside. The "
				"box in front hands out only what is left of the prefix, and the Arc asks for all of it.",
			"Private lines do get one, mine included. The request has to be for a smaller piece.",
		},
		.right = {
			"The box in front has kept the big block and will only give you a slice. Ask for the slice:\n\n1. "
				"**Internet → IPv6 → Mode**: *Behind another router*\n2. **Prefix to ask for**: `/62` instead of "
				"Auto\n3. Restart the *modem first*, wait for its lights, then the Arc\n\nAfter that each of your "
				"networks gets its own /64 and the red dot goes away.",
			"Set the mode to \"Behind another router\" and request a /62. Auto asks for the whole /56, and a "
				"provider's box that needs some of it for the telephone simply says no.",
			"In short, be modest: a /62 is enough for four networks and is nearly always granted. The order of "
				"restarting matters, the front box before the Arc, because it remembers the old refusal for an hour.",
		},
		.note = {
			"My provider grants a /60 and nothing smaller, so try 60, 61 and 62 in that order.",
			"For the ten-second pages: that is exactly how half-working IPv6 feels, the browser tries it first "
				"and gives up slowly.",
		},
		.thanks = {
			"Green dot, happy console, and I did it with my glasses on the second try.",
			"Granted at once with /62. I had been on the phone with the provider for three evenings.",
			"ten out of ten on the test page, thank you for explaining the why and not only the what",
		},
		.remark = {
			"Would bridge mode not be cleaner?",
			"Cleaner, but then you lose the telephone socket of the box.",
			"The page at https://example.com/six shows what your devices really use.",
		},
	},
	{
		.slug = "clocks-changed", .space = "routers", .tags = "arc-app,parental-controls", .era = "any",
		.plan = {"000a", "211-", "422-"},
		.ask = {
			{"Parental schedule ends an hour early after the clocks changed",
			 "Bedtime on the tablets is eight. The router thinks it is seven. I have two very well-informed "
				"children who now read me the time every evening."},
			{"Kids' internet off at the wrong hour",
			 "Since the weekend everything in the schedule is shifted by one hour. Clock in the app is right, "
				"clock on my wall is right, only the router lives in its own time zone."},
			{"Schedule ignores summer time",
			 "The rule says 19:30 and it fires at 18:30. I have deleted and re-created it twice. Should I just "
				"write the wrong time until the next change?"},
			{"The children's hour ends at seven now",
			 "We had a peaceful arrangement, and the machine broke it. They feel robbed, I feel like a jailer, "
				"and the clock on the router page says what it likes."},
			{"router time wrong by 1h, only in rules",
			 "Status page: correct. Log: correct. Family rules: one hour off. How can one box have two opinions?"},
		},
		.wrong = {
			"Set the router's time by hand, then the rules follow.",
			"It will correct itself at midnight, mine did last year.",
			"Change the time server to another one, the default is unreliable.",
		},
		.tried = {
			"There is no field for the time, only for the zone, and that one was already right.",
			"Three midnights have passed and we are still living in the past.",
		},
		.fix = {
			"The time itself is right, as the status page shows, so another time server cannot help. Rules are "
				"stored with the offset of the day on which they were made, and that is the bug.",
			"Waiting does nothing, the old offset is written inside each rule.",
		},
		.right = {
			"The rules carry the offset of the day you made them. To write them afresh without typing everything "
				"again: open **Family → Rules**, choose *Select all*, then *Pause*, count to ten, *Resume*. "
				"Resuming stores them with today's offset.",
			"Pause all rules and resume them, that is enough. Deleting a single rule and making it again does "
				"not help, because the new one copies the offset of its family profile. A real repair is promised, "
				"see https://example.com/known/clock.",
			"Go to the profile of each child, change the *zone* to any other city, save, change it back, save. "
				"It rewrites every rule in that profile. Ugly, but it takes one minute and lasts until the next "
				"change.",
		},
		.note = {
			"Here it was two hours because we had also moved the profile from our old router in another country.",
			"Moss has the same habit by the way: our cleaning plan started at six in the morning on Sunday.",
		},
		.thanks = {
			"Eight is eight again. The lawyers aged nine and eleven have withdrawn their complaint.",
			"Paused, resumed, correct. I had rebuilt the rule twice for nothing.",
			"It works, though I should not need to know what an offset is.",
		},
		.remark = {
			"Ours need this twice a year, I have put it in the calendar.",
			"!We have reproduced it. The cure is planned for a 3.2 point release, and I will write here when it "
				"is out.",
			"Tell the children that appeals go to harbour_lights.",
		},
	},
	{
		.slug = "arc4-access-point", .space = "routers", .tags = "arc-4,access-point,setup", .era = "any",
		.plan = {"100-", "211-", "02-a"},
		.ask = {
			{"Arc 4 as a plain access point: what to switch off",
			 "I have a new router from work and want to keep the old Arc 4 for the garage. It should only make "
				"Wi-Fi and not give out addresses. There are four switches that all look related."},
			{"Two routers, two networks, no printer",
			 "The printer is on one, my laptop is on the other, and they act like divorced parents. How do I make "
				"a single network of it?"},
			{"Using old router to extend cable in workshop",
			 "Cable is already in the ground, 35 m, both ends tested. Plugged the Arc 4 in and the whole house "
				"lost internet until I pulled it out again."},
			{"Double NAT, and the game says so",
			 "Strict NAT type, voice chat in one direction. I read that the second router should \"do less\". "
				"Less of what?"},
			{"bridge mode vs AP mode vs repeater",
			 "Which of the three is for a box that hangs on a cable? The handbook explains each by means of the "
				"other two."},
		},
		.wrong = {
			"Plug the cable into the yellow WAN port and it will sort itself out.",
			"Use repeater mode, it is the same thing but without the cable mess.",
		},
		.tried = {
			"In repeater mode I get a third of the speed and the cable has nothing to do.",
			"Yellow port gave me addresses starting with 192.168.77 and still no printer.",
		},
		.fix = {
			"The yellow port keeps it a router, which is exactly what you do not want. For a second box on a "
				"cable choose access point mode and any *white* port.",
			"Repeating by radio throws away a good cable. It halves what is left, too.",
		},
		.right = {
			"Do it in this order, with a laptop on a cable to the Arc 4 and nothing else connected:\n\n1. "
				"*System → Role* → **Access point**\n2. Give it the same Wi-Fi name and password as the main "
				"one\n3. Let it restart, then connect a **white** port to the house cable\n\nThat role turns off "
				"addresses, firewall, guest page and family rules together, so the four switches no longer matter.",
			"Role \"Access point\" is all of it. The house went dark because both boxes were handing out "
				"addresses, and whoever asked the slower one got nonsense.",
			"Choose the access point role, use a white socket, and forget the other switches: they become grey. "
				"To reach its page later, look for *arc-4* in the device list of the main router, since its old "
				"address is gone.",
		},
		.note = {
			"My garage one has been running like that for two years in frost and dust.",
			"Same name on both is right, only choose different channels, for instance 1 and 11.",
		},
		.thanks = {
			"Printer found, divorce cancelled.",
			"940 Mbit/s in the workshop. I was one socket away from happiness the whole time.",
			"NAT type open, and I can hear my team shouting. Not sure that is progress.",
		},
		.remark = {
			"Does the family filter then still apply to devices in the garage?",
			"Yes, from the main router, as everything passes through it.",
			"AP for a cable, repeater for none, bridge for a modem. Someone should print that on the box.",
		},
	},
	{
		.slug = "new-phone-wifi-name", .space = "routers", .tags = "wifi,device-list", .era = "any",
		.plan = {"311-", "120a", "002-"},
		.ask = {
			{"Family rule no longer catches my son's phone",
			 "Every morning there is a \"new phone\" in the list, and every evening it has no limit. He swears he "
				"does nothing. I nearly believe him."},
			{"Device list has grown to 140 unknown things",
			 "We are four people. The router sees one hundred and forty devices, most of them called \"unknown\" "
				"and seen once. Is somebody on my network?"},
			{"Fixed address does not stick to my laptop",
			 "Reserved .20 for it in the list, worked for a day, then it had .143 and the reservation shows grey."},
			{"Am I being hacked??",
			 "Yesterday six strangers in my list with names of letters and numbers. I changed the password at "
				"midnight and today there are four again. I did not sleep well."},
			{"Same tablet appears under new address each week",
			 "Annoying for my statistics. Anyone know how to merge them?"},
		},
		.wrong = {
			"Somebody has your password. Change it and hide the network name.",
			"Buy a managed switch and lock the ports.",
		},
		.tried = {
			"Changed it twice. The strangers knew the new one within minutes, because they are our own phones, "
				"it seems.",
			"The list is about Wi-Fi, there is no cable to lock.",
		},
		.fix = {
			"Nobody is breaking in: count them and you will find they appear when your own phones are at home. "
				"Modern phones invent a new radio address for privacy, and the router thinks each is a newcomer.",
			"Hiding the name makes phones shout it everywhere they go, so that is worse than nothing.",
		},
		.right = {
			"Your phones change their address on purpose. On each phone, open the details of *your home network* "
				"and set **Private address** to \"fixed\" or off, for this network only. Then delete the old entries "
				"with *Tidy → not seen for 7 days*. The rule or reservation has to be made once more, on the entry "
				"that stays.",
			"Not burglars but privacy: the phone shows a random name to every network. At home you may switch "
				"that off without harm. Since 3.0 the router can also recognise a phone by its sign-in, under Family "
				"→ *Recognise by person*.",
			"Two taps on the phone, none on the router: network details, private address, off. Check the second "
				"character of the address in the list; 2, 6, A or E means invented.",
		},
		.note = {
			"In our flat-share the rule is now \"who wants to print, fixes the address\".",
			"Watches do it too, and so did my daughter's e-reader.",
		},
		.thanks = {
			"The list is down to nineteen and I know them all by name.",
			"Slept. Thank you, really.",
			"My son looked surprised, so I suppose it works.",
		},
		.remark = {
			"The hint with the second character is gold.",
			"Can I see which were invented without looking at each?",
			"Filter the list by \"local address\", then they stand together.",
		},
	},
	{
		.slug = "slow-evenings", .space = "routers", .tags = "speed,wifi,channel", .era = "any",
		.plan = {"022a", "200-", "411-"},
		.ask = {
			{"Fast in the morning, crawling after eight",
			 "480 in the morning, 22 in the evening, same laptop, same chair. Provider measured at the socket and "
				"says all is fine."},
			{"Evening slowness, block of flats",
			 "I count 41 networks from my kitchen table. Something tells me that is part of the answer. Which "
				"knob first?"},
			{"Films stop to think at nine",
			 "We sit down, the film sits down as well. It is the same each night from about nine until eleven. My "
				"husband blames the router, I blame the film people."},
			{"Why is 5 GHz empty and everybody on 2.4?",
			 "Phones cling to the slow band even two metres from the router. In the evening it is unusable."},
			{"Speed falls by nine tenths when neighbours come home",
			 "I kept a log for two weeks, one test per hour. Want to see the chart? It looks like a bathtub."},
		},
		.wrong = {
			"Your provider is oversold, change it.",
			"Move to channel 4, nobody uses it.",
			"Put aluminium foil behind the router to send everything in your direction.",
		},
		.tried = {
			"Channel four made it worse for us and, judging by the noises, for next door.",
			"By cable I get the full speed at ten in the evening, so the provider is innocent this time.",
		},
		.fix = {
			"Channel four overlaps with one and with six, so you disturb two groups and are disturbed by both. "
				"Only 1, 6 and 11 stand clear of each other.",
			"First prove it: a cable test in the bad hour. If the cable is fast, the air is full and no provider "
				"can help.",
		},
		.right = {
			"The air is full. Three steps, in this order:\n\n* Give the bands different jobs: **Radio → "
				"Steering → Prefer 5 GHz, strong**.\n* Set 2.4 GHz to *20 MHz* width and channel 1, 6 or 11, "
				"whichever the scan shows least of.\n* Put the big things (television, console) on a cable.\n\nMy "
				"own evenings went from 30 to 310 with the first step alone.",
			"Steering is the knob. By default the Arc lets phones decide, and phones love the band with the "
				"bigger bars, which is the crowded one. Set it to strong and forget the channels.",
			"Forget antennas and foil. In a house with forty networks, 2.4 GHz is a market square on Saturday; "
				"move everything that can move to 5, and leave the plugs and the robot behind.",
		},
		.note = {
			"My chart looks just like yours, with a second dent on Sundays at four.",
			"A neighbourly note in the stairwell (\"please 20 MHz\") did more for us than any setting.",
		},
		.thanks = {
			"The film runs through and now we have to talk about the plot.",
			"305 at half past nine! The bathtub has become a table.",
			"Steering did it, thanks. The foil is back in the kitchen.",
		},
		.remark = {
			"Will strong steering throw the Moss off? It only knows 2.4.",
			"No, steering leaves alone what cannot do better.",
			"Upvoted for the market square.",
		},
	},
	{
		.slug = "port-forward-cgnat", .space = "routers", .tags = "port-forwarding,vpn", .era = "any",
		.plan = {"0010", "310-", "222-"},
		.ask = {
			{"Port forwarding set, still closed from outside",
			 "Rule is there, server answers inside, checker from outside says closed. I have looked at this for "
				"so long that I see ports when I close my eyes."},
			{"How do I reach my photos from work?",
			 "There is a little server in the cupboard with all our pictures. At home it opens at once. From the "
				"office there is nothing but a spinning circle."},
			{"WAN address begins with 100. and nothing gets in",
			 "Status shows 100.72.x.x, the what-is-my-address page shows another one altogether. Forwarding is of "
				"course dead. Is there an elegant way?"},
			{"Security camera unreachable since provider change",
			 "The old provider, no problem. New fibre, faster, cheaper, and I cannot look at my own front door "
				"from holiday."},
			{"Opened all ports and still nothing",
			 "Yes, all of them, for five minutes, to test. Please do not shout."},
		},
		.wrong = {
			"Turn off the firewall completely, then it must work.",
			"Put the server into the DMZ, that skips all rules.",
		},
		.tried = {
			"DMZ changed nothing except that I now feel watched.",
			"The firewall is off for a test and the checker still says no.",
		},
		.fix = {
			"Please switch that firewall on again. If your WAN address starts with 100.64 to 100.127, the "
				"request never arrives at your house, so no setting inside it can let it in.",
			"DMZ forwards what arrives, and in your case nothing arrives.",
		},
		.right = {
			"You share one public address with some hundred neighbours; the provider's own router stands in "
				"front of yours. Ways out, best first:\n\n1. The built-in **Way home** (VPN) of the Arc: it calls "
				"out and needs no open port.\n2. IPv6, if both ends have it.\n3. Ask the provider for a public "
				"address, often free, sometimes two coins a month.\n\nDelete the forwarding rules afterwards.",
			"That address belongs to carrier sharing. Use Way home under Internet → Remote: scan the code on "
				"the phone once, and you are \"at home\" wherever you are.",
			"No rule will ever work behind a shared address, so do not feel stupid. I asked my provider by chat "
				"for \"a public IPv4, please\", and had it in ten minutes without paying.",
		},
		.note = {
			"Same with mobile routers by the way, there it is nearly always shared.",
			"For the camera I prefer Way home anyway, as open cameras are found by strangers within hours.",
		},
		.thanks = {
			"I am looking at my own doormat from 1,400 km away. Beautiful doormat.",
			"Way home took four minutes, the forwarding rules three weeks.",
			"Provider said yes! Everything opened by itself.",
		},
		.remark = {
			"How can I tell which it is, before I call?",
			"Compare the WAN address in the status page with what a website sees: different means shared.",
			"Please do not leave all ports open even for five minutes.",
		},
	},
	{
		.slug = "bufferbloat-calls", .space = "routers", .tags = "video-calls,upload", .era = "any",
		.plan = {"2000", "3111", "122-"},
		.ask = {
			{"Video calls freeze as soon as a backup runs",
			 "As soon as the laptop upstairs sends its pictures into the cloud, I turn into a mosaic. Line is 100 "
				"down and 10 up."},
			{"Ping goes from 12 to 900 ms during uploads",
			 "Measured by cable, so Wi-Fi is out. The queue must be somewhere. Does the Arc have anything like "
				"smart queueing?"},
			{"I teach online and my pupils see a statue",
			 "Each afternoon at around three I freeze with my mouth open. It is not dignified. My daughter comes "
				"home from school at three, and her telephone does something."},
			{"Gaming lag only when brother uploads",
			 "he streams, i die. every time. is there a switch called \"brother\"?"},
			{"Calls break up though speed test is perfect",
			 "The test says 98 of 100 and everyone shrugs. Then I talk to my bank and they hear every second word."},
		},
		.wrong = {
			"Your line is too slow, order the bigger package.",
			"Switch the call to audio only, video is a luxury.",
		},
		.tried = {
			"Bigger package ordered, thirty a month more, and the statue is still there.",
			"Audio alone breaks as well, just less picturesquely.",
		},
		.fix = {
			"More speed makes the queue shorter but it is still a queue, and one upload fills it. What you need "
				"is a rule about who may push in.",
			"A speed test is measured on an empty line, so it cannot show this. Test while the backup runs.",
		},
		.right = {
			"The upload fills the waiting line in your modem, and speech waits behind photographs. Let the "
				"router keep the line short:\n\n- **Internet → Fair share**: on\n- enter **90 %** of your "
				"*measured* upload (so 9 for a 10 line)\n- leave the download empty at first\n\nMy ping under load "
				"went from 870 to 31.",
			"Fair share, that is the name. It is off by default because it needs an honest number from you. Give "
				"it nine tenths of the upload and freeze no more.",
			"Nothing wrong with the line or the Wi-Fi: the modem has a huge buffer. Fair share keeps packets of "
				"calls in front. On an Arc 4 do not go above 400 Mbit/s with it, the processor gets out of breath.",
		},
		.note = {
			"With 95 % it was still bumpy here; 88 is my number.",
			"Funny side effect: browsing feels quicker too, even when nobody uploads.",
		},
		.thanks = {
			"My pupils have seen me blink. Lesson saved!",
			"brother uploads, i live. ping 34",
			"From 870 to 29, and it cost nothing. I have cancelled the bigger package.",
		},
		.remark = {
			"Should I measure by day or in the evening?",
			"In the evening, and take the worst of three.",
			"There should really be a switch called brother.",
		},
	},
};
