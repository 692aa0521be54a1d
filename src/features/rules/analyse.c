// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules/analyse.h"

static const Range ANY = {-INT64_MAX, INT64_MAX};
static const Range TRUTH = {0, 1};

static Range wider(Range r, int64_t v) { return (Range){i64_min(r.lo, v), i64_max(r.hi, v)}; }

// Of an operation that is monotone, or nearly, in each operand: what its corners give.
static Range corners(ExprCode code, Range a, Range b)
{
	int64_t v = expr_apply(code, a.lo, b.lo);
	Range r = {v, v};
	r = wider(r, expr_apply(code, a.lo, b.hi));
	r = wider(r, expr_apply(code, a.hi, b.lo));
	return wider(r, expr_apply(code, a.hi, b.hi));
}

static Range compare(ExprCode code, Range a, Range b)
{
	bool apart = a.hi < b.lo || b.hi < a.lo;
	bool one = a.lo == a.hi && b.lo == b.hi;
	if (code == OP_EQUAL || code == OP_UNEQUAL) {
		if (!apart && !(one && a.lo == b.lo)) return TRUTH;
		bool holds = apart == (code == OP_UNEQUAL);
		return (Range){holds, holds};
	}
	return corners(code, a, b);
}

static Range operate(ExprCode code, Range a, Range b)
{
	switch (code) {
	case OP_NOT: return (Range){!a.hi, !a.lo};
	case OP_ABS:
		if (a.lo <= 0 && a.hi >= 0) return (Range){0, i64_max(expr_apply(OP_NEGATE, a.lo, 0), a.hi)};
		return corners(code, a, a);
	case OP_DIVIDE:
		if (b.lo <= 0 && b.hi >= 0) return b.lo == b.hi ? (Range){0, 0} : ANY;
		return wider(corners(code, a, b), a.lo <= 0 && a.hi >= 0 ? 0 : expr_apply(code, a.lo, b.lo));
	case OP_EQUAL:
	case OP_UNEQUAL:
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL: return compare(code, a, b);
	case OP_NUMBER:
	case OP_VAR:
	case OP_NEGATE:
	case OP_SQRT:
	case OP_FIRST_BINARY:
	case OP_SUBTRACT:
	case OP_MULTIPLY:
	case OP_MIN:
	case OP_MAX:
	case OP_AND:
	case OP_OR:
	case OP_CODES_N: break;
	}
	return corners(code, a, b);
}

static Range of_var(int32_t var, const EventKnown *known)
{
	if (var < EVENT_IDS_N) {
		Id id = known ? known->ids[var] : 0;
		return id ? (Range){id, id} : (Range){0, INT64_MAX};
	}
	if (var < EVENT_VALUE) return TRUTH;
	if (var == EVENT_NET) return ANY;
	return (Range){var == EVENT_PAIR ? RULE_UNIT : 0, INT64_MAX};
}

Range expr_range(const Expr *e, const EventKnown *known)
{
	Range stack[EXPR_STACK_MAX] = {{0, 0}}, *top = stack;
	if (!e) return (Range){1, 1};
	for (size_t i = 0; i < e->n; i++) {
		const ExprOp *op = &e->ops[i];
		ExprCode code = (ExprCode)op->code;
		if (code == OP_NUMBER) {
			*top++ = (Range){op->number, op->number};
		} else if (code == OP_VAR) {
			*top++ = of_var(op->var, known);
		} else if (code < OP_FIRST_BINARY) {
			top[-1] = operate(code, top[-1], top[-1]);
		} else {
			top--;
			top[-1] = operate(code, top[-1], top[0]);
		}
	}
	return top[-1];
}

bool fact_judges(FactKind k)
{
	return k == FACT_VOTED_UP || k == FACT_VOTED_DOWN || k == FACT_ACCEPTED || k == FACT_WORKED ||
		   k == FACT_BOUNTY_WON || k == FACT_FAVOURITED || k == FACT_SAME_HERE || k == FACT_MARKED_SPAM ||
		   k == FACT_MODERATED || k == FACT_EDIT_APPROVED || k == FACT_DELETED || k == FACT_REPORTED ||
		   k == FACT_BOUNTY_OFFERED;
}

bool rule_self(const Rule *rule)
{
	static const EventVar CREDITED[] = {[CREDIT_SUBJECT] = EVENT_SUBJECT,
										[CREDIT_ACTOR] = EVENT_ACTOR,
										[CREDIT_OWNER] = EVENT_OBJECT_OWNER,
										[CREDIT_ASKER] = EVENT_THREAD_OWNER};
	bool judged = true; // then the fact is about the author of what it is done to
	for (size_t i = 0; i < rule->on_n; i++) judged &= fact_judges(rule->on[i]);
	// One person does it and is credited; the others may be that person or somebody else.
	for (unsigned mask = 0; mask < 1u << EVENT_IDS_N; mask++) {
		EventKnown known;
		for (unsigned i = 0; i < EVENT_IDS_N; i++) known.ids[i] = mask >> i & 1 ? 2 : 1;
		if (known.ids[EVENT_ACTOR] != 1 || known.ids[CREDITED[rule->credit]] != 1) continue;
		if (judged && known.ids[EVENT_SUBJECT] != known.ids[EVENT_OBJECT_OWNER]) continue;
		if (expr_range(rule->when, &known).hi) return true;
	}
	return false;
}

size_t expr_part_start(const Expr *e, size_t at)
{
	// Backwards: each step but a leaf wants one or two parts more.
	for (size_t wanted = 1;; at--) {
		ExprCode code = (ExprCode)e->ops[at].code;
		wanted--;
		if (code >= OP_FIRST_BINARY) wanted += 2;
		else if (code != OP_NUMBER && code != OP_VAR) wanted++;
		if (!wanted || !at) return at;
	}
}

static void bound(Bounds *b, int32_t var, ExprCode code, int64_t v)
{
	int64_t *low = &b->low[var], *high = &b->high[var];
	b->asked[var] = true;
	if (code == OP_MORE) *low = i64_max(*low, v + 1);
	if (code == OP_MORE_EQUAL || code == OP_EQUAL) *low = i64_max(*low, v);
	if (code == OP_LESS) *high = i64_min(*high, v - 1);
	if (code == OP_LESS_EQUAL || code == OP_EQUAL) *high = i64_min(*high, v);
}

static ExprCode turned(ExprCode code)
{
	if (code == OP_MORE) return OP_LESS;
	if (code == OP_MORE_EQUAL) return OP_LESS_EQUAL;
	if (code == OP_LESS) return OP_MORE;
	return code == OP_LESS_EQUAL ? OP_MORE_EQUAL : code;
}

static bool simple(ExprCode code) { return code == OP_EQUAL || (code >= OP_LESS && code <= OP_MORE_EQUAL); }

// One part of the row: a name and a number, a truth, or something else.
static bool bounds_part(const Expr *e, size_t from, size_t at, Bounds *b)
{
	const ExprOp *op = &e->ops[from];
	ExprCode last = (ExprCode)e->ops[at].code;
	bool named = op[0].code == OP_VAR;
	if (at == from) {
		if (named) bound(b, op[0].var, OP_EQUAL, 1);
		return named || op[0].number;
	}
	if (at - from == 1 && named && last == OP_NOT) {
		bound(b, op[0].var, OP_EQUAL, 0);
		return true;
	}
	if (at - from != 2 || !simple(last) || op[0].code + op[1].code != OP_VAR + OP_NUMBER) return false;
	if (named) bound(b, op[0].var, last, op[1].number);
	else bound(b, op[1].var, turned(last), op[0].number);
	return true;
}

void expr_bounds(size_t names, const Expr *e, Bounds *ret_bounds)
{
	*ret_bounds = (Bounds){.n = names};
	for (size_t i = 0; i < ret_bounds->n; i++) {
		ret_bounds->low[i] = -INT64_MAX;
		ret_bounds->high[i] = INT64_MAX;
	}
	size_t ends[EXPR_OPS_MAX], n = 0;
	if (e) ends[n++] = e->n - 1;
	while (n) {
		size_t at = ends[--n];
		if (e->ops[at].code == OP_AND) {
			ends[n++] = at - 1;
			ends[n++] = expr_part_start(e, at - 1) - 1;
		} else {
			ret_bounds->other += !bounds_part(e, expr_part_start(e, at), at, ret_bounds);
		}
	}
}

bool rule_never(const Rule *rule)
{
	Bounds b;
	expr_bounds(EVENT_VARS_N, rule->when, &b);
	for (size_t i = 0; i < b.n; i++)
		if (b.low[i] > b.high[i]) return true;
	// Who is who: there are as many people as names for them.
	_Static_assert(EVENT_IDS_N == 4, "two bits each");
	for (unsigned who = 0; who < 1u << 2 * EVENT_IDS_N; who++) {
		EventKnown known;
		for (unsigned i = 0; i < EVENT_IDS_N; i++) known.ids[i] = 1 + (who >> 2 * i & 3);
		if (expr_range(rule->when, &known).hi) return false;
	}
	return true;
}

bool expr_names(const Expr *e, int32_t var)
{
	for (size_t i = 0; e && i < e->n; i++)
		if (e->ops[i].code == OP_VAR && e->ops[i].var == var) return true;
	return false;
}
