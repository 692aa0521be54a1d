// SPDX-License-Identifier: AGPL-3.0-or-later
// Two threads in which owners say what they like and dislike about a product, and two newcomers who came to advertise: what
// insight is there to show. Written after the plan's events; members, spaces and tags are those of the plan.
#include "demo/demo_voices.h"

#define DAY TIME_DAY_MS

typedef struct Thread {
	const char *space, *title, *tags, *body;
	const char *const *answers;
	size_t answers_n;
	Time ago; // when the opening was written; an answer each few hours later
} Thread;

static const char *const MOSS[] = {
	("I love how quiet it is at night, we sleep through it. The dustbin is a terrible design though, it spills "
	 "whenever I pull it out."),
	"Edges are cleaned beautifully here. But the dustbin is awful: too small, and the lid broke in May.",
	("Quiet at night, wonderful, even the dog stays calm. What I hate is the brush, it is a horrible mess of hair "
	 "every week."),
	"The map is excellent and I am very happy with it. Sadly the dustbin lid is flimsy and annoying.",
	("Mine is so quiet at night that I forgot about it, great work! The brush is my biggest disappointment: hair, "
	 "hair, hair, disgusting."),
	"Great map, great edges, I recommend it to everybody. The dustbin is useless for a family of five.",
	"The brush is the worst part, the hair winds around it and it stops with an error. I hate cleaning it.",
	"Very pleased with the edges, they look perfect. I am disappointed by the dustbin, it leaks dust on the carpet.",
	"A brilliant map, best I have seen, and it is happily quiet at night. No complaints from me at all.",
	"It failed twice because the brush was blocked by hair. Frustrating, and support was slow.",
	("I adore the map, the rooms were found perfectly on the first day. The dustbin is ugly and breaks easily, bad "
	 "plastic."),
	"Love it: quiet at night and thorough at the edges. Thank you for that!",
	"Terrible brush, sorry. Long hair kills it, and I am tired of the scissors.",
	"My parents are delighted with the map, they call it the treasure map. A really nice machine.",
};

static const char *const FERN[] = {
	("I love the slope mode, it climbs our bank beautifully. The blades are a disappointment, they went blunt in three "
	 "weeks, awful."),
	"Blades wear out far too fast, that is annoying and expensive. Horrible on our sandy soil.",
	"The slope mode is fantastic, best mower I ever had on this hill.",
	"The charging dock rusts, which is a shame. I hate the look of it, terrible quality for the price.",
	"Great slope mode, and the lawn looks wonderful since April. I am happy.",
	"Bad blades, I am sorry to say. Two sets broken since June, really frustrating.",
	"Our charging dock failed after the storm, a terrible week without mowing. Disappointing.",
	"Slope mode works perfectly here, thank you, I am very pleased with it.",
	"I hate changing the blades every month, it is a stupid waste.",
	"The charging dock is awful: rust, and the contacts are always dirty. Worst part of a good machine.",
	"Happy with it, excellent on the slope, mode two is a joy to watch.",
};

static const Thread THREADS[] = {
	{"robots", "Moss 2 after six months: what do you like, what not?", "moss-2",
	 "I have to decide about a second one. Tell me what you love and what you hate about yours, please.", MOSS,
	 COUNTOF(MOSS), 20 * DAY},
	{"mowers", "Fern, one season later: your verdict?", "fern",
	 "The season is nearly over. What was great, and what would you not want again?", FERN, COUNTOF(FERN), 12 * DAY},
};

static const char *const NEWCOMERS[] = {"prize-desk-80086", "loans_for_you"};
static const char *const ADVERTS[] = {
	("WINNER!! You have been selected to receive a FREE $1000 cash prize! Call now or text CLAIM to 80086. Free entry, "
	 "txt STOP to end."),
	("URGENT! Your mobile number was awarded a 2000 bonus prize. To claim call 09061701461, valid 12 hours only, claim "
	 "code KL341."),
	("Get a FREE loan today, no credit check! Click http://cheap-loans.example and win a guaranteed cash bonus, call "
	 "now!!!"),
	("FREE entry in our weekly competition to win tickets! Text WIN to 87121 to receive your entry, 18 and over only, "
	 "apply now."),
};

static Id space_named(const DemoVoices *v, const char *slug)
{
	for (size_t i = 0; i < v->plan->spaces_n; i++)
		if (str_eq(v->plan->spaces[i].slug, str_from(slug))) return v->spaces[i];
	return v->spaces[0];
}

// Customers of the plan, one after the other.
static size_t next_customer(const DemoVoices *v, size_t at)
{
	for (size_t i = 0; i < v->plan->members_n; i++) {
		const DemoMember *m = &v->plan->members[(at + i) % v->plan->members_n];
		if (str_eq(m->affiliation, S("customer")) && str_eq(m->role, S("member"))) return (at + i) % v->plan->members_n;
	}
	return 0;
}

static Status answer(Ctx *cx, Tx *tx, Id topic, Id author, const char *text, Time at, Id *ret_post)
{
	PostNew p = {.topic_id = topic,
				 .author_id = author,
				 .affiliation = AFFILIATION_CUSTOMER,
				 .text = {.source = str_from(text)},
				 .created_at = at};
	TRY(community_post_prepare(cx, tx_db(tx), &p));
	return community_post_create(cx, tx, &p, ret_post);
}

static Status talk(Ctx *cx, Tx *tx, const DemoVoices *v, const Thread *th, size_t first, Id *ret_topic)
{
	Id opening, post;
	size_t who = next_customer(v, first);
	Time at = cx->now_ms - th->ago;
	TopicNew t = {.space_id = space_named(v, th->space),
				  .author_id = v->members[who],
				  .affiliation = AFFILIATION_CUSTOMER,
				  .title = str_from(th->title),
				  .tags = str_from(th->tags),
				  .text = {.source = str_from(th->body)},
				  .created_at = at};
	TRY(community_topic_prepare(cx, tx_db(tx), &t));
	TRY(community_topic_create(cx, tx, &t, ret_topic, &opening));
	for (size_t i = 0; i < th->answers_n; i++) {
		who = next_customer(v, who + 1);
		at += 5 * TIME_HOUR_MS + (Time)(i * 37 % 11) * TIME_HOUR_MS;
		TRY(answer(cx, tx, *ret_topic, v->members[who], th->answers[i], at, &post));
	}
	return ST_OK;
}

static Status advertise(Ctx *cx, Tx *tx, const Id topics[2])
{
	for (size_t i = 0; i < COUNTOF(NEWCOMERS); i++) {
		Id member, post;
		MemberNew m = {.handle = str_from(NEWCOMERS[i]),
					   .affiliation = AFFILIATION_CUSTOMER,
					   .joined_at = cx->now_ms - (Time)(i + 1) * DAY};
		TRY(members_prepare(cx, &m));
		TRY(members_create(cx, tx, &m, &member));
		for (size_t k = 0; k < 2; k++)
			TRY(answer(cx, tx, topics[k], member, ADVERTS[i * 2 + k], cx->now_ms - (Time)(k * 3 + i + 1) * TIME_HOUR_MS,
					   &post));
	}
	return ST_OK;
}

Status demo_voices(Ctx *cx, Tx *tx, void *arg)
{
	Id topics[COUNTOF(THREADS)];
	for (size_t i = 0; i < COUNTOF(THREADS); i++) TRY(talk(cx, tx, arg, &THREADS[i], i * 17 + 3, &topics[i]));
	return advertise(cx, tx, topics);
}
