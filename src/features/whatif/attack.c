// SPDX-License-Identifier: AGPL-3.0-or-later
#include "whatif/attack.h"

#define ASKERS_MAX 64
#define ATTACK_HOURS ((size_t)ATTACK_DAYS * 24)
#define FIRST_ID (INT64_C(1) << 62) // above every real id

typedef struct Attack {
	Ctx *cx;
	RepLog *log;
	Time from, at;
	uint32_t target[ATTACK_TARGETS], puppet[ATTACK_PUPPETS], asker[ASKERS_MAX]; // askers are real
	size_t askers_n, turn;
	uint32_t object, thread;
	Id id;
} Attack;

static Status add(Attack *a, FactKind kind, uint32_t actor, uint32_t owner, uint32_t asker)
{
	bool question = kind == FACT_TOPIC_POSTED, comment = kind == FACT_COMMENTED;
	RepFact f = {.at_ms = a->at,
				 .id = a->id += 2,
				 .kind = (uint8_t)kind,
				 .actor = actor,
				 .subject = kind == FACT_POSTED ? asker : owner,
				 .object = a->object,
				 .owner = question ? asker : owner,
				 .thread = a->thread,
				 .asker = asker,
				 .flags = question  ? REP_QUESTION
						  : comment ? REP_COMMENT
									: REP_ANSWER};
	a->at += TIME_SECOND_MS;
	return rep_log_fact(a->cx, a->log, &f);
}

// A question, an answer, votes by nobody known, its acceptance.
static Status exchange(Attack *a, uint32_t asker, uint32_t who, bool accepted, int votes)
{
	a->at = a->from + (Time)(a->turn++ * 7919 % ATTACK_HOURS) * TIME_HOUR_MS;
	a->thread++, a->object++;
	TRY(add(a, FACT_TOPIC_POSTED, asker, asker, asker));
	a->object++;
	TRY(add(a, FACT_POSTED, who, who, asker));
	for (int i = 0; i < votes; i++) TRY(add(a, FACT_VOTED_UP, 0, who, asker));
	return accepted ? add(a, FACT_ACCEPTED, asker, who, asker) : ST_OK;
}

static uint32_t next_asker(const Attack *a) { return a->asker[a->turn % a->askers_n]; }

static Status earn(Attack *a, const uint32_t *who, size_t n, int genuine)
{
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < genuine; k++) TRY(exchange(a, next_asker(a), who[i], true, 2));
	return ST_OK;
}

static Status make_noise(Attack *a, uint32_t who)
{
	for (int i = 0; i < 60; i++) TRY(exchange(a, next_asker(a), who, false, 0));
	for (int i = 0; i < 200; i++) {
		a->object++;
		TRY(add(a, FACT_COMMENTED, who, who, next_asker(a)));
	}
	return ST_OK;
}

static Status run(Attack *a, AttackKind kind)
{
	if (kind == ATTACK_NOISE)
		for (size_t t = 0; t < ATTACK_TARGETS; t++) TRY(make_noise(a, a->target[t]));
	if (kind == ATTACK_RING)
		for (size_t i = 0; i < 100; i++) {
			size_t other = (i + 1 + i / ATTACK_TARGETS % (ATTACK_TARGETS - 1)) % ATTACK_TARGETS;
			TRY(exchange(a, a->target[i % ATTACK_TARGETS], a->target[other], true, 3));
		}
	if (kind == ATTACK_BIGRING)
		for (size_t i = 0; i < 150; i++)
			TRY(exchange(a, a->puppet[i % ATTACK_PUPPETS], a->target[i % ATTACK_TARGETS], true, 4));
	return ST_OK;
}

static Status begin(Attack *a)
{
	a->object = (uint32_t)a->log->objects_n;
	a->thread = (uint32_t)a->log->threads_n;
	a->id = FIRST_ID;
	for (size_t i = a->log->facts_n; i > 0 && a->askers_n < ASKERS_MAX; i--) {
		const RepFact *f = &a->log->facts[i - 1];
		if (f->kind == FACT_TOPIC_POSTED && f->actor) a->asker[a->askers_n++] = f->actor;
	}
	if (!a->askers_n) return fail(a->cx, ST_INVALID, "nobody asked anything before that time");
	for (size_t i = 0; i < ATTACK_TARGETS + ATTACK_PUPPETS; i++) {
		RepMember m = {.id = INT64_MAX - (Id)i, .joined_at = a->from};
		TRY(rep_log_member(a->cx, a->log, &m, i < ATTACK_TARGETS ? &a->target[i] : &a->puppet[i - ATTACK_TARGETS]));
	}
	return ST_OK;
}

static Status attack_copy(Ctx *cx, const RepLog *log, const Ruleset *rules, Time at, AttackKind kind, int genuine,
						  size_t *ret_reached)
{
	Attack a = {.cx = cx, .from = at - (ATTACK_DAYS + 1) * TIME_DAY_MS};
	TRY(rep_log_copy(cx, log, at, &a.log));
	TRY(begin(&a));
	TRY(earn(&a, a.target, ATTACK_TARGETS, genuine));
	if (kind == ATTACK_BIGRING) TRY(earn(&a, a.puppet, ATTACK_PUPPETS, genuine));
	TRY(run(&a, kind));
	rep_log_seal(a.log);
	RepScores *scores;
	TRY(rep_score(cx, a.log, rules, &(RepAsOf){.day = rep_day(at - 1)}, &scores));
	size_t n = 0;
	for (size_t t = 0; t < ATTACK_TARGETS; t++) n += scores->v[a.target[t]].place <= ATTACK_PLACES;
	*ret_reached = n;
	return ST_OK;
}

Status attack_try(Ctx *cx, const RepLog *log, const Ruleset *rules, Time at, AttackKind kind, int genuine,
				  size_t *ret_reached)
{
	ArenaMark mark = arena_mark(cx->arena);
	TRY(attack_copy(cx, log, rules, at, kind, genuine, ret_reached));
	arena_rewind(cx->arena, mark);
	return ST_OK;
}

Status attack_price(Ctx *cx, const RepLog *log, const Ruleset *rules, Time at, AttackPrice *ret_price)
{
	const int64_t accounts = ATTACK_TARGETS + ATTACK_PUPPETS;
	size_t reached = 0;
	*ret_price = (AttackPrice){0};
	for (AttackKind kind = ATTACK_NOISE; kind < ATTACK_BIGRING && !reached; kind++)
		TRY(attack_try(cx, log, rules, at, kind, 0, &reached));
	for (int genuine = 0; genuine <= ATTACK_GENUINE_MAX && !reached; genuine++) {
		TRY(attack_try(cx, log, rules, at, ATTACK_BIGRING, genuine, &reached));
		int64_t all = accounts * genuine, places = i64_max((int64_t)reached, 1);
		ret_price->answers = (all + places - 1) / places;
	}
	if (!reached) *ret_price = (AttackPrice){.answers = accounts * ATTACK_GENUINE_MAX / ATTACK_TARGETS, .more = true};
	return ST_OK;
}
