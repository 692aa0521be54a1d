// SPDX-License-Identifier: AGPL-3.0-or-later
#include "invent.h"

#include <stdio.h>
#include <stdlib.h>

#define ARENA_BYTES ((size_t)1 << 40)
#define TAGS 500
#define SPACES 8

Bench *bench_new(void)
{
	Bench *b = calloc(1, sizeof *b);
	if (!b) exit(1);
	b->seed = 88172645463325252;
	b->cx = (Ctx){.arena = arena_new(ARENA_BYTES), .now_ms = time_now(), .ids = &b->ids, .rng = &RNG_SYSTEM, .site = &b->site};
	return b;
}

void bench_free(Bench *b)
{
	arena_free(b->cx.arena);
	free(b);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

double median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, by_value);
	return v[n / 2];
}

static uint64_t next(Bench *b)
{
	b->seed ^= b->seed << 13;
	b->seed ^= b->seed >> 7;
	b->seed ^= b->seed << 17;
	return b->seed;
}

static uint32_t below(Bench *b, uint32_t n) { return (uint32_t)((next(b) >> 32) * n >> 32); }

static uint32_t skewed(Bench *b, uint32_t n)
{
	double u = (double)(next(b) >> 11) / (double)((uint64_t)1 << 53);
	return (uint32_t)(u * u * u * n);
}

void must(Bench *b, Status st)
{
	if (st == ST_OK) return;
	fprintf(stderr, "bench: %.*s\n", STR(b->cx.fail_text));
	exit(1);
}

static void invent_areas(Bench *b, RepLog *log)
{
	for (size_t i = 0; i < SETS; i++) {
		Buf tags = buf_init(b->cx.arena, 64, 128);
		for (uint32_t k = 0, n = 1 + below(b, 3); k < n; k++) buf_format(&tags, "tag-%u ", skewed(b, TAGS));
		must(b, rep_log_areas(&b->cx, log, buf_view(&tags), str_format(b->cx.arena, "space-%u", below(b, SPACES)),
							  &b->sets[i]));
	}
}

static RepFact invent_fact(Bench *b, size_t i, size_t n)
{
	static const uint8_t KINDS[] = {FACT_TOPIC_POSTED, FACT_POSTED,   FACT_COMMENTED, FACT_VOTED_UP,
									FACT_VOTED_DOWN,   FACT_ACCEPTED, FACT_EDITED};
	static const uint8_t SHARES[] = {4, 12, 14, 55, 3, 4, 8};
	uint32_t roll = below(b, 100), kind = 0;
	while (kind + 1 < COUNTOF(KINDS) && roll >= SHARES[kind]) roll -= SHARES[kind++];
	uint32_t asker = 1 + skewed(b, b->members), other = 1 + skewed(b, b->members);
	RepFact f = {.at_ms = (Time)FIRST_DAY * TIME_DAY_MS + (Time)((i128)i * b->days * TIME_DAY_MS / (i128)n),
				 .id = (Id)i + 1,
				 .kind = KINDS[kind],
				 .actor = other,
				 .owner = 1 + skewed(b, b->members),
				 .asker = asker,
				 .object = 1 + below(b, (uint32_t)(n / 4 + 1)),
				 .thread = 1 + below(b, (uint32_t)(n / 16 + 1)),
				 .areas = b->sets[skewed(b, SETS)],
				 .flags = REP_ANSWER};
	if (f.kind == FACT_ACCEPTED) f.actor = asker;
	if (f.kind == FACT_POSTED) f.owner = f.actor;
	f.subject = f.kind == FACT_POSTED ? asker : f.owner; // whom it concerns
	return f;
}

void invent(Bench *b, size_t n, uint32_t members, int32_t days)
{
	b->members = members;
	b->days = days;
	RepLog *log = rep_log_new(b->cx.arena);
	invent_areas(b, log);
	log->members = ARENA_NEW(b->cx.arena, RepMember, (size_t)b->members + 1);
	log->members_n = b->members;
	for (uint32_t m = 1; m <= b->members; m++)
		log->members[m] = (RepMember){.id = m, .affiliation = AFFILIATION_CUSTOMER};
	log->facts = ARENA_NEW(b->cx.arena, RepFact, n);
	log->facts_n = n;
	for (size_t i = 0; i < n; i++) log->facts[i] = invent_fact(b, i, n);
	log->objects_n = n / 4 + 2;
	log->threads_n = n / 16 + 2;
	b->log = *log;
}
