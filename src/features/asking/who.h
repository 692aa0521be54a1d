// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may know: for a question, the members whose earlier answers say most that they will give the solution, with what says so.
//
//   WhoTopicRow topic;
//   TRY(who_topic(cx, db, &(WhoTopicArgs){.id = id}, &topic, &found));
//   TRY(asking_who(cx, db, &(WhoArgs){.topic = &topic, .limit = WHO_SHOWN_MAX}, &people));
//
// Each earlier answer speaks for its author: by how alike the question is to it and to what it answered (the words they
// share, the rarer the more, as a share of all; to the power of 2.5, so that many slightly alike ones do not outweigh a good
// one), and by half as much after as long as it took to ask the last WHO_QUESTIONS questions (14 days at least, 60 at most: what
// is long ago depends on how much is asked). A little goes to every answer of late, whatever it was about. Whoever has not
// answered for long then loses; who helped the asker before, or had solutions in the question's tags, gains. The parts are
// logarithms that are added up (a conditional logit with fixed weights), as whole thousandths: the order is that of
// integers. Three statements, whatever the size of the community, beside who_topic.
//
// `as_asked` leaves out whatever was not known when the question was asked, acceptances of that day too, since imports date
// them by day: so bench/quality_ask.c measures this very function. Refuses to name who has answered the question already, is
// gone, left the boards, rests from the superuser programme or cannot see the topic. Any thread; results live in cx->arena.
#pragma once
#include "asking/asking.h"

#define WHO_SHOWN_MAX 5
#define WHO_LIMIT_MAX 24
#define WHO_QUESTIONS 80
#define WHO_RECENT_DAYS 91
#define WHO_DELAYS_MIN 5 // answers, below which it is not said how soon somebody answers

typedef struct WhoArgs {
	const WhoTopicRow *topic;
	bool as_asked; // else: as known now
	size_t limit;  // WHO_LIMIT_MAX at most
} WhoArgs;

typedef enum WhoPart { WHO_ANSWERS, WHO_AWAY, WHO_HELPED, WHO_SOLVED, WHO_PARTS_N } WhoPart;

typedef struct WhoPerson {
	WhoPeopleRow row;
	int64_t score;                 // 1000 times the logarithm of how likely, but for a constant: the sum of
	int64_t part[WHO_PARTS_N];     // these
	int64_t like_n, like_solved_n; // answers to questions like it; of these the solution
	Str area;                      // the topic's tag in which most solutions of late were theirs; absent: none
	int64_t area_solved_n;         // and how many, in WHO_RECENT_DAYS; of their newest answers, as all below
	int64_t helped_n;              // answers of late to the asker
	int64_t delay_ms;              // within which half of their answers of late came; 0: not known
	Time answered_at;              // last
} WhoPerson;
typedef struct WhoPeople {
	WhoPerson *v;
	size_t n;
} WhoPeople;
MUST_CHECK Status asking_who(Ctx *cx, Db *db, const WhoArgs *args, WhoPeople *ret_people);
