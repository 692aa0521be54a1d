// SPDX-License-Identifier: AGPL-3.0-or-later
// From the text of an expression to its code. Private to rules.
//
//   ExprScope scope = {.file = S("mine.toml"), .line = 12, .names = EXPR_ABOUT_EVENT};
//   const Expr *when;
//   TRY(expr_compile(cx, &scope, S("actor != subject && value >= 3"), EXPR_BOOL, &when));
//
// Grammar, loosest first (all of it left to right):
//   or: and {"||" and}    and: equal {"&&" equal}    equal: order {("==" | "!=") order}
//   order: sum {("<" | "<=" | ">" | ">=") sum}       sum: term {("+" | "-") term}    term: unary {("*" | "/") unary}
//   unary: ("-" | "!") unary | number | name | function "(" … ")" | "(" or ")"
// Types never mix: numbers with numbers, ids with ids by == and != only, truths with truths. Operations on constants are
// done here. Errors are ST_INVALID, "FILE:LINE: reason", the line being that of the text where it went wrong.
#pragma once
#include "base/ctx.h"
#include "rules/rules.h"

#define EXPR_NESTING_MAX 16
#define NUMBER_MOST ((int64_t)1000000000000) // of what a rule file may say, in whole units

typedef enum ExprCode {
	OP_NUMBER,
	OP_VAR,
	OP_NEGATE,
	OP_NOT,
	OP_ABS,
	OP_SQRT,
	OP_FIRST_BINARY,
	OP_ADD = OP_FIRST_BINARY,
	OP_SUBTRACT,
	OP_MULTIPLY,
	OP_DIVIDE,
	OP_MIN,
	OP_MAX,
	OP_EQUAL,
	OP_UNEQUAL,
	OP_LESS,
	OP_LESS_EQUAL,
	OP_MORE,
	OP_MORE_EQUAL,
	OP_AND,
	OP_OR,
	OP_CODES_N
} ExprCode;

typedef enum ExprNames { EXPR_ABOUT_EVENT, EXPR_ABOUT_MEMBER } ExprNames;

typedef struct ExprScope {
	Str file;
	int line;
	ExprNames names;
	const Metric *metrics; // of the member's names
	size_t metrics_n;
} ExprScope;

MUST_CHECK Status expr_compile(Ctx *cx, const ExprScope *scope, Str text, ExprType want, const Expr **ret_expr);
const Expr *expr_number(Ctx *cx, int64_t thousandths, Str source, int line);
// The result of one operation, as the evaluator has it; b is ignored by those with one operand.
int64_t expr_apply(ExprCode code, int64_t a, int64_t b);
// A metric or a rule may not be called like something the language has.
bool expr_name_taken(Str name);
