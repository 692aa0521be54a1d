// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-scores FACTS MEMBERS DAYS [ROUNDS [HISTORY_FILE]]   what scores cost at a size that no table holds here, over an invented history
// (invent.h): scores of everybody with the guard's pass, the same under one changed weight with who moves, and a day's pass as
// the site does it (scores, then each member's row with what is shown beside a name). CPU of all threads, and wall; prints NAME=VALUE.
#include "invent.h"

#include "base/pieces.h"
#include "reputation/history.h"
#include "whatif/whatif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS_MAX 9
#define WEIGHT "points = 15"

typedef struct Took { // by all threads, and until it was done
	double cpu_s, wall_s;
} Took;

static Took now(void)
{
	struct timespec t;
	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0) exit(1);
	return (Took){(double)t.tv_sec + (double)t.tv_nsec / 1e9, (double)time_mono_ns() / 1e9};
}

static Took since(Took from)
{
	Took to = now();
	return (Took){to.cpu_s - from.cpu_s, to.wall_s - from.wall_s};
}

static void tell(const char *name, const Took *v, size_t n)
{
	double cpu[ROUNDS_MAX], wall[ROUNDS_MAX];
	for (size_t i = 0; i < n; i++) cpu[i] = v[i].cpu_s, wall[i] = v[i].wall_s;
	printf("%s_cpu_s=%.2f\n%s_wall_s=%.2f\n", name, median(cpu, n), name, median(wall, n));
}

// The default rules, and the same with a solution worth 18 instead of 15.
static void rules_of(Bench *b, Ruleset *ret[2])
{
	must(b, rules_pack(&b->cx, S("support-default"), &ret[0]));
	Str toml = ret[0]->toml;
	const char *at = memmem(toml.p, toml.n, WEIGHT, sizeof WEIGHT - 1);
	if (!at) exit(1);
	size_t before = (size_t)(at - toml.p), after = before + sizeof WEIGHT - 1;
	Str changed = str_format(b->cx.arena, "%.*spoints = 18%.*s", (int)before, toml.p, (int)(toml.n - after),
							 toml.p + after);
	must(b, rules_parse(&b->cx, changed, S("changed"), &ret[1]));
}

static uint64_t mix(uint64_t hash, int64_t v)
{
	hash = (hash ^ (uint64_t)v) * UINT64_C(0x100000001b3);
	return hash ^ hash >> 29;
}

// Everything that is found of everybody, as one number: the same before and after a change of the engine.
static uint64_t digest(uint64_t hash, const RepScores *s)
{
	for (uint32_t m = 1; m <= s->n; m++) {
		const RepScore *v = &s->v[m];
		for (size_t k = 0; k < SCORES_N; k++) hash = mix(hash, v->score[k]);
		for (size_t k = 0; k < BUCKETS_N; k++) hash = mix(hash, v->bucket[k]);
		for (size_t k = 0; k < METRICS_MAX; k++) hash = mix(mix(hash, v->metric[k]), v->lcb[k]);
		hash = mix(mix(mix(hash, v->place), v->place_to), v->events);
		hash = mix(mix(mix(mix(hash, v->rank), v->percentile), v->first_day), v->last_day);
		hash = mix(hash, s->order[m - 1]);
	}
	return mix(hash, s->clips);
}

static Took score(Ctx *cx, Bench *b, const Ruleset *rules, RepScores **ret)
{
	Took from = now();
	must(b, rep_score(cx, &b->log, rules, &(RepAsOf){.day = FIRST_DAY + b->days - 1}, ret));
	return since(from);
}

// What the daily pass does to each member after that.
static Took rows(Ctx *cx, Bench *b, const Ruleset *rules, const RepScores *scores)
{
	Took from = now();
	RepOne *one;
	must(b, rep_one_after(cx, &b->log, rules, &(RepAsOf){.day = FIRST_DAY + b->days - 1}, scores, &one));
	for (uint32_t m = 1; m <= b->log.members_n; m++) {
		RepScore score;
		RepEvidence evidence;
		if (rep_one_has_facts(one, m)) must(b, rep_one(one, m, &score, &evidence));
	}
	return since(from);
}

// Where the facts happened, as far as they say so: what a sealed history needs beside them.
static void take_places(Bench *b)
{
	RepLog *log = &b->log;
	struct RepPlaces *p = ARENA_NEW(b->cx.arena, struct RepPlaces, 1);
	p->places_n = log->objects_n;
	p->threads_n = log->threads_n;
	p->place = ARENA_NEW(b->cx.arena, RepPlace, p->places_n + 1);
	p->thread = ARENA_NEW(b->cx.arena, RepThread, p->threads_n + 1);
	p->place_ids = ARENA_NEW(b->cx.arena, Id, p->places_n + 1);
	p->thread_ids = ARENA_NEW(b->cx.arena, Id, p->threads_n + 1);
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		p->place[f->object] = (RepPlace){f->owner, f->thread, f->flags};
		p->thread[f->thread] = (RepThread){f->asker, f->areas, 0};
	}
	for (size_t i = 1; i <= p->places_n; i++) p->place_ids[i] = (Id)i;
	for (size_t i = 1; i <= p->threads_n; i++) p->thread_ids[i] = (Id)i;
	log->places = p;
}

// Sealed, and read again as the pass begins.
static void history(Bench *b, Str path)
{
	take_places(b);
	Took from = now();
	must(b, rep_history_write(&b->cx, &b->log, INT64_MAX, path));
	Took sealed = since(from);
	AUTO(RepHistory) h = NULL;
	struct RepPlaces places;
	RepLog *log = rep_log_new(b->cx.arena);
	from = now();
	must(b, rep_history_open(&b->cx, path, &h));
	must(b, rep_history_places(&b->cx, h, log, 0, &places));
	must(b, rep_history_facts(&b->cx, h, &places, NULL, 0, log));
	rep_log_seal(log);
	Took loaded = since(from);
	tell("history_seal", &sealed, 1);
	tell("history_load", &loaded, 1);
	printf("history_bytes=%zu\n", h->bytes);
}

int main(int argc, char **argv)
{
	int64_t facts, members, days, rounds = 1;
	if (argc < 4 || !str_int(str_from(argv[1]), 1, 1000000000, &facts) ||
		!str_int(str_from(argv[2]), 1, 10000000, &members) || !str_int(str_from(argv[3]), 1, 10000, &days) ||
		(argc > 4 && !str_int(str_from(argv[4]), 1, ROUNDS_MAX, &rounds))) {
		fprintf(stderr, "bench-scores FACTS MEMBERS DAYS [ROUNDS [HISTORY_FILE]]\n");
		return 2;
	}
	Bench *b = bench_new();
	Ruleset *rules[2];
	rules_of(b, rules);
	invent(b, (size_t)facts, (uint32_t)members, (int32_t)days);
	Took all[ROUNDS_MAX], each[ROUNDS_MAX], whatif[ROUNDS_MAX];
	size_t moved = 0;
	uint64_t hash = 1;
	for (int64_t i = 0; i < rounds; i++) {
		AUTO(Arena) a = arena_new((size_t)1 << 40);
		Ctx cx = b->cx;
		cx.arena = a;
		RepScores *scores;
		ArenaMark mark = arena_mark(a);
		all[i] = score(&cx, b, rules[0], &scores);
		each[i] = rows(&cx, b, rules[0], scores);
		arena_rewind(a, mark);
		Whatif *w = ARENA_NEW(a, Whatif, 1);
		Took from = now();
		must(b, rep_whatif_moves(&cx, &b->log, rules[0], rules[1], FIRST_DAY + b->days - 1, w));
		whatif[i] = since(from);
		moved = w->moved;
		hash = digest(digest(1, w->before), w->after);
	}
	tell("score", all, (size_t)rounds);
	tell("rows", each, (size_t)rounds);
	tell("whatif", whatif, (size_t)rounds);
	printf("processors=%zu\nwhatif_moved=%zu\ndigest=%016llx\n", pieces_workers(), moved, (unsigned long long)hash);
	if (argc > 5) history(b, str_from(argv[5]));
	bench_free(b);
	return 0;
}
