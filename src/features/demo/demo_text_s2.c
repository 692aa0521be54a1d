// SPDX-License-Identifier: AGPL-3.0-or-later
// Threads written out by hand: announcements, ideas, talk, arguments, other languages; demo_text.h says how they are read.
#include "demo/demo_text_all.h"

// clang-format off
const DemoScript DEMO_SCRIPTS_2[DEMO_SCRIPTS_2_N] = {
	{
		.space = "world", .style = "question", .who = "dar_al_bahr", .language = "ar",
		.tags = "app,language", .hours_ago = 20,
		.title = "كيف أجعل التطبيق من اليمين إلى اليسار؟",
		.body = "التطبيق عندي بالعربية، لكن الأزرار بقيت في الجهة الأخرى. "
			"هل يوجد خيار لذلك في الإعدادات؟",
		.lines = {
			{'p', "root_cellar",
			 "هذا خطأ من عندنا، وسيصلح في النسخة القادمة من التطبيق "
				"إن شاء الله."},
		},
	},
	{
		.space = "world", .style = "question", .who = "yane_no_ue", .language = "ja",
		.tags = "arc-6,屋外", .hours_ago = 0,
		.title = "屋根の上のノードが夏だけ切れます",
		.body = "冬は問題ありませんが、気温が三十五度を超えると午後三時ごろに切れます。日よけを付けたほうがいいでしょうか。同じ経験のある方、教えてください。",
		.lines = {
			{'a', "long_ladder",
			 "北側の軒下に移して、ケーブルの出口を下に向けてください。うちでは外が三十六度でも動いています。"},
			{'p', "yane_no_ue",
			 "移してから一週間、一度も切れていません。ありがとうございました。屋根の上も少し涼しく感じます。"},
		},
	},
	{
		.space = "robots", .style = "question", .who = "pan_of_bread", .language = "en",
		.tags = "moss-2,rugs", .hours_ago = 0,
		.title = "My one post of the year: the error 9 that is not in the manual",
		.body = "Nine blinks, no words, then it backs into a corner. It took me since spring to understand, so let me "
			"save you that.",
		.lines = {
			{'a', "pan_of_bread",
			 "Nine means that the *lid* is not quite down. A crumb in the hinge is enough. Blow, close, press "
				"once on the left. I found it because a slice of toast fell in, the rest is history."},
			{'p', "odd_socks",
			 "Thirty-seven of us have looked for this. You come once a year and it is always the right day."},
			{'p', "birch_and_bolt",
			 "It will be in the manual by Monday, with the toast as a drawing if I get my way."},
		},
	},
	{
		.space = "mesh", .style = "question", .who = "first_snow", .language = "en",
		.tags = "mesh,beginner", .hours_ago = 2,
		.title = "New house, boxes everywhere, where do I begin?",
		.body = "Three white towers, one router and a map drawn by my son. The fibre ends in the cupboard below the "
			"stairs. Which one goes where first?",
		.lines = {
			{'p', "wren_and_wire",
			 "Welcome! Router where the fibre ends, towers still in their box. Live with it for two evenings, and "
				"note down the places where you grumble. A tower goes halfway towards the loudest grumble."},
			{'c', "first_snow",
			 "That is the first advice this week that allows me to leave a box closed."},
		},
	},
	{
		.space = "garden", .style = "question", .who = "crooked_spoon", .language = "en",
		.tags = "dew,beginner", .hours_ago = 4,
		.title = "Does Dew need to be watered too?",
		.body = "Sorry. It was a serious question when I had it in the garden.",
		.lines = {
			{'p', "plum_jam_jar",
			 "Only morally. Push it in, press the earth on, and let the plants around it drink."},
		},
	},
	{
		.space = "app", .style = "question", .who = "ember_days", .language = "en",
		.tags = "app,beginner", .hours_ago = 1,
		.title = "Where did my second router go in the app?",
		.body = "Yesterday it showed two, this morning there is one, and it looks lonely. The other one is working, I am "
			"writing through it.",
	},
	{
		.space = "routers", .style = "question", .who = "slow_train", .language = "en",
		.tags = "arc-4,beginner", .hours_ago = 3,
		.title = "One question only: is it normal that the Arc 4 is warm?",
		.body = "Like a cup of tea that one has forgotten for half an hour. It stands on a wooden shelf with books.",
		.lines = {
			{'p', "seven_sisters_road",
			 "Forgotten tea is perfect, fresh tea would be too much. Give it the width of a hand on both sides "
				"and tell the books to move."},
		},
	},
	{
		.space = "orders", .style = "discussion", .who = "loose_floorboard", .language = "en",
		.tags = "repair,rights", .hours_ago = 0,
		.title = "Should a repair ever cost more than half of a new one?",
		.body = "211 for a drive unit, 379 for a new Moss. The caretaker in me says repair. The treasurer says nothing "
			"and looks at me.",
		.lines = {
			{'p', "parsnip_club",
			 "As a treasurer: half is the line at which I begin to sulk."},
			{'p', "blue_anvil",
			 "Of those 211, 140 are the part. Since last week there is the motor without its housing for 52, and "
				"I would gladly fit it for thirty."},
			{'p', "volt_and_dolt",
			 "They price it so that you buy new, everyone knows that."},
			{'p', "birch_and_bolt",
			 "I was in the room when the price was made, and it was laziness rather than a plan: nobody had asked "
				"for the motor alone. Now it is on the list."},
			{'p', "mossback",
			 "Bring it to my kitchen table. It has forgiven worse."},
			{'p', "loose_floorboard",
			 "Motor ordered, blue_anvil fits it on Wednesday, the treasurer has smiled. Eighty-two in all."},
		},
	},
};
