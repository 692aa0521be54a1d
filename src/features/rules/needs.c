// SPDX-License-Identifier: AGPL-3.0-or-later
// What a formula about a member asks for, taken apart at its "and"s.
#include "rules/words.h"

#define NEED_BYTES ((size_t)512)

static bool compares(ExprCode code) { return code >= OP_EQUAL && code <= OP_MORE_EQUAL; }

static Expr part_of(const Expr *e, size_t from, size_t to)
{
	return (Expr){.ops = e->ops + from, .n = to - from + 1, .type = EXPR_BOOL, .source = e->source, .line = e->line};
}

static bool is_share(const Ruleset *rules, int32_t var)
{
	if (var < MEMBER_VARS_N) return false;
	return rules->metrics[((size_t)var - MEMBER_VARS_N) % rules->metrics_n].kind == METRIC_RATIO;
}

static Need need_of(Ctx *cx, const Ruleset *rules, const Expr *e, size_t from, size_t at, const int64_t *vars)
{
	Expr part = part_of(e, from, at);
	Buf b = buf_init(cx->arena, NEED_BYTES, 8 * NEED_BYTES);
	words_member(&b, rules, &part);
	Need need = {.text = buf_view(&b), .met = expr_eval(&part, vars) != 0};
	ExprCode code = (ExprCode)e->ops[at].code;
	if (!compares(code)) return need;
	size_t right = expr_part_start(e, at - 1);
	Expr a = part_of(e, from, right - 1), c = part_of(e, right, at - 1);
	need.counted = true;
	need.have = expr_eval(&a, vars);
	need.need = expr_eval(&c, vars);
	need.least = code == OP_MORE || code == OP_MORE_EQUAL;
	need.share = e->ops[from].code == OP_VAR && is_share(rules, e->ops[from].var);
	return need;
}

Status rules_needs(Ctx *cx, const Ruleset *rules, const Expr *e, const int64_t *vars, Needs *ret_needs)
{
	size_t ends[EXPR_OPS_MAX], n = 0;
	*ret_needs = (Needs){.v = ARENA_NEW(cx->arena, Need, EXPR_OPS_MAX)};
	if (e && !e->constant) ends[n++] = e->n - 1;
	while (n) { // the right part waits while the left one is taken apart: the order of the file
		size_t at = ends[--n], from = expr_part_start(e, at);
		if (e->ops[at].code == OP_AND) {
			ends[n++] = at - 1;
			ends[n++] = expr_part_start(e, at - 1) - 1;
		} else {
			ret_needs->v[ret_needs->n++] = need_of(cx, rules, e, from, at, vars);
		}
	}
	return ST_OK;
}
