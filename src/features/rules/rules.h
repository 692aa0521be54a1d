// SPDX-License-Identifier: AGPL-3.0-or-later
// Rules of reputation: a TOML file read into tables and bytecode that the engine (features/reputation) runs over facts.
// Pure: no database, no clock. A Ruleset is immutable and lives in the arena it was read into.
//
//   Ruleset *rules;
//   TRY(rules_pack(cx, S("support-default"), &rules));          // or rules_parse(cx, toml, S("mine.toml"), &rules)
//   int64_t vars[EVENT_VARS_N] = {…};                           // what the fact says, filled by the engine
//   if (expr_true(rule->when, vars)) points = expr_eval(rule->points, vars);
//
// Numbers are fixed-point: points, counts, seconds and ratios are int64 in thousandths (RULE_UNIT); ids are raw, bools 0 or 1.
// Nothing here is unbounded: every expression is straight-line code of at most EXPR_OPS_MAX steps, overflow saturates.
// Errors name the file, the line and the reason. docs/reputation-rules.md is the language's manual.
#pragma once
#include "core/site.h"
#include "rules/expr.h"

#define RULES_FILE_MAX_BYTES ((size_t)256 << 10)
#define RULES_MAX 64
#define RULE_KINDS_MAX 8
#define RULE_CAPS_MAX 4
#define CAPS_MAX 32
#define METRICS_MAX 48
#define RANKS_MAX 32
#define BADGES_MAX 64
#define GRANTS_MAX 8

typedef enum RuleCredit { CREDIT_SUBJECT, CREDIT_ACTOR, CREDIT_OWNER, CREDIT_ASKER } RuleCredit; // OWNER: of the object
typedef enum CapPer { CAP_DAY, CAP_WEEK, CAP_LIFE } CapPer; // UTC days, weeks from Monday
typedef enum CapOf {
	CAP_MEMBER,
	CAP_OBJECT,
	CAP_PAIR
} CapOf; // PAIR: credited member and who judged (no limit while that is unknown)
typedef enum PairWeight { PAIR_ALL, PAIR_SQRT, PAIR_LINEAR } PairWeight; // 1, 1/sqrt(k), 1/k of the k-th help

typedef struct Cap {
	Str name, title; // title: plain words for members
	CapPer per;
	CapOf of;
	int64_t most;  // thousandths
	int64_t least; // <= 0: how far the sum may fall; INT64_MIN: no bound
	int line;
} Cap;

typedef struct Rule {
	Str id, title, doc; // title, doc: plain words for members
	int line;
	FactKind on[RULE_KINDS_MAX];
	size_t on_n;
	RuleCredit credit;
	ScoreKind score;
	const Expr *when;   // NULL: always
	const Expr *points; // thousandths
	PairWeight pair;
	bool matched;                // counts as trusted or untrusted credit (guard); else always trusted
	bool base;                   // nobody judged it: part of the small base, bounded by the guard's base_most
	uint8_t caps[RULE_CAPS_MAX]; // indexes of Ruleset.caps
	size_t caps_n;
} Rule;

typedef struct ScoreRule {
	int64_t half_life_days; // 0: never fades
	int64_t start, least;   // thousandths; least INT64_MIN: no floor
} ScoreRule;

typedef enum GuardProfile { GUARD_OFF, GUARD_AUTO, GUARD_OPEN, GUARD_VERIFIED } GuardProfile;
typedef struct Guard {
	GuardProfile profile;        // AUTO: VERIFIED when at least 20 % of the askers are verified, else OPEN
	int64_t allowance;           // A, thousandths of points
	int64_t rho;                 // thousandths; OPEN
	int64_t kappa, rho_verified; // thousandths; VERIFIED: a voter vouches for at most kappa x own trusted credit
	int64_t base_most;           // decayed base credit at most
	int64_t burst;               // z: a day above mean + z x deviation of the 91 before waits a day; 0: none does
	int64_t burst_least;         // but never below so much
	Str seeds[GRANTS_MAX];       // "role:helper", "affiliation:employee", "handle:NAME"
	size_t seeds_n;
} Guard;

typedef enum MetricKind { METRIC_COUNT, METRIC_DISTINCT, METRIC_SUM, METRIC_RATIO } MetricKind;
typedef enum MetricDim { DIM_ASKER, DIM_ACTOR, DIM_THREAD, DIM_OBJECT, DIM_DAY, DIM_AREA } MetricDim;
typedef struct Metric {
	Str name, doc;
	MetricKind kind;
	MetricDim dim; // of DISTINCT
	FactKind on[RULE_KINDS_MAX];
	size_t on_n;
	RuleCredit credit;   // whose metric it is
	const Expr *where;   // event vars; NULL: every one
	int64_t window_days; // 0: all time
	uint8_t over, under; // of RATIO: indexes of metrics; value = over / under in thousandths
	bool undone;         // what was taken back still counts (accepted solutions including the revoked)
	int line;
} Metric;

typedef struct Rank {
	Str name, icon, doc;
	int64_t order;    // higher is better; a member has the highest whose `when` holds
	const Expr *when; // member vars
	const Expr *keep; // NULL: as `when`; it is lost only when this fails for grace_days
	int64_t grace_days;
	Str grants[GRANTS_MAX]; // "label:expert", "can:mark_solution", "can:moderate:area", "limit:kudos=40/day"
	size_t grants_n;
	int line;
} Rank;

typedef struct Badge {
	Str id, name, doc;
	const Expr *when; // member vars
	bool once;        // stays once earned
	int line;
} Badge;

typedef struct Ruleset {
	Str name, doc, author, licence, toml; // toml: the text it was read from
	int64_t version;
	Time effective; // 0: always
	bool retroactive;
	ScoreKind board; // the score that ranks members
	ScoreRule scores[SCORES_N];
	Guard guard;
	Cap caps[CAPS_MAX];
	size_t caps_n;
	Rule rules[RULES_MAX];
	size_t rules_n;
	Metric metrics[METRICS_MAX];
	size_t metrics_n;
	Rank ranks[RANKS_MAX]; // by order, ascending
	size_t ranks_n;
	Badge badges[BADGES_MAX];
	size_t badges_n;
	uint64_t hash; // of everything that decides a score: equal texts up to comments and white space are equal
} Ruleset;

// How the engine reads rules, counted: one more with every change by which the same rules say something else of the same facts (who
// is trusted, how points fade, what a condition or a metric means), and with none by which they are only found faster. It is
// part of every hash; a site whose rules were last read as before gets a version of them that says so, and a pass, by itself.
// What each number changed stands in docs/reputation-rules.md.
#define RULES_ENGINE 2

// Reads a rule file. ST_INVALID with "FILE:LINE: reason" in cx->fail_text. Everything lives in cx->arena.
MUST_CHECK Status rules_parse(Ctx *cx, Str toml, Str file_name, Ruleset **ret_rules);
// A pack shipped with the program; ST_NOT_FOUND names those there are.
MUST_CHECK Status rules_pack(Ctx *cx, Str name, Ruleset **ret_rules);
extern const Str RULES_PACKS[]; // names
extern const size_t RULES_PACKS_N;
Str rules_pack_text(Str name); // its TOML, or str_none()

// Perverse incentives: what a rule file may say, and should not.
typedef enum LintLevel { LINT_WARNING, LINT_ERROR } LintLevel;
typedef struct LintFinding {
	LintLevel level;
	int line;
	Str rule; // its id, or absent
	// message key: lint.uncapped self giving volume unjudged unmatched pair base guard fading negative clipped nothing upside never doc, of ranks
	// lint.unreachable inverted keep flapping, of caps and metrics lint.unused
	const char *key;
	Str text; // in English, for the command line
} LintFinding;
typedef struct LintFindings {
	LintFinding *v;
	size_t n;
} LintFindings;
MUST_CHECK Status rules_lint(Ctx *cx, const Ruleset *rules, LintFindings *ret_findings);

// "How reputation works here" in plain words, made from the rules alone: paragraphs and lists, for the page and for --help.
typedef enum DescribePart {
	DESCRIBE_INTRO,
	DESCRIBE_RULE,
	DESCRIBE_LIMIT,
	DESCRIBE_FADING,
	DESCRIBE_RANK,
	DESCRIBE_BADGE,
	DESCRIBE_GUARD
} DescribePart;
typedef struct Sentence {
	DescribePart part;
	Str id;   // of the rule, rank or badge
	Str text; // one sentence
} Sentence;
typedef struct Sentences {
	Sentence *v;
	size_t n;
} Sentences;
MUST_CHECK Status rules_describe(Ctx *cx, const Ruleset *rules, Sentences *ret_sentences);

// A rank formula of a Khoros community as a `when` of ours; what it gets wrong is ST_INVALID with the reason.
typedef struct KhorosRank {
	Str when, metrics; // metrics: TOML tables that it needs
	Str notes;         // a line for each metric that has no like here and counts as 0
} KhorosRank;
MUST_CHECK Status rules_from_khoros(Ctx *cx, Str formula, KhorosRank *ret_rank);

#include "rules/grants.h" // what ranks give; these need the types above
#include "rules/needs.h"  // what a member lacks for a rank
#include "rules/toml.h"   // what a file says before it is understood
