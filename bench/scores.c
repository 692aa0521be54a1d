// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-scores FACTS MEMBERS DAYS [ROUNDS]   what scores cost at a size that no table holds here, over an invented history
// (invent.h): scores of everybody with the guard's pass, the same under one changed weight with who moves, and a day's pass as
// the site does it (scores, then each member's row with what is shown beside a name). CPU of the thread; prints NAME=VALUE.
#include "invent.h"

#include "whatif/whatif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS_MAX 9
#define WEIGHT "points = 15"

static double cpu_s(void) { return (double)time_thread_cpu_ns() / 1e9; }

// The default rules, and the same with a solution worth 18 instead of 15.
static void rules_of(Bench *b, Ruleset *ret[2])
{
	must(b, rules_pack(&b->cx, S("support-default"), &ret[0]));
	Str toml = ret[0]->toml;
	const char *at = memmem(toml.p, toml.n, WEIGHT, sizeof WEIGHT - 1);
	if (!at) exit(1);
	size_t before = (size_t)(at - toml.p), after = before + sizeof WEIGHT - 1;
	Str changed = str_format(b->cx.arena, "%.*spoints = 18%.*s", (int)before, toml.p, (int)(toml.n - after), toml.p + after);
	must(b, rules_parse(&b->cx, changed, S("changed"), &ret[1]));
}

static double score(Ctx *cx, Bench *b, const Ruleset *rules, RepScores **ret)
{
	double from = cpu_s();
	must(b, rep_score(cx, &b->log, rules, &(RepAsOf){.day = FIRST_DAY + b->days - 1}, ret));
	return cpu_s() - from;
}

// What the daily pass does to each member after that.
static double rows(Ctx *cx, Bench *b, const Ruleset *rules, const RepScores *scores)
{
	double from = cpu_s();
	RepOne *one;
	must(b, rep_one_new(cx, &b->log, rules, &(RepAsOf){.day = FIRST_DAY + b->days - 1}, scores->profile, &one));
	for (uint32_t m = 1; m <= b->log.members_n; m++) {
		RepScore score;
		RepEvidence evidence;
		if (rep_one_has_facts(one, m)) must(b, rep_one(one, m, &score, &evidence));
	}
	return cpu_s() - from;
}

int main(int argc, char **argv)
{
	int64_t facts, members, days, rounds = 1;
	if (argc < 4 || !str_int(str_from(argv[1]), 1, 1000000000, &facts) || !str_int(str_from(argv[2]), 1, 10000000, &members) ||
		!str_int(str_from(argv[3]), 1, 10000, &days) || (argc > 4 && !str_int(str_from(argv[4]), 1, ROUNDS_MAX, &rounds))) {
		fprintf(stderr, "bench-scores FACTS MEMBERS DAYS [ROUNDS]\n");
		return 2;
	}
	Bench *b = bench_new();
	Ruleset *rules[2];
	rules_of(b, rules);
	invent(b, (size_t)facts, (uint32_t)members, (int32_t)days);
	double all[ROUNDS_MAX], each[ROUNDS_MAX], whatif[ROUNDS_MAX];
	size_t moved = 0;
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
		double from = cpu_s();
		must(b, rep_whatif_moves(&cx, &b->log, rules[0], rules[1], FIRST_DAY + b->days - 1, w));
		whatif[i] = cpu_s() - from;
		moved = w->moved;
	}
	printf("score_cpu_s=%.2f\nrows_cpu_s=%.2f\nwhatif_cpu_s=%.2f\nwhatif_moved=%zu\n", median(all, (size_t)rounds), median(each, (size_t)rounds),
		   median(whatif, (size_t)rounds), moved);
	bench_free(b);
	return 0;
}
