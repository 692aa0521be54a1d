// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/fresh.h"

#include "core_sql.h"

#include <string.h>

static bool was_given(const Fresh *fresh, Id id)
{
	for (size_t from = 0, to = fresh->given_n; from < to;) {
		size_t mid = (from + to) / 2;
		if (fresh->given[mid] == id) return true;
		if (fresh->given[mid] < id) from = mid + 1;
		else to = mid;
	}
	return false;
}

Status fresh_look(Ctx *cx, Store *store, Fresh *fresh, FactBatch *ret_batch)
{
	*ret_batch = (FactBatch){0};
	if (store_engine(store) != DB_POSTGRES) return ST_OK;
	StoreStats stats;
	store_stats(store, &stats); // before the look: who commits during it is counted after it
	if (!fresh->all && fresh->writes == stats.writes + 1) return ST_OK;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	FactBatch newest;
	TRY(facts_newest(cx, db, facts_settled_below(cx, DB_POSTGRES), FRESH_MAX, &newest));
	Id *ids = ARENA_NEW(cx->arena, Id, newest.n);
	Fact *facts = ARENA_NEW(cx->arena, Fact, newest.n);
	fresh->found_n = 0;
	for (size_t i = newest.n; i-- > 0;) {
		if (!fresh->all && id_node(newest.ids[i]) != cx->ids->node) continue;
		fresh->found[fresh->found_n++] = newest.ids[i];
		if (was_given(fresh, newest.ids[i])) continue;
		ids[ret_batch->n] = newest.ids[i];
		facts[ret_batch->n++] = newest.v[i];
	}
	ret_batch->ids = ids;
	ret_batch->v = facts;
	fresh->writes_found = stats.writes + 1;
	if (!ret_batch->n) fresh_done(fresh);
	return ST_OK;
}

void fresh_done(Fresh *fresh)
{
	memcpy(fresh->given, fresh->found, fresh->found_n * sizeof *fresh->found);
	fresh->given_n = fresh->found_n;
	fresh->writes = fresh->writes_found;
}
