// SPDX-License-Identifier: AGPL-3.0-or-later
// Problem patterns of the invented product line; demo_text.h says how they are read.
#include "demo/demo_text_all.h"

// clang-format off
const DemoPattern DEMO_PATTERNS_6[DEMO_PATTERNS_6_N] = {
	{
		.slug = "app-dark-data", .space = "app", .tags = "privacy,data,export", .era = "any",
		.plan = {"00-a0", "212--", "421--"},
		.ask = {
			{"What does Moss send about my flat?",
			 "A map of my bedroom is not nobody's business."},
			{"Export of my data?",
			 "I would like it all, as a file, in a form that a spreadsheet understands."},
			{"Delete account, keep router working",
			 "Possible, or is the box a brick without a cloud?"},
			{"Where are the videos of the door kept",
			 "Country, time, who may look. Thanks."},
			{"Turn off usage statistics on Arc",
			 "Found three switches, all named differently, none called \"off\"."},
		},
		.wrong = {
			"Block all its traffic in the firewall.",
			"They have it all anyway, why bother.",
		},
		.tried = {
			"Blocked: no updates, no time, and the schedule is off by a week.",
		},
		.fix = {
			"\"They have it anyway\" is not an answer to a fair question. There is a page that says what leaves "
				"the house, and a switch for each line.",
			"Blocking cuts off the security updates as well.",
		},
		.right = {
			"The list is under **Account → What leaves the house**, with a switch per line and the last thing "
				"that was sent, readable. Maps stay in the robot unless you tick *backup*. Export makes a folder "
				"with CSV and images, ready after some hours. The Arc works without an account: *System → Local "
				"only*; you lose Way home and the app from outside, not the internet.",
			"Local only. I run it so for a dentist's practice; updates come by a signed file that you fetch "
				"yourself.",
			"Three switches are three things: crash reports, counts, and the voice of Moss. All are off after "
				"\"Local only\".",
		},
		.note = {
			"I checked with a packet sniffer, with everything off there is the clock and the update check.",
			"Export of four years was 380 MB, mostly rain.",
		},
		.thanks = {
			"Got the folder, opened in a spreadsheet, it rains less than I believed.",
			"Switches found, I know what each does, that is all I wanted.",
			"Local only since Sunday and nobody in the house has noticed.",
		},
		.remark = {
			"Is the sniffing result somewhere to be read?",
			"I put it at https://example.com/what-leaves, corrections welcome.",
		},
	},
	{
		.slug = "app-widgets-slow", .space = "app", .tags = "app,performance", .era = "any",
		.plan = {"000--", "222--", "411a1"},
		.ask = {
			{"App takes 20 seconds to open",
			 "On a new phone. I could walk to the lamp."},
			{"Tiles show yesterday",
			 "It says Moss is cleaning. Moss is asleep, I can see it, it is adorable."},
			{"App works at home, not on mobile data",
			 "In the garden by Wi-Fi perfect, in the train nothing."},
			{"White screen after the start",
			 "since the last app update, tablet of 2018"},
			{"\"Something went wrong\" and nothing more",
			 "What went wrong? Where? In general?"},
		},
		.wrong = {
			"Delete everything and start from zero.",
			"Get a faster phone.",
		},
		.tried = {
			"The phone is eleven days old.",
		},
		.fix = {
			"With a new phone it is certainly not the speed. It waits for a device that does not answer, and it "
				"waits for all of them.",
			"Starting at zero means drawing three maps again.",
		},
		.right = {
			"A *dead device* is holding the queue. **Household → Devices → sort by \"last heard\"**, and "
				"remove those that have been silent for months. An old plug in a drawer cost me fourteen seconds at "
				"each start. For outside: phone settings → app → *mobile data in the background* allowed. Old "
				"tablets take the light version from the same menu.",
			"Remove the ghosts from the list; each costs up to seven seconds.",
			"On trains, allow background data for it, and the tiles tell the truth again.",
		},
		.note = {
			"White screen here as well, went away after the system's own web component had been updated.",
			"\"Something went wrong\" hides a number, tap five times on it.",
		},
		.thanks = {
			"Three ghosts out, opens at once.",
			"Five taps gave code 61, and 61 was the clock. Unbelievable.",
			"Works in the train, somewhere after the tunnel.",
		},
		.remark = {
			"Who would tap five times?",
			"Somebody really angry, I suppose that is the idea.",
		},
	},
	{
		.slug = "app-voice-assistant", .space = "app", .tags = "voice,assistant,link", .era = "any",
		.plan = {"200a", "01--", "421--"},
		.ask = {
			{"Voice assistant starts the wrong robot",
			 "I say \"clean the kitchen\", and the mower leaves the shed."},
			{"Link to assistant lost each month",
			 "Exactly after thirty days, with no word of warning."},
			{"It does not know the word \"Moss\"",
			 "It plays music. By someone whose name resembles it."},
			{"Routine: leaving home → start cleaning",
			 "It leaves home when I am in the shower."},
			{"Turn guest Wi-Fi on by voice?",
			 "For my hands full of cake."},
		},
		.wrong = {
			"Speak more slowly.",
			"Change the assistant's language to English.",
		},
		.tried = {
			"Now it plays the same music in English.",
		},
		.fix = {
			"It is not your diction. Names that are ordinary words get lost, so give it a name that is none.",
			"The language of the house can stay.",
		},
		.right = {
			"Give devices **names that mean nothing else**: our Moss is \"Bertil\". Then *Account → Linked → "
				"Renew*, choose \"until I end it\" in place of thirty days. For routines use two conditions, *phone "
				"away* and *door closed*, or the shower empties the house. Guest network by voice exists since "
				"spring under \"Scenes\".",
			"Rename, relink, and search for devices once more, in this order. The mower left the shed because "
				"\"kitchen garden\" was the nearest zone.",
			"Make a scene \"Cake\": guest network on for four hours. Scenes can be called with any word.",
		},
		.note = {
			"With us it is named Gustav, and visitors ask who he is.",
			"Thirty days is the safe choice for rented flats.",
		},
		.thanks = {
			"Bertil the Second obeys.",
			"Cake scene works with the mouth full.",
			"The shower has been acquitted as well.",
		},
		.remark = {
			"Does it confirm aloud?",
			"It may, in the scene you tick whisper.",
		},
	},
	{
		.slug = "app-billing-care", .space = "orders", .tags = "care-plan,billing", .era = "any",
		.plan = {"020-0", "201a-", "312--"},
		.ask = {
			{"Charged twice for Care",
			 "Same day, same sum, two lines. I feel very cared for."},
			{"Cancel Care: the button is grey",
			 "It says \"from the 14th\". Today is the 13th. I can wait, but why?"},
			{"Does Care cover drops?",
			 "It fell. I will not say from where."},
			{"Care for a used Moss",
			 "Bought second-hand, two years old, plan still running in the old name."},
			{"Price went up by a third",
			 "There was a mail, they say. There was none, I say."},
		},
		.wrong = {
			"Have the bank pull it back.",
			"You can never get out of those things.",
		},
		.tried = {
			"The bank pulled it back and the plan is now \"in arrears\".",
		},
		.fix = {
			"Please do not pull back the first one also, or the plan ends. Two lines on the same day is a "
				"reservation and a booking.",
			"One gets out at any month's end, I did.",
		},
		.right = {
			"The first line is a *reservation* that falls away within five days; only one is booked. If after "
				"that both stand, write here **without numbers of cards** and staff will open a private case. "
				"Cancelling is possible up to the end of each month, the grey day is the night of booking. Drops are "
				"covered in \"Care plus\", up to two a year, from any height.",
			"Plan moves with the device: the seller presses \"give away\", the rest of the term goes along.",
			"It is once only, wait five days. On price: those who had signed before keep the old one until the "
				"year is over.",
		},
		.note = {
			"I asked in the shop and got the difference back within a week, friendly people.",
			"The mail was in \"offers\" at my provider.",
		},
		.thanks = {
			"The second line is gone on the fourth day.",
			"It fell from the balcony, since you ask. Covered.",
			"Plan in my name, thanks to a friendly seller.",
		},
		.remark = {
			"From any height?",
			"From the balcony is our record so far, third floor, into a bush.",
		},
	},
	{
		.slug = "order-missing-part", .space = "orders", .tags = "delivery,parts", .era = "any",
		.plan = {"402--", "010a-", "121--"},
		.ask = {
			{"Box without the power supply",
			 "All there, manual in fourteen languages, no supply."},
			{"Parcel \"delivered\", not here",
			 "To a neighbour who does not exist. Number 31, our street ends at 27."},
			{"Wrong colour of dock",
			 "Ordered stone, came moss. For Moss. I see the humour."},
			{"Spare part out of stock since spring",
			 "A seal. For three coins. For a machine of six hundred."},
			{"Ordered twice by the back button",
			 "I went back one page in the browser, and now two are on their way."},
		},
		.wrong = {
			"Refuse it at the door, then it goes back by itself.",
			"Buy the part somewhere else.",
		},
		.tried = {
			"Refused; they sent it again.",
		},
		.fix = {
			"Refusing creates a return without a number, which no one can find. Ask for the label first.",
			"Nobody else has that seal.",
		},
		.right = {
			"Look first **under the second floor of the carton**: the supply lies in the grey flap on the left "
				"side, a third of all \"missing\" ones are there. If not: *Orders → Something is missing*, a "
				"photograph of the label, and it leaves the same day. Two orders by mistake can be joined or stopped "
				"until the evening, with the button on the mail.",
			"Grey flap, left side, under the cardboard that looks like the bottom. I have been there.",
			"For parcels that went to nobody press \"not with me\" after one day; search takes three working "
				"days and a new one is sent on the fourth.",
		},
		.note = {
			"My seal came from the workshop of a partner here, ask blue_anvil.",
			"In the forum of spare parts people swap colours as well, by the way.",
		},
		.thanks = {
			"It was in the flap. I shall say no more.",
			"New parcel arrived, number 31 stays a mystery.",
			"One order stopped, one is coming, thank you for the button.",
		},
		.remark = {
			"Why hide a supply?",
			"!So that it does not scratch the lid. We will print an arrow.",
		},
	},
	{
		.slug = "repair-turnaround", .space = "orders", .tags = "repair,warranty", .era = "any",
		.plan = {"000-0", "111--", "32-a1"},
		.ask = {
			{"Repair takes three weeks, status \"received\"",
			 "The floor has noticed."},
			{"Warranty refused: \"water\"",
			 "It has never seen water. It is a router."},
			{"Loan robot during repair?",
			 "With two dogs who shed like it is their profession."},
			{"Sent in without data, came back without map",
			 "I know, I know. Is there a copy?"},
			{"Self-repair without losing the warranty",
			 "I have the tools and, more than that, the wish."},
		},
		.wrong = {
			"Send it again with a rude letter.",
			"Warranty is void once you open it.",
		},
		.tried = {
			"The letter went out before I read this. I am sorry, whoever reads it.",
		},
		.fix = {
			"Rude letters are read by the ones who cannot change a thing. Ask for the photograph of the damage, "
				"you have a right to it.",
			"Opening does not end a warranty, breaking does.",
		},
		.right = {
			"\"Received\" means: *waiting for a part*. Reply to the mail with the single word **PART**, and you "
				"are told which one and when. If water is claimed, ask for the picture; condensation from a cold van "
				"turns the strip pink as well, and a pink strip without traces of chalk is accepted as a case. Loan "
				"devices exist for Care members. Repairs marked with one screw in the manual are yours to do.",
			"Ask for the picture. In two of three cases that I accompanied the refusal was turned.",
			"Maps are on the robot; if the board was changed they are gone, unless backup was ticked. Sorry for "
				"the bad news.",
		},
		.note = {
			"At blue_anvil's it took four days, with a note about what he had found.",
			"Loan Moss had a name already: Kevin. We missed him after.",
		},
		.thanks = {
			"PART. Drive wheel, Thursday. One word did more than my three mails.",
			"Picture came, no chalk, warranty yes. Justice.",
			"Did it on my own, one screw, warranty still in force.",
		},
		.remark = {
			"Who named him Kevin?",
			"It was on the sticker, signed by a child.",
		},
	},
	{
		.slug = "dns-filter-blocks", .space = "routers", .tags = "dns,filter,family", .era = "any",
		.plan = {"112--", "321a-", "000-0"},
		.ask = {
			{"Family filter blocks the school",
			 "The site for homework counts as \"games\". My daughter sees no problem in it."},
			{"Recipe page shows \"blocked for your protection\"",
			 "From soup?"},
			{"Filter off, page still blocked",
			 "Off in the app, off at the router. The page comes not."},
			{"Online banking blocked since Monday",
			 "With a red hand. It looks serious and my heart was in my mouth."},
			{"Whitelist ignored by one tablet",
			 "All the others obey."},
		},
		.wrong = {
			"Use another name server on each device.",
			"Restart everything, order does not matter.",
		},
		.tried = {
			"All restarted, soup still dangerous.",
		},
		.fix = {
			"If each device asks elsewhere, the filter is nothing but decoration, which the children will find "
				"out first.",
			"There is an order: blocked answers are remembered for an hour by device and router.",
		},
		.right = {
			"Enter the **name without www** under *Family → Always allow*, then press *Forget answers* at the "
				"router and turn the device's Wi-Fi off and on. A page loads parts from others; the log shows which "
				"part was refused:\n\n```\nfilter: refused cdn.school.example (games)\n```\nAllow that one too. If "
				"only one tablet ignores it, it uses private DNS.",
			"Always allow plus Forget answers. Without the second you wait for an hour and think that it does "
				"not work.",
			"Red hand and bank: look at the spelling of the address letter by letter before you allow it. "
				"Sometimes the hand is right.",
		},
		.note = {
			"Same school, same daughter apparently.",
			"One may report wrong judgement from the log, it was corrected in two days.",
		},
		.thanks = {
			"Homework is back, to nobody's joy.",
			"The spelling!! It was not my bank. I am shaking a bit. Thank you.",
			"Soup has been declared safe.",
		},
		.remark = {
			"Please tell the bank of that letter, they collect those.",
			"!Reported, and the address is on the filter for everybody now.",
		},
	},
	{
		.slug = "console-ethernet-slow", .space = "routers", .tags = "ethernet,cable,speed", .era = "any",
		.plan = {"100--", "421--", "31-a-"},
		.ask = {
			{"94 Mbit/s by cable, should be 500",
			 "By Wi-Fi I get more than by wire. The world is upside down."},
			{"Link light orange instead of green",
			 "What does orange want to tell me?"},
			{"Port 3 loses link each hour",
			 "Ports 1, 2, 4 fine. I have put a coin on it for luck."},
			{"Flat cable under the door, slow",
			 "It gets stepped upon. By me, forty times a day."},
			{"2.5 gigabit port negotiates 1",
			 "Both ends can do it, the cable is labelled 8, gold, wonderful."},
		},
		.wrong = {
			"Buy a golden cable.",
			"Set it to 1000 by force on both ends.",
		},
		.tried = {
			"By force: no link, no light, not orange either.",
		},
		.fix = {
			"Gold and 8 are printing ink. 94 is what is left when only four of eight wires have contact.",
			"Forcing turns off the very talk by which both ends find out.",
		},
		.right = {
			"94 = *two pairs*. Swap the **cable** first, with any short one that came in a box. Then the socket "
				"in the wall; old houses split one cable for two sockets, four wires each. The status page helps: "
				"*Ports → Test* names the pair and the metre:\n\n```\nport 3: pair C open at 11 m\n```\nEleven "
				"metres is the door.",
			"Port test, it costs no coin. Metre by metre you know whose foot it was.",
			"2.5 needs a pause with energy saving: turn \"green\" off on that port, some consoles get it wrong.",
		},
		.note = {
			"In my wall one socket was wired for a telephone since 1988.",
			"The little nose of the plug was broken, that made it lose link when the fridge started.",
		},
		.thanks = {
			"Pair B at 3 m, below the carpet, a drawing pin!",
			"2.35 at last, green mode was it.",
			"Split socket found, one room loses, one wins.",
		},
		.remark = {
			"Can one mend flat cable?",
			"No, bury it with honours.",
		},
	},
	{
		.slug = "mesh-outdoor", .space = "mesh", .tags = "mesh,outdoor,garden", .era = "any",
		.plan = {"001--", "412a-", "32---"},
		.ask = {
			{"Outdoor node dies in the heat",
			 "At three in the afternoon. It was 36."},
			{"Can an indoor node live under the eaves?",
			 "Dry there, mostly. Swallows above."},
			{"Wi-Fi in the allotment, 180 m off",
			 "Between: two hedges, a path, a man with opinions."},
			{"Node loses link when trees get leaves",
			 "In winter a dream, since April a sieve."},
			{"Lightning and the cable to the garden",
			 "Shall I pull the plug at each storm?"},
		},
		.wrong = {
			"Wrap it in kitchen foil against the sun.",
			"Take a longer antenna, 12 dB.",
		},
		.tried = {
			"Wrapped: cool, and mute.",
		},
		.fix = {
			"Foil keeps out the sun, and the radio with it.",
			"More gain on one end helps in one direction, and breaks the rules in the other.",
		},
		.right = {
			"Under the eaves on the **north side**, cable outlet downwards with a loop for drops. For 180 m take "
				"two outdoor nodes *facing each other* and set *Mesh → Long path*; leaves cost about a third, so "
				"aim above the hedge and not through. A copper cable to the garden needs a surge guard at the house "
				"end; glass fibre needs none, is cheap now, and lightning finds it boring.",
			"Glass for the ground, shade for the node. I stopped unplugging in storms since.",
			"Raise it by one metre in April. A leaf is mostly water, and water eats 5 GHz.",
		},
		.note = {
			"Swallows are protected, so the bracket had to wait until September.",
			"The man with opinions lent me his ladder in the end.",
		},
		.thanks = {
			"Long path, 140 Mbit/s among the beans.",
			"Moved north: 36 outside, 52 inside, alive.",
			"Fibre is in, twelve metres, one Saturday.",
		},
		.remark = {
			"Does one need special tools for the fibre?",
			"It comes with ends on, only be gentle in curves.",
		},
	},
	{
		.slug = "vpn-wayhome-drops", .space = "routers", .tags = "vpn,way-home,remote", .era = "any",
		.plan = {"000a-", "31---", "222-1"},
		.ask = {
			{"Way home connects, then nothing loads",
			 "Green lock, empty pages."},
			{"VPN drops on the train every tunnel",
			 "And does not return by itself, unlike the train."},
			{"Same address range at hotel and home",
			 "Both use 192.168.1. I see the hotel's printer."},
			{"Way home too slow for films",
			 "4 Mbit/s, though home has fifty up."},
			{"Company laptop blocks it",
			 "May I carry it through another port, or is this rude?"},
		},
		.wrong = {
			"Use a free VPN from the app store.",
			"Turn off encryption to make it faster.",
		},
		.tried = {
			"Tried a free one, now I get adverts for boats.",
		},
		.fix = {
			"A free one brings you to its own house, never to yours.",
			"Without encryption it would be a road, not a tunnel.",
		},
		.right = {
			"Empty pages with a green lock is packet size. Set *Way home → Packet size* to **1280**. Same "
				"range at both ends: change yours at home to something rare like `10.83.7.0/24` (the reserved "
				"addresses go along). *Keep alive* 25 s brings it back after tunnels. On a company laptop ask first, "
				"they do see it.",
			"1280, that is what hotels let through. From 4 to 46 here by this number alone.",
			"Pick a strange home range once in a life; hotels all live in 192.168.0 and 1.",
		},
		.note = {
			"Mobile providers with IPv6 only need the second code, marked 6.",
			"My hotel let it through after I had accepted their page about breakfast.",
		},
		.thanks = {
			"Pages! 1280!",
			"It survives eleven tunnels between here and my mother.",
			"New range at home took two minutes, the printer of the hotel misses me.",
		},
		.remark = {
			"Does a smaller size cost anything?",
			"Four percent, if one can measure it.",
		},
	},
	{
		.slug = "robot-32-stop", .space = "robots", .tags = "moss-2,firmware-3.2,wifi", .era = "new",
		.plan = {"30--0", "411a-", "222-1"},
		.ask = {
			{"Moss halts in the middle of rooms since the router update",
			 "Since Friday, three times a day. It stands there as though it had forgotten why it came in. I know "
				"the feeling."},
			{"\"Connection lost, please carry me\"",
			 "Nine times yesterday. It never said please before 3.2, at least there is progress."},
			{"is it moss or is it the router",
			 "both updated. both say the other one did it"},
			{"Mopping stops, puddle stays",
			 "It halts while the pump is running. On wood!"},
			{"New firmware on Arc, robot now useless",
			 "I was told by phone to buy a stronger router. It is a router of yours."},
		},
		.wrong = {
			"Factory reset of the robot.",
			"The phone is right, the signal is too weak for new robots.",
		},
		.tried = {
			"Reset done. Map gone, puddle the same.",
		},
		.fix = {
			"Weak signal would be there on each day, this began with the update. Compare the minute of the halt "
				"with the node's log.",
			"A reset costs the map and gains nothing in this case.",
		},
		.right = {
			"Two faults shake hands: the nodes leave for a minute (radar, see the big topic), and Moss is set to "
				"**Stop and ask**. Cure both:\n\n- router: backhaul channel 36–48\n- robot: *If the network goes* "
				"→ **Finish first**\n\nThe second alone is enough for dry floors.",
			"Finish first on the robot, low channel on the router. In that order, as the first takes ten seconds.",
			"It is the router that blinks, and the robot that panics. Calm the robot in its settings, then fix "
				"the channel at leisure.",
		},
		.note = {
			"Water pump stops too with Finish first off, I reported the puddle as dangerous.",
			"My first-generation one does not care at all, it never listened to anyone.",
		},
		.thanks = {
			"It went through a whole blink, humming, without a look back.",
			"Channel and Finish first, 14 hours in peace.",
			"both did it, then. peace",
		},
		.remark = {
			"!Whoever said \"stronger router\" on the phone: we are very sorry, the notes have been changed.",
			"!Puddle case has gone to the safety people, thank you for writing it so clearly.",
		},
	},
};
