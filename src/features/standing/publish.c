// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/model.h"

static Status insert(Ctx *cx, Tx *tx, const Ruleset *rules, int64_t version, Id by, Str note)
{
	int64_t changed = 0;
	TRY(ruleset_insert(cx, tx,
					   &(RulesetInsertArgs){.version = version,
											.name = rules->name,
											.toml = rules->toml,
											.hash = str_format(cx->arena, "%016llx", (unsigned long long)rules->hash),
											.published_at = cx->now_ms,
											.published_by = by,
											.note = note},
					   &changed));
	return changed ? ST_OK : fail(cx, ST_CONFLICT, "somebody else published rules meanwhile");
}

Status standing_publish(Ctx *cx, Tx *tx, const Ruleset *rules, Str note)
{
	Published now;
	RulesetNewestRow row;
	bool found;
	Id by = cx->actor ? cx->actor->id : 0;
	TRY(standing_rules(cx, tx_db(tx), &now));
	TRY(ruleset_newest(cx, tx_db(tx), &row, &found));
	if (!found) TRY(insert(cx, tx, now.rules, now.version, 0, str_none())); // what was in force until now is kept
	TRY(insert(cx, tx, rules, now.version + 1, by, note));
	TRY(audit(cx, tx, S("rules.published"), 0,
			  str_format(cx->arena, "version %lld, %.*s", (long long)now.version + 1, STR(rules->name))));
	TRY(fact_append(cx, tx,
					&(Fact){.kind = FACT_RULES_PUBLISHED,
							.actor_id = by,
							.subject_type = SUBJECT_MEMBER,
							.subject_id = by,
							.value = now.version + 1}));
	return job_enqueue(cx, tx, S(STANDING_PASS_QUEUE), S("{}"), 0);
}
