// SPDX-License-Identifier: AGPL-3.0-or-later
// What new facts change: the members they concern, each computed from their own slice in a snapshot, written with the cursor
// in one short transaction. Much at once, a new day or a changed role is a matter for the pass.
#include "standing/model.h"

#include "base/log.h"

#define CONCERNED_MAX ((size_t)20000)
#define FRESH_CONCERNED_MAX ((size_t)100) // at a look, four times a second: a deed concerns two or three
// A pass costs some 20 us a member: with these pauses well under a hundredth of one core. A newcomer has no place before
// the next one, so while it is cheap there is one at once.
#define PASS_PAUSE_MS(members_n) (TIME_MINUTE_MS + 10 * (members_n))
#define PASS_CHEAP_MEMBERS 5000
// A full batch says that more waits than is worth computing member by member, but not one pass upon the other.
#define FULL_PAUSE_MS(members_n) (2 * TIME_SECOND_MS + (members_n))

struct Reading {
	Ctx *cx;
	const FactBatch *batch;
	Id after, to; // of the cursor
	Published rules;
	LastPass pass;
	IdMap seen;
	Id *members;
	size_t n, most;
	StandingRow *rows, *old; // old: as they were in the snapshot; member_id 0: none
	size_t rows_n;
	IdMap resting;
	bool whole;    // it takes a pass
	bool too_many; // members are concerned
	bool newcomer; // somebody had no standing yet
};

static Status concern(Reading *r, Id member)
{
	uint32_t n;
	if (!member) return ST_OK;
	TRY(idmap_number(r->cx, &r->seen, member, &n));
	if (n <= r->n) return ST_OK;
	if (r->n == r->most) {
		r->too_many = true;
		return ST_OK;
	}
	r->members[r->n++] = member;
	return ST_OK;
}

// Acceptances belong to the asker's slice as well; what is removed, restored or put under other tags changes what all
// that was said in the topic counts.
static Status concern_thread(Reading *r, Db *db, const Fact *f)
{
	bool all = f->kind == FACT_DELETED || f->kind == FACT_RESTORED || f->kind == FACT_EDITED ||
			   (f->kind >= FACT_REPEATED && f->kind <= FACT_VOTE_RESTORED);
	if (!all && f->kind != FACT_ACCEPTED && f->kind != FACT_ACCEPTED_UNDONE) return ST_OK;
	FactThreadRow thread;
	bool found;
	TRY(fact_thread(r->cx, db, &(FactThreadArgs){.subject = f->subject_id}, &thread, &found));
	if (!found) return ST_OK;
	if (!all) return concern(r, thread.author_id);
	ThreadMembersRows rows;
	TRY(thread_members(r->cx, db, &(ThreadMembersArgs){.topic = thread.id}, &rows));
	for (size_t i = 0; i < rows.n; i++) TRY(concern(r, rows.v[i].id));
	return ST_OK;
}

static bool says_nothing(FactKind kind)
{
	return kind == FACT_JOINED || kind == FACT_BADGE_EARNED || kind == FACT_PUBLISHED_FIGURE ||
		   kind == FACT_RANK_CHANGED || kind == FACT_OBJECTED ||
		   (kind >= FACT_PROGRAMME_PROPOSED && kind <= FACT_PROGRAMME_TERMS);
}

static Status find_concerned(Reading *r, Db *db)
{
	r->seen = idmap_init(r->cx->arena, 256);
	r->members = ARENA_NEW(r->cx->arena, Id, r->most);
	bool answers_concern = rep_credits_others(r->rules.rules, FACT_POSTED); // else not who asked, by them alone
	for (size_t i = 0; i < r->batch->n && !r->too_many; i++) {
		const Fact *f = &r->batch->v[i];
		if (says_nothing(f->kind)) continue;
		r->whole |= f->kind == FACT_ROLE_CHANGED || f->kind == FACT_AFFILIATION_CHANGED;
		TRY(concern(r, f->actor_id));
		if (f->kind != FACT_POSTED || answers_concern) TRY(concern(r, f->target_id));
		TRY(concern_thread(r, db, f));
	}
	return ST_OK;
}

static Status compute_in(Ctx *cx, Db *db, Reading *r, Id id)
{
	RepLog *log;
	RepOne *one;
	RepAsOf as_of = {.day = rep_day(cx->now_ms)};
	GuardProfile profile = (GuardProfile)r->pass.row.profile;
	RepScope scope = {.member_id = id, .vouched = profile == GUARD_VERIFIED, .rules = r->rules.rules};
	TRY(rep_log_load(cx, db, &scope, &log));
	TRY(rep_one_new(cx, log, r->rules.rules, &as_of, profile, &one));
	uint32_t m = idmap_find(&log->member_of, id);
	if (!rep_one_has_facts(one, m)) return ST_OK;
	RepScore score;
	RepEvidence evidence;
	StandingRow row, *old = &r->old[r->rows_n];
	bool found;
	*old = (StandingRow){0};
	TRY(rep_one(one, m, &score, &evidence));
	TRY(standing_find(cx, db, &(StandingFindArgs){.member_id = id}, old, &found));
	old->areas = str_copy(r->cx->arena, old->areas);
	old->badges = str_copy(r->cx->arena, old->badges);
	row = *old;
	row.member_id = id;
	standing_fill(r->cx->arena, &row, &score, &evidence, as_of.day);
	RankAsk ask = {.rules = r->rules.rules,
				   .member = &log->members[m],
				   .score = &score,
				   .community = r->pass.community,
				   .day = as_of.day,
				   .now = cx->now_ms,
				   .resting = idmap_find(&r->resting, id) != 0};
	standing_rank(&ask, &row);
	standing_badges(r->cx->arena, &ask, &row);
	if (standing_equal(&row, old)) return ST_OK;
	r->newcomer |= !found;
	r->rows[r->rows_n++] = row;
	return ST_OK;
}

// Each slice in an arena of its own: what stays of it is a row.
static Status compute_one(Reading *r, Db *db, Id id)
{
	AUTO(Arena) a = arena_new(PASS_ARENA_BYTES);
	Ctx own = *r->cx;
	own.arena = a;
	Status st = compute_in(&own, db, r, id);
	return st == ST_OK ? ST_OK : fail(r->cx, st, "%.*s", STR(own.fail_text));
}

static Status compute_all(Reading *r, Db *db)
{
	TRY(standing_resting(r->cx, db, &r->resting));
	r->rows = ARENA_NEW(r->cx->arena, StandingRow, r->n + 1);
	r->old = ARENA_NEW(r->cx->arena, StandingRow, r->n + 1);
	for (size_t i = 0; i < r->n; i++) TRY(compute_one(r, db, r->members[i]));
	return ST_OK;
}

// Nothing is written over what another process wrote since the snapshot: it may know more, and a rank is another once.
static Status write_row(Ctx *cx, Tx *tx, const Reading *r, size_t i)
{
	StandingRow now = {0};
	bool found;
	TRY(standing_find(cx, tx_db(tx), &(StandingFindArgs){.member_id = r->rows[i].member_id}, &now, &found));
	if (!standing_equal(&now, &r->old[i])) return fail(cx, ST_CONFLICT, "another process computed the same member");
	return standing_write(cx, tx, &(StandingBy){.rules = r->rules.rules}, &r->rows[i],
						  &(StandingBefore){found ? now.rank : -1, now.badges});
}

// The cursor is written even where it stays: of two processes that write at once, one looks again.
static Status write_rows(Ctx *cx, Tx *tx, void *arg)
{
	const Reading *r = arg;
	TRY(facts_move(cx, tx, S(STANDING_READER), r->after, r->to));
	for (size_t i = 0; i < r->rows_n; i++) TRY(write_row(cx, tx, r, i));
	return ST_OK;
}

Status standing_read(Ctx *cx, Store *store, const FactBatch *batch)
{
	Reading r = {
		.cx = cx, .batch = batch, .after = batch->after, .to = batch->ids[batch->n - 1], .most = CONCERNED_MAX};
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(last_pass(cx, db, &r.pass));
	Time since = cx->now_ms - r.pass.row.at_ms;
	r.whole = !r.pass.found || r.pass.row.day != rep_day(cx->now_ms) || since > PASS_PAUSE_MS(r.pass.row.members_n) ||
			  (batch->n == FACT_BATCH && since > FULL_PAUSE_MS(r.pass.row.members_n));
	TRY(standing_rules(cx, db, &r.rules));
	r.whole |= r.rules.version != r.pass.row.version;
	if (!r.whole) TRY(find_concerned(&r, db));
	r.whole |= r.too_many;
	if (!r.whole) {
		TRY(compute_all(&r, db));
		r.whole = r.newcomer && r.pass.row.members_n < PASS_CHEAP_MEMBERS;
	}
	db_end(db);
	db = NULL;
	return r.whole ? standing_pass(cx, store) : store_write(cx, store, write_rows, &r);
}

// Rows as they will be when the facts have settled, and the cursor stays; what takes a pass waits for that. The cursor is of the
// snapshot that the rows are of: if it is still there when they are written, every fact they may lack is still to be read.
Status standing_fresh_compute(Ctx *cx, Store *store, const FactBatch *batch, Reading **ret_reading)
{
	Reading *r = ARENA_NEW(cx->arena, Reading, 1);
	*r = (Reading){.cx = cx, .batch = batch, .most = FRESH_CONCERNED_MAX};
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(facts_cursor(cx, db, S(STANDING_READER), &r->after));
	r->to = r->after;
	TRY(last_pass(cx, db, &r->pass));
	TRY(standing_rules(cx, db, &r->rules));
	*ret_reading = r;
	if (!r->pass.found || r->rules.version != r->pass.row.version) return ST_OK;
	TRY(find_concerned(r, db));
	return compute_all(r, db);
}

Status standing_fresh_write(Ctx *cx, Store *store, Reading *r)
{
	if (r->newcomer && r->pass.row.members_n < PASS_CHEAP_MEMBERS) return standing_pass(cx, store);
	return r->rows_n ? store_write(cx, store, write_rows, r) : ST_OK;
}

Status standing_read_fresh(Ctx *cx, Store *store, const FactBatch *batch)
{
	Reading *r;
	TRY(standing_fresh_compute(cx, store, batch, &r));
	return standing_fresh_write(cx, store, r);
}

static const FactReader READER = {.name = STANDING_READER, .read = standing_read};

// Other rules than the last pass had, or an engine that reads them otherwise, take one; and so does a new day, where it matters.
static Status pass_if_due(Ctx *cx, Store *store, bool today)
{
	LastPass pass;
	Published rules;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(last_pass(cx, db, &pass));
	TRY(standing_rules(cx, db, &rules));
	db_end(db);
	db = NULL;
	bool due = today && (!pass.found || pass.row.day != rep_day(cx->now_ms));
	return due || (pass.found && pass.row.version != rules.version) ? standing_pass(cx, store) : ST_OK;
}

Status standing_catch_up(Ctx *cx, Store *store)
{
	for (size_t n = 1; n > 0;) TRY(readers_run(cx, store, &READER, 1, &n));
	return pass_if_due(cx, store, false);
}

// Once an hour, and when the server starts.
static Status daily(Ctx *cx, Store *store, Str payload)
{
	(void)payload;
	return pass_if_due(cx, store, true);
}
static Status pass_job(Ctx *cx, Store *store, Str payload)
{
	(void)payload;
	return standing_pass(cx, store);
}

const JobKind standing_jobs[] = {
	{.queue = STANDING_DAILY_QUEUE, .run = daily, .every_ms = TIME_HOUR_MS, .at_start = true},
	{.queue = STANDING_PASS_QUEUE, .run = pass_job}};
const size_t standing_jobs_n = COUNTOF(standing_jobs);
