// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/migrate.h"

#include "db/db_impl.h"
#include "db/dialect.h"

#include <stddef.h>

// Its own table cannot come from a migration, so these few queries are written by hand.
typedef struct Applied {
	Str owner;
	int64_t number;
	Str name, sha256;
	Time at_ms;
} Applied;

static const char CREATE_TABLE[] =
	"CREATE TABLE IF NOT EXISTS schema_migration (owner TEXT NOT NULL, number INT NOT NULL, name TEXT NOT NULL, "
	"sha256 TEXT NOT NULL, at_ms TIME NOT NULL, PRIMARY KEY (owner, number)) WITHOUT ROWID;";

static const DbField APPLIED[] = {
	{.name = "owner", .type = DB_TEXT, .offset = offsetof(Applied, owner)},
	{.name = "number", .type = DB_INT, .offset = offsetof(Applied, number)},
	{.name = "name", .type = DB_TEXT, .offset = offsetof(Applied, name)},
	{.name = "sha256", .type = DB_TEXT, .offset = offsetof(Applied, sha256)},
	{.name = "at_ms", .type = DB_TIME, .offset = offsetof(Applied, at_ms)},
};

#define LIST_SQL                                                                                                       \
	"SELECT owner, number, name, sha256, at_ms FROM schema_migration WHERE number > 0 ORDER BY owner, number"
static const DbQuery LIST = {.name = "schema_migration_list",
							 .lite = LIST_SQL,
							 .pg = LIST_SQL,
							 .cols = APPLIED,
							 .cols_n = COUNTOF(APPLIED),
							 .row_bytes = sizeof(Applied)};

#define INSERT_SQL "INSERT INTO schema_migration (owner, number, name, sha256, at_ms) VALUES "
static const DbQuery INSERT = {
	.name = "schema_migration_insert",
	.lite = INSERT_SQL "(?1, ?2, ?3, ?4, ?5)",
	.pg = INSERT_SQL "($1::text, $2::bigint, $3::text, $4::text, $5::bigint)",
	.params = APPLIED,
	.params_n = COUNTOF(APPLIED),
	.writes = true,
};

// One row stands for the right to migrate: whoever wrote it first makes the others wait until the commit.
#define LOCK_SQL                                                                                                       \
	INSERT_SQL "('', 0, 'lock', '', 0) ON CONFLICT (owner, number) DO UPDATE SET at_ms = schema_migration.at_ms + 1"
static const DbQuery LOCK = {.name = "schema_migration_lock", .lite = LOCK_SQL, .pg = LOCK_SQL, .writes = true};

typedef struct Plan {
	const MigrationSet *sets;
	size_t n;
} Plan;

typedef struct AppliedRows {
	const Applied *v;
	size_t n;
} AppliedRows;

static Status apply(Ctx *cx, Tx *tx, const Migration *m, Str sha256)
{
	Db *db = tx_db(tx);
	char *sql = arena_try_alloc(cx->arena, dialect_room_bytes(m->sql_len), 1);
	if (!sql) return fail(cx, ST_TOO_LARGE, "migration %s/%s is too long", m->owner, m->name);
	dialect_migration(db_engine(db), m->sql, m->sql_len, sql);
	Status st = db->ops->script(cx, db, sql);
	if (st != ST_OK) return fail(cx, st, "migration %s/%s: %.*s", m->owner, m->name, STR(cx->fail_text));
	Applied row = {.owner = str_from(m->owner),
				   .number = m->number,
				   .name = str_from(m->name),
				   .sha256 = sha256,
				   .at_ms = cx->now_ms};
	return tx_exec(cx, tx, &INSERT, &row, NULL);
}

static const Applied *find_applied(const AppliedRows *rows, const char *owner, int64_t number)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].number == number && str_eq(rows->v[i].owner, str_from(owner))) return &rows->v[i];
	return NULL;
}

static Status migrate_set(Ctx *cx, Tx *tx, const MigrationSet *set, const AppliedRows *rows, size_t *known)
{
	for (size_t i = 0; i < set->n; i++) {
		const Migration *m = &set->v[i];
		if ((size_t)m->number != i + 1)
			return fail(cx, ST_INVALID, "migration %s/%s: number %zu is missing", m->owner, m->name, i + 1);
		Sha256Text sum = sha256_hex(m->sql, m->sql_len);
		const Applied *old = find_applied(rows, m->owner, m->number);
		if (!old) {
			TRY(apply(cx, tx, m, (Str){sum.hex, 64}));
			continue;
		}
		if (!str_eq(old->sha256, (Str){sum.hex, 64}))
			return fail(cx, ST_CONFLICT, "migration %s/%s was changed after it was applied to this database", m->owner,
						m->name);
		++*known;
	}
	return ST_OK;
}

static Status migrate(Ctx *cx, Tx *tx, void *arg)
{
	const Plan *plan = arg;
	Db *db = tx_db(tx);
	char create[sizeof CREATE_TABLE * 5 + 64];
	dialect_migration(db_engine(db), CREATE_TABLE, sizeof CREATE_TABLE - 1, create);
	TRY(db->ops->script(cx, db, create));
	TRY(tx_exec(cx, tx, &LOCK, NULL, NULL));
	DbRows list = {0};
	TRY(db_list(cx, db, &LIST, NULL, &list));
	AppliedRows rows = {list.v, list.n};
	size_t known = 0;
	for (size_t i = 0; i < plan->n; i++) TRY(migrate_set(cx, tx, &plan->sets[i], &rows, &known));
	if (known != rows.n)
		return fail(cx, ST_UNSUPPORTED,
					"the database has %zu migrations that this program does not know: it belongs to a newer one",
					rows.n - known);
	return ST_OK;
}

// Nearly always there is nothing to do: then nobody is made to wait for a write.
static bool up_to_date(Ctx *cx, Store *s, const Plan *plan)
{
	AUTO(Db) db = NULL;
	DbRows list = {0};
	if (db_begin(cx, s, &db) != ST_OK) return false;
	if (db_list(cx, db, &LIST, NULL, &list) != ST_OK) return false;
	AppliedRows rows = {list.v, list.n};
	size_t same = 0, all = 0;
	for (size_t i = 0; i < plan->n; i++) {
		all += plan->sets[i].n;
		for (size_t k = 0; k < plan->sets[i].n; k++) {
			const Migration *m = &plan->sets[i].v[k];
			const Applied *old = find_applied(&rows, m->owner, m->number);
			Sha256Text sum = sha256_hex(m->sql, m->sql_len);
			same += old && (size_t)m->number == k + 1 && str_eq(old->sha256, (Str){sum.hex, 64});
		}
	}
	return same == all && rows.n == all;
}

Status store_migrate(Ctx *cx, Store *s, const MigrationSet *sets, size_t n)
{
	Plan plan = {sets, n};
	if (up_to_date(cx, s, &plan)) return ST_OK;
	fail_clear(cx);
	return store_write(cx, s, migrate, &plan);
}
