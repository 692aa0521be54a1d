// SPDX-License-Identifier: AGPL-3.0-or-later
// Perverse incentives in rules. What touches credibility, which others rely on, is an error; elsewhere it is a warning.
#include "rules/lint.h"

#include <stdarg.h>
#include <stdio.h>

// Every fact of it is a judgement.
static bool all_judge(const Rule *rule)
{
	for (size_t i = 0; i < rule->on_n; i++)
		if (!fact_judges(rule->on[i])) return false;
	return true;
}

static bool is_on(const Rule *rule, FactKind kind)
{
	for (size_t i = 0; i < rule->on_n; i++)
		if (rule->on[i] == kind) return true;
	return false;
}

bool rule_pays(const Rule *rule) { return expr_range(rule->points, NULL).hi > 0; }
bool rule_takes(const Rule *rule) { return expr_range(rule->points, NULL).lo < 0; }

void lint_say(Lint *l, LintLevel level, int line, Str rule, const char *key, const char *fmt, ...)
{
	char text[400];
	if (l->n == LINT_MAX) return;
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	Str s = {text, n < 0 ? 0 : size_min((size_t)n, sizeof text - 1)};
	l->v[l->n++] = (LintFinding){
		.level = level, .line = line, .rule = rule, .key = key, .text = str_copy(l->cx->arena, s)};
}

static LintLevel level_of(const Rule *rule) { return rule->score == SCORE_CREDIBILITY ? LINT_ERROR : LINT_WARNING; }
#define SAY(l, level, rule, key, ...) lint_say((l), (level), (rule)->line, (rule)->id, (key), __VA_ARGS__)

static void lint_limits(Lint *l, const Rule *rule)
{
	if (!rule_pays(rule)) return;
	bool self = rule_self(rule);
	if (self && !rule->caps_n)
		SAY(l, level_of(rule), rule, "lint.self", "a member can earn this alone, without end: give it a cap%s",
			rule->credit == CREDIT_ACTOR || rule->credit == CREDIT_ASKER ? "" : ", or say `actor != subject`");
	else if (self && all_judge(rule) && rule->credit != CREDIT_ACTOR && rule->credit != CREDIT_ASKER)
		SAY(l, level_of(rule), rule, "lint.self", "members can judge their own work here: say `actor != subject`");
	else if (!rule->caps_n)
		SAY(l, rule->score == SCORE_CREDIBILITY && !rule->matched ? LINT_ERROR : LINT_WARNING, rule, "lint.uncapped",
			"nothing limits how much this gives: give it a cap");
}

static void lint_clipped(Lint *l, const Rule *rule)
{
	for (size_t i = 0; i < rule->caps_n; i++) {
		const Cap *cap = &l->rules->caps[rule->caps[i]];
		if (rule->points->constant && rule->points->ops[0].number > cap->most && rule_pays(rule))
			SAY(l, LINT_WARNING, rule, "lint.clipped", "cap `%.*s` is lower than what it gives once", STR(cap->name));
	}
}

static void lint_negative(Lint *l, const Rule *rule)
{
	if (!rule_takes(rule) || l->rules->scores[rule->score].least != INT64_MIN) return;
	for (size_t i = 0; i < rule->caps_n; i++)
		if (l->rules->caps[rule->caps[i]].least != INT64_MIN) return;
	SAY(l, LINT_WARNING, rule, "lint.negative",
		"nothing limits how much this takes, so that others can sink a member: give the score or a cap a `least`");
}

// What others found bad should not pay its author, nor what they found good cost them.
static void lint_upside_down(Lint *l, const Rule *rule)
{
	Range gives = expr_range(rule->points, NULL);
	bool bad = is_on(rule, FACT_VOTED_DOWN) || is_on(rule, FACT_MARKED_SPAM) || is_on(rule, FACT_DELETED);
	bool good = is_on(rule, FACT_VOTED_UP) || is_on(rule, FACT_ACCEPTED) || is_on(rule, FACT_WORKED);
	if (!gives.lo && !gives.hi) SAY(l, LINT_WARNING, rule, "lint.nothing", "it never gives or takes anything");
	if (rule->credit == CREDIT_ACTOR || rule->credit == CREDIT_ASKER) return;
	if (bad && gives.lo >= 0 && gives.hi > 0)
		SAY(l, level_of(rule), rule, "lint.upside", "it pays for what others found bad: people will be bad for pay");
	if (good && gives.hi <= 0 && gives.lo < 0)
		SAY(l, level_of(rule), rule, "lint.upside", "it takes from who did what others found good");
}

// What the most generous rule gives whoever receives such a fact.
static int64_t receiving(const Lint *l, const Rule *giver, FactKind kind)
{
	int64_t most = 0;
	for (size_t i = 0; i < l->rules->rules_n; i++) {
		const Rule *r = &l->rules->rules[i];
		if (r->score != giver->score || r->credit == giver->credit || r->credit == CREDIT_ACTOR || !is_on(r, kind))
			continue;
		most = i64_max(most, expr_range(r->points, NULL).hi);
	}
	return most;
}

static void lint_giving(Lint *l, const Rule *rule)
{
	if (rule->credit != CREDIT_ACTOR && rule->credit != CREDIT_ASKER) return;
	int64_t pays = expr_range(rule->points, NULL).hi;
	for (size_t i = 0; i < rule->on_n; i++) {
		FactKind kind = rule->on[i];
		if (!fact_judges(kind) || pays <= 0) continue;
		int64_t received = receiving(l, rule, kind);
		// A small thank-you to who says what solved the problem is what makes solutions findable.
		if (kind == FACT_ACCEPTED && pays <= received / 4) continue;
		bool more = pays > received;
		SAY(l, more ? LINT_ERROR : level_of(rule), rule, "lint.giving",
			"it pays for judging others%s: people will judge for pay", more ? ", and more than being judged well" : "");
		return;
	}
}

static void lint_credibility(Lint *l, const Rule *rule)
{
	const Guard *guard = &l->rules->guard;
	if (rule->score != SCORE_CREDIBILITY || !rule_pays(rule)) return;
	bool judged = all_judge(rule) && rule->credit != CREDIT_ACTOR;
	if (!judged && !rule->base)
		SAY(l, LINT_ERROR, rule, "lint.unjudged",
			"credibility that nobody else has a say in: make it `base`, or another score");
	if (!judged) return;
	if (guard->profile != GUARD_OFF && !rule->matched)
		SAY(l, LINT_WARNING, rule, "lint.unmatched",
			"the guard does not see this: friends can give it to each other (`matched`)");
	bool paired = rule->pair != PAIR_ALL;
	for (size_t i = 0; i < rule->caps_n; i++) paired |= l->rules->caps[rule->caps[i]].of == CAP_PAIR;
	if (!paired)
		SAY(l, LINT_WARNING, rule, "lint.pair",
			"two people can give each other this again and again: use `pair` or a cap of pairs");
}

// What answering alone gives has to stay below what one person's judgement gives.
static void lint_base(Lint *l)
{
	int64_t base = 0, judged = 0;
	const Rule *last = NULL;
	for (size_t i = 0; i < l->rules->rules_n; i++) {
		const Rule *r = &l->rules->rules[i];
		int64_t most = i64_max(expr_range(r->points, NULL).hi, 0);
		if (r->score != SCORE_CREDIBILITY) continue;
		if (r->base) {
			base = expr_apply(OP_ADD, base, most);
			last = r;
		} else if (all_judge(r)) {
			judged = i64_max(judged, most);
		}
	}
	if (last && base > judged)
		SAY(l, LINT_ERROR, last, "lint.base", "what nobody judged gives more at once than anybody's judgement");
	else if (last && base > judged / 4)
		SAY(l, LINT_WARNING, last, "lint.base", "what nobody judged gives more than a quarter of the best judgement");
}

static void lint_score(Lint *l, ScoreKind score)
{
	const Ruleset *r = l->rules;
	size_t pays = 0, volume = 0;
	const Rule *first = NULL;
	for (size_t i = 0; i < r->rules_n; i++) {
		const Rule *rule = &r->rules[i];
		if (rule->score != score || !rule_pays(rule)) continue;
		if (!first) first = rule;
		pays++;
		volume += !all_judge(rule) || rule->credit == CREDIT_ACTOR;
	}
	if (!pays) return;
	if (pays == volume && score != SCORE_ENGAGEMENT && score != SCORE_REACH)
		SAY(l, level_of(first), first, "lint.volume", "%.*s pays for volume only: nobody's judgement counts",
			STR(score_name(score)));
	if (score == SCORE_CREDIBILITY && !r->scores[score].half_life_days)
		SAY(l, LINT_WARNING, first, "lint.fading", "credibility that never fades is about who came first");
	if (score == SCORE_CREDIBILITY && r->guard.profile == GUARD_OFF)
		SAY(l, LINT_WARNING, first, "lint.guard", "without [guard], a ring of friends can lift one of them to the top");
}

Status rules_lint(Ctx *cx, const Ruleset *rules, LintFindings *ret_findings)
{
	Lint l = {.cx = cx, .rules = rules, .v = arena_try_alloc(cx->arena, LINT_MAX * sizeof *l.v, _Alignof(LintFinding))};
	if (!l.v) return fail(cx, ST_TOO_LARGE, "the findings need too much memory");
	for (size_t i = 0; i < rules->rules_n; i++) {
		const Rule *rule = &rules->rules[i];
		if (rule_never(rule)) SAY(&l, LINT_ERROR, rule, "lint.never", "its `when` never holds");
		if (!rule->doc.n)
			SAY(&l, LINT_WARNING, rule, "lint.doc", "members are not told what it is for: give it a `doc`");
		lint_limits(&l, rule);
		lint_clipped(&l, rule);
		lint_negative(&l, rule);
		lint_upside_down(&l, rule);
		lint_giving(&l, rule);
		lint_credibility(&l, rule);
	}
	lint_base(&l);
	for (size_t s = 0; s < SCORES_N; s++) lint_score(&l, (ScoreKind)s);
	lint_ranks(&l);
	*ret_findings = (LintFindings){.v = l.v, .n = l.n};
	return ST_OK;
}
