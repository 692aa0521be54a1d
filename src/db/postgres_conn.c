// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/postgres_impl.h"

#include "base/time.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#define GRACE_NS ((int64_t)5000000000) // for a cancelled statement to end
#define BEGIN_READER "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
#define BEGIN_WRITER "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"

bool pg_broken(const PgConn *c) { return !c->pg || c->dead || PQstatus(c->pg) != CONNECTION_OK; }

static bool is_state(const PgConn *c, const char *state) { return strcmp(c->sqlstate, state) == 0; }

bool pg_repeatable(const PgConn *c) { return pg_broken(c) || is_state(c, "40001") || is_state(c, "40P01"); }

static Status status_of(const char *state)
{
	// A whole code before its class.
	static const struct {
		const char *state;
		Status st;
	} STATES[] = {
		{"23505", ST_CONFLICT}, {"23P01", ST_CONFLICT}, {"23", ST_INVALID},   {"22", ST_INVALID}, {"40", ST_BUSY},
		{"53100", ST_FULL},     {"53", ST_BUSY},        {"54", ST_TOO_LARGE}, {"55P03", ST_BUSY}, {"57014", ST_TIMEOUT},
		{"57P03", ST_BUSY},     {"57", ST_IO},          {"58", ST_IO},        {"XX001", ST_IO},   {"XX002", ST_IO},
		{"08", ST_IO},          {"25006", ST_IO},
	};
	for (size_t i = 0; i < COUNTOF(STATES); i++)
		if (strncmp(state, STATES[i].state, strlen(STATES[i].state)) == 0) return STATES[i].st;
	return state[0] ? ST_INTERNAL : ST_IO;
}

Status pg_fail(Ctx *cx, PgConn *c, const char *what, const PGresult *res)
{
	const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	const char *message = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	if (!message) message = c->pg ? PQerrorMessage(c->pg) : "no connection";
	snprintf(c->state, sizeof c->state, "%s", state ? state : "");
	c->sqlstate = c->state;
	Str text = str_trim(str_from(message));
	return fail(cx, status_of(c->state), "%s: %.*s%s%s%s", what, STR(text), state ? " (" : "", state ? state : "",
				state ? ")" : "");
}

static void be_silent(UNUSED void *arg, UNUSED const char *message) {}

void pg_disconnect(PgConn *c)
{
	if (c->pg) PQfinish(c->pg);
	c->pg = NULL;
	c->dead = c->unread = false;
	c->stmts_n = 0;
	memset(c->index, 0, sizeof c->index);
}

Status pg_connect(Ctx *cx, PgConn *c)
{
	const PgStore *ps = (const PgStore *)c->db.store;
	// What comes before dbname is a default that the URL may change; what comes after is ours.
	static const char *const NAMES[] = {"connect_timeout",  "keepalives_idle",           "keepalives_interval",
										"keepalives_count", "tcp_user_timeout",          "dbname",
										"client_encoding",  "fallback_application_name", NULL};
	const char *values[] = {"10", "30", "10", "3", "30000", ps->url, "UTF8", "hearth", NULL};
	pg_disconnect(c);
	c->pg = PQconnectdbParams(NAMES, values, 1);
	c->sqlstate = "";
	if (!c->pg || PQstatus(c->pg) != CONNECTION_OK) {
		Status st = pg_fail(cx, c, "PostgreSQL", NULL);
		pg_disconnect(c);
		return st;
	}
	PQsetNoticeProcessor(c->pg, be_silent, NULL);
	char sql[400];
	snprintf(sql, sizeof sql,
			 "SET bytea_output = 'hex'; SET extra_float_digits = 1; SET standard_conforming_strings = on; SET TimeZone "
			 "= 'UTC'; "
			 "SET lock_timeout = '10s'; %s%s%s",
			 ps->schema[0] ? "SET search_path = \"" : "", ps->schema, ps->schema[0] ? "\"" : "");
	Status st = pg_text(cx, c, sql);
	if (st != ST_OK) pg_disconnect(c);
	return st;
}

Status pg_text(Ctx *cx, PgConn *c, const char *sql)
{
	AUTO(PGresult) res = PQexec(c->pg, sql);
	ExecStatusType k = PQresultStatus(res);
	return k == PGRES_COMMAND_OK || k == PGRES_TUPLES_OK || k == PGRES_EMPTY_QUERY ? ST_OK
																				   : pg_fail(cx, c, "PostgreSQL", res);
}

// The next result; while a deadline is set, no longer than that and a grace after the server was asked to stop.
static PGresult *next_result(PgConn *c)
{
	bool asked = false;
	int64_t until = c->deadline_ns;
	while (until && PQisBusy(c->pg)) {
		int64_t left = until - time_mono_ns();
		if (left <= 0) {
			PGcancel *cancel = asked ? NULL : PQgetCancel(c->pg);
			char why[256];
			c->dead = !cancel || !PQcancel(cancel, why, sizeof why);
			PQfreeCancel(cancel);
			if (c->dead) return NULL;
			asked = true;
			until = time_mono_ns() + GRACE_NS;
			continue;
		}
		struct pollfd fd = {.fd = PQsocket(c->pg), .events = POLLIN};
		if (poll(&fd, 1, (int)i64_min(left / 1000000 + 1, 60000)) < 0 && errno != EINTR) break;
		if (fd.revents && !PQconsumeInput(c->pg)) break;
	}
	return PQgetResult(c->pg);
}

typedef enum StepKind { STEP_TEXT, STEP_DECLARE, STEP_PREPARE, STEP_RUN } StepKind;
typedef struct Step {
	StepKind kind;
	const char *sql;
	bool wanted; // its result is what the caller asked for
} Step;
typedef struct Steps {
	Step v[PG_STEPS_MAX];
	int n;
	uint32_t number; // of the prepared statement
	char deallocate[32], prepared[16];
} Steps;

static void add_step(Steps *s, StepKind kind, const char *sql, bool wanted)
{
	BUG_IF(s->n >= PG_STEPS_MAX);
	s->v[s->n++] = (Step){kind, sql, wanted};
}

static bool send_step(PgConn *c, const Steps *s, const Step *step, const PgCall *call)
{
	const PgParams *p = call->params;
	switch (step->kind) {
	case STEP_TEXT: return PQsendQueryParams(c->pg, step->sql, 0, NULL, NULL, NULL, NULL, 0);
	case STEP_DECLARE: return PQsendQueryParams(c->pg, step->sql, p->n, p->types, p->values, p->lengths, p->formats, 0);
	case STEP_PREPARE: return PQsendPrepare(c->pg, s->prepared, step->sql, p->n, p->types);
	case STEP_RUN: return PQsendQueryPrepared(c->pg, s->prepared, p->n, p->values, p->lengths, p->formats, 0);
	}
	return false;
}

static size_t slot_of(const DbQuery *q)
{
	return (size_t)(((uint64_t)(uintptr_t)q >> 3) * 0x9e3779b97f4a7c15u >> 32) & (PG_INDEX_SLOTS - 1);
}

static void index_add(PgConn *c, int at)
{
	size_t slot = slot_of(c->stmts[at].q);
	while (c->index[slot]) slot = (slot + 1) & (PG_INDEX_SLOTS - 1);
	c->index[slot] = (uint16_t)(at + 1);
}

static PgStmt *find_stmt(PgConn *c, const DbQuery *q)
{
	for (size_t slot = slot_of(q); c->index[slot]; slot = (slot + 1) & (PG_INDEX_SLOTS - 1)) {
		PgStmt *s = &c->stmts[c->index[slot] - 1];
		if (s->q == q) return s;
	}
	return NULL;
}

static void remember(PgConn *c, const DbQuery *q, uint32_t number)
{
	BUG_IF(c->stmts_n >= PG_STMTS_MAX);
	c->stmts[c->stmts_n] = (PgStmt){.q = q, .number = number, .used = ++c->clock};
	index_add(c, c->stmts_n++);
}

// Makes room by giving up the statement that was not used for longest; returns its number.
static uint32_t forget_one(PgConn *c)
{
	int old = 0;
	for (int i = 1; i < c->stmts_n; i++)
		if (c->stmts[i].used < c->stmts[old].used) old = i;
	uint32_t number = c->stmts[old].number;
	c->stmts[old] = c->stmts[--c->stmts_n];
	memset(c->index, 0, sizeof c->index);
	for (int i = 0; i < c->stmts_n; i++) index_add(c, i);
	return number;
}

static void plan_statement(PgConn *c, const PgCall *call, Steps *s)
{
	PgStmt *known = find_stmt(c, call->q);
	if (known) known->used = ++c->clock;
	s->number = known ? known->number : ++c->prepared;
	snprintf(s->prepared, sizeof s->prepared, "q%u", s->number);
	if (!known && c->stmts_n == PG_STMTS_MAX) {
		snprintf(s->deallocate, sizeof s->deallocate, "DEALLOCATE q%u", forget_one(c));
		add_step(s, STEP_TEXT, s->deallocate, false);
	}
	if (!known) add_step(s, STEP_PREPARE, call->q->pg, false);
	add_step(s, STEP_RUN, NULL, true);
}

static void plan(PgConn *c, const PgCall *call, Steps *s)
{
	if (pg_state(c) == PQTRANS_IDLE) add_step(s, STEP_TEXT, c->db.writable ? BEGIN_WRITER : BEGIN_READER, false);
	if (c->careful) add_step(s, STEP_TEXT, "SAVEPOINT one", false);
	if (call->declare) add_step(s, STEP_DECLARE, call->declare, !call->fetch);
	if (call->fetch) add_step(s, STEP_TEXT, call->fetch, true);
	if (!call->declare && !call->fetch) plan_statement(c, call, s);
	if (c->careful) add_step(s, STEP_TEXT, "RELEASE one", false);
}

// Reads the results of one step up to the NULL that ends them.
static Status read_step(Ctx *cx, PgConn *c, const PgCall *call, const Step *step, Status st, PGresult **ret_wanted)
{
	for (PGresult *r; (r = next_result(c));) {
		ExecStatusType k = PQresultStatus(r);
		bool good = k == PGRES_COMMAND_OK || k == PGRES_TUPLES_OK;
		if (!good && k != PGRES_PIPELINE_ABORTED && st == ST_OK) st = pg_fail(cx, c, call->q->name, r);
		if (good && step->wanted && !*ret_wanted) *ret_wanted = r;
		else PQclear(r);
		if (pg_broken(c)) break;
	}
	return st;
}

static Status read_all(Ctx *cx, PgConn *c, const PgCall *call, const Steps *s, PGresult **ret_wanted)
{
	Status st = ST_OK;
	for (int i = 0; i < s->n && !pg_broken(c); i++) {
		st = read_step(cx, c, call, &s->v[i], st, ret_wanted);
		if (st == ST_OK && s->v[i].kind == STEP_PREPARE) remember(c, call->q, s->number);
	}
	AUTO(PGresult) sync = pg_broken(c) ? NULL : next_result(c);
	if (PQresultStatus(sync) == PGRES_PIPELINE_SYNC && PQexitPipelineMode(c->pg)) return st;
	if (st == ST_OK) st = pg_fail(cx, c, call->q->name, sync);
	c->dead = true;
	return st;
}

static Status exchange(Ctx *cx, PgConn *c, const PgCall *call, PGresult **ret_wanted)
{
	Steps s = {0};
	plan(c, call, &s);
	bool sent = PQenterPipelineMode(c->pg);
	for (int i = 0; sent && i < s.n; i++) sent = send_step(c, &s, &s.v[i], call);
	if (sent && PQpipelineSync(c->pg)) return read_all(cx, c, call, &s, ret_wanted);
	c->dead = true;
	return pg_fail(cx, c, call->q->name, NULL);
}

// A failed statement of a careful transaction is undone alone.
static Status after_failure(Ctx *cx, PgConn *c, Status st)
{
	if (pg_broken(c) || !c->careful || pg_state(c) != PQTRANS_INERROR || pg_repeatable(c)) return st;
	AUTO(PGresult) res = PQexec(c->pg, "ROLLBACK TO one; RELEASE one");
	return PQresultStatus(res) == PGRES_COMMAND_OK ? st : pg_fail(cx, c, "rollback", res);
}

// The statement failed because the connection was lost. If it was the first of its reader, nothing was seen of a
// snapshot yet: the server may have been restarted while the connection was idle, so it is tried once more.
static Status after_loss(Ctx *cx, PgConn *c, const PgCall *call, bool first, Status st, PGresult **ret_wanted)
{
	if (c->deadline_ns && time_mono_ns() > c->deadline_ns)
		return fail(cx, ST_TIMEOUT, "%s: no answer in time", call->q->name);
	if (!first || c->db.writable) return st;
	atomic_fetch_add(&((PgStore *)c->db.store)->reopened, 1);
	PQclear(*ret_wanted);
	*ret_wanted = NULL;
	fail_clear(cx);
	TRY(pg_connect(cx, c));
	return exchange(cx, c, call, ret_wanted);
}

Status pg_run(Ctx *cx, PgConn *c, const PgCall *call, PGresult **ret_result)
{
	if (pg_state(c) == PQTRANS_INERROR) {
		c->went_on = true;
		return fail(cx, ST_INTERNAL, "%s: an earlier statement of the transaction failed", call->q->name);
	}
	bool first = pg_state(c) == PQTRANS_IDLE;
	if (!first && pg_broken(c)) return fail(cx, ST_IO, "%s: the connection was lost", call->q->name);
	PGresult *got = NULL;
	Status st = exchange(cx, c, call, &got);
	if (st != ST_OK && pg_broken(c)) st = after_loss(cx, c, call, first, st, &got);
	if (st == ST_OK && !got) st = fail(cx, ST_IO, "%s: no answer", call->q->name);
	if (st != ST_OK) {
		PQclear(got);
		return after_failure(cx, c, st);
	}
	*ret_result = got;
	return ST_OK;
}

void pg_commit_later(PgConn *c)
{
	c->unread = PQenterPipelineMode(c->pg) && PQsendQueryParams(c->pg, "COMMIT", 0, NULL, NULL, NULL, NULL, 0) &&
				PQpipelineSync(c->pg);
	c->dead |= !c->unread;
}

bool pg_settle(PgConn *c)
{
	while (c->unread && !pg_broken(c)) {
		AUTO(PGresult) r = PQgetResult(c->pg); // of the COMMIT, the NULL after it, and the end
		if (PQresultStatus(r) != PGRES_PIPELINE_SYNC) continue;
		c->unread = false;
		c->dead |= !PQexitPipelineMode(c->pg);
	}
	return !pg_broken(c) && pg_state(c) == PQTRANS_IDLE;
}
