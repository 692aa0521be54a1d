// SPDX-License-Identifier: AGPL-3.0-or-later
// Ranks that nobody can have or keep, and what is defined and never used.
#include "rules/lint.h"

static Str name_of(const Ruleset *r, size_t var)
{
	static const Str NAMES[] = {
#define X(name, text, type) S_INIT(text),
		MEMBER_VAR_TABLE(X)
#undef X
	};
	return var < MEMBER_VARS_N ? NAMES[var] : r->metrics[(var - MEMBER_VARS_N) % r->metrics_n].name;
}

// The most that a name can come to, as far as it shows: a score that no rule adds to stays where it starts.
static int64_t most_of(const Ruleset *r, size_t var)
{
	if (var == MEMBER_ROLE) return 4 * RULE_UNIT;
	if (var == MEMBER_STAFF || var == MEMBER_VERIFIED) return 1;
	if (var >= MEMBER_VARS_N + 2 * r->metrics_n) return RULE_UNIT; // a share's lower bound
	if (var > MEMBER_REACH) return INT64_MAX;
	for (size_t i = 0; i < r->rules_n; i++)
		if ((size_t)r->rules[i].score == var && rule_pays(&r->rules[i])) return INT64_MAX;
	return r->scores[var].start;
}

static void lint_reach(Lint *l, const Rank *rank, const Bounds *b)
{
	bool never = rank->when->constant && !rank->when->ops[0].number;
	if (never)
		lint_say(l, LINT_ERROR, rank->line, rank->name, "lint.unreachable",
				 "nobody can have this rank: `when` never holds");
	for (size_t i = 0; i < b->n; i++) {
		if (b->low[i] <= b->high[i] && b->low[i] <= most_of(l->rules, i)) continue;
		lint_say(l, LINT_ERROR, rank->line, rank->name, "lint.unreachable",
				 "nobody can have this rank: `%.*s` cannot be that high", STR(name_of(l->rules, i)));
		return;
	}
}

static void lint_keep(Lint *l, const Rank *rank, const Bounds *when)
{
	Bounds keep;
	bool fades = false;
	for (size_t i = 0; i < SCORES_N; i++) fades |= l->rules->scores[i].half_life_days && when->asked[i];
	for (size_t i = 0; i < l->rules->metrics_n; i++)
		fades |= l->rules->metrics[i].window_days && when->asked[MEMBER_VARS_N + i];
	if (!rank->keep) {
		if (fades)
			lint_say(
				l, LINT_WARNING, rank->line, rank->name, "lint.flapping",
				"it asks for what fades and has no `keep`: members at the threshold will win and lose it by turns");
		return;
	}
	expr_bounds(when->n, rank->keep, &keep);
	for (size_t i = 0; i < keep.n; i++) {
		if (keep.low[i] <= when->low[i] && keep.high[i] >= when->high[i]) continue;
		lint_say(l, LINT_ERROR, rank->line, rank->name, "lint.keep",
				 "`keep` asks for more %.*s than `when`: who gets the rank loses it again", STR(name_of(l->rules, i)));
		return;
	}
}

// Two ranks, the second above the first.
static void lint_pair(Lint *l, const Rank *lower, const Bounds *a, const Rank *upper, const Bounds *b)
{
	bool implied = b->other == 0;
	for (size_t i = 0; i < a->n; i++) implied &= a->low[i] >= b->low[i] && a->high[i] <= b->high[i];
	if (implied) {
		lint_say(l, LINT_ERROR, lower->line, lower->name, "lint.unreachable",
				 "nobody is seen with this rank: whoever could have it has `%.*s`, which is above it",
				 STR(upper->name));
		return;
	}
	for (size_t i = 0; i < a->n; i++)
		if (b->asked[i] && a->asked[i] && a->low[i] > b->low[i]) {
			lint_say(l, LINT_WARNING, upper->line, upper->name, "lint.inverted",
					 "it asks for less %.*s than `%.*s`, which is below it", STR(name_of(l->rules, i)),
					 STR(lower->name));
			return;
		}
}

static bool metric_used(const Ruleset *r, size_t m)
{
	for (size_t k = 0; k < 3; k++) {
		int32_t var = (int32_t)(MEMBER_VARS_N + k * r->metrics_n + m);
		for (size_t i = 0; i < r->ranks_n; i++)
			if (expr_names(r->ranks[i].when, var) || expr_names(r->ranks[i].keep, var)) return true;
		for (size_t i = 0; i < r->badges_n; i++)
			if (expr_names(r->badges[i].when, var)) return true;
	}
	for (size_t i = 0; i < r->metrics_n; i++)
		if (r->metrics[i].kind == METRIC_RATIO && (r->metrics[i].over == m || r->metrics[i].under == m)) return true;
	return false;
}

static void lint_unused(Lint *l)
{
	const Ruleset *r = l->rules;
	for (size_t i = 0; i < r->metrics_n; i++)
		if (!metric_used(r, i))
			lint_say(l, LINT_WARNING, r->metrics[i].line, r->metrics[i].name, "lint.unused",
					 "no rank or badge asks for this metric");
	for (size_t c = 0; c < r->caps_n; c++) {
		bool used = false;
		for (size_t i = 0; i < r->rules_n; i++)
			for (size_t k = 0; k < r->rules[i].caps_n; k++) used |= r->rules[i].caps[k] == c;
		if (!used) lint_say(l, LINT_WARNING, r->caps[c].line, r->caps[c].name, "lint.unused", "no rule uses this cap");
	}
}

static void lint_grants(Lint *l, const Rank *rank)
{
	const char *wrong;
	for (size_t i = 0; i < rank->grants_n; i++)
		if (!rank_grant_parse(rank->grants[i], &(RankGives){0}, &wrong))
			lint_say(l, LINT_WARNING, rank->line, rank->name, "lint.grant", "`%.*s` gives nothing: %s",
					 STR(rank->grants[i]), wrong);
}

void lint_ranks(Lint *l)
{
	const Ruleset *r = l->rules;
	Bounds *bounds = arena_try_alloc(l->cx->arena, RANKS_MAX * sizeof *bounds, _Alignof(Bounds));
	if (!bounds) return;
	for (size_t i = 0; i < r->ranks_n; i++) {
		expr_bounds(MEMBER_VARS_N + 3 * r->metrics_n, r->ranks[i].when, &bounds[i]);
		lint_reach(l, &r->ranks[i], &bounds[i]);
		lint_keep(l, &r->ranks[i], &bounds[i]);
		lint_grants(l, &r->ranks[i]);
		for (size_t k = 0; k < i; k++) lint_pair(l, &r->ranks[k], &bounds[k], &r->ranks[i], &bounds[i]);
	}
	lint_unused(l);
}
