// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-why SITE_DIR HANDLE FACTS: adds a member with so many facts to the community of bench-fill, and lets the pass over everybody
// run. They happen in the same 600 days, with ids of their time, so they lie scattered in the journal as those of others do:
// mostly answers in topics of others, kudos for them, a third of them accepted; some kudos given, and questions of their own.
// All of it through the models. Prints what there is of each.
#include "fill.h"

#include "community_sql.h"
#include "members/members.h"
#include "standing/standing.h"

#include <stdio.h>
#include <stdlib.h>

#define DAYS 600
#define STEP 500 // deeds in a transaction
#define SEED UINT64_C(5000)
#define ARENA_BYTES ((size_t)2 << 30)

typedef enum Deed { DEED_ANSWER, DEED_PRAISED, DEED_ACCEPTED, DEED_GIVE, DEED_ASK, DEED_SETTLE } Deed;

typedef struct Step { // what the member does, and what others make of it
	Time at;
	Deed deed;
	uint32_t topic, work; // work: number of the answer or question it is about
} Step;

typedef struct Counts {
	int64_t answers, kudos, accepted, given, asked;
} Counts;

typedef struct Bench {
	Ctx cx;
	IdSource ids;
	Store *store;
	Arena *kept;
	Words *words;
	Rand rand;
	Id me, *members;
	RepTopicEachRow *topics;
	size_t members_n, members_cap, topics_n, topics_cap;
	Step *steps;
	Id *works; // posts
	size_t steps_n, works_n, from, to;
	Str handle;
	int64_t wanted;
	Counts n;
} Bench;

static void must(Bench *b, Status st)
{
	if (st == ST_OK) return;
	fprintf(stderr, "bench-why: %s: %.*s\n", status_name(st), STR(b->cx.fail_text));
	exit(1);
}

static Status on_topic(void *arg, const void *row)
{
	Bench *b = arg;
	b->topics[b->topics_n] = *(const RepTopicEachRow *)row;
	b->topics[b->topics_n].tags = str_copy(b->kept, b->topics[b->topics_n].tags);
	b->topics_n++;
	return b->topics_n < b->topics_cap ? ST_OK : ST_TOO_LARGE;
}

static Status on_member(void *arg, const void *row)
{
	Bench *b = arg;
	b->members[b->members_n++] = ((const RepMemberEachRow *)row)->id;
	return b->members_n < b->members_cap ? ST_OK : ST_TOO_LARGE;
}

static Id somebody(Bench *b)
{
	for (;;) {
		Id id = b->members[rand_below(&b->rand, b->members_n)];
		if (id != b->me) return id;
	}
}

static int by_time(const void *a, const void *b)
{
	const Step *x = a, *y = b;
	if (x->at != y->at) return x->at < y->at ? -1 : 1;
	return (x->work > y->work) - (x->work < y->work);
}

static void put(Bench *b, Time at, Deed deed, uint32_t topic)
{
	b->steps[b->steps_n++] = (Step){at, deed, topic, (uint32_t)b->works_n};
}

// A question makes four facts: that it was asked, its two answers, and that one is accepted.
static void plan(Bench *b)
{
	Time begin = ID_EPOCH_MS + 60 * TIME_DAY_MS;
	int64_t facts = 0;
	b->steps = grab((size_t)b->wanted + 100, sizeof *b->steps);
	b->works = grab((size_t)b->wanted + 100, sizeof *b->works);
	while (facts < b->wanted) {
		size_t what = rand_below(&b->rand, 100), from = b->steps_n;
		uint32_t topic = (uint32_t)rand_below(&b->rand, b->topics_n);
		Time at = id_time(b->topics[topic].id) + 1000 + (Time)rand_exp(&b->rand, 4 * (double)TIME_DAY_MS);
		b->works_n++;
		if (what < 20) {
			put(b, at, DEED_GIVE, topic);
		} else if (what < 28) {
			at = begin + (Time)(rand_unit(&b->rand) * DAYS * (double)TIME_DAY_MS);
			put(b, at, DEED_ASK, topic);
			put(b, at + TIME_DAY_MS, DEED_SETTLE, topic);
			facts += 2;
		} else {
			put(b, at, DEED_ANSWER, topic);
			for (double n = rand_exp(&b->rand, 1.5); n >= 1; n--)
				put(b, at + (Time)rand_exp(&b->rand, 10 * (double)TIME_DAY_MS), DEED_PRAISED, topic);
			if (rand_below(&b->rand, 3) == 0) put(b, at + TIME_DAY_MS, DEED_ACCEPTED, topic);
		}
		facts += (int64_t)(b->steps_n - from);
	}
	qsort(b->steps, b->steps_n, sizeof *b->steps, by_time);
}

static Status write_post(Bench *b, Tx *tx, Id topic, Id author, Id *ret_post)
{
	PostNew p = {.topic_id = topic,
				 .author_id = author,
				 .affiliation = AFFILIATION_CUSTOMER,
				 .text.source = words_body(b->words, b->cx.arena, &b->rand)};
	TRY(community_post_prepare(&b->cx, tx_db(tx), &p));
	return community_post_create(&b->cx, tx, &p, ret_post);
}

static Status answer(Bench *b, Tx *tx, const Step *s)
{
	const RepTopicEachRow *t = &b->topics[s->topic];
	if (t->author_id == b->me) return ST_OK;
	b->n.answers++;
	return write_post(b, tx, t->id, b->me, &b->works[s->work]);
}

static Status praised(Bench *b, Tx *tx, const Step *s)
{
	int64_t score;
	if (!b->works[s->work]) return ST_OK;
	b->n.kudos++;
	return community_vote(&b->cx, tx, b->works[s->work], 1, somebody(b), s->at, &score);
}

static Status accepted(Bench *b, Tx *tx, const Step *s, Id by)
{
	if (!b->works[s->work]) return ST_OK;
	b->n.accepted += by != b->me;
	return community_accept(&b->cx, tx, b->works[s->work], true, by, s->at);
}

static Status ask(Bench *b, Tx *tx, const Step *s)
{
	Id topic, opening;
	TopicNew t = {.space_id = 0,
				  .author_id = b->me,
				  .affiliation = AFFILIATION_CUSTOMER,
				  .title = words_topic_title(b->words, b->cx.arena, &b->rand),
				  .tags = b->topics[rand_below(&b->rand, b->topics_n)].tags,
				  .text.source = words_body(b->words, b->cx.arena, &b->rand)};
	SpaceFindBySlugRow space;
	bool found;
	TRY(space_find_by_slug(&b->cx, tx_db(tx), &(SpaceFindBySlugArgs){.slug = S("hardware")}, &space, &found));
	t.space_id = space.id;
	TRY(community_topic_prepare(&b->cx, tx_db(tx), &t));
	TRY(community_topic_create(&b->cx, tx, &t, &topic, &opening));
	b->n.asked++;
	for (int i = 0; i < 2; i++) TRY(write_post(b, tx, topic, somebody(b), &b->works[s->work]));
	return ST_OK;
}

static Status give(Bench *b, Tx *tx, const Step *s)
{
	TopicGetRow topic;
	int64_t score;
	if (b->topics[s->topic].author_id == b->me) return ST_OK;
	TRY(topic_get(&b->cx, tx_db(tx), &(TopicGetArgs){.id = b->topics[s->topic].id}, &topic));
	b->n.given++;
	return community_vote(&b->cx, tx, topic.opening_id, 1, b->me, s->at, &score);
}

static Status do_step(Bench *b, Tx *tx, const Step *s)
{
	switch (s->deed) {
	case DEED_ANSWER: return answer(b, tx, s);
	case DEED_PRAISED: return praised(b, tx, s);
	case DEED_ACCEPTED: return accepted(b, tx, s, b->topics[s->topic].author_id);
	case DEED_GIVE: return give(b, tx, s);
	case DEED_ASK: return ask(b, tx, s);
	case DEED_SETTLE: return accepted(b, tx, s, b->me);
	}
	return ST_INTERNAL;
}

static Status do_steps(Ctx *cx, Tx *tx, void *arg)
{
	Bench *b = arg;
	(void)cx;
	for (size_t i = b->from; i < b->to; i++) {
		b->cx.now_ms = b->steps[i].at;
		TRY(do_step(b, tx, &b->steps[i]));
	}
	return ST_OK;
}

static Status join(Ctx *cx, Tx *tx, void *arg)
{
	Bench *b = arg;
	MemberNew m = {.handle = b->handle, .affiliation = AFFILIATION_CUSTOMER};
	TRY(members_prepare(cx, &m));
	return members_create(cx, tx, &m, &b->me);
}

static void load(Bench *b)
{
	AUTO(Db) db = NULL;
	Ctx cx = b->cx;
	cx.arena = b->kept;
	b->members_cap = b->topics_cap = 1 << 20;
	b->members = grab(b->members_cap, sizeof(Id));
	b->topics = grab(b->topics_cap, sizeof *b->topics);
	must(b, db_begin(&cx, b->store, &db));
	must(b, rep_member_each(&cx, db, on_member, b));
	must(b, rep_topic_each(&cx, db, on_topic, b));
}

int main(int argc, char **argv)
{
	if (argc != 4) return 2;
	Bench *b = grab(1, sizeof *b);
	b->kept = arena_new(ARENA_BYTES);
	b->handle = str_from(argv[2]);
	b->wanted = strtoll(argv[3], NULL, 10);
	b->rand.s = SEED + (uint64_t)b->wanted;
	b->ids.node = 1 + (int)(b->wanted / 1000 % 1000); // not those of bench-fill
	b->words = grab(1, sizeof *b->words);
	b->cx = (Ctx){.arena = arena_new(ARENA_BYTES), .now_ms = ID_EPOCH_MS, .ids = &b->ids, .rng = &RNG_SYSTEM};
	words_init(b->words, b->kept, SEED);
	Str url = str_format(b->kept, "%s/sites/main.db", argv[1]);
	must(b, store_open(&b->cx, &(StoreConfig){.url = url, .readers = 2, .cache_kib = 131072}, &b->store));
	must(b, store_write(&b->cx, b->store, join, b));
	load(b);
	plan(b);
	for (b->from = 0; b->from < b->steps_n; b->from = b->to) {
		b->to = size_min(b->from + STEP, b->steps_n);
		must(b, store_write(&b->cx, b->store, do_steps, b));
		arena_reset(b->cx.arena);
	}
	b->cx.now_ms = time_now();
	must(b, standing_pass(&b->cx, b->store));
	const Counts *n = &b->n;
	printf("answers=%lld kudos=%lld accepted=%lld given=%lld asked=%lld\n", (long long)n->answers, (long long)n->kudos,
		   (long long)n->accepted, (long long)n->given, (long long)n->asked);
	store_close(b->store);
	return 0;
}
