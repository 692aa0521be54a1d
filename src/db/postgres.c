// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/postgres_impl.h"

#include "base/time.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define STORE_ARENA_BYTES ((size_t)64 << 10)
#define CONN_ARENA_BYTES ((size_t)64 << 10)
#define CONNS_DEFAULT 4
#define CONNS_MAX 64
#define WAIT_S 10
#define SCHEMA_MAX_BYTES 63

static void pool_init(PgPool *p, int max, bool writable)
{
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->returned, &attr);
	pthread_condattr_destroy(&attr);
	p->max = max;
	p->writable = writable;
}

static void conn_free(PgConn *c)
{
	pg_disconnect(c);
	arena_free(c->arena);
}

static void pool_done(PgPool *p)
{
	BUG_IF(p->busy_n != 0); // a Db that was not ended
	for (PgConn *c = p->idle, *next; c; c = next) {
		next = c->next;
		conn_free(c);
	}
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->returned);
}

// An idle connection, or the right to open one (*ret_conn NULL).
static Status pool_take(Ctx *cx, PgPool *p, PgConn **ret_conn)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += WAIT_S;
	pthread_mutex_lock(&p->lock);
	int rc = 0;
	while (!p->idle && p->open_n >= p->max && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&p->returned, &p->lock, &until);
	PgConn *c = p->idle;
	bool may_open = !c && p->open_n < p->max;
	if (c) p->idle = c->next;
	else if (may_open) p->open_n++;
	if (c || may_open) p->busy_n++;
	pthread_mutex_unlock(&p->lock);
	*ret_conn = c;
	return c || may_open ? ST_OK : fail(cx, ST_BUSY, "no connection became free in %d s", WAIT_S);
}

// Connections that are of no use are closed; the next user opens another.
void pg_give_back(PgConn *c)
{
	PgPool *p = c->pool;
	bool sound = !pg_broken(c) && (c->unread || pg_state(c) == PQTRANS_IDLE);
	pthread_mutex_lock(&p->lock);
	p->busy_n--;
	if (sound) {
		c->next = p->idle;
		p->idle = c;
	} else {
		p->open_n--;
	}
	pthread_cond_signal(&p->returned);
	pthread_mutex_unlock(&p->lock);
	if (!sound) conn_free(c);
}

Status pg_take(Ctx *cx, PgStore *ps, PgPool *pool, PgConn **ret_conn)
{
	PgConn *c = NULL;
	TRY(pool_take(cx, pool, &c));
	if (!c) {
		Arena *a = arena_new(CONN_ARENA_BYTES);
		c = ARENA_NEW(a, PgConn, 1);
		c->arena = a;
		c->pool = pool;
		c->sqlstate = "";
		c->db = (Db){.ops = ps->store.ops, .store = &ps->store, .writable = pool->writable};
	}
	c->deadline_ns = 0;
	Status st = pg_settle(c) ? ST_OK : pg_connect(cx, c);
	if (st != ST_OK) {
		pg_give_back(c);
		return st;
	}
	*ret_conn = c;
	return ST_OK;
}

static Status pg_begin(Ctx *cx, Store *s, Db **ret_db)
{
	PgStore *ps = (PgStore *)s;
	PgConn *c = NULL;
	TRY(pg_take(cx, ps, &ps->readers, &c));
	*ret_db = &c->db;
	return ST_OK;
}

static void pg_end(Db *db)
{
	PgConn *c = (PgConn *)db;
	if (!pg_broken(c) && pg_state(c) != PQTRANS_IDLE) pg_commit_later(c);
	pg_give_back(c);
}

static void pg_deadline(Db *db, int64_t ms)
{
	((PgConn *)db)->deadline_ns = ms > 0 ? time_mono_ns() + ms * 1000000 : 0;
}

// Does a column of this type arrive as DbType says? numeric (an uncast sum or avg) and the like would fail on a value only.
static bool type_fits(const DbField *f, Oid type)
{
	static const struct {
		Oid type;
		unsigned fits; // bits of DbType
	} TYPES[] = {
		{16, 1u << DB_BOOL | 1u << DB_INT}, // bool
		{17, 1u << DB_BLOB},                // bytea
		{18, 1u << DB_TEXT},                // "char"
		{19, 1u << DB_TEXT},                // name
		{20, 1u << DB_INT | 1u << DB_TIME | 1u << DB_ID | 1u << DB_BOOL | 1u << DB_REAL},
		{21, 1u << DB_INT | 1u << DB_TIME | 1u << DB_ID | 1u << DB_BOOL | 1u << DB_REAL},
		{23, 1u << DB_INT | 1u << DB_TIME | 1u << DB_ID | 1u << DB_BOOL | 1u << DB_REAL},
		{25, 1u << DB_TEXT},   // text
		{1043, 1u << DB_TEXT}, // varchar
		{700, 1u << DB_REAL},  // float4
		{701, 1u << DB_REAL},  // float8
	};
	for (size_t i = 0; i < COUNTOF(TYPES); i++)
		if (TYPES[i].type == type) return TYPES[i].fits >> f->type & 1;
	return false;
}

static Status check_description(Ctx *cx, PgConn *c, const DbQuery *q)
{
	Oid types[PG_PARAMS_MAX];
	BUG_IF(q->params_n > PG_PARAMS_MAX);
	for (int i = 0; i < q->params_n; i++) types[i] = pg_param_type(&q->params[i]);
	AUTO(PGresult) prepared = PQprepare(c->pg, "", q->pg, q->params_n, types);
	if (PQresultStatus(prepared) != PGRES_COMMAND_OK) return pg_fail(cx, c, q->name, prepared);
	AUTO(PGresult) res = PQdescribePrepared(c->pg, "");
	if (PQresultStatus(res) != PGRES_COMMAND_OK) return pg_fail(cx, c, q->name, res);
	if (PQnparams(res) > q->params_n) return fail(cx, ST_INTERNAL, "%s has %d parameters", q->name, PQnparams(res));
	if (PQnfields(res) != q->cols_n) return fail(cx, ST_INTERNAL, "%s gives %d columns", q->name, PQnfields(res));
	for (int i = 0; i < q->cols_n; i++)
		if (!type_fits(&q->cols[i], PQftype(res, i)))
			return fail(cx, ST_INTERNAL, "%s: column %s has a PostgreSQL type (%u) that does not fit; cast it", q->name,
						q->cols[i].name, PQftype(res, i));
	return ST_OK;
}

static Status pg_prepare(Ctx *cx, Store *s, const DbQuery *q)
{
	PgStore *ps = (PgStore *)s;
	PgConn *c = NULL;
	TRY(pg_take(cx, ps, &ps->readers, &c));
	Status st = check_description(cx, c, q);
	pg_give_back(c);
	return st;
}

// PostgreSQL checks foreign keys itself; what may be wrong is what was left unfinished.
static Status pg_check(Ctx *cx, Store *s)
{
	static const char SQL[] =
		"SELECT 'constraint ' || conname FROM pg_constraint WHERE NOT convalidated AND connamespace = "
		"current_schema()::regnamespace "
		"UNION ALL SELECT 'index ' || c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
		"WHERE NOT (i.indisvalid AND i.indisready) AND c.relnamespace = current_schema()::regnamespace LIMIT 1";
	PgStore *ps = (PgStore *)s;
	PgConn *c = NULL;
	TRY(pg_take(cx, ps, &ps->readers, &c));
	AUTO(PGresult) res = PQexec(c->pg, SQL);
	Status st = ST_OK;
	if (PQresultStatus(res) != PGRES_TUPLES_OK) st = pg_fail(cx, c, "check", res);
	else if (PQntuples(res)) st = fail(cx, ST_IO, "%s is not valid", PQgetvalue(res, 0, 0));
	pg_give_back(c);
	return st;
}

static void pg_stats(Store *s, StoreStats *ret_stats)
{
	PgStore *ps = (PgStore *)s;
	ret_stats->commits = atomic_load(&ps->commits);
	ret_stats->writes = atomic_load(&ps->writes);
	ret_stats->write_failures = atomic_load(&ps->write_failures);
	ret_stats->queue_depth = atomic_load(&ps->waiting);
	ret_stats->reopened = atomic_load(&ps->reopened);
	pthread_mutex_lock(&ps->readers.lock);
	ret_stats->readers_busy = ps->readers.busy_n;
	pthread_mutex_unlock(&ps->readers.lock);
}

static void pg_close(Store *s)
{
	PgStore *ps = (PgStore *)s;
	pool_done(&ps->readers);
	pool_done(&ps->writers);
	pthread_rwlock_destroy(&ps->running);
	arena_free(ps->store.arena);
}

static const EngineOps PG_OPS = {
	.kind = DB_POSTGRES,
	.close = pg_close,
	.begin = pg_begin,
	.end = pg_end,
	.deadline = pg_deadline,
	.find = pg_find,
	.list = pg_list,
	.each = pg_each,
	.exec = pg_exec,
	.script = pg_script,
	.prepare = pg_prepare,
	.backup = pg_backup,
	.check = pg_check,
	.submit = pg_submit,
	.stats = pg_stats,
};

static bool schema_ok(Str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		if (!((ch >= 'a' && ch <= 'z') || ch == '_' || (i && ch >= '0' && ch <= '9'))) return false;
	}
	return s.n <= SCHEMA_MAX_BYTES && !str_starts(s, S("pg_"));
}

Status pg_open(Ctx *cx, const StoreConfig *config, Store **ret_store)
{
	if (!schema_ok(config->schema))
		return fail(cx, ST_INVALID, "the name of a schema is made of a-z, 0-9 and _, at most %d", SCHEMA_MAX_BYTES);
	Arena *a = arena_new(STORE_ARENA_BYTES);
	PgStore *ps = ARENA_NEW(a, PgStore, 1);
	ps->store = (Store){.ops = &PG_OPS, .arena = a};
	ps->url = str_z(a, config->url);
	ps->schema = str_z(a, config->schema);
	ps->read_only = config->read_only;
	int max = config->readers > 0 ? config->readers : CONNS_DEFAULT;
	if (max > CONNS_MAX) max = CONNS_MAX;
	pool_init(&ps->readers, max, false);
	pool_init(&ps->writers, max, true);
	pthread_rwlockattr_t fair;
	pthread_rwlockattr_init(&fair);
	pthread_rwlockattr_setkind_np(&fair, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	pthread_rwlock_init(&ps->running, &fair);
	pthread_rwlockattr_destroy(&fair);
	PgConn *c = NULL;
	Status st = pg_take(cx, ps, &ps->readers, &c); // a wrong URL is told at once
	if (st != ST_OK) {
		pg_close(&ps->store);
		return st;
	}
	pg_give_back(c);
	*ret_store = &ps->store;
	return ST_OK;
}
