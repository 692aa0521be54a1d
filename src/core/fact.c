// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/fact.h"

#include "core_sql.h"

const char *fact_kind_name(FactKind kind)
{
	switch (kind) {
#define X(name, number, text)                                                                                          \
	case name: return text;
		FACT_TABLE(X)
#undef X
	}
	return NULL;
}

Status fact_append_new(Ctx *cx, Tx *tx, const Fact *fact, bool *ret_new)
{
	int64_t changed = 0;
	TRY(fact_insert(cx, tx,
					&(FactInsertArgs){
						.id = ctx_id(cx),
						.at_ms = fact->at_ms ? fact->at_ms : cx->now_ms,
						.kind = fact->kind,
						.actor_id = fact->actor_id,
						.subject_type = fact->subject_type,
						.subject_id = fact->subject_id,
						.target_id = fact->target_id,
						.space_id = fact->space_id,
						.value = fact->value,
						.origin = fact->origin,
						.data = fact->data,
					},
					&changed));
	*ret_new = changed > 0;
	return ST_OK;
}

Status fact_append(Ctx *cx, Tx *tx, const Fact *fact)
{
	bool fresh;
	return fact_append_new(cx, tx, fact, &fresh);
}
