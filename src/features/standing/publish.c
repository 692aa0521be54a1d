// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/model.h"

static Status insert(Ctx *cx, Tx *tx, const Published *p, int64_t *ret_changed)
{
	return ruleset_insert(
		cx, tx,
		&(RulesetInsertArgs){.version = p->version,
							 .name = p->name,
							 .toml = p->rules->toml,
							 .hash = str_format(cx->arena, "%016llx", (unsigned long long)p->rules->hash),
							 .engine = RULES_ENGINE,
							 .published_at = cx->now_ms,
							 .published_by = p->by,
							 .note = p->note},
		ret_changed);
}

Status standing_rules_keep(Ctx *cx, Tx *tx, void *published)
{
	int64_t changed;
	return insert(cx, tx, published, &changed);
}

Status standing_publish(Ctx *cx, Tx *tx, const Ruleset *rules, Str note)
{
	Published now;
	int64_t changed;
	Id by = cx->actor ? cx->actor->id : 0;
	TRY(standing_rules(cx, tx_db(tx), &now));
	if (!now.at) TRY(insert(cx, tx, &now, &changed)); // what was in force until now is kept
	now = (Published){.version = now.version + 1, .name = rules->name, .by = by, .note = note, .rules = rules};
	TRY(insert(cx, tx, &now, &changed));
	if (!changed) return fail(cx, ST_CONFLICT, "somebody else published rules meanwhile");
	TRY(audit(cx, tx, S("rules.published"), 0,
			  str_format(cx->arena, "version %lld, %.*s", (long long)now.version, STR(rules->name))));
	TRY(fact_append(cx, tx,
					&(Fact){.kind = FACT_RULES_PUBLISHED,
							.actor_id = by,
							.subject_type = SUBJECT_MEMBER,
							.subject_id = by,
							.value = now.version}));
	return job_enqueue(cx, tx, S(STANDING_PASS_QUEUE), S("{}"), 0);
}
