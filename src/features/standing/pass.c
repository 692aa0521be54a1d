// SPDX-License-Identifier: AGPL-3.0-or-later
// The pass over everybody: read in one snapshot, computed in memory, written in small transactions, so that the writer is never
// held up. What it does not reach before a crash it finds again the next time: it moves the reader's cursor last.
#include "standing/model.h"

#include "base/log.h"
#include "core/setting.h"

#include <stdlib.h>

#define PASS_TRIES 5    // when another process moved the cursor meanwhile
#define WRITE_ROWS 1000 // some 15 ms of the writer

typedef struct Pass {
	Ctx *cx;
	Store *store;
	Published rules;
	RepLog *log;
	RepScores *scores;
	RepMemberTrust *trust;   // what this pass found; log->trust is what the last one had
	StandingRow *rows, *old; // by member number; member_id 0: none
	RepPacked *packed;       // by member number
	bool *wrong;             // whose is not what this pass found
	uint32_t *facts;         // how many are by or about each
	Id after, to;
	int32_t day;
	PassPutArgs put;
	uint32_t from; // of the transaction at work
	IdMap resting;
	bool other_rules; // than the last pass: what ranks are called and give may be other, where nobody's row is
} Pass;

static Status on_old(void *arg, const void *row)
{
	_Static_assert(sizeof(StandingRow) == sizeof(StandingEachRow), "a row is read as it is written");
	Pass *p = arg;
	const StandingRow *r = row;
	uint32_t m = idmap_find(&p->log->member_of, r->member_id);
	if (!m) return ST_OK;
	p->old[m] = *r;
	p->old[m].areas = str_copy(p->cx->arena, r->areas);
	p->old[m].badges = str_copy(p->cx->arena, r->badges);
	return ST_OK;
}

static Status rows_new(Ctx *cx, size_t n, StandingRow **ret_rows)
{
	*ret_rows = arena_try_alloc(cx->arena, (n + 1) * sizeof(StandingRow), _Alignof(StandingRow));
	return *ret_rows ? ST_OK : fail(cx, ST_TOO_LARGE, "the standings do not fit in memory");
}

static Status read_all(Pass *p, Db *db)
{
	FactBatch batch;
	LastPass last;
	TRY(standing_rules(p->cx, db, &p->rules));
	TRY(last_pass(p->cx, db, &last));
	p->other_rules = !last.found || last.row.version != p->rules.version;
	TRY(facts_peek(p->cx, db, S(STANDING_READER), &batch));
	p->after = batch.after;
	TRY(facts_last(p->cx, db, &p->to));
	TRY(rep_log_load(p->cx, db, &(RepScope){.history = p->cx->site ? p->cx->site->history : str_none()}, &p->log));
	TRY(rep_log_load_trust(p->cx, db, p->log));
	TRY(rep_log_seeds(p->cx, db, p->log, p->rules.rules));
	TRY(standing_resting(p->cx, db, &p->resting));
	TRY(rep_packed_load(p->cx, db, p->log, &p->packed));
	TRY(rows_new(p->cx, p->log->members_n, &p->old));
	TRY(rows_new(p->cx, p->log->members_n, &p->rows));
	return standing_each(p->cx, db, on_old, p);
}

static bool trust_equal(const RepMemberTrust *a, const RepMemberTrust *b)
{
	return a->seed == b->seed && a->since_at == b->since_at && a->since_id == b->since_id && a->met_at == b->met_at &&
		   a->met_id == b->met_id && a->met_by == b->met_by && a->many_at == b->many_at && a->many_id == b->many_id;
}

static bool any_vouched(const Pass *p) { return p->scores->profile == GUARD_VERIFIED && p->scores->trust.vouched; }

static bool is_vouched(const Pass *p, size_t fact) { return p->scores->trust.vouched[fact / 64] >> (fact % 64) & 1; }

// From here on the log knows this pass's trust, as a slice will.
static Status take_trust(Pass *p)
{
	RepMemberTrust *old = p->log->trust;
	p->trust = arena_try_alloc(p->cx->arena, (p->log->members_n + 1) * sizeof *p->trust, _Alignof(RepMemberTrust));
	if (!p->trust) return fail(p->cx, ST_TOO_LARGE, "the trust does not fit in memory");
	for (uint32_t m = 1; m <= p->log->members_n; m++) p->trust[m] = rep_trust_of(p->log, p->scores, m);
	p->log->trust = p->trust;
	p->trust = old;
	idmap_clear(&p->log->vouched);
	for (size_t f = 0; any_vouched(p) && f < p->log->facts_n; f++) {
		uint32_t n;
		if (is_vouched(p, f)) TRY(idmap_number(p->cx, &p->log->vouched, p->log->facts[f].id, &n));
	}
	return ST_OK;
}

static int64_t board_score(const Pass *p, const StandingRow *r)
{
	const int64_t v[SCORES_N] = {r->credibility, r->contribution, r->engagement, r->conduct, r->reach};
	return standing_shown(v[p->rules.rules->board]);
}

typedef struct Placed {
	int64_t points;
	uint32_t member;
} Placed;

static int by_points(const void *a, const void *b)
{
	const Placed *x = a, *y = b;
	if (x->points != y->points) return x->points > y->points ? -1 : 1;
	return (x->member > y->member) - (x->member < y->member);
}

// Who takes part and is not staff, by what is shown of their score: who cannot be told apart shares places.
static Status give_places(Pass *p)
{
	Placed *v = arena_try_alloc(p->cx->arena, (p->log->members_n + 1) * sizeof *v, _Alignof(Placed));
	if (!v) return fail(p->cx, ST_TOO_LARGE, "the board does not fit in memory");
	size_t n = 0;
	for (uint32_t m = 1; m <= p->log->members_n; m++)
		if (p->rows[m].member_id && p->rows[m].events_n && !p->log->members[m].staff)
			v[n++] = (Placed){board_score(p, &p->rows[m]), m};
	qsort(v, n, sizeof *v, by_points);
	for (size_t i = 0, to; i < n; i = to) {
		for (to = i; to < n && v[to].points == v[i].points; to++) {}
		for (size_t k = i; k < to; k++) {
			p->rows[v[k].member].place = (int64_t)i + 1;
			p->rows[v[k].member].place_to = (int64_t)to;
		}
	}
	p->put.ranked_n = (int64_t)n;
	return ST_OK;
}

static Status compute(Pass *p)
{
	Ctx *cx = p->cx;
	RepAsOf as_of = {.day = p->day};
	RepOne *one;
	TRY(rep_score(cx, p->log, p->rules.rules, &as_of, &p->scores));
	TRY(take_trust(p));
	TRY(rep_one_after(cx, p->log, p->rules.rules, &as_of, p->scores, &one));
	for (uint32_t m = 1; m <= p->log->members_n; m++) {
		RepScore score;
		RepEvidence evidence;
		StandingRow *row = &p->rows[m];
		if (!rep_one_has_facts(one, m)) continue;
		TRY(rep_one(one, m, &score, &evidence));
		row->member_id = p->log->members[m].id;
		row->rank = p->old[m].rank;
		row->rank_since = p->old[m].rank_since;
		row->rank_low_since = p->old[m].rank_low_since;
		row->percentile = p->scores->v[m].percentile;
		row->badges = p->old[m].badges;
		standing_fill(cx->arena, row, &score, &evidence, p->day);
		RankAsk ask = {.rules = p->rules.rules,
					   .member = &p->log->members[m],
					   .score = &score,
					   .community = p->scores->community,
					   .day = p->day,
					   .now = cx->now_ms,
					   .resting = idmap_find(&p->resting, row->member_id) != 0};
		standing_rank(&ask, row);
		standing_badges(cx->arena, &ask, row);
		p->put.members_n++;
		p->put.settled_n += evidence.settled;
		p->put.settled_accepted_n += evidence.settled_kept;
	}
	return give_places(p);
}

static Status write_trust(Ctx *cx, Tx *tx, const Pass *p, uint32_t m)
{
	const RepMemberTrust *t = &p->log->trust[m], nothing = {0};
	Id id = p->log->members[m].id;
	if (trust_equal(t, &p->trust[m])) return ST_OK;
	if (trust_equal(t, &nothing)) return trust_delete(cx, tx, &(TrustDeleteArgs){.member_id = id});
	return trust_put(cx, tx,
					 &(TrustPutArgs){.member_id = id,
									 .seed = t->seed,
									 .since_at = t->since_at,
									 .since_id = t->since_id,
									 .met_at = t->met_at,
									 .met_id = t->met_id,
									 .met_by = t->met_by,
									 .many_at = t->many_at,
									 .many_id = t->many_id});
}

static bool is_new(const Pass *p, uint32_t m)
{
	return p->rows[m].member_id && (p->other_rules || !standing_equal(&p->rows[m], &p->old[m]));
}

static bool differs(const Pass *p, uint32_t m) { return is_new(p, m) || !trust_equal(&p->log->trust[m], &p->trust[m]); }

static Status write_some(Ctx *cx, Tx *tx, void *arg)
{
	const Pass *p = arg;
	IdMap hidden; // as of this transaction: a space that was closed meanwhile is named nowhere
	TRY(areas_all_hidden(cx, tx_db(tx), VISIBLE_PUBLIC, &hidden));
	for (uint32_t m = p->from; m < p->from + WRITE_ROWS && m <= p->log->members_n; m++) {
		TRY(write_trust(cx, tx, p, m));
		if (!is_new(p, m)) continue;
		StandingBefore before = {p->old[m].member_id ? p->old[m].rank : -1, p->old[m].badges};
		TRY(standing_write(cx, tx, &(StandingBy){p->rules.rules, &hidden}, &p->rows[m], &before));
	}
	return ST_OK;
}

static Status write_end(Ctx *cx, Tx *tx, void *arg)
{
	const Pass *p = arg;
	TRY(vouched_delete(cx, tx));
	for (size_t f = 0; any_vouched(p) && f < p->log->facts_n; f++) {
		if (!is_vouched(p, f)) continue;
		const RepFact *fact = &p->log->facts[f];
		for (int i = 0; i < 2; i++) {
			Id member = p->log->members[i ? fact->owner : fact->subject].id;
			if (member) TRY(vouched_insert(cx, tx, &(VouchedInsertArgs){.member_id = member, .fact_id = fact->id}));
		}
	}
	Str before;
	TRY(setting_follow(cx, tx, &SITE_SCORE, score_name(p->rules.rules->board), &before));
	TRY(pass_put(cx, tx, &p->put));
	return facts_move(cx, tx, S(STANDING_READER), p->after, p->to);
}

static Status forget_some(Ctx *cx, Tx *tx, void *arg)
{
	const Pass *p = arg;
	for (uint32_t m = p->from; m < p->from + WRITE_ROWS && m <= p->log->members_n; m++)
		if (p->wrong[m]) TRY(rep_pack_forget(cx, tx, p->log->members[m].id));
	return ST_OK;
}

static Status forget_wrong(Pass *p)
{
	TRY(rep_packed_wrong(p->cx, p->log, p->packed, &p->wrong, &p->facts));
	for (uint32_t m = 1; m <= p->log->members_n; m += WRITE_ROWS) {
		bool any = false;
		for (uint32_t k = m; k < m + WRITE_ROWS && k <= p->log->members_n; k++) any |= p->wrong[k];
		p->from = m;
		if (any) TRY(store_write(p->cx, p->store, forget_some, p));
	}
	return ST_OK;
}

static Status write_all(Pass *p)
{
	TRY(forget_wrong(p));
	for (uint32_t m = 1; m <= p->log->members_n; m += WRITE_ROWS) {
		bool any = false;
		for (uint32_t k = m; k < m + WRITE_ROWS && k <= p->log->members_n; k++) any |= differs(p, k);
		p->from = m;
		ArenaMark mark = arena_mark(p->cx->arena);
		if (any) TRY(store_write(p->cx, p->store, write_some, p));
		arena_rewind(p->cx->arena, mark);
	}
	return store_write(p->cx, p->store, write_end, p);
}

static Status pack_many(const Pass *p)
{
	for (uint32_t m = 1; m <= p->log->members_n; m++) {
		if (p->facts[m] < REP_PACK_LEAST) continue;
		Status st = rep_pack(p->cx, p->store, p->log->members[m].id, REP_PACK_LEAST);
		if (st != ST_TOO_LARGE) TRY(st); // what does not fit stays in rows, where it is read as well
	}
	return ST_OK;
}

static Status pass_in(Ctx *cx, Store *store)
{
	Pass p = {.cx = cx, .store = store, .day = rep_day(cx->now_ms)};
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(read_all(&p, db));
	db_end(db);
	db = NULL;
	if (!p.rules.at) TRY(store_write(cx, store, standing_rules_keep, &p.rules));
	TRY(compute(&p));
	p.put.day = p.day;
	p.put.at_ms = cx->now_ms;
	p.put.fact_id = p.to;
	p.put.version = p.rules.version;
	p.put.profile = p.scores->profile;
	p.put.seeds_found = (int64_t)p.scores->auto_seeds;
	p.put.metrics = metrics_text(cx->arena, p.scores->community, p.rules.rules->metrics_n);
	TRY(write_all(&p));
	TRY(pack_many(&p));
	Status st = rep_history_keep(cx, p.log, REP_HISTORY_LEAST);
	if (st != ST_OK) LOG(LOG_WARN, "the history was not sealed", LOG_STR("why", cx->fail_text)); // the pass is done
	return ST_OK;
}

static Status try_pass(Ctx *cx, Store *store)
{
	AUTO(Arena) a = arena_new(PASS_ARENA_BYTES);
	Ctx own = *cx;
	own.arena = a;
	Status st = pass_in(&own, store);
	return st == ST_OK ? ST_OK : fail(cx, st, "%.*s", STR(own.fail_text));
}

// A command and a server of the same site may be at it together: who comes second looks again.
Status standing_pass(Ctx *cx, Store *store)
{
	Status st = try_pass(cx, store);
	for (int i = 1; st == ST_CONFLICT && i < PASS_TRIES; i++) {
		fail_clear(cx);
		st = try_pass(cx, store);
	}
	return st;
}
