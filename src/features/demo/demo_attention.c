// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/demo_attention.h"

#include <stdlib.h>

#define VISIT_POSTS 6     // how many posts are read before something is written
#define READERS_A_POST 16 // people who come by to read a new post
#define UNASKED_EACH 7    // members who were not asked, one in so many
#define REFUSED_EACH 11   // who said no
#define READ_WITHIN_MS (3 * TIME_DAY_MS)

typedef struct Visits {
	const DemoPlan *plan;
	const DemoIds *ids;
	uint64_t rng;
	Time from, now;
	Observation *v;
	size_t n, cap;
	size_t *first; // post of each topic, and one more
} Visits;

static int64_t below(Visits *a, int64_t n)
{
	a->rng = a->rng * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)(a->rng >> 33) % n;
}

// whose: the author of what is read or answered; -1: nobody.
static Side side_of(const Visits *a, int32_t member, int32_t whose)
{
	Affiliation affiliation = AFFILIATION_CUSTOMER;
	if (whose < 0 || whose == member) return SIDE_OWN;
	affiliation_parse(a->plan->members[whose].affiliation, &affiliation);
	char letter = side_letter(affiliation, false);
	return letter == 'e' ? SIDE_EMPLOYEE : letter == 'p' ? SIDE_PARTNER : SIDE_CUSTOMER;
}

static void add(Visits *a, int32_t member, int32_t topic, int32_t whose, ObserveKind kind, int64_t seconds, Time at)
{
	if (member < 0 || at < a->from || at >= a->now || a->n == a->cap) return;
	a->v[a->n++] = (Observation){.at_ms = at,
								 .kind = kind,
								 .actor_id = a->ids->members[member],
								 .subject_id = side_of(a, member, whose),
								 .value = seconds,
								 .page_id = topic >= 0 ? a->ids->topics[topic] : 0,
								 .page_at = at - TIME_HOUR_MS / 2};
}

static void read_post(Visits *a, int32_t member, int32_t topic, int32_t post, Time at)
{
	const DemoPlan *p = a->plan;
	size_t bytes = post >= 0 ? p->posts[post].body.n : p->topics[topic].body.n;
	add(a, member, topic, post >= 0 ? p->posts[post].author : p->topics[topic].author, OBSERVE_READ,
		30 + (int64_t)bytes / 8 + below(a, 60), at);
}

// The question and the last posts before a moment.
static void read_topic(Visits *a, int32_t member, int32_t topic, Time at)
{
	size_t from = a->first[topic], until = from;
	while (until < a->first[topic + 1] && a->plan->posts[until].created_at < at) until++;
	if (until - from > VISIT_POSTS) from = until - VISIT_POSTS;
	read_post(a, member, topic, -1, at);
	for (size_t i = from; i < until; i++) read_post(a, member, topic, (int32_t)i, at);
}

static int64_t writing_seconds(Visits *a, Str text) { return i64_min(1200, 60 + (int64_t)text.n + below(a, 120)); }

static void posts(Visits *a)
{
	const DemoPlan *p = a->plan;
	for (size_t i = 0; i < p->posts_n; i++) {
		const DemoPost *d = &p->posts[i];
		read_topic(a, d->author, d->topic, d->created_at);
		add(a, d->author, d->topic, p->topics[d->topic].author, OBSERVE_WROTE, writing_seconds(a, d->body),
			d->created_at);
		for (int64_t k = below(a, READERS_A_POST); k > 0; k--) {
			int32_t reader = (int32_t)below(a, (int64_t)p->members_n);
			Time at = d->created_at + below(a, READ_WITHIN_MS);
			if (at > p->members[reader].joined_at) read_post(a, reader, d->topic, (int32_t)i, at);
		}
	}
}

static void the_rest(Visits *a)
{
	const DemoPlan *p = a->plan;
	for (size_t i = 0; i < p->topics_n; i++)
		add(a, p->topics[i].author, -1, -1, OBSERVE_WROTE, writing_seconds(a, p->topics[i].body),
			p->topics[i].created_at);
	for (size_t i = 0; i < p->comments_n; i++) {
		const DemoComment *d = &p->comments[i];
		int32_t whose = d->post >= 0 ? p->posts[d->post].author : p->topics[d->topic].author;
		read_post(a, d->author, d->topic, d->post, d->created_at);
		add(a, d->author, d->topic, whose, OBSERVE_WROTE, writing_seconds(a, d->text), d->created_at);
	}
	for (size_t i = 0; i < p->votes_n; i++)
		read_post(a, p->votes[i].voter, p->votes[i].topic, p->votes[i].post, p->votes[i].created_at);
}

static int by_time(const void *a, const void *b)
{
	const Observation *x = a, *y = b;
	if (x->at_ms != y->at_ms) return x->at_ms < y->at_ms ? -1 : 1;
	if (x->actor_id != y->actor_id) return x->actor_id < y->actor_id ? -1 : 1;
	return (x->subject_id > y->subject_id) - (x->subject_id < y->subject_id);
}

// Most were asked and agreed.
static Status ask_all(Ctx *cx, Tx *tx, void *arg)
{
	const Visits *a = arg;
	for (size_t i = 0; i < a->plan->members_n; i++) {
		if (i % UNASKED_EACH == UNASKED_EACH - 1) continue;
		Agreed agreed = i % REFUSED_EACH == REFUSED_EACH - 1 ? AGREED_NO : AGREED_YES;
		TRY(attention_choose(cx, tx, a->ids->members[i], agreed));
	}
	return ST_OK;
}

static Status fold_days(Ctx *cx, Store *store, const Visits *a)
{
	for (size_t from = 0, until; from < a->n; from = until) {
		int64_t day = a->v[from].at_ms / TIME_DAY_MS;
		for (until = from; until < a->n && a->v[until].at_ms / TIME_DAY_MS == day; until++) {}
		cx->now_ms = a->v[until - 1].at_ms;
		ArenaMark mark = arena_mark(cx->arena);
		TRY(attention_fold(cx, store, &a->v[from], until - from));
		arena_rewind(cx->arena, mark);
	}
	return ST_OK;
}

Status demo_attention(Ctx *cx, Store *store, const DemoPlan *plan, const DemoIds *ids)
{
	Time now = cx->now_ms;
	Visits a = {.plan = plan, .ids = ids, .rng = 20, .from = now - DEMO_TIMED_MS, .now = now};
	a.cap = plan->posts_n * (VISIT_POSTS + READERS_A_POST + 3) + plan->topics_n + 2 * plan->comments_n + plan->votes_n;
	a.v = ARENA_NEW(cx->arena, Observation, a.cap);
	a.first = ARENA_NEW(cx->arena, size_t, plan->topics_n + 1);
	for (size_t i = 0; i < plan->posts_n; i++) a.first[plan->posts[i].topic + 1] = i + 1; // they come topic by topic
	for (size_t i = 0; i < plan->topics_n; i++) a.first[i + 1] = size_max(a.first[i + 1], a.first[i]);
	posts(&a);
	the_rest(&a);
	qsort(a.v, a.n, sizeof *a.v, by_time);
	cx->now_ms = a.from;
	Status st = store_write(cx, store, ask_all, &a);
	if (st == ST_OK) st = fold_days(cx, store, &a);
	cx->now_ms = now;
	return st;
}
