// SPDX-License-Identifier: AGPL-3.0-or-later
// Standings against a replay of everything that ever happened, for the doctor.
#include "standing/model.h"

#define DAYS_MAX 400 // a row is as old as its member's last fact, or the last pass

typedef struct Recheck {
	Ctx *cx;
	RepLog *log;
	StandingRow *rows;
	int32_t days[DAYS_MAX];
	size_t days_n;
	int64_t rows_n, stray;
} Recheck;

static Status on_row(void *arg, const void *row)
{
	Recheck *r = arg;
	const StandingRow *s = row;
	uint32_t m = idmap_find(&r->log->member_of, s->member_id);
	size_t i = 0;
	r->rows_n++;
	if (!m) {
		r->stray++;
		return ST_OK;
	}
	r->rows[m] = *s;
	r->rows[m].areas = str_copy(r->cx->arena, s->areas);
	while (i < r->days_n && r->days[i] != s->day) i++;
	if (i == r->days_n && i < DAYS_MAX) r->days[r->days_n++] = (int32_t)s->day;
	return ST_OK;
}

static Status compare_day(Recheck *r, const Ruleset *rules, GuardProfile profile, int32_t day, int64_t *wrong)
{
	RepOne *one;
	TRY(rep_one_new(r->cx, r->log, rules, &(RepAsOf){.day = day}, profile, &one));
	for (uint32_t m = 1; m <= r->log->members_n; m++) {
		RepScore score;
		RepEvidence evidence;
		StandingRow want = {.member_id = r->log->members[m].id};
		bool has = rep_one_has_facts(one, m), there = r->rows[m].member_id != 0;
		if (!there && day == r->days[0]) *wrong += has;
		if (!there || r->rows[m].day != day) continue;
		TRY(rep_one(one, m, &score, &evidence));
		ArenaMark mark = arena_mark(r->cx->arena);
		standing_fill(r->cx->arena, &want, &score, &evidence, day);
		*wrong += !has || !standing_computed_equal(&want, &r->rows[m]);
		arena_rewind(r->cx->arena, mark);
	}
	return ST_OK;
}

static Status recheck_in(Ctx *cx, Db *db, int64_t *ret_wrong, int64_t *ret_rows)
{
	Recheck r = {.cx = cx};
	Published rules;
	LastPass pass;
	TRY(standing_rules(cx, db, &rules));
	TRY(last_pass(cx, db, &pass));
	TRY(rep_log_load(cx, db, &(RepScope){0}, &r.log));
	TRY(rep_log_load_trust(cx, db, r.log));
	r.rows = ARENA_NEW(cx->arena, StandingRow, r.log->members_n + 1);
	TRY(standing_each(cx, db, on_row, &r));
	*ret_wrong = r.stray;
	*ret_rows = r.rows_n;
	for (size_t i = 0; i < r.days_n; i++)
		TRY(compare_day(&r, rules.rules, (GuardProfile)pass.row.profile, r.days[i], ret_wrong));
	return ST_OK;
}

Status standing_recheck(Ctx *cx, Db *db, void (*tell)(void *arg, const char *what, int64_t differing), void *arg)
{
	AUTO(Arena) a = arena_new(PASS_ARENA_BYTES);
	Ctx own = *cx;
	own.arena = a;
	int64_t wrong = 0, rows = 0;
	Status st = recheck_in(&own, db, &wrong, &rows);
	if (st != ST_OK) return fail(cx, st, "%.*s", STR(own.fail_text));
	tell(arg, "standings of members, by replay", wrong);
	TRY(rep_history_check(cx, db, cx->site ? cx->site->history : str_none(), &wrong));
	tell(arg, "facts of the sealed history", wrong);
	return ST_OK;
}
