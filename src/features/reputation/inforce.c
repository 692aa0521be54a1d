// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inforce.h"

#include "core/job.h"

Status rep_rules_in_force(Ctx *cx, Db *db, Ruleset **ret_rules)
{
	RulesetNewestRow row;
	bool found;
	TRY(ruleset_newest(cx, db, &row, &found));
	if (!found) return rules_pack(cx, RULES_STANDARD, ret_rules);
	TRY(rules_parse(cx, row.toml, row.name, ret_rules));
	(*ret_rules)->version = row.version;
	return ST_OK;
}

static Status insert(Ctx *cx, Tx *tx, const Ruleset *rules, int64_t version, Id by, Str note)
{
	return ruleset_insert(
		cx, tx,
		&(RulesetInsertArgs){.version = version,
							 .name = rules->name,
							 .toml = rules->toml,
							 .hash = str_format(cx->arena, "%016llx", (unsigned long long)rules->hash),
							 .published_at = cx->now_ms,
							 .published_by = by,
							 .note = note});
}

Status rep_rules_publish(Ctx *cx, Tx *tx, const Ruleset *rules, Str note)
{
	RulesetNewestRow row = {.version = 1};
	bool found;
	TRY(ruleset_newest(cx, tx_db(tx), &row, &found));
	if (!found) {
		Ruleset *first;
		row.version = 1;
		TRY(rules_pack(cx, RULES_STANDARD, &first));
		TRY(insert(cx, tx, first, row.version, 0, str_none()));
	}
	Id by = cx->actor ? cx->actor->id : 0;
	TRY(insert(cx, tx, rules, row.version + 1, by, note));
	TRY(audit(cx, tx, S("rules.published"), 0,
			  str_format(cx->arena, "version %lld, %.*s", (long long)row.version + 1, STR(rules->name))));
	return fact_append(cx, tx,
					   &(Fact){.kind = FACT_RULES_PUBLISHED,
							   .actor_id = by,
							   .subject_type = SUBJECT_MEMBER,
							   .subject_id = by,
							   .value = row.version + 1});
}
