// SPDX-License-Identifier: AGPL-3.0-or-later
// Running expressions. Arithmetic is exact in 128 bits, then clamped, so no order of evaluation and no compiler matters.
#include "rules/compile.h"

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 Unsigned;

// One bound on either side, so that negation always has an answer.
static int64_t clamp(Wide v)
{
	if (v > INT64_MAX) return INT64_MAX;
	return v < -INT64_MAX ? -INT64_MAX : (int64_t)v;
}

static inline int64_t add(int64_t a, int64_t b)
{
	int64_t sum;
	if (__builtin_expect(!__builtin_add_overflow(a, b, &sum), 1)) return i64_max(sum, -INT64_MAX);
	return a > 0 ? INT64_MAX : -INT64_MAX;
}

static inline int64_t negate(int64_t a) { return a == INT64_MIN ? INT64_MAX : -a; }

static inline int64_t subtract(int64_t a, int64_t b)
{
	int64_t difference;
	if (__builtin_expect(!__builtin_sub_overflow(a, b, &difference), 1)) return i64_max(difference, -INT64_MAX);
	return a >= 0 ? INT64_MAX : -INT64_MAX;
}

static inline int64_t multiply(int64_t a, int64_t b)
{
	int64_t product;
	if (__builtin_expect(!__builtin_mul_overflow(a, b, &product), 1)) return product / RULE_UNIT;
	return clamp((Wide)a * b / RULE_UNIT);
}

static inline int64_t divide(int64_t a, int64_t b)
{
	int64_t scaled;
	if (b == 0) return 0;
	if (__builtin_expect(b != -1 && !__builtin_mul_overflow(a, RULE_UNIT, &scaled), 1)) return scaled / b;
	return clamp((Wide)a * RULE_UNIT / b);
}

int64_t rule_isqrt(int64_t thousandths)
{
	if (thousandths <= 0) return 0;
	Unsigned v = (Unsigned)thousandths * RULE_UNIT;
	// The floating root is off by little; whole numbers then decide, so rounding modes and compilers do not.
	uint64_t root = (uint64_t)__builtin_sqrt((double)v);
	while ((Unsigned)root * root > v) root--;
	while ((Unsigned)(root + 1) * (root + 1) <= v) root++;
	return (int64_t)root;
}

int64_t expr_apply(ExprCode code, int64_t a, int64_t b)
{
	switch (code) {
	case OP_NEGATE: return negate(a);
	case OP_NOT: return !a;
	case OP_ABS: return a < 0 ? negate(a) : a;
	case OP_SQRT: return rule_isqrt(a);
	case OP_ADD: return add(a, b);
	case OP_SUBTRACT: return subtract(a, b);
	case OP_MULTIPLY: return multiply(a, b);
	case OP_DIVIDE: return divide(a, b);
	case OP_MIN: return a < b ? a : b;
	case OP_MAX: return a > b ? a : b;
	case OP_EQUAL: return a == b;
	case OP_UNEQUAL: return a != b;
	case OP_LESS: return a < b;
	case OP_LESS_EQUAL: return a <= b;
	case OP_MORE: return a > b;
	case OP_MORE_EQUAL: return a >= b;
	case OP_AND: return a && b;
	case OP_OR: return a || b;
	case OP_NUMBER:
	case OP_VAR:
	case OP_CODES_N: break;
	}
	return 0;
}

int64_t expr_eval(const Expr *e, const int64_t *vars)
{
	int64_t stack[EXPR_STACK_MAX] = {0};
	int64_t *top = stack; // the next free place; the compiler saw to it that there is one
	for (const ExprOp *op = e->ops, *end = op + e->n; op < end; op++) {
		ExprCode code = (ExprCode)op->code;
		if (code == OP_NUMBER) {
			*top++ = op->number;
		} else if (code == OP_VAR) {
			*top++ = vars[op->var];
		} else if (code < OP_FIRST_BINARY) {
			top[-1] = expr_apply(code, top[-1], 0);
		} else {
			top--;
			top[-1] = expr_apply(code, top[-1], top[0]);
		}
	}
	return top[-1];
}

uint64_t expr_asks(const Expr *e)
{
	uint64_t names = 0;
	for (size_t i = 0; e && i < e->n; i++)
		if (e->ops[i].code == OP_VAR && e->ops[i].var < 64) names |= UINT64_C(1) << e->ops[i].var;
	return names;
}
