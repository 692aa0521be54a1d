// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-fill DIR|postgres://… TOPICS [PATHS_DIR] [SEED]: fills the site that `hearth init` made and says what it did.
#include "fill.h"

#include "community_sql.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_SEED 20260
#define BATCH_ARENA_BYTES ((size_t)512 << 20)
#define KEPT_ARENA_BYTES ((size_t)4 << 30)

const char *const SPACE_SLUGS[SPACES] = {"getting-started", "hardware", "software",  "network",
										 "billing",         "ideas",    "knowledge", "lounge"};
static const char *const SPACE_TITLES[SPACES] = {"Getting started", "Hardware", "Software",  "Network",
												 "Billing",         "Ideas",    "Knowledge", "Lounge"};

typedef struct Text {
	Str title, tags, body;
} Text;

typedef struct Fill {
	Ctx cx;
	IdSource ids;
	Arena *kept; // lives until the end
	Store *store;
	Plan plan;
	Made made;
	Words *words;
	uint64_t seed;
	Str tags[TAGS];
	size_t from, to; // the events of this batch
	Text texts[BATCH];
} Fill;

static Status make_spaces(Ctx *cx, Tx *tx, void *arg)
{
	Fill *f = arg;
	for (size_t i = 0; i < SPACES; i++) {
		SpaceNew s = {
			.slug = str_from(SPACE_SLUGS[i]),
			.title = str_from(SPACE_TITLES[i]),
			.description = S("Where people of this invented community meet about one side of the product."),
			.position = (int)i,
			.kind = i == SPACES - 1 ? SPACE_DISCUSSION : SPACE_QUESTIONS,
			.persona = i == 5   ? PERSONA_IDEAS
					   : i == 6 ? PERSONA_KNOWLEDGE
								: PERSONA_SUPPORT,
			.style = STYLE_TRANSPARENT,
			.created_at = ID_EPOCH_MS,
		};
		TRY(community_space_create(cx, tx, &s, &f->made.spaces[i]));
	}
	return ST_OK;
}

static Status do_join(Fill *f, Tx *tx, const Event *e)
{
	Rand r = {f->seed * 31 + e->a};
	MemberNew m = {.handle = f->made.handles[e->a],
				   .affiliation = rand_below(&r, 200) ? AFFILIATION_CUSTOMER : AFFILIATION_EMPLOYEE};
	m.reputation = (int64_t)(10000 * pow(rand_unit(&r), 6));
	TRY(members_prepare(&f->cx, &m));
	return members_create(&f->cx, tx, &m, &f->made.members[e->a]);
}

static Status do_topic(Fill *f, Tx *tx, const Event *e, const Text *text)
{
	TopicNew t = {
		.space_id = f->made.spaces[f->plan.topic_space[e->a]],
		.author_id = f->made.members[f->plan.post_author[e->a]],
		.affiliation = AFFILIATION_CUSTOMER,
		.title = text->title,
		.tags = text->tags,
		.text.source = text->body,
		.views = (int64_t)(e->a * 7 % 900),
	};
	TRY(community_topic_prepare(&f->cx, tx_db(tx), &t));
	f->made.slugs[e->a] = str_copy(f->kept, t.slug);
	return community_topic_create(&f->cx, tx, &t, &f->made.topics[e->a], &f->made.posts[e->a]);
}

static Status do_reply(Fill *f, Tx *tx, const Event *e, const Text *text)
{
	PostNew p = {
		.topic_id = f->made.topics[f->plan.post_topic[e->a]],
		.author_id = f->made.members[f->plan.post_author[e->a]],
		.affiliation = AFFILIATION_CUSTOMER,
		.text.source = text->body,
	};
	TRY(community_post_prepare(&f->cx, tx_db(tx), &p));
	return community_post_create(&f->cx, tx, &p, &f->made.posts[e->a]);
}

static Status do_event(Fill *f, Tx *tx, const Event *e, const Text *text)
{
	f->cx.now_ms = e->at;
	int64_t score;
	Id asker = f->made.members[f->plan.post_author[f->plan.post_topic[e->a % f->plan.posts_n]]];
	switch ((EventKind)e->kind) {
	case EVENT_JOIN: return do_join(f, tx, e);
	case EVENT_TOPIC: return do_topic(f, tx, e, text);
	case EVENT_REPLY: return do_reply(f, tx, e, text);
	case EVENT_ACCEPT: return community_accept(&f->cx, tx, f->made.posts[e->a], true, asker, e->at);
	case EVENT_VOTE:
		return community_vote(&f->cx, tx, f->made.posts[e->a], e->value, f->made.members[e->b], e->at, &score);
	}
	return ST_INTERNAL;
}

static Status do_batch(Ctx *cx, Tx *tx, void *arg)
{
	(void)cx;
	Fill *f = arg;
	for (size_t i = f->from; i < f->to; i++) TRY(do_event(f, tx, &f->plan.events[i], &f->texts[i - f->from]));
	return ST_OK;
}

static Str some_tags(Fill *f, Rand *r)
{
	Buf b = buf_init(f->cx.arena, 64, 256);
	size_t n = 1 + rand_below(r, TAGS_MAX);
	for (size_t i = 0; i < n; i++) {
		if (i) buf_char(&b, ' ');
		buf_str(&b, f->tags[(size_t)(pow(rand_unit(r), 3) * TAGS)]);
	}
	return buf_view(&b);
}

// Outside of the transaction, which may be run again: each text is counted once.
static void write_texts(Fill *f)
{
	for (size_t i = f->from; i < f->to; i++) {
		const Event *e = &f->plan.events[i];
		if (e->kind != EVENT_TOPIC && e->kind != EVENT_REPLY) continue;
		Rand r = {f->seed * 1000003 + e->a};
		Text *t = &f->texts[i - f->from];
		words_begin(f->words);
		if (e->kind == EVENT_TOPIC) {
			t->title = words_topic_title(f->words, f->cx.arena, &r);
			t->tags = some_tags(f, &r);
		}
		t->body = words_body(f->words, f->cx.arena, &r);
		f->made.body_bytes += (int64_t)t->body.n;
		words_end(f->words);
	}
}

static Status run(Fill *f)
{
	f->cx.now_ms = ID_EPOCH_MS;
	TRY(store_write(&f->cx, f->store, make_spaces, f));
	int64_t begin = time_mono_ns(), last = begin;
	for (f->from = 0; f->from < f->plan.events_n; f->from = f->to) {
		f->to = size_min(f->from + BATCH, f->plan.events_n);
		write_texts(f);
		TRY(store_write(&f->cx, f->store, do_batch, f));
		arena_reset(f->cx.arena);
		int64_t now = time_mono_ns();
		if (now - last < 5000000000) continue;
		last = now;
		fprintf(stderr, "%zu of %zu events, %.0f a second\n", f->to, f->plan.events_n,
				(double)f->to * 1e9 / (double)(now - begin));
	}
	double s = (double)(time_mono_ns() - begin) / 1e9;
	printf("members=%zu topics=%zu posts=%zu votes=%zu accepted=%zu body_bytes_mean=%.1f seconds=%.1f "
		   "events_per_s=%.0f posts_per_s=%.0f\n",
		   f->plan.members_n, f->plan.topics_n, f->plan.posts_n, f->plan.votes_n, f->plan.accepts_n,
		   (double)f->made.body_bytes / (double)f->plan.posts_n, s, (double)f->plan.events_n / s,
		   (double)f->plan.posts_n / s);
	return ST_OK;
}

// The administrator of `hearth init` joined today; on a real site it was the first to join. So its fact goes to the
// beginning: at the end of the journal it would be in the way of every fact that is appended.
static const DbQuery FOUNDER_FIRST = {.name = "founder_first",
									  .lite = "UPDATE fact SET id = 1 WHERE id = (SELECT max(id) FROM fact)",
									  .pg = "UPDATE fact SET id = 1 WHERE id = (SELECT max(id) FROM fact)",
									  .writes = true};

static Status founder_first(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	return tx_exec(cx, tx, &FOUNDER_FIRST, NULL, NULL);
}

static Status merge_search(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	return search_merge(cx, tx);
}

// What the hourly job would have done in 600 days.
static Status merge_all(Fill *f)
{
	for (size_t i = 0; i < 10 + f->plan.posts_n / 1000; i++) TRY(store_write(&f->cx, f->store, merge_search, NULL));
	return ST_OK;
}

static void name_all(Fill *f)
{
	Plan *p = &f->plan;
	f->made = (Made){.members = grab(p->members_n, sizeof(Id)),
					 .topics = grab(p->topics_n, sizeof(Id)),
					 .posts = grab(p->posts_n, sizeof(Id)),
					 .slugs = grab(p->topics_n, sizeof(Str)),
					 .handles = grab(p->members_n, sizeof(Str))};
	for (size_t i = 0; i < p->members_n; i++) {
		Str word = f->words->v[(i * 7919 + 13) % VOCABULARY];
		f->made.handles[i] = str_format(f->kept, "%.*s%zu", STR(word), i);
	}
	for (size_t i = 0; i < TAGS; i++) f->tags[i] = f->words->v[FREQUENT + i * 17];
}

static Status open_store(Fill *f, Str where)
{
	StoreConfig config = {.readers = 2, .cache_kib = 131072, .url = where};
	if (str_starts(where, S("postgres"))) config.schema = S("hearth_main");
	else config.url = str_format(f->kept, "%.*s/sites/main.db", STR(where));
	return store_open(&f->cx, &config, &f->store);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "bench-fill DIR|postgres://… TOPICS [PATHS_DIR] [SEED]\n");
		return 2;
	}
	Fill *f = grab(1, sizeof *f);
	f->kept = arena_new(KEPT_ARENA_BYTES);
	f->words = grab(1, sizeof *f->words);
	f->seed = argc > 4 ? strtoull(argv[4], NULL, 10) : DEFAULT_SEED;
	f->cx = (Ctx){.arena = arena_new(BATCH_ARENA_BYTES), .ids = &f->ids, .rng = &RNG_SYSTEM};
	words_init(f->words, f->kept, f->seed);
	plan_make(&f->plan, strtoul(argv[2], NULL, 10), f->seed);
	name_all(f);
	Status st = open_store(f, str_from(argv[1]));
	if (st == ST_OK) st = store_write(&f->cx, f->store, founder_first, NULL);
	if (st == ST_OK) st = run(f);
	if (st == ST_OK) st = merge_all(f);
	if (st == ST_OK && argc > 3) st = paths_write(&f->cx, f->store, argv[3], &f->plan, &f->made, f->words, f->seed);
	if (f->store) store_close(f->store);
	if (st != ST_OK) fprintf(stderr, "bench-fill: %s: %.*s\n", status_name(st), STR(f->cx.fail_text));
	return st == ST_OK ? 0 : 1;
}
