// SPDX-License-Identifier: AGPL-3.0-or-later
// Attacks on the board, all in the last 60 days before each of four times; five accounts want to be among the first ten.
//   noise    60 answers without votes and 200 comments each
//   ring     100 questions and answers among the five, all accepted, 3 votes each
//   bigring  25 puppets feed the five: 150 accepted answers, 4 votes each
//   adapt1   as bigring, after each account first gave one genuine answer (accepted, two votes); adapt3: three
// Seeds are named as an operator would: the first twenty members whose answers others accepted.
#include "quality.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TARGETS 5
#define PUPPETS 25
#define SEEDS 20
#define ATTACK_DAYS 60
#define VERIFIED_PERCENT 40

typedef struct Attack {
	Ctx *cx;
	RepLog *log;
	Time from, at;
	uint32_t target[TARGETS], puppet[PUPPETS], real_asker[64];
	size_t real_n, turn;
	uint32_t object, thread;
	Id id;
} Attack;

static void fact(Attack *a, FactKind kind, uint32_t actor, uint32_t who, uint32_t asker)
{
	bool question = kind == FACT_TOPIC_POSTED, comment = kind == FACT_COMMENTED;
	RepFact f = {.at_ms = a->at, .id = a->id += 2, .kind = (uint8_t)kind, .actor = actor, .subject = kind == FACT_POSTED ? asker : who,
				 .object = a->object, .owner = question ? asker : who, .thread = a->thread, .asker = asker,
				 .flags = question ? REP_QUESTION : comment ? REP_COMMENT : REP_ANSWER};
	if (rep_log_fact(a->cx, a->log, &f) != ST_OK) exit(1);
	a->at += 1000;
}

// One exchange: a question, an answer, its acceptance and votes by nobody known.
static void exchange(Attack *a, uint32_t asker, uint32_t who, bool accepted, int votes)
{
	a->at = a->from + (Time)(a->turn++ * 7919 % (ATTACK_DAYS * 24)) * TIME_HOUR_MS;
	a->thread++, a->object++;
	fact(a, FACT_TOPIC_POSTED, asker, asker, asker);
	a->object++;
	fact(a, FACT_POSTED, who, who, asker);
	for (int i = 0; i < votes; i++) fact(a, FACT_VOTED_UP, 0, who, asker);
	if (accepted) fact(a, FACT_ACCEPTED, asker, who, asker);
}

static void genuine(Attack *a, uint32_t who, int times)
{
	for (int i = 0; i < times; i++) exchange(a, a->real_asker[a->turn % a->real_n], who, true, 2);
}

static void run_attack(Attack *a, const char *kind)
{
	int earned = strcmp(kind, "adapt1") == 0 ? 1 : strcmp(kind, "adapt3") == 0 ? 3 : 0;
	for (size_t t = 0; t < TARGETS; t++) genuine(a, a->target[t], earned);
	for (size_t p = 0; p < PUPPETS; p++) genuine(a, a->puppet[p], earned);
	if (strcmp(kind, "noise") == 0)
		for (size_t t = 0; t < TARGETS; t++) {
			for (int i = 0; i < 60; i++) exchange(a, a->real_asker[a->turn % a->real_n], a->target[t], false, 0);
			for (int i = 0; i < 200; i++) a->object++, fact(a, FACT_COMMENTED, a->target[t], a->target[t], a->real_asker[0]);
		}
	else if (strcmp(kind, "ring") == 0)
		for (size_t i = 0; i < 100; i++) exchange(a, a->target[i % TARGETS], a->target[(i + 1 + i / TARGETS % 4) % TARGETS], true, 3);
	else
		for (size_t i = 0; i < 150; i++) exchange(a, a->puppet[i % PUPPETS], a->target[i % TARGETS], true, 4);
}

static void name_seeds(RepLog *log)
{
	size_t n = 0;
	for (size_t m = 1; m <= log->members_n; m++) log->members[m].seed = false;
	for (size_t i = 0; i < log->facts_n && n < SEEDS; i++) {
		const RepFact *f = &log->facts[i];
		if (f->kind != FACT_ACCEPTED || f->owner == f->asker || !f->owner || log->members[f->owner].seed) continue;
		log->members[f->owner].seed = true;
		n++;
	}
}

// Members of its own, so that the history behind stays as it was.
static RepLog *copy_of(Quality *q, Time at)
{
	RepLog *log = rep_log_cut(q->cx->arena, q->log, at);
	RepMember *members = ARENA_NEW(q->cx->arena, RepMember, log->members_n + 1);
	memcpy(members, log->members, (log->members_n + 1) * sizeof *members);
	log->members = members;
	log->members_cap = log->members_n + 1;
	log->member_of = idmap_init(q->cx->arena, log->members_n * 2);
	for (size_t m = 1; m <= log->members_n; m++) {
		uint32_t n;
		if (idmap_number(q->cx, &log->member_of, members[m].id, &n) != ST_OK || n != m) exit(1);
	}
	return log;
}

static size_t reached(Quality *q, const char *kind, int percent, GuardProfile profile)
{
	Time at = quality_split(q->log, percent);
	Attack a = {.cx = q->cx, .log = copy_of(q, at), .from = at - ATTACK_DAYS * TIME_DAY_MS - TIME_DAY_MS, .id = INT64_C(1) << 62};
	name_seeds(a.log);
	a.object = (uint32_t)a.log->objects_n, a.thread = (uint32_t)a.log->threads_n;
	for (size_t i = 0; i < a.log->facts_n && a.real_n < COUNTOF(a.real_asker); i++)
		if (a.log->facts[i].kind == FACT_TOPIC_POSTED && a.log->facts[i].actor && a.log->facts[i].at_ms >= a.from)
			a.real_asker[a.real_n++] = a.log->facts[i].actor;
	for (uint32_t m = 1; m <= a.log->members_n; m++)
		a.log->members[m].verified = profile == GUARD_VERIFIED && m * 2654435761u % 100 < VERIFIED_PERCENT;
	for (size_t i = 0; i < TARGETS + PUPPETS; i++) {
		RepMember m = {.id = INT64_MAX - (Id)i, .joined_at = a.from};
		if (rep_log_member(q->cx, a.log, &m, i < TARGETS ? &a.target[i] : &a.puppet[i - TARGETS]) != ST_OK) exit(1);
	}
	run_attack(&a, kind);
	rep_log_seal(a.log);
	Ruleset rules = *quality_pack(q, "support-default");
	rules.guard.profile = profile;
	RepScores *s;
	if (rep_score(q->cx, a.log, &rules, &(RepAsOf){.day = rep_day(at - 1)}, &s) != ST_OK) exit(1);
	size_t n = 0;
	for (size_t t = 0; t < TARGETS; t++) n += s->v[a.target[t]].place <= 10;
	return n;
}

void quality_attacks(Quality *q)
{
	static const char *const KINDS[] = {"noise", "ring", "bigring", "adapt1", "adapt3"};
	static const struct {
		GuardProfile profile;
		const char *name;
	} PROFILES[] = {{GUARD_OPEN, "nobody verified"}, {GUARD_VERIFIED, "40 % of members verified customers"}, {GUARD_OFF, "no guard, to compare"}};
	for (size_t k = 0; k < COUNTOF(KINDS); k++)
		for (size_t p = 0; p < COUNTOF(PROFILES); p++) {
			char what[160], each[100] = "";
			double sum = 0;
			for (int i = 0; i < QUALITY_SPLITS; i++) {
				ArenaMark mark = arena_mark(q->cx->arena);
				size_t n = reached(q, KINDS[k], 40 + 10 * i, PROFILES[p].profile), at = strlen(each);
				arena_rewind(q->cx->arena, mark);
				sum += (double)n;
				snprintf(each + at, sizeof each - at, "%s%zu", i ? " " : "", n);
			}
			snprintf(what, sizeof what, "attack %s, of 5 in the first ten, %s", KINDS[k], PROFILES[p].name);
			bool bound = PROFILES[p].profile != GUARD_OFF && strncmp(KINDS[k], "adapt", 5) != 0;
			quality_row(q, what, sum / QUALITY_SPLITS, bound ? 0 : NAN, NAN, true, "at 40, 50, 60, 70 %%: %s", each);
		}
	// What the guard costs where nobody attacks.
	Ruleset rules = *quality_pack(q, "support-default");
	for (int on = 0; on < 2; on++) {
		double ndcg = 0, auc = 0;
		rules.guard.profile = on ? GUARD_OPEN : GUARD_OFF;
		for (int i = 0; i < QUALITY_SPLITS; i++) {
			Forecast f;
			RepLog *log = copy_of(q, INT64_MAX);
			name_seeds(log);
			if (rep_forecast(q->cx, log, &rules, &(ForecastArgs){.at = quality_split(q->log, 40 + 10 * i), .horizon_days = 91, .k = 10},
							 &f) != ST_OK)
				exit(1);
			ndcg += f.mean.ndcg / QUALITY_SPLITS;
			auc += f.mean.auc / QUALITY_SPLITS;
		}
		quality_row(q, on ? "forecast with the guard on, twenty seeds, NDCG@10" : "forecast with the guard off, NDCG@10", ndcg, NAN, NAN, false,
					"AUC %.3f", auc);
	}
}
