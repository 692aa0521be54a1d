// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/model.h"

#include "base/json.h"
#include "core/memo.h"

#include <string.h>

#define AREAS_BYTES ((size_t)2048)
#define BADGES_BYTES ((size_t)8192)

typedef struct RulesText {
	Str toml, name;
} RulesText;

static Status make_rules(Ctx *cx, const void *arg, const void **ret_made)
{
	const RulesText *text = arg;
	Ruleset *rules;
	TRY(rules_parse(cx, text->toml, str_copy(cx->arena, text->name), &rules));
	*ret_made = rules;
	return ST_OK;
}

// What a text of rules says is worked out once. Rules that were last read by an engine before this one are another version.
Status standing_rules(Ctx *cx, Db *db, Published *ret_published)
{
	RulesetNewestRow row;
	bool found;
	const void *made;
	TRY(ruleset_newest(cx, db, &row, &found));
	*ret_published = (Published){.version = 1, .name = S("support-default")};
	if (found)
		*ret_published = (Published){.version = row.version + (row.engine < RULES_ENGINE),
									 .name = row.name,
									 .publisher = row.publisher,
									 .by = row.published_by,
									 .note = row.note,
									 .at = row.engine < RULES_ENGINE ? 0 : row.published_at};
	RulesText text = {found ? row.toml : rules_pack_text(ret_published->name), ret_published->name};
	TRY(memo_get(cx, cx->site ? cx->site->memo : NULL, str_hash(text.toml), make_rules, &text, &made));
	ret_published->rules = made;
	return ST_OK;
}

Str metrics_text(Arena *a, const int64_t *community, size_t n)
{
	Buf b = buf_init(a, 256, 4096);
	for (size_t i = 0; i < n; i++) buf_format(&b, "%s%lld", i ? " " : "", (long long)community[i]);
	return buf_view(&b);
}

void community_of(Str metrics, int64_t community[METRICS_MAX])
{
	for (size_t i = 0; metrics.n && i < METRICS_MAX; i++) {
		Str word;
		metrics = str_cut(metrics, ' ', &word);
		if (!str_int(word, INT64_MIN, INT64_MAX, &community[i])) break;
	}
}

Status last_pass(Ctx *cx, Db *db, LastPass *ret_pass)
{
	*ret_pass = (LastPass){0};
	TRY(pass_find(cx, db, &ret_pass->row, &ret_pass->found));
	community_of(ret_pass->row.metrics, ret_pass->community);
	return ST_OK;
}

void standing_fill(Arena *a, StandingRow *row, const RepScore *score, const RepEvidence *evidence, int32_t day)
{
	row->day = day;
	row->credibility = score->score[SCORE_CREDIBILITY];
	row->contribution = score->score[SCORE_CONTRIBUTION];
	row->engagement = score->score[SCORE_ENGAGEMENT];
	row->conduct = score->score[SCORE_CONDUCT];
	row->reach = score->score[SCORE_REACH];
	row->trusted = score->bucket[BUCKET_TRUSTED];
	row->untrusted = score->bucket[BUCKET_UNTRUSTED];
	row->base = score->bucket[BUCKET_BASE];
	row->events_n = score->events;
	row->answers_n = evidence->answers;
	row->solved_n = evidence->solved;
	row->kept_n = evidence->kept;
	row->helped_n = evidence->helped;
	row->settled_n = evidence->settled;
	row->settled_kept_n = evidence->settled_kept;
	Buf b = buf_init(a, 256, AREAS_BYTES);
	for (size_t i = 0; i < evidence->areas_n; i++) {
		const RepAreaCount *area = &evidence->areas[i];
		if (i) buf_char(&b, '\n');
		if (area->is_space) buf_str(&b, S(MEMBER_AREA_SPACE));
		buf_str(&b, area->name);
		buf_char(&b, ' ');
		buf_int(&b, area->solved);
		buf_char(&b, ' ');
		buf_int(&b, area->kept);
	}
	row->areas = buf_view(&b);
}

static Status hide(Ctx *cx, IdMap *hidden, Str key)
{
	uint32_t n;
	return idmap_number(cx, hidden, (int64_t)(str_hash(key) | 1), &n);
}

Status areas_hidden(Ctx *cx, Db *db, Str areas, Visibility clearance, IdMap *ret_hidden)
{
	StandingAreasHiddenRows rows;
	*ret_hidden = idmap_init(cx->arena, 0);
	if (!areas.n) return ST_OK;
	Buf keys = buf_init(cx->arena, 256, AREAS_BYTES * 2);
	Json j = json_init(&keys);
	json_arr(&j);
	for (MemberArea area; members_area_next(&areas, &area);) json_str(&j, area.key);
	json_end(&j);
	TRY(buf_status(cx, &keys));
	TRY(standing_areas_hidden(cx, db, &(StandingAreasHiddenArgs){.keys = buf_view(&keys), .clearance = clearance},
							  &rows));
	for (size_t i = 0; i < rows.n; i++) TRY(hide(cx, ret_hidden, rows.v[i].key));
	return ST_OK;
}

Status areas_all_hidden(Ctx *cx, Db *db, Visibility clearance, IdMap *ret_hidden)
{
	StandingAllHiddenRows rows;
	TRY(standing_all_hidden(cx, db, &(StandingAllHiddenArgs){.clearance = clearance}, &rows));
	*ret_hidden = idmap_init(cx->arena, rows.n);
	for (size_t i = 0; i < rows.n; i++) TRY(hide(cx, ret_hidden, rows.v[i].key));
	return ST_OK;
}

bool area_hidden(const IdMap *hidden, Str key) { return idmap_find(hidden, (int64_t)(str_hash(key) | 1)) != 0; }

bool standing_computed_equal(const StandingRow *a, const StandingRow *b)
{
	return a->member_id == b->member_id && a->day == b->day && a->credibility == b->credibility &&
		   a->contribution == b->contribution && a->engagement == b->engagement && a->conduct == b->conduct &&
		   a->reach == b->reach && a->trusted == b->trusted && a->untrusted == b->untrusted && a->base == b->base &&
		   a->events_n == b->events_n && a->answers_n == b->answers_n && a->solved_n == b->solved_n &&
		   standing_evidence_equal(a, b);
}

bool standing_evidence_equal(const StandingRow *a, const StandingRow *b)
{
	return a->kept_n == b->kept_n && a->helped_n == b->helped_n && a->settled_n == b->settled_n &&
		   a->settled_kept_n == b->settled_kept_n && str_eq(a->areas, b->areas);
}

bool standing_equal(const StandingRow *a, const StandingRow *b)
{
	return standing_computed_equal(a, b) && a->place == b->place && a->place_to == b->place_to &&
		   a->percentile == b->percentile && a->rank == b->rank && a->rank_since == b->rank_since &&
		   a->rank_low_since == b->rank_low_since && str_eq(a->badges, b->badges);
}

// --- ranks --------------------------------------------------------------------------------------------------------------------

static bool keeps(const Rank *rank, const int64_t *vars)
{
	return expr_true(rank->when, vars) || (rank->keep && expr_true(rank->keep, vars));
}

bool standing_rank(const RankAsk *ask, StandingRow *row)
{
	int64_t vars[REP_MEMBER_VARS_MAX], before = row->rank, now_holds = (int64_t)ask->rules->ranks_n;
	rep_member_vars(ask->rules, ask->member, ask->score, ask->community, ask->day, vars);
	while (now_holds > 0 && !expr_true(ask->rules->ranks[now_holds - 1].when, vars)) now_holds--;
	if (before > (int64_t)ask->rules->ranks_n) before = 0; // of rules that had more
	if (now_holds > before) {
		row->rank = now_holds;
	} else if (before == 0 || ask->resting || keeps(&ask->rules->ranks[before - 1], vars)) {
		row->rank_low_since = 0;
		return false;
	} else {
		if (!row->rank_low_since) row->rank_low_since = ask->now;
		if (ask->now - row->rank_low_since < ask->rules->ranks[before - 1].grace_days * TIME_DAY_MS) return false;
		for (row->rank = before - 1; row->rank > 0 && !keeps(&ask->rules->ranks[row->rank - 1], vars);) row->rank--;
	}
	row->rank_since = ask->now;
	row->rank_low_since = 0;
	return true;
}

void standing_badges(Arena *a, const RankAsk *ask, StandingRow *row)
{
	int64_t vars[REP_MEMBER_VARS_MAX];
	Str all = row->badges;
	rep_member_vars(ask->rules, ask->member, ask->score, ask->community, ask->day, vars);
	for (size_t i = 0; i < ask->rules->badges_n; i++) {
		const Badge *badge = &ask->rules->badges[i];
		if (!badge->once || str_has_word(row->badges, badge->id) || !expr_true(badge->when, vars)) continue;
		if (all.n + badge->id.n >= BADGES_BYTES) break; // of many rules, over the years
		all = all.n ? str_format(a, "%.*s %.*s", STR(all), STR(badge->id)) : badge->id;
	}
	row->badges = all;
}

Status standing_resting(Ctx *cx, Db *db, IdMap *ret_members)
{
	MemberRestingRows rows;
	*ret_members = idmap_init(cx->arena, 0);
	TRY(member_resting(cx, db, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		uint32_t n;
		TRY(idmap_number(cx, ret_members, rows.v[i].id, &n));
	}
	return ST_OK;
}

int64_t rank_level(const Ruleset *rules, int64_t rank)
{
	if (rank <= 0 || rank > (int64_t)rules->ranks_n) return 0;
	return rules->ranks_n < 2 ? 1 : 1 + (rank - 1) * 4 / ((int64_t)rules->ranks_n - 1);
}

static const Rank *rank_of(const Ruleset *rules, int64_t rank)
{
	return rank > 0 && rank <= (int64_t)rules->ranks_n ? &rules->ranks[rank - 1] : NULL;
}

static Str shown_rank(const Rank *rank, Str label)
{
	if (!rank) return str_none();
	return label.n && !str_eq_nocase(label, rank->name) ? label : rank->name;
}

static Status rank_fact(Ctx *cx, Tx *tx, const StandingRow *row, int64_t before)
{
	return fact_append(cx, tx,
					   &(Fact){.kind = FACT_RANK_CHANGED,
							   .subject_type = SUBJECT_MEMBER,
							   .subject_id = row->member_id,
							   .target_id = row->member_id,
							   .value = row->rank,
							   .data = str_format(cx->arena, "{\"before\":%lld}", (long long)before)});
}

// The area that is named beside a name: a tag with at least half of what was kept, or else such a space; of those that everybody
// sees.
static bool main_area(const StandingRow *row, const IdMap *hidden, MemberArea *ret_area)
{
	for (int spaces = 0; spaces < 2; spaces++) {
		Str rest = row->areas;
		while (members_area_next(&rest, ret_area))
			if (ret_area->is_space == spaces && ret_area->kept > 0 && ret_area->kept * 2 >= row->kept_n &&
				!area_hidden(hidden, ret_area->key))
				return true;
	}
	return false;
}

static Status badge_facts(Ctx *cx, Tx *tx, const Ruleset *rules, const StandingRow *row, Str before)
{
	for (size_t i = 0; i < rules->badges_n; i++) {
		const Badge *badge = &rules->badges[i];
		if (badge->once && str_has_word(row->badges, badge->id) && !str_has_word(before, badge->id))
			TRY(members_earn_badge(cx, tx, row->member_id, badge->id, badge->name));
	}
	return ST_OK;
}

static Status put(Ctx *cx, Tx *tx, const StandingRow *row, const StandingBefore *before, bool *ret_put)
{
	enum { AT = offsetof(StandingPutArgs, member_id) };
	_Static_assert(sizeof(StandingPutArgs) == AT + sizeof(StandingRow), "a row is written as it is read");
	_Static_assert(sizeof(StandingUpdateArgs) == sizeof(StandingPutArgs), "either way");
	StandingPutArgs args = {.rank_before = before->rank, .badges_before = before->badges};
	StandingUpdateArgs there;
	int64_t changed = 0;
	memcpy((char *)&args + AT, row, sizeof *row);
	memcpy(&there, &args, sizeof there);
	if (before->rank >= 0) TRY(standing_update(cx, tx, &there, &changed));
	if (!changed) TRY(standing_put(cx, tx, &args, &changed));
	*ret_put = changed > 0;
	return ST_OK;
}

static Status put_with_present_rank(Ctx *cx, Tx *tx, StandingRow *row, StandingBefore *before)
{
	StandingRow now;
	bool found;
	TRY(standing_find(cx, tx_db(tx), &(StandingFindArgs){.member_id = row->member_id}, &now, &found));
	row->rank = now.rank;
	row->rank_since = now.rank_since;
	row->rank_low_since = now.rank_low_since;
	row->badges = now.badges;
	*before = (StandingBefore){now.rank, now.badges};
	return put(cx, tx, row, before, &found);
}

Status standing_write(Ctx *cx, Tx *tx, const StandingBy *by, const StandingRow *computed, const StandingBefore *known)
{
	const Ruleset *rules = by->rules;
	StandingRow own = *computed, *row = &own;
	StandingBefore was = *known, *before = &was;
	bool done;
	TRY(put(cx, tx, row, before, &done));
	if (!done) TRY(put_with_present_rank(cx, tx, row, before));
	const int64_t scores[SCORES_N] = {row->credibility, row->contribution, row->engagement, row->conduct, row->reach};
	IdMap asked;
	MemberArea area;
	if (!by->hidden) TRY(areas_hidden(cx, tx_db(tx), row->areas, VISIBLE_PUBLIC, &asked));
	bool in_area = main_area(row, by->hidden ? by->hidden : &asked, &area);
	if (before->rank >= 0 && before->rank != row->rank) TRY(rank_fact(cx, tx, row, before->rank));
	if (!str_eq(row->badges, before->badges)) TRY(badge_facts(cx, tx, rules, row, before->badges));
	const Rank *rank = rank_of(rules, row->rank);
	RankGives gives = rank ? rank_gives(rank) : (RankGives){0};
	return members_put_standing(
		cx, tx,
		&(MemberStanding){
			.id = row->member_id,
			.points = scores[rules->board],
			.place = row->place,
			.place_to = row->place_to,
			.rank = shown_rank(rank, gives.label),
			.level = rank_level(rules, row->rank),
			.area = in_area ? area.name : str_none(),
			.given = row->answers_n,
			.solved = in_area ? area.solved : row->solved_n,
			.kept = in_area ? area.kept : row->kept_n,
			.grants = {.rights = gives.rights, .in_areas = gives.in_areas, .votes_a_day = gives.votes_a_day},
			.areas = row->areas});
}
