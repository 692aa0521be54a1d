// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules/compile.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/site.h"

typedef struct Parser {
	Ctx *cx;
	const ExprScope *scope;
	Str text;
	size_t at;
	ExprOp ops[EXPR_OPS_MAX];
	size_t n, stack, nesting;
	Status st; // the first fault ends it all
} Parser;

typedef struct Name {
	Str text;
	ExprType type;
} Name;

static const Name EVENT_NAMES[] = {
#define X(name, text, type) {S_INIT(text), type},
	EVENT_VAR_TABLE(X)
#undef X
};
static const Name MEMBER_NAMES[] = {
#define X(name, text, type) {S_INIT(text), type},
	MEMBER_VAR_TABLE(X)
#undef X
};
static const char *const TYPE_NAMES[] = {
	[EXPR_NUMBER] = "a number", [EXPR_BOOL] = "true or false", [EXPR_ID] = "a person"};

typedef struct Function {
	Str name;
	ExprCode code;
	size_t least, most; // arguments
} Function;
static const Function FUNCTIONS[] = {
	{S_INIT("sqrt"), OP_SQRT, 1, 1},
	{S_INIT("abs"), OP_ABS, 1, 1},
	{S_INIT("min"), OP_MIN, 2, 8},
	{S_INIT("max"), OP_MAX, 2, 8},
};
static const Str WORDS[] = {S_INIT("hasRole"), S_INIT("lcb"), S_INIT("community"), S_INIT("true"), S_INIT("false")};

// Says what is wrong, and where: in a text of several lines, the line that the parser has come to.
PRINTF_LIKE(2, 3) static bool wrong(Parser *p, const char *fmt, ...)
{
	if (p->st != ST_OK) return false;
	int line = p->scope->line;
	for (size_t i = 0; i < p->at && i < p->text.n; i++) line += p->text.p[i] == '\n';
	char why[320];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	p->st = fail(p->cx, ST_INVALID, "%.*s:%d: %s", STR(p->scope->file), line, why);
	return false;
}

static void skip_space(Parser *p)
{
	while (p->at < p->text.n && (p->text.p[p->at] == ' ' || p->text.p[p->at] == '\t' || p->text.p[p->at] == '\n' ||
								 p->text.p[p->at] == '\r'))
		p->at++;
}

static char peek(Parser *p)
{
	skip_space(p);
	return p->at < p->text.n ? p->text.p[p->at] : 0;
}

static bool take(Parser *p, Str token)
{
	skip_space(p);
	if (!str_starts(str_sub(p->text, p->at, p->text.n), token)) return false;
	p->at += token.n;
	return true;
}

static bool need(Parser *p, Str token, const char *where)
{
	return take(p, token) || wrong(p, "`%.*s` is missing %s", STR(token), where);
}

// Code.

static bool push(Parser *p, ExprOp op)
{
	if (p->n == EXPR_OPS_MAX) return wrong(p, "the expression has more than %d steps", EXPR_OPS_MAX);
	if (++p->stack > EXPR_STACK_MAX)
		return wrong(p, "the expression keeps more than %d numbers in mind", EXPR_STACK_MAX);
	p->ops[p->n++] = op;
	return true;
}

static bool push_number(Parser *p, int64_t thousandths)
{
	return push(p, (ExprOp){.code = OP_NUMBER, .number = thousandths});
}

// Constants are computed now: an operand that is one number ends in the step that pushes it.
static bool operate(Parser *p, ExprCode code)
{
	size_t operands = code < OP_FIRST_BINARY ? 1 : 2;
	ExprOp *a = &p->ops[p->n - operands];
	bool constant = a[0].code == OP_NUMBER && a[operands - 1].code == OP_NUMBER;
	if (constant) {
		a[0].number = expr_apply(code, a[0].number, a[operands - 1].number);
		p->n -= operands - 1;
	} else {
		if (p->n == EXPR_OPS_MAX) return wrong(p, "the expression has more than %d steps", EXPR_OPS_MAX);
		p->ops[p->n++] = (ExprOp){.code = (uint8_t)code};
	}
	p->stack -= operands - 1;
	return true;
}

// Names.

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static Str take_name(Parser *p)
{
	skip_space(p);
	size_t from = p->at;
	while (p->at < p->text.n) {
		char c = p->text.p[p->at];
		bool more = p->at + 1 < p->text.n && is_letter(p->text.p[p->at + 1]);
		if (!is_letter(c) && !(p->at > from && (is_digit(c) || (c == '.' && more)))) break;
		p->at++;
	}
	return str_sub(p->text, from, p->at);
}

static bool find_name(const Name *names, size_t n, Str name, size_t *ret_i)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(names[i].text, name)) {
			*ret_i = i;
			return true;
		}
	return false;
}

static bool find_metric(const ExprScope *scope, Str name, size_t *ret_i)
{
	for (size_t i = 0; i < scope->metrics_n; i++)
		if (str_eq(scope->metrics[i].name, name)) {
			*ret_i = i;
			return true;
		}
	return false;
}

bool expr_name_taken(Str name)
{
	size_t i;
	if (find_name(EVENT_NAMES, COUNTOF(EVENT_NAMES), name, &i)) return true;
	if (find_name(MEMBER_NAMES, COUNTOF(MEMBER_NAMES), name, &i)) return true;
	for (i = 0; i < COUNTOF(FUNCTIONS); i++)
		if (str_eq(FUNCTIONS[i].name, name)) return true;
	for (i = 0; i < COUNTOF(WORDS); i++)
		if (str_eq(WORDS[i], name)) return true;
	return false;
}

static bool push_var(Parser *p, size_t var, ExprType type, ExprType *ret_type)
{
	*ret_type = type;
	return push(p, (ExprOp){.code = OP_VAR, .var = (int32_t)var});
}

static bool unknown_name(Parser *p, Str name)
{
	size_t i;
	if (p->scope->names == EXPR_ABOUT_MEMBER) {
		if (find_name(EVENT_NAMES, COUNTOF(EVENT_NAMES), name, &i))
			return wrong(p, "`%.*s` is about one fact; here only the member is known", STR(name));
		return wrong(p, "unknown name `%.*s`: neither a score nor one of the metrics", STR(name));
	}
	if (find_name(MEMBER_NAMES, COUNTOF(MEMBER_NAMES), name, &i))
		return wrong(p, "`%.*s` is about a member; here only the fact is known", STR(name));
	return wrong(p, "unknown name `%.*s`", STR(name));
}

static bool parse_name(Parser *p, Str name, ExprType *ret_type)
{
	const ExprScope *scope = p->scope;
	size_t i;
	if (str_eq(name, S("true")) || str_eq(name, S("false"))) {
		*ret_type = EXPR_BOOL;
		return push_number(p, str_eq(name, S("true")));
	}
	if (scope->names == EXPR_ABOUT_EVENT) {
		if (!find_name(EVENT_NAMES, COUNTOF(EVENT_NAMES), name, &i)) return unknown_name(p, name);
		return push_var(p, i, EVENT_NAMES[i].type, ret_type);
	}
	if (find_name(MEMBER_NAMES, COUNTOF(MEMBER_NAMES), name, &i)) return push_var(p, i, MEMBER_NAMES[i].type, ret_type);
	if (find_metric(scope, name, &i)) return push_var(p, MEMBER_VARS_N + i, EXPR_NUMBER, ret_type);
	if (str_starts(name, S("community."))) {
		Str metric = str_sub(name, sizeof "community." - 1, name.n);
		if (!find_metric(scope, metric, &i)) return wrong(p, "unknown metric `%.*s`", STR(metric));
		return push_var(p, MEMBER_VARS_N + scope->metrics_n + i, EXPR_NUMBER, ret_type);
	}
	return unknown_name(p, name);
}

// Functions.

static bool parse_level(Parser *p, size_t level, ExprType *ret_type);

static bool parse_lcb(Parser *p, ExprType *ret_type)
{
	const ExprScope *scope = p->scope;
	size_t i;
	if (scope->names != EXPR_ABOUT_MEMBER) return wrong(p, "lcb(…) is about a member; here only the fact is known");
	Str metric = take_name(p);
	if (!find_metric(scope, metric, &i)) return wrong(p, "lcb(…) wants a metric; `%.*s` is none", STR(metric));
	if (scope->metrics[i].kind != METRIC_RATIO)
		return wrong(p, "lcb(…) wants a ratio; `%.*s` is a plain number", STR(metric));
	return push_var(p, MEMBER_VARS_N + 2 * scope->metrics_n + i, EXPR_NUMBER, ret_type) &&
		   need(p, S(")"), "after lcb(");
}

static bool parse_has_role(Parser *p, ExprType *ret_type)
{
	if (p->scope->names != EXPR_ABOUT_MEMBER)
		return wrong(p, "hasRole(…) is about a member; here only the fact is known");
	char quote = peek(p);
	if (quote != '"' && quote != '\'') return wrong(p, "hasRole(…) wants a role in quotes");
	size_t from = ++p->at;
	while (p->at < p->text.n && p->text.p[p->at] != quote) p->at++;
	Str name = str_sub(p->text, from, p->at);
	Role role;
	if (!role_parse(name, &role)) return wrong(p, "there is no role `%.*s`", STR(name));
	p->at++;
	*ret_type = EXPR_BOOL;
	return push(p, (ExprOp){.code = OP_VAR, .var = MEMBER_ROLE}) && push_number(p, (int64_t)role * RULE_UNIT) &&
		   operate(p, OP_MORE_EQUAL) && need(p, S(")"), "after hasRole(");
}

static bool parse_arguments(Parser *p, const Function *f, ExprType *ret_type)
{
	size_t n = 0;
	do {
		ExprType type;
		if (++n > f->most) return wrong(p, "%.*s(…) takes no more than %zu", STR(f->name), f->most);
		if (!parse_level(p, 0, &type)) return false;
		if (type != EXPR_NUMBER) return wrong(p, "%.*s(…) wants numbers; this is %s", STR(f->name), TYPE_NAMES[type]);
		if ((n > 1 || f->most == 1) && !operate(p, f->code)) return false;
	} while (take(p, S(",")));
	if (n < f->least) return wrong(p, "%.*s(…) wants at least %zu numbers", STR(f->name), f->least);
	*ret_type = EXPR_NUMBER;
	return need(p, S(")"), "after the arguments");
}

static bool parse_call(Parser *p, Str name, ExprType *ret_type)
{
	if (str_eq(name, S("lcb"))) return parse_lcb(p, ret_type);
	if (str_eq(name, S("hasRole"))) return parse_has_role(p, ret_type);
	for (size_t i = 0; i < COUNTOF(FUNCTIONS); i++)
		if (str_eq(FUNCTIONS[i].name, name)) return parse_arguments(p, &FUNCTIONS[i], ret_type);
	return wrong(p, "unknown function `%.*s`", STR(name));
}

// Operators.

static bool parse_number(Parser *p, ExprType *ret_type)
{
	int64_t whole = 0, part = 0;
	while (p->at < p->text.n && is_digit(p->text.p[p->at])) {
		whole = whole * 10 + (p->text.p[p->at++] - '0');
		if (whole > NUMBER_MOST) return wrong(p, "the number is too large");
	}
	if (p->at < p->text.n && p->text.p[p->at] == '.') {
		int64_t scale = RULE_UNIT;
		size_t from = ++p->at;
		for (; p->at < p->text.n && is_digit(p->text.p[p->at]); p->at++) {
			if (scale == 1) return wrong(p, "a number has at most three decimals");
			scale /= 10;
			part += scale * (p->text.p[p->at] - '0');
		}
		if (p->at == from) return wrong(p, "a digit is missing after the point");
	}
	if (p->at < p->text.n && is_letter(p->text.p[p->at])) return wrong(p, "a number ends in a letter");
	*ret_type = EXPR_NUMBER;
	return push_number(p, whole * RULE_UNIT + part);
}

static bool parse_primary(Parser *p, ExprType *ret_type)
{
	char c = peek(p);
	if (is_digit(c)) return parse_number(p, ret_type);
	if (is_letter(c)) {
		Str name = take_name(p);
		return take(p, S("(")) ? parse_call(p, name, ret_type) : parse_name(p, name, ret_type);
	}
	if (take(p, S("("))) return parse_level(p, 0, ret_type) && need(p, S(")"), "at the end of what is in parentheses");
	if (!c) return wrong(p, "the expression ends where a value is wanted");
	if ((unsigned char)c < 0x20 || (unsigned char)c > 0x7e) return wrong(p, "a value is wanted here");
	return wrong(p, "a value is wanted where `%c` stands", c);
}

static bool parse_unary(Parser *p, ExprType *ret_type)
{
	ExprCode code;
	if (take(p, S("-"))) code = OP_NEGATE;
	else if (peek(p) == '!' && !str_starts(str_sub(p->text, p->at, p->text.n), S("!=")) && take(p, S("!")))
		code = OP_NOT;
	else return parse_primary(p, ret_type);
	if (++p->nesting > EXPR_NESTING_MAX) return wrong(p, "the expression is nested deeper than %d", EXPR_NESTING_MAX);
	ExprType want = code == OP_NOT ? EXPR_BOOL : EXPR_NUMBER, type = want;
	if (!parse_unary(p, &type)) return false;
	p->nesting--;
	if (type != want) {
		return wrong(p, "`%s` wants %s; this is %s", code == OP_NOT ? "!" : "-", TYPE_NAMES[want], TYPE_NAMES[type]);
	}
	*ret_type = want;
	return operate(p, code);
}

typedef struct Operator {
	Str text;
	ExprCode code;
	size_t level;   // 0 binds loosest
	ExprType wants; // of both sides; EXPR_ID: of any one type
	ExprType gives;
} Operator;
#define LEVELS_N 6
// Of those on one level, the longer stands first.
static const Operator OPERATORS[] = {
	{S_INIT("||"), OP_OR, 0, EXPR_BOOL, EXPR_BOOL},           {S_INIT("&&"), OP_AND, 1, EXPR_BOOL, EXPR_BOOL},
	{S_INIT("=="), OP_EQUAL, 2, EXPR_ID, EXPR_BOOL},          {S_INIT("!="), OP_UNEQUAL, 2, EXPR_ID, EXPR_BOOL},
	{S_INIT("<="), OP_LESS_EQUAL, 3, EXPR_NUMBER, EXPR_BOOL}, {S_INIT(">="), OP_MORE_EQUAL, 3, EXPR_NUMBER, EXPR_BOOL},
	{S_INIT("<"), OP_LESS, 3, EXPR_NUMBER, EXPR_BOOL},        {S_INIT(">"), OP_MORE, 3, EXPR_NUMBER, EXPR_BOOL},
	{S_INIT("+"), OP_ADD, 4, EXPR_NUMBER, EXPR_NUMBER},       {S_INIT("-"), OP_SUBTRACT, 4, EXPR_NUMBER, EXPR_NUMBER},
	{S_INIT("*"), OP_MULTIPLY, 5, EXPR_NUMBER, EXPR_NUMBER},  {S_INIT("/"), OP_DIVIDE, 5, EXPR_NUMBER, EXPR_NUMBER},
};

static const Operator *take_operator(Parser *p, size_t level)
{
	for (size_t i = 0; i < COUNTOF(OPERATORS); i++)
		if (OPERATORS[i].level == level && take(p, OPERATORS[i].text)) return &OPERATORS[i];
	return NULL;
}

static bool agree(Parser *p, const Operator *op, ExprType left, ExprType right)
{
	if (op->wants == EXPR_ID) {
		if (left == right) return true;
		return wrong(p, "`%.*s` compares %s with %s", STR(op->text), TYPE_NAMES[left], TYPE_NAMES[right]);
	}
	if (left == op->wants && right == op->wants) return true;
	ExprType odd = left == op->wants ? right : left;
	return wrong(p, "`%.*s` wants %s on both sides; one is %s", STR(op->text), TYPE_NAMES[op->wants], TYPE_NAMES[odd]);
}

static bool parse_level(Parser *p, size_t level, ExprType *ret_type)
{
	if (level == LEVELS_N) return parse_unary(p, ret_type);
	if (level == 0 && ++p->nesting > EXPR_NESTING_MAX)
		return wrong(p, "the expression is nested deeper than %d", EXPR_NESTING_MAX);
	ExprType left = EXPR_NUMBER, right = EXPR_NUMBER;
	if (!parse_level(p, level + 1, &left)) return false;
	for (const Operator *op; (op = take_operator(p, level));) {
		if (!parse_level(p, level + 1, &right) || !agree(p, op, left, right) || !operate(p, op->code)) return false;
		left = op->gives;
	}
	if (level == 0) p->nesting--;
	*ret_type = left;
	return true;
}

static Status finish(Parser *p, ExprType type, const Expr **ret_expr)
{
	ExprOp *ops = arena_try_alloc(p->cx->arena, p->n * sizeof *ops, _Alignof(ExprOp));
	Expr *e = arena_try_alloc(p->cx->arena, sizeof *e, _Alignof(Expr));
	if (!ops || !e) return fail(p->cx, ST_TOO_LARGE, "the rules need too much memory");
	for (size_t i = 0; i < p->n; i++) ops[i] = p->ops[i];
	*e = (Expr){.ops = ops,
				.n = p->n,
				.type = type,
				.constant = p->n == 1 && ops[0].code == OP_NUMBER,
				.source = p->text,
				.line = p->scope->line};
	*ret_expr = e;
	return ST_OK;
}

Status expr_compile(Ctx *cx, const ExprScope *scope, Str text, ExprType want, const Expr **ret_expr)
{
	Parser p = {.cx = cx, .scope = scope, .text = text};
	ExprType type = EXPR_NUMBER;
	if (parse_level(&p, 0, &type)) {
		if (peek(&p)) {
			size_t end = p.at;
			while (end < text.n && end < p.at + 20 && text.p[end] > ' ' && text.p[end] < 0x7f) end++;
			wrong(&p, "`%.*s` does not belong here", STR(str_sub(text, p.at, end)));
		} else if (type != want) {
			wrong(&p, "the expression is %s; %s is wanted", TYPE_NAMES[type], TYPE_NAMES[want]);
		}
	}
	TRY(p.st);
	return finish(&p, type, ret_expr);
}

const Expr *expr_number(Ctx *cx, int64_t thousandths, Str source, int line)
{
	Parser p = {.cx = cx, .scope = &(ExprScope){.line = line}, .text = source};
	const Expr *e = NULL;
	p.ops[p.n++] = (ExprOp){.code = OP_NUMBER, .number = thousandths};
	return finish(&p, EXPR_NUMBER, &e) == ST_OK ? e : NULL;
}
