// SPDX-License-Identifier: AGPL-3.0-or-later
// What happens by itself: terms end, rests end, and once a day the rules and the lists of superusers propose members.
#include "programme/jobs.h"

#include "programme/programme.h"
#include "standing/standing.h"
#include "superusers/superusers.h"

#define RANKED_LOOKED_AT 500
#define PROPOSED_MAX 60 // waiting at once
#define DATES_EVERY_MS TIME_HOUR_MS

const Setting PROGRAMME_PROPOSES = {"programme.proposes", SETTING_FLAG, 0, 0, "on", ""};

typedef struct Due {
	const Id *ids;
	size_t n;
	Status (*step)(Ctx *cx, Tx *tx, Id member);
} Due;

static Status end_of_term(Ctx *cx, Tx *tx, Id member) { return programme_end(cx, tx, member, S("")); }

static Status write_due(Ctx *cx, Tx *tx, void *arg)
{
	const Due *due = arg;
	for (size_t i = 0; i < due->n; i++) {
		Status st = due->step(cx, tx, due->ids[i]);
		if (st == ST_CONFLICT) fail_clear(cx); // somebody was there first
		else TRY(st);
	}
	return ST_OK;
}

Status programme_dates(Ctx *cx, Store *store)
{
	ProgrammeOverRows over;
	ProgrammeRestedRows rested;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(programme_over(cx, db, &(ProgrammeOverArgs){.now = cx->now_ms}, &over));
	TRY(programme_rested(cx, db, &(ProgrammeRestedArgs){.now = cx->now_ms}, &rested));
	db_end(db);
	db = NULL;
	_Static_assert(sizeof(ProgrammeOverRow) == sizeof(Id) && sizeof(ProgrammeRestedRow) == sizeof(Id), "ids alone");
	if (over.n) TRY(store_write(cx, store, write_due, &(Due){(const Id *)over.v, over.n, end_of_term}));
	if (rested.n) TRY(store_write(cx, store, write_due, &(Due){(const Id *)rested.v, rested.n, programme_return}));
	return ST_OK;
}

// --- proposals ------------------------------------------------------------------------------------------------------------

typedef struct Candidate {
	Id member;
	const char *why; // message key
} Candidate;
typedef struct Looking {
	Candidate v[PROPOSED_MAX];
	size_t n;
} Looking;

static void add(Looking *l, Id member, const char *why)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].member == member) return;
	if (l->n < PROPOSED_MAX) l->v[l->n++] = (Candidate){member, why};
}

static bool grants(const Ruleset *rules, int64_t rank)
{
	return rank > 0 && rank <= (int64_t)rules->ranks_n && rank_gives(&rules->ranks[rank - 1]).programme;
}

static Status by_rank(Ctx *cx, Db *db, Looking *l)
{
	Published now;
	ProgrammeRankedRows rows;
	TRY(standing_rules(cx, db, &now));
	TRY(programme_ranked(cx, db, &(ProgrammeRankedArgs){.limit = RANKED_LOOKED_AT}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (grants(now.rules, rows.v[i].rank)) add(l, rows.v[i].id, "programme.why_rank");
	return ST_OK;
}

static Status by_lists(Ctx *cx, Db *db, Looking *l)
{
	SuperNow now;
	AUTO(SuperNow) end = &now;
	(void)end;
	TRY(superusers_now(cx, db, &now)); // nobody while it is counted: the next time then
	const Superusers *s = &now.s;
	for (size_t i = 0; i < s->established.n; i++) add(l, s->established.v[i].id, "programme.why_established");
	for (size_t i = 0; i < s->rising.n; i++) add(l, s->rising.v[i].id, "programme.why_rising");
	for (size_t i = 0; i < s->quiet.n; i++) add(l, s->quiet.v[i].id, "programme.why_quiet");
	return ST_OK;
}

static Status propose(Ctx *cx, Tx *tx, const Candidate *c)
{
	ProgrammeFindRow row;
	ProgrammeWhoRow who;
	bool found;
	TRY(programme_find(cx, tx_db(tx), &(ProgrammeFindArgs){.member_id = c->member}, &row, &found));
	bool again = found && (row.state == PROGRAMME_DECLINED || row.state == PROGRAMME_ENDED) &&
				 cx->now_ms - row.changed_at >= PROGRAMME_AGAIN_MS;
	if (found && !again) return ST_OK;
	TRY(programme_who(cx, tx_db(tx), &(ProgrammeWhoArgs){.id = c->member}, &who, &found));
	if (!found || who.deleted_at || who.role >= ROLE_MODERATOR || who.affiliation == AFFILIATION_EMPLOYEE) return ST_OK;
	return programme_propose(cx, tx, c->member, programme_area_of(who.areas, who.hidden), str_from(c->why));
}

static Status write_proposals(Ctx *cx, Tx *tx, void *arg)
{
	const Looking *l = arg;
	for (size_t i = 0; i < l->n; i++) TRY(propose(cx, tx, &l->v[i]));
	return ST_OK;
}

Status programme_look_around(Ctx *cx, Store *store)
{
	Looking *l = ARENA_NEW(cx->arena, Looking, 1);
	if (!setting_flag(cx->site, &PROGRAMME_PROPOSES)) return ST_OK;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(by_lists(cx, db, l));
	TRY(by_rank(cx, db, l));
	db_end(db);
	db = NULL;
	return l->n ? store_write(cx, store, write_proposals, l) : ST_OK;
}

static Status dates_job(Ctx *cx, Store *store, Str payload)
{
	(void)payload;
	return programme_dates(cx, store);
}
static Status look_job(Ctx *cx, Store *store, Str payload)
{
	(void)payload;
	return programme_look_around(cx, store);
}

const JobKind programme_jobs[] = {{.queue = "programme.dates", .run = dates_job, .every_ms = DATES_EVERY_MS},
								  {.queue = "programme.look", .run = look_job, .every_ms = TIME_DAY_MS}};
const size_t programme_jobs_n = COUNTOF(programme_jobs);
