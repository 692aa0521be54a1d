// SPDX-License-Identifier: AGPL-3.0-or-later
// Expressions of the rule language: text compiled once to straight-line code for a small stack, then run over numbers that
// the engine fills in. Part of rules.h, which is what other features include.
//
//   int64_t vars[EVENT_VARS_N] = {[EVENT_ACTOR] = voter, [EVENT_NET] = 3 * RULE_UNIT};
//   if (expr_true(rule->when, vars)) points = expr_eval(rule->points, vars);
//
// Numbers are int64 in thousandths (RULE_UNIT): 1.5 is 1500, the 3 of `value >= 3` is 3000, a role 2 is 2000. Ids are raw,
// bools 0 or 1. Results saturate at +-INT64_MAX; `*` and `/` drop what is below a thousandth (towards zero); what is divided
// by zero is 0. Both sides of && and || are always run: nothing has an effect, so nobody can tell. No loops, no memory, at
// most EXPR_OPS_MAX steps: the longest expression has a price that is known. The same numbers with every compiler.
#pragma once
#include "base/str.h"

#define RULE_UNIT ((int64_t)1000)
#define EXPR_OPS_MAX 64
#define EXPR_STACK_MAX 16

// What an expression about one fact may name. X(constant, name in the language, type)
#define EVENT_VAR_TABLE(X)                                                                                             \
	X(EVENT_ACTOR, "actor", EXPR_ID)               /* who did it; 0 unknown */                                         \
	X(EVENT_SUBJECT, "subject", EXPR_ID)           /* whom it concerns: the fact's target */                           \
	X(EVENT_OBJECT_OWNER, "object.owner", EXPR_ID) /* author of the post or comment */                                 \
	X(EVENT_THREAD_OWNER, "thread.owner", EXPR_ID) /* who asked */                                                     \
	X(EVENT_ACTOR_STAFF, "actor.staff", EXPR_BOOL) /* an employee, or the role moderator and above */                  \
	X(EVENT_SUBJECT_STAFF, "subject.staff", EXPR_BOOL)                                                                 \
	X(EVENT_ACTOR_VERIFIED, "actor.verified", EXPR_BOOL) /* a customer proven by CRM or single sign-on */              \
	X(EVENT_OWNER_VERIFIED, "thread.owner.verified", EXPR_BOOL)                                                        \
	X(EVENT_IS_QUESTION, "object.question", EXPR_BOOL) /* the opening post of a topic */                               \
	X(EVENT_IS_ANSWER, "object.answer", EXPR_BOOL)                                                                     \
	X(EVENT_IS_COMMENT, "object.comment", EXPR_BOOL)                                                                   \
	X(EVENT_IS_FIRST, "object.first", EXPR_BOOL)         /* the topic's first answer */                                \
	X(EVENT_IS_DUPLICATE, "object.duplicate", EXPR_BOOL) /* nearly repeats an earlier answer of the topic */           \
	X(EVENT_IS_WIKI, "object.wiki", EXPR_BOOL)           /* belongs to everybody */                                    \
	X(EVENT_VALUE, "value", EXPR_NUMBER)                 /* the fact's own number: seconds read, a bounty */           \
	X(EVENT_NET, "object.net", EXPR_NUMBER)              /* votes up minus down, this one counted */                   \
	X(EVENT_UP, "object.up", EXPR_NUMBER)                                                                              \
	X(EVENT_DOWN, "object.down", EXPR_NUMBER)                                                                          \
	X(EVENT_PAIR, "pair", EXPR_NUMBER)                 /* how often this customer was helped before, plus 1 */         \
	X(EVENT_AGE_DAYS, "subject.age_days", EXPR_NUMBER) /* days since the subject joined */

typedef enum EventVar {
#define X(name, text, type) name,
	EVENT_VAR_TABLE(X)
#undef X
		EVENT_VARS_N
} EventVar;

// What an expression about a member (ranks, badges) may name; after these come the ruleset's metrics, in their order, and
// after those the community's value of each ("community.NAME") and the lower bound of each ("lcb(NAME)").
#define MEMBER_VAR_TABLE(X)                                                                                            \
	X(MEMBER_CREDIBILITY, "credibility", EXPR_NUMBER)                                                                  \
	X(MEMBER_CONTRIBUTION, "contribution", EXPR_NUMBER)                                                                \
	X(MEMBER_ENGAGEMENT, "engagement", EXPR_NUMBER)                                                                    \
	X(MEMBER_CONDUCT, "conduct", EXPR_NUMBER)                                                                          \
	X(MEMBER_REACH, "reach", EXPR_NUMBER)                                                                              \
	X(MEMBER_AGE_DAYS, "age_days", EXPR_NUMBER) /* days since joining */                                               \
	X(MEMBER_STAFF, "staff", EXPR_BOOL)                                                                                \
	X(MEMBER_VERIFIED, "verified", EXPR_BOOL)                                                                          \
	X(MEMBER_ROLE, "role", EXPR_NUMBER) /* 0 member … 4 admin (x RULE_UNIT); hasRole("moderator") is role >= 2 */

typedef enum MemberVar {
#define X(name, text, type) name,
	MEMBER_VAR_TABLE(X)
#undef X
		MEMBER_VARS_N
} MemberVar;

typedef enum ExprType { EXPR_NUMBER, EXPR_BOOL, EXPR_ID } ExprType;
typedef struct ExprOp {
	uint8_t code; // ExprCode of expr.c
	int32_t var;
	int64_t number;
} ExprOp;

typedef struct Expr {
	const ExprOp *ops;
	size_t n;
	ExprType type;
	bool constant; // the same for every fact: ops[0].number is it
	Str source;    // as written
	int line;
} Expr;

int64_t expr_eval(const Expr *e, const int64_t *vars);
// NULL is true: a rule without `when` always applies.
static inline bool expr_true(const Expr *e, const int64_t *vars) { return !e || expr_eval(e, vars) != 0; }
// Which of the first 64 variables it names, a bit each; NULL names none. What it gives depends on no others.
uint64_t expr_asks(const Expr *e);
int64_t rule_isqrt(int64_t thousandths); // floor(sqrt(x/1000)*1000); 0 for what is below 0
