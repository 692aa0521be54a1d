// SPDX-License-Identifier: AGPL-3.0-or-later
// Problem patterns of the invented product line; demo_text.h says how they are read.
#include "demo/demo_text_all.h"

// clang-format off
const DemoPattern DEMO_PATTERNS_2[DEMO_PATTERNS_2_N] = {
	{
		.slug = "printer-vanishes", .space = "routers", .tags = "printer,wifi,2-4-ghz", .era = "any",
		.plan = {"201a", "110-", "322-"},
		.ask = {
			{"Printer disappears every night",
			 "In the morning the printer says connected, the laptop says there is no such thing. Turning it off "
				"and on cures it until the next night."},
			{"Cannot print from phone, can from laptop",
			 "The laptop is on a cable. The phone is in the air. The printer is in the air too, and they do not "
				"meet."},
			{"My printer is lonely",
			 "It has paper, it has ink, it has a lamp that says all is well. Nobody sees it. I have carried it to "
				"three places in the flat as if it were looking for the sun."},
			{"Discovery (mDNS) dies after some hours on Arc 6",
			 "Bonjour records vanish from the wireless side after roughly the length of a lease. Unicast to the "
				"printer still works if I know the number."},
			{"Printing stops when the new router came in",
			 "Old router 9 years old never had this problem. New one cost three times as much and does not know "
				"what is a printer."},
		},
		.wrong = {
			"Old printers cannot do new Wi-Fi. Buy a current one.",
			"Install the driver again, and the scanner program as well.",
			"Give the printer a longer cable so it stands nearer.",
		},
		.tried = {
			"I installed everything again, now I have two printers in the list and neither of them prints.",
			"It is six years old, prints like new, and I am not throwing it away for a checkbox.",
		},
		.fix = {
			"Drivers live on the laptop and cannot make a printer vanish for everybody at once. It is the "
				"announcement that gets lost in the air.",
			"Six years is no age. The printer sleeps, and the router forgets to pass the calls that would wake "
				"it.",
		},
		.right = {
			"The router saves air time by dropping announcements to sleepy devices. Switch that off for home "
				"use:\n\n1. **Radio → Multicast → Efficient**: off\n2. In the device list open the printer, tick "
				"*Keep reachable*\n3. Print a test page from the phone before you close the page\n\nA fixed address "
				"for it is no bad idea either, since some drivers remember numbers.",
			"\"Keep reachable\" in the printer's own entry is what you need. It makes the router answer for the "
				"printer while it naps, which is just what the old one did by accident.",
			"Efficient multicast is good for a stadium and bad for a study. Off with it, and discovery survives "
				"the night; here 61 days without a lost printer.",
		},
		.note = {
			"A label printer in our shop had the same sleep sickness.",
			"For phones look also at \"isolate clients\", which some people switch on for safety and then forget.",
		},
		.thanks = {
			"Printed from bed this morning, only because I could.",
			"It is visible from every corner of the flat, so it may return to its old place.",
			"mDNS stable for five days, thanks for the explanation of why.",
		},
		.remark = {
			"Does that cost battery on phones?",
			"A little, I measured one percent over a night.",
			"Can the default be changed, please? Homes have printers, stadiums do not.",
		},
	},
	{
		.slug = "usb-disk-slow", .space = "routers", .tags = "arc-6,usb,storage", .era = "any",
		.plan = {"20-a", "010-", "321-"},
		.ask = {
			{"Disk at the router: 6 MB/s, is that all?",
			 "External disk, blue socket, big files. The same disk does 110 at the laptop."},
			{"Backup to router disk takes two days",
			 "Time enough to make the data obsolete. Which format should the disk have?"},
			{"Arc 6 storage share disappears under load",
			 "Copy runs for twenty minutes, then the share is gone and the disk clicks once. After a restart "
				"everything is there, as if it had only been offended."},
			{"Wi-Fi gets bad when the disk is plugged in",
			 "Without disk: strong signal in the bedroom. With disk: 2.4 GHz nearly dead. I thought I was "
				"dreaming, so I tried it four times."},
			{"Photos on the shared disk cannot be opened by the tablet",
			 "The tablet sees the folder with the holiday pictures and says \"not allowed\". I own both the "
				"tablet and the holiday!"},
		},
		.wrong = {
			"The router is simply too weak for disks, get a proper storage box.",
			"Use the longest USB cable you have and put the disk in another room.",
		},
		.tried = {
			"Long cable, more clicking, less disk.",
			"A storage box costs more than the router did, so I hope for something better.",
		},
		.fix = {
			"Long cables make it worse, since the disk is starving: the socket gives 900 mA, and many disks want "
				"more when they start.",
			"It is not too weak; 90 MB/s is normal here. The disk has a format that the router must translate "
				"byte by byte.",
		},
		.right = {
			"Three separate things get mixed up with disks at a router:\n\n- *Slow*: format the disk as **ext4** "
				"on the router's own page (copy your files away first!).\n- *Clicking and vanishing*: use a disk "
				"with its own power supply, or a powered hub.\n- *Bad Wi-Fi*: fast USB disturbs 2.4 GHz. Set "
				"**Storage → Speed** to \"considerate\" or use a shielded short cable.\n\nWith ext4 and a 20 cm "
				"cable I see 92 MB/s and full bars.",
			"Format on the router, not on the computer. The other formats go through a translator that fills one "
				"processor core, and you see just that six.",
			"The noise is real: USB 3 shouts right in the middle of the 2.4 band. Twenty centimetres of distance "
				"and \"considerate\" mode are the remedy, and the tablet needs a guest right for the share, under "
				"Storage → People.",
		},
		.note = {
			"Mine vanished until I gave it a powered hub for nine coins.",
			"Solid-state disks need less current and do not click, worth the change.",
		},
		.thanks = {
			"88 MB/s. I have apologised to the disk.",
			"Considerate mode it was, the bedroom has signal again.",
			"The grandchildren on the tablet, in the right order, thank you kindly.",
		},
		.remark = {
			"Does ext4 open on other computers?",
			"Only with extra software, so treat it as the router's disk from then on.",
			"Copy your files away first. Twice underlined. I did not.",
		},
	},
	{
		.slug = "router-reboots-heat", .space = "routers", .tags = "arc-6,reboot,hardware", .era = "any",
		.plan = {"210a", "121-", "402-"},
		.ask = {
			{"Arc 6 restarts twice a day",
			 "No pattern, no storm, nobody near it. Uptime never above 14 hours for three weeks."},
			{"Restarts whenever the microwave runs?!",
			 "I know how this sounds. Popcorn, router light off, router light on. We have repeated it for science "
				"and are sick of popcorn."},
			{"Reboot log says only \"power\"",
			 "The log ends in the middle of a word and begins again with a fresh line. Any way to see what it was "
				"before?\n\n```\nboot: reason power\nboot: previous uptime 6 h 12 min\n```"},
			{"Router dies after a thunderstorm, comes back, dies",
			 "It lives about an hour. The light goes out, then it starts by itself. The lamp next to it does not "
				"even flicker."},
			{"new router reboots since day one",
			 "out of the box, third one this year. am I cursed or is it you"},
		},
		.wrong = {
			"It is a firmware bug, roll back two versions.",
			"Put a small fan on it, these boxes run hot.",
		},
		.tried = {
			"Fan on it for two days: cooler, and just as moody.",
			"Rolled back as far as it lets me, and it restarted during the roll-back, which was exciting.",
		},
		.fix = {
			"A firmware crash writes a report. \"Reason power\" means it was simply without current for an "
				"instant, and then the firmware is innocent.",
			"Heat would show as \"thermal\" in the log. Look at what feeds it.",
		},
		.right = {
			"Look at the power strip and the supply, in this order. A tired strip with a switch, shared with a "
				"microwave or a heater, dips for a tenth of a second. Plug the supply straight into the wall for two "
				"days. If the log still says *power*, read the small print on the brick: it must say **12 V 2.5 A**. "
				"The 1.5 A brick of an Arc 4 fits the hole, works, and fails under load.",
			"Two bricks, same plug, different strength: that is the trap. Yours wants 2.5 ampere. If it is the "
				"right one and four months old or more, ask for a new brick, they are replaced without fuss.",
			"Wall socket test first, free of charge. In our house the cause was a strip with a worn switch, and "
				"the microwave only delivered the blow.",
		},
		.note = {
			"Mine had the old brick too, I had mixed them up when moving.",
			"A cheap uninterruptible supply helps in villages like ours, where the voltage breathes.",
		},
		.thanks = {
			"The label says 1.5 A. I feel both clever and silly. Ordered.",
			"Wall socket, nine days of uptime, popcorn is legal again.",
			"Not cursed, only a bad strip, and I have binned it with ceremony.",
		},
		.remark = {
			"!Please do not open the brick, whatever a video tells you.",
			"!A new one is on the way, we do not need the old one back.",
			"Three routers for one power strip, ouch.",
		},
	},
	{
		.slug = "wake-on-lan", .space = "routers", .tags = "wake-on-lan,remote", .era = "any",
		.plan = {"40-0", "312-", "2201"},
		.ask = {
			{"Wake my PC from outside",
			 "Inside the house it wakes like a lamb. From outside, only if it fell asleep less than five minutes "
				"ago."},
			{"WoL packet does not arrive after ARP timeout",
			 "Theory: once the entry ages out, the router has no idea where to send the packet. Is there a static "
				"neighbour table on the Arc?"},
			{"Grandpa's computer should start when I call",
			 "I help my grandfather with his letters, and he forgets how to start the machine. I can reach his "
				"router. The machine stays asleep, and so does he."},
			{"Computer wakes by itself at night",
			 "At 3:10 there is light in the study. Nobody there. First I thought of burglars, then of ghosts, now "
				"of the router."},
			{"\"Wake\" button in app greyed out",
			 "Desktop with cable. Button grey. Laptop with Wi-Fi: button blue but no effect. Logic?"},
		},
		.wrong = {
			"Wake works only with the expensive models.",
			"Leave the computer running, it needs hardly anything at idle.",
		},
		.tried = {
			"Leaving it on costs about sixty a year, according to my meter, and it hums.",
			"I have one of the expensive models, so that is not it.",
		},
		.fix = {
			"Every Arc can do it. What is missing is memory: after five minutes the router forgets where a "
				"sleeping machine lives.",
			"The button is grey because the router has never seen that machine awake on this socket.",
		},
		.right = {
			"Give the machine a **fixed address** in the device list, and tick *Can be woken*. That keeps its "
				"place in the table for ever. Then use the button in the app over Way home; sending raw packets "
				"through an open port is not needed and not wise.\n\n> the button is grey\n\nStart the machine once "
				"by hand while the page is open, then it turns blue.",
			"Fixed address plus \"Can be woken\" does it. And for the ghost at ten past three: set the machine "
				"to wake on the *magic* packet only, as the other setting wakes it for every neighbourly hello.",
			"It has to be the cable, Wi-Fi sleeps too deeply on most laptops. With a reserved address the entry "
				"stays, and your packet finds its door after days as well.",
		},
		.note = {
			"Check the deep-sleep option in the machine's own setup, it cuts the network card off altogether.",
			"My ghost was a printer looking for friends.",
		},
		.thanks = {
			"Grandpa's letters are written, and he has not noticed a thing.",
			"Woke it from the train, 600 km, first attempt.",
			"No light in the study for a week. I miss the ghost a bit.",
		},
		.remark = {
			"Is Way home needed if I have a public address?",
			"Not strictly, but an open port that wakes machines is a toy for strangers.",
			"Excellent question, excellent answer, and sleep well, grandpa.",
		},
	},
	{
		.slug = "node-amber-corner", .space = "mesh", .tags = "mesh,node,placement", .era = "any",
		.plan = {"00-0", "320-", "112-"},
		.ask = {
			{"Node in the attic amber, all others white",
			 "Two floors between. It works, but each evening it is amber and slow. Would a fourth node help, or "
				"does that make it worse?"},
			{"Where do I put the second node?",
			 "Long flat, like a train: router in the first carriage, bedroom in the last. In the bedroom the node "
				"shows amber, in the middle it shows white but then the bedroom is dark."},
			{"Mesh slower than single router",
			 "Before: 200 in the study. After buying two nodes: 70 in the study. I paid for this."},
			{"Thick walls, old house, 1.2 m of stone",
			 "Our mill dates from the days when Wi-Fi was a carrier pigeon. The nodes see each other only if all "
				"doors are open. Any trick besides dynamite?"},
			{"Amber light with 3 m distance",
			 "In the same room nearly. There is one aquarium in between, and the fish look innocent."},
		},
		.wrong = {
			"Buy the stronger antennas, there is a set on the net.",
			"More nodes. One per room and you are safe.",
		},
		.tried = {
			"Bought a fourth, and now two of them are amber.",
			"The antennas do not fit, there is no thread for them.",
		},
		.fix = {
			"More nodes in a chain cost speed at each hop, so the fourth made the third one's work harder. Fewer "
				"and better placed wins.",
			"There are no sockets for antennas on a node, so keep the money.",
		},
		.right = {
			"A node belongs *halfway*, where the signal is still good, and not in the bad spot itself. The "
				"procedure that works:\n\n1. Put the node beside the router, wait for white.\n2. Carry it away, one "
				"room at a time, and give it two minutes in each.\n3. Stop at the **last white** and take one step "
				"back.\n\nWater, mirrors, underfloor foil and lift shafts eat more than brick does.",
			"Open the app, Mesh → *Walk*. It beeps while you carry the node, faster when it is good, and tells "
				"you the last decent place. Two nodes in a line should never be further apart than that.",
			"In a stone house go around the walls instead of through: a node in the stairwell sees all doors. "
				"And if there is any old aerial cable in the wall, an adapter turns it into a perfect backhaul.",
		},
		.note = {
			"Aquarium confirmed. Eighty litres of water are a brick wall with fins.",
			"For our tower I ran one flat cable under the carpet, and it beats every antenna.",
		},
		.thanks = {
			"Stairwell! Why did nobody tell the architect in 1790?",
			"White everywhere with one node fewer than before.",
			"The beeping walk was great fun, the dog joined in.",
		},
		.remark = {
			"How many hops are sensible?",
			"Two. At three I start to make excuses.",
			"The fish have been acquitted.",
		},
	},
	{
		.slug = "node-wont-pair", .space = "mesh", .tags = "mesh,node,pairing", .era = "any",
		.plan = {"000a", "111-", "422-"},
		.ask = {
			{"New node pulses blue for ever",
			 "It should take two minutes. It has been two hours, and I have learned to knit."},
			{"Adding a node fails at 70 %",
			 "Always seventy. Never sixty-nine. I have seen that number so often that I dream it."},
			{"Third node cannot be found, first two were easy",
			 "App says \"come closer\". I am holding it against the router. Closer is only possible inside."},
			{"Second-hand node refuses to join",
			 "Bought from a man at the flea market, who was very friendly. It has a light, it has power, and it "
				"does not want to know me."},
			{"Pairing after moving house",
			 "Router new, nodes old. They seem to be faithful to the former router and ignore the new one."},
		},
		.wrong = {
			"Turn off Bluetooth on your phone, it disturbs.",
			"Press the reset button for three seconds, then try again.",
		},
		.tried = {
			"Three seconds, five seconds, the lamp does not care.",
			"Without Bluetooth the app says straight away that it needs Bluetooth.",
		},
		.fix = {
			"Leave Bluetooth on, the first greeting goes over it. And three seconds only restarts the thing.",
			"It has to be held for more than that: the lamp must go red, not just out.",
		},
		.right = {
			"The node still belongs to somebody (or to your old router). Free it properly:\n\n- hold the small "
				"button **12 seconds**, until the lamp is *red*, then let go\n- wait until it breathes blue, about a "
				"minute and a half\n- switch off any *VPN* on the phone, because it hides the home network from the "
				"app\n- add it within ten minutes\n\nIf it was bought used and says \"owned\", the seller must "
				"release it in his account.",
			"Seventy percent is the moment the node gets its first update. It fails if the phone uses mobile "
				"data instead of your Wi-Fi, so put the phone into flight mode with Wi-Fi and Bluetooth on, and try "
				"again.",
			"Twelve seconds till red, that is the real reset. The printed booklet says ten and the lamp is "
				"slower than the booklet.",
		},
		.note = {
			"My phone's VPN was the culprit, I had forgotten that it starts by itself.",
			"\"Owned\" was the word on mine, the flea market man released it in five minutes and wished me luck.",
		},
		.thanks = {
			"Joined at the first attempt. The scarf is nearly done as well.",
			"Seventy, seventy-one, hundred! Champagne.",
			"Red lamp, blue lamp, white lamp. Faithful to me now.",
		},
		.remark = {
			"Is there a list of what the lamps mean?",
			"On the underside, in letters for ants. Also at https://example.com/lamps.",
			"!Booklet will say twelve in the next printing, thank you for noticing.",
		},
	},
	{
		.slug = "roaming-sticky", .space = "mesh", .tags = "mesh,roaming,phones", .era = "any",
		.plan = {"011a", "100-", "22--"},
		.ask = {
			{"Phone stays with the far node",
			 "I sit under one node, and my phone is in love with the one in the basement. One bar. It could have "
				"five."},
			{"Calls drop on the stairs",
			 "Wi-Fi calling works on each floor but not between them. Four seconds of silence in the middle of "
				"the fifth step."},
			{"Roaming worse with fast transition enabled?",
			 "802.11r on: two old phones cannot join at all. Off: all join, nobody roams. What do you set?"},
			{"Why does my tablet not take the nearest antenna?",
			 "Surely the machines could agree among themselves. I walk, and the picture stands still until I sit "
				"down and switch the thing off and on."},
			{"Handover test: 3 to 5 s gap between nodes",
			 "Ping every 100 ms while walking the corridor, same result in both directions. Should be under 0.2 I "
				"think."},
		},
		.wrong = {
			"Give each node its own network name, then you choose yourself.",
			"Set all nodes to full power.",
		},
		.tried = {
			"Own names means I do the roaming by hand, with my thumb. No.",
			"Full power makes the basement even more attractive to it.",
		},
		.fix = {
			"Louder nodes make phones stick for longer. Quieter is the way, hard as it is to believe.",
			"Separate names were the answer ten years ago. Today the node may suggest a move.",
		},
		.right = {
			"The phone decides, but the mesh may nudge. On the mesh page:\n\n1. *Power*: **medium** for nodes "
				"closer than ten metres\n2. *Nudge*: on\n3. *Fast transition*: **mixed**, so old phones join the "
				"ordinary way and new ones move in 80 ms\n\nWalk the stairs again with a call running.",
			"Medium power and Nudge. I have done nine houses like that. A node which shouts into the basement "
				"keeps customers it cannot serve.",
			"Mixed mode is the answer to \"on or off\". The old phones never see the new rules, the new phones "
				"never wait for the old ones.",
		},
		.note = {
			"A case with metal in it can do the rest, I found that out with a very elegant one.",
			"On the fifth step of ours there was a steel beam, for the record.",
		},
		.thanks = {
			"No gap on the stairs, I sang to my sister all the way up.",
			"The basement romance is over.",
			"Gap measured at 0.09 s in both directions, better than I asked for.",
		},
		.remark = {
			"Does Nudge throw people out of calls?",
			"It waits for a pause of two seconds, so no.",
			"Nine houses? You should send a bill to Aldervale.",
		},
	},
	{
		.slug = "backhaul-cable-loop", .space = "mesh", .tags = "mesh,ethernet,loop", .era = "any",
		.plan = {"002-", "310a", "22--"},
		.ask = {
			{"Connected a node by cable and everything stopped",
			 "Cable in, network dead, all lamps flicker like a disco. Cable out, peace."},
			{"Wired backhaul not used",
			 "The node has a cable to the router and yet the app shows the little radio waves. Speed says radio "
				"too."},
			{"Broadcast storm with two nodes and a switch",
			 "100 % port load, 80,000 frames per second, all of them the same. Does the mesh speak spanning tree?"},
			{"Our school lab went dark when I plugged in one node",
			 "Twenty-four pupils turned around and looked at me. I unplugged it quickly and talked about storms "
				"in nature."},
			{"Cable or air, can it use both?",
			 "I would like the cable as main and the radio as spare. At present it seems to use both at the same "
				"time, and neither well."},
		},
		.wrong = {
			"Cables need to be crossed for that, get a crossover one.",
			"The switch is too cheap, get a managed one.",
		},
		.tried = {
			"The crossover cable makes the same disco, with a different colour.",
			"Managed switch borrowed from work, loop found, but it cannot cure it.",
		},
		.fix = {
			"Crossed cables are from last century. You have built a ring: air one way, copper the other.",
			"A managed switch only shows you the loop. The nodes themselves should drop the radio when they see "
				"the copper, and for that they must be told to look.",
		},
		.right = {
			"You made a ring. Order is everything:\n\n1. Unplug the cable.\n2. **Mesh → Backhaul → Prefer "
				"cable**: on, and save.\n3. Wait until all nodes are white.\n4. Plug the cable in **at the router "
				"end first**, then at the node.\n\nThe radio link then goes to standby and comes back within five "
				"seconds if somebody trips over the copper.",
			"Switch \"Prefer cable\" on before you plug in. It is off in new sets because some houses have "
				"telephone wires that pretend to be network wires.",
			"Spanning tree is spoken as soon as Prefer cable is on. Before that, each node believes it is the "
				"only bridge in the world.",
		},
		.note = {
			"Powerline adapters count as copper too, with the same disco.",
			"If the little waves stay, the cable has a bad pair: all eight wires are needed.",
		},
		.thanks = {
			"No storm, and I had the pupils plug it in themselves.",
			"Waves gone, copper symbol there, 941 both ways.",
			"Unplugged it on purpose, it recovered in four seconds. Chapeau.",
		},
		.remark = {
			"Wish that were in the quick guide in large letters.",
			"!It will be, page two, with a drawing of a ring.",
			"Storms in nature, what a rescue.",
		},
	},
	{
		.slug = "mixed-firmware", .space = "mesh", .tags = "firmware-3.2,mesh,arc-6", .era = "new",
		.plan = {"221-", "002a", "410-"},
		.ask = {
			{"Can the Arc 6 keep 3.1.9 while the nodes run 3.2?",
			 "One of my nodes updated itself during the night, the router did not. Now they look at each other "
				"like strangers."},
			{"Update everything or nothing?",
			 "With all I read here since Friday I would rather stay. But the small ones have gone ahead without "
				"asking."},
			{"Node on 3.2, router on 3.1.9, slow but alive",
			 "90 instead of 400. No blinking though, so perhaps I should be grateful."},
			{"How to go back on one node",
			 "I would like to have the old version on the upstairs unit. There is no button for it that I can "
				"find, and I have looked with a lamp."},
			{"Is a mixed mesh dangerous?",
			 "I do not mean explosions. I mean losing the settings, which took my nephew an afternoon."},
		},
		.wrong = {
			"Pull the plug during the next update, then it keeps the old one.",
			"It makes no difference, versions are only numbers.",
		},
		.tried = {
			"Versions are numbers, yes, and mine went from 400 to 90.",
			"I am not pulling plugs during updates, I have read what happens to people.",
		},
		.fix = {
			"Never interrupt an update, that is how bricks are made. There is a proper way to hold a version.",
			"It does make one: 3.2 changed how nodes greet each other, and with an older router they fall back "
				"to the slow greeting.",
		},
		.right = {
			"Mixed works, slowly, and loses nothing. Choose one of two roads:\n\n* **Hold**: in the app, *System "
				"→ Updates → Stay on 3.1.9*. Within an hour the nodes return to it as well. Offered until "
				"Wednesday.\n* **Go**: update the router too, and set the backhaul channel to 36–48 at "
				"once.\n\nYour settings survive both.",
			"The router is the boss: whatever it holds, the nodes follow at the next full hour. So press \"Stay "
				"on 3.1.9\" at the router and leave the units upstairs alone.",
			"I run two mixed meshes for tests and no settings were lost in either. The only cost is speed, and "
				"it comes back when the versions agree.",
		},
		.note = {
			"My node went back at exactly seven, as described, and the coffee was still hot.",
			"After going forward with all four I get 640, but do not skip the channel step.",
		},
		.thanks = {
			"Held, everything white, nephew need not come.",
			"Went forward with the channel fixed, 410 again.",
			"Both roads explained in six lines, thank you.",
		},
		.remark = {
			"What happens on Thursday to those who hold?",
			"!Nothing by force. You will be asked, and \"not now\" stays an answer until the end of the month.",
			"Printed for the notice board of our club.",
		},
	},
};
