// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules/words.h"

#include "core/site.h"
#include "rules/load.h"

typedef struct Words {
	Buf *b;
	const Ruleset *rules;
	const Expr *e;
	ExprNames names;
	RuleCredit credit; // of the reader
} Words;

void words_number(Buf *b, int64_t thousandths) { number_write(b, thousandths); }
const char *words_s(int64_t thousandths) { return thousandths == RULE_UNIT || thousandths == -RULE_UNIT ? "" : "s"; }

void words_join(Buf *b, size_t i, size_t n, const char *last)
{
	if (i) buf_z(b, i + 1 < n ? ", " : last);
}

void words_title(Buf *b, Str title, Str id)
{
	buf_str(b, title);
	if (title.n) return;
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		bool small = c >= 'a' && c <= 'z';
		buf_char(b, c == '-' || c == '_' ? ' ' : i == 0 && small ? (char)(c - 32) : c);
	}
}

// --- facts -------------------------------------------------------------------------------------------------------------

typedef struct EventWords {
	FactKind kind;
	const char *done;  // you are credited for what was done to you or yours
	const char *doing; // you are credited for doing it
} EventWords;

static const EventWords EVENTS[] = {
	{FACT_JOINED, "you join", "you join"},
	{FACT_TOPIC_POSTED, "you begin a topic", "you begin a topic"},
	{FACT_POSTED, "somebody answers your question", "you write an answer"},
	{FACT_COMMENTED, "somebody comments on your post", "you write a comment"},
	{FACT_EDITED, "your post is edited", "you edit a post"},
	{FACT_VOTED_UP, "your post gets a helpful vote", "you give a helpful vote"},
	{FACT_VOTED_DOWN, "your post is voted down", "you vote a post down"},
	{FACT_ACCEPTED, "your answer is marked as the solution", "you mark the solution"},
	{FACT_BOUNTY_OFFERED, "a bounty is offered for your question", "you offer a bounty"},
	{FACT_BOUNTY_WON, "your answer wins a bounty", "you award a bounty"},
	{FACT_FAVOURITED, "your post is bookmarked", "you bookmark a post"},
	{FACT_BADGE_EARNED, "you earn a badge", "you earn a badge"},
	{FACT_LINKED, "your topic is linked to", "you link a topic"},
	{FACT_CLOSED, "your topic is closed", "you close a topic"},
	{FACT_REOPENED, "your topic is opened again", "you open a topic again"},
	{FACT_DELETED, "your post is removed", "you remove a post"},
	{FACT_RESTORED, "your post is restored", "you restore a post"},
	{FACT_REPORTED, "your post is reported", "you report a post"},
	{FACT_SAME_HERE, "somebody has the same problem as you", "you say that you have a problem too"},
	{FACT_WORKED, "somebody says that your answer worked", "you say that an answer worked"},
	{FACT_GUEST_SOLVED, "a guest says that your topic solved a problem", "a guest says that a topic solved a problem"},
	{FACT_ROLE_CHANGED, "you are given a role", "you give somebody a role"},
	{FACT_AFFILIATION_CHANGED, "it is said whose side you are on", "you say whose side somebody is on"},
	{FACT_PUBLISHED_FIGURE, "a figure of you is published", "you publish a figure"},
	{FACT_EDIT_APPROVED, "an edit of your post is approved", "you approve an edit"},
	{FACT_MARKED_SPAM, "your post is marked as spam or offensive", "you mark a post as spam or offensive"},
	{FACT_MODERATED, "your post is looked at by a moderator", "you look at a post as a moderator"},
	{FACT_RANK_CHANGED, "your rank changes", "your rank changes"},
	{FACT_OBJECTED, "somebody objects to your score", "you object to a score"},
	{FACT_PROGRAMME_PROPOSED, "you are proposed as a superuser", "you propose a superuser"},
	{FACT_PROGRAMME_INVITED, "you are invited to be a superuser", "you invite a superuser"},
	{FACT_PROGRAMME_ACCEPTED, "you become a superuser", "you become a superuser"},
	{FACT_PROGRAMME_DECLINED, "you decline to be a superuser", "you decline to be a superuser"},
	{FACT_PROGRAMME_RENEWED, "your term as a superuser is renewed", "you renew the term of a superuser"},
	{FACT_PROGRAMME_THANKED, "you are thanked as a superuser", "you thank a superuser"},
	{FACT_PROGRAMME_RESTED, "you rest as a superuser", "you let a superuser rest"},
	{FACT_PROGRAMME_RETURNED, "you are back as a superuser", "you welcome a superuser back"},
	{FACT_PROGRAMME_ENDED, "your time as a superuser ends", "you end the time of a superuser"},
	{FACT_PROGRAMME_TERMS, "the terms for superusers change", "you change the terms for superusers"},
	{FACT_REPEATED, "your answer is found to repeat an earlier one", "your answer is found to repeat an earlier one"},
	{FACT_REPEATED_UNDONE, "your answer repeats no other any more", "your answer repeats no other any more"},
	{FACT_VOTE_INVALIDATED, "a vote for you is found to be one of a series",
	 "a vote for you is found to be one of a series"},
	{FACT_VOTE_RESTORED, "a vote for you counts again", "you let a vote count again"},
};

void words_event(Buf *b, FactKind kind, RuleCredit credit)
{
	// "solution" is said of the answer; who asked and gets something for it, did it or had it done.
	if (kind == FACT_ACCEPTED && credit == CREDIT_ASKER) {
		buf_z(b, "an answer to your question is marked as the solution");
		return;
	}
	for (size_t i = 0; i < COUNTOF(EVENTS); i++)
		if (EVENTS[i].kind == kind) {
			bool own = credit == CREDIT_OWNER && kind == FACT_POSTED; // the answer is the object
			buf_z(b, credit == CREDIT_ACTOR || own ? EVENTS[i].doing : EVENTS[i].done);
			return;
		}
	buf_format(b, "%s is recorded", fact_kind_name(kind));
}

static const char *const EVENT_NOUNS[EVENT_VARS_N] = {
	[EVENT_ACTOR] = "whoever does it",
	[EVENT_SUBJECT] = "whom it is about",
	[EVENT_OBJECT_OWNER] = "the author",
	[EVENT_THREAD_OWNER] = "the person who asked",
	[EVENT_VALUE] = "its amount",
	[EVENT_NET] = "the helpful votes of the post less the others",
	[EVENT_UP] = "the helpful votes of the post",
	[EVENT_DOWN] = "the down-votes of the post",
	[EVENT_PAIR] = "how often you helped this person",
	[EVENT_AGE_DAYS] = "the days since you joined",
};

typedef struct TruthWords {
	const char *yes, *no;
} TruthWords;
static const TruthWords EVENT_TRUTHS[EVENT_VARS_N] = {
	[EVENT_ACTOR_STAFF] = {"it comes from staff", "it does not come from staff"},
	[EVENT_SUBJECT_STAFF] = {"it is about staff", "it is not about staff"},
	[EVENT_ACTOR_VERIFIED] = {"it comes from a verified customer", "it does not come from a verified customer"},
	[EVENT_OWNER_VERIFIED] = {"the person who asked is a verified customer",
							  "the person who asked is no verified customer"},
	[EVENT_IS_QUESTION] = {"it is a question", "it is no question"},
	[EVENT_IS_ANSWER] = {"it is an answer", "it is no answer"},
	[EVENT_IS_COMMENT] = {"it is a comment", "it is no comment"},
	[EVENT_IS_FIRST] = {"it is the first answer", "it is not the first answer"},
	[EVENT_IS_DUPLICATE] = {"it repeats an earlier answer", "it does not repeat an earlier answer"},
	[EVENT_IS_WIKI] = {"everybody edits it together", "it is not one that everybody edits together"},
};

// Of two people, the earlier name first, said to whoever is credited.
typedef enum Reader { READER_AUTHOR, READER_ACTOR, READER_ASKER, READERS_N } Reader;
static const TruthWords PEOPLE[READERS_N][EVENT_IDS_N][EVENT_IDS_N] =
	{
		[READER_AUTHOR] =
			{
				[EVENT_ACTOR][EVENT_SUBJECT] = {"it comes from yourself", "it comes from somebody else"},
				[EVENT_ACTOR][EVENT_OBJECT_OWNER] = {"it comes from yourself", "it comes from somebody else"},
				[EVENT_ACTOR][EVENT_THREAD_OWNER] = {"it comes from the person who asked",
													 "it does not come from the person who asked"},
				[EVENT_SUBJECT][EVENT_OBJECT_OWNER] = {"you are the author", "you are not the author"},
				[EVENT_SUBJECT][EVENT_THREAD_OWNER] = {"the topic is your own", "the topic is not your own"},
				[EVENT_OBJECT_OWNER][EVENT_THREAD_OWNER] = {"the topic is your own", "the topic is not your own"},
			},
		[READER_ACTOR] =
			{
				[EVENT_ACTOR][EVENT_SUBJECT] = {"it is your own", "it is somebody else's"},
				[EVENT_ACTOR][EVENT_OBJECT_OWNER] = {"it is your own", "it is somebody else's"},
				[EVENT_ACTOR][EVENT_THREAD_OWNER] = {"the topic is your own", "the topic is not your own"},
				[EVENT_SUBJECT][EVENT_OBJECT_OWNER] = {"it is about the author", "it is not about the author"},
				[EVENT_SUBJECT][EVENT_THREAD_OWNER] = {"it is about the person who asked",
													   "it is not about the person who asked"},
				[EVENT_OBJECT_OWNER][EVENT_THREAD_OWNER] = {"the author is the person who asked",
															"the author is not the person who asked"},
			},
		[READER_ASKER] =
			{
				[EVENT_ACTOR][EVENT_SUBJECT] = {"it comes from the author", "it does not come from the author"},
				[EVENT_ACTOR][EVENT_OBJECT_OWNER] = {"it comes from the author", "it does not come from the author"},
				[EVENT_ACTOR][EVENT_THREAD_OWNER] = {"you do it yourself", "somebody else does it"},
				[EVENT_SUBJECT][EVENT_OBJECT_OWNER] = {"it is about the author", "it is not about the author"},
				[EVENT_SUBJECT][EVENT_THREAD_OWNER] = {"it is about yourself", "it is about somebody else"},
				[EVENT_OBJECT_OWNER][EVENT_THREAD_OWNER] = {"the author is yourself", "the author is somebody else"},
			},
};

// --- members -----------------------------------------------------------------------------------------------------------

static const char *const MEMBER_NOUNS[MEMBER_VARS_N] = {
	[MEMBER_CREDIBILITY] = "credibility",
	[MEMBER_CONTRIBUTION] = "contribution",
	[MEMBER_ENGAGEMENT] = "engagement",
	[MEMBER_CONDUCT] = "conduct",
	[MEMBER_REACH] = "reach",
	[MEMBER_AGE_DAYS] = "days since joining",
	[MEMBER_ROLE] = "the role",
};
static const TruthWords MEMBER_TRUTHS[MEMBER_VARS_N] = {
	[MEMBER_STAFF] = {"belonging to the staff", "not belonging to the staff"},
	[MEMBER_VERIFIED] = {"being a verified customer", "not being a verified customer"},
};

static const Metric *metric_of(const Words *w, int32_t var)
{
	size_t n = w->rules->metrics_n;
	return w->names == EXPR_ABOUT_MEMBER && var >= MEMBER_VARS_N ? &w->rules->metrics[((size_t)var - MEMBER_VARS_N) % n]
																 : NULL;
}

static void metric_words(Buf *b, const Metric *m)
{
	if (m->doc.n) {
		buf_str(b, m->doc);
		return;
	}
	for (size_t i = 0; i < m->name.n; i++) buf_char(b, m->name.p[i] == '_' ? ' ' : m->name.p[i]);
}

static void noun(const Words *w, int32_t var)
{
	const Metric *m = metric_of(w, var);
	if (m) {
		size_t which = ((size_t)var - MEMBER_VARS_N) / w->rules->metrics_n;
		buf_z(w->b, which == 1 ? "the community's " : which == 2 ? "a cautious estimate of the " : "");
		metric_words(w->b, m);
		return;
	}
	const char *z = w->names == EXPR_ABOUT_EVENT ? EVENT_NOUNS[var] : MEMBER_NOUNS[var];
	if (!z) z = w->names == EXPR_ABOUT_EVENT ? EVENT_TRUTHS[var].yes : MEMBER_TRUTHS[var].yes;
	buf_z(w->b, z);
}

static bool is_truth(const Words *w, const ExprOp *op)
{
	if (op->code != OP_VAR) return false;
	if (w->names == EXPR_ABOUT_EVENT) return EVENT_TRUTHS[op->var].yes != NULL;
	return op->var < MEMBER_VARS_N && MEMBER_TRUTHS[op->var].yes;
}

static void truth(const Words *w, int32_t var, bool yes)
{
	const TruthWords *t = w->names == EXPR_ABOUT_EVENT ? &EVENT_TRUTHS[var] : &MEMBER_TRUTHS[var];
	buf_z(w->b, yes ? t->yes : t->no);
}

// --- expressions -------------------------------------------------------------------------------------------------------

static void part(const Words *w, size_t at, bool yes);

// A row of parts with the same operator between them.
static void row(const Words *w, size_t at, ExprCode code, const char *last, bool yes)
{
	size_t ends[EXPR_OPS_MAX], found[EXPR_OPS_MAX], n = 1, m = 0;
	ends[0] = at;
	while (n) {
		size_t i = ends[--n];
		if (w->e->ops[i].code != code) {
			found[m++] = i;
			continue;
		}
		ends[n++] = i - 1;
		ends[n++] = expr_part_start(w->e, i - 1) - 1;
	}
	for (size_t i = 0; i < m; i++) {
		words_join(w->b, i, m, last);
		part(w, found[i], yes);
	}
}

static void member_compare(const Words *w, int32_t var, ExprCode code, int64_t v)
{
	const Metric *m = metric_of(w, var);
	Buf *b = w->b;
	if (var == MEMBER_ROLE && code == OP_MORE_EQUAL && v >= 0 && v <= (int64_t)ROLE_ADMIN * RULE_UNIT) {
		buf_format(b, "the role of %s or above", role_name((Role)(v / RULE_UNIT)));
		return;
	}
	bool after = m && m->kind != METRIC_RATIO; // "5 or more solutions"; "credibility of 5 or more"
	after |= var == MEMBER_AGE_DAYS;
	if (!after) noun(w, var), buf_z(b, " of ");
	if (code == OP_MORE) buf_z(b, "more than ");
	if (code == OP_LESS) buf_z(b, "less than ");
	if (m && m->kind == METRIC_RATIO) words_number(b, v * 100), buf_z(b, " %");
	else words_number(b, v);
	if (code == OP_MORE_EQUAL) buf_z(b, " or more");
	if (code == OP_LESS_EQUAL) buf_z(b, " or less");
	if (after) buf_char(b, ' '), noun(w, var);
}

static ExprCode opposite(ExprCode code)
{
	static const ExprCode OPPOSITE[] = {
		[OP_EQUAL] = OP_UNEQUAL,   [OP_UNEQUAL] = OP_EQUAL,   [OP_LESS] = OP_MORE_EQUAL,
		[OP_LESS_EQUAL] = OP_MORE, [OP_MORE] = OP_LESS_EQUAL, [OP_MORE_EQUAL] = OP_LESS};
	return OPPOSITE[code];
}

static void people(const Words *w, int32_t a, int32_t b, bool same)
{
	static const Reader READERS[] = {[CREDIT_SUBJECT] = READER_AUTHOR,
									 [CREDIT_OWNER] = READER_AUTHOR,
									 [CREDIT_ACTOR] = READER_ACTOR,
									 [CREDIT_ASKER] = READER_ASKER};
	const TruthWords *t = &PEOPLE[READERS[w->credit]][a < b ? a : b][a < b ? b : a];
	if (a == b) buf_z(w->b, same ? "anything" : "nothing");
	else buf_z(w->b, same ? t->yes : t->no);
}

static void compare(const Words *w, size_t at, ExprCode code)
{
	static const char *const IS[] = {[OP_EQUAL] = " is ",          [OP_UNEQUAL] = " is not ",
									 [OP_LESS] = " is less than ", [OP_LESS_EQUAL] = " is at most ",
									 [OP_MORE] = " is more than ", [OP_MORE_EQUAL] = " is at least "};
	const ExprOp *ops = w->e->ops;
	size_t left = expr_part_start(w->e, at - 1) - 1;
	bool leaves = left + 2 == at && ops[left].code == OP_VAR;
	bool event = w->names == EXPR_ABOUT_EVENT;
	if (leaves && event && ops[left].var < EVENT_IDS_N) {
		people(w, ops[left].var, ops[at - 1].var, code == OP_EQUAL);
	} else if (leaves && !event && ops[at - 1].code == OP_NUMBER && !is_truth(w, &ops[left])) {
		member_compare(w, ops[left].var, code, ops[at - 1].number);
	} else {
		part(w, left, true);
		buf_z(w->b, IS[code]);
		part(w, at - 1, true);
	}
}

static void arithmetic(const Words *w, size_t at, ExprCode code)
{
	static const struct {
		const char *before, *between;
	} SAY[OP_CODES_N] = {
		[OP_NEGATE] = {"minus ", NULL},
		[OP_ABS] = {"the size of ", NULL},
		[OP_SQRT] = {"the square root of ", NULL},
		[OP_ADD] = {"", " plus "},
		[OP_SUBTRACT] = {"", " minus "},
		[OP_MULTIPLY] = {"", " times "},
		[OP_DIVIDE] = {"", " divided by "},
		[OP_MIN] = {"the smaller of ", " and "},
		[OP_MAX] = {"the larger of ", " and "},
	};
	const ExprOp *right = &w->e->ops[at - 1];
	if (code == OP_DIVIDE && right->code == OP_NUMBER && right->number == 2 * RULE_UNIT) {
		buf_z(w->b, "half of ");
		part(w, at - 2, true);
		return;
	}
	buf_z(w->b, SAY[code].before);
	if (SAY[code].between) {
		part(w, expr_part_start(w->e, at - 1) - 1, true);
		buf_z(w->b, SAY[code].between);
	}
	part(w, at - 1, true);
}

// One part in words, or with yes false what it is not.
static void part(const Words *w, size_t at, bool yes)
{
	const ExprOp *op = &w->e->ops[at];
	ExprCode code = (ExprCode)op->code;
	if (is_truth(w, op)) truth(w, op->var, yes);
	else if (code == OP_VAR) noun(w, op->var);
	else if (code == OP_NUMBER) words_number(w->b, op->number);
	else if (code == OP_NOT) part(w, at - 1, !yes);
	else if (code == OP_AND || code == OP_OR) row(w, at, code, (code == OP_AND) == yes ? " and " : " or ", yes);
	else if (code >= OP_EQUAL && code <= OP_MORE_EQUAL) compare(w, at, yes ? code : opposite(code));
	else arithmetic(w, at, code);
}

static void whole(const Words *w)
{
	if (w->e->constant && w->e->type == EXPR_BOOL) buf_z(w->b, w->e->ops[0].number ? "always" : "never");
	else part(w, w->e->n - 1, true);
}

void words_when(Buf *b, const Rule *rule)
{
	whole(&(Words){.b = b, .e = rule->when, .names = EXPR_ABOUT_EVENT, .credit = rule->credit});
}

void words_member(Buf *b, const Ruleset *rules, const Expr *e)
{
	whole(&(Words){.b = b, .rules = rules, .e = e, .names = EXPR_ABOUT_MEMBER});
}

void words_names(Buf *b, const Expr *e)
{
	bool named[EVENT_VARS_N] = {false};
	size_t n = 0, i = 0;
	for (size_t k = 0; k < e->n; k++)
		if (e->ops[k].code == OP_VAR && !named[e->ops[k].var]) named[e->ops[k].var] = true, n++;
	for (size_t v = 0; v < EVENT_VARS_N; v++)
		if (named[v]) {
			words_join(b, i++, n, " and ");
			buf_z(b, EVENT_NOUNS[v] ? EVENT_NOUNS[v] : "what it is");
		}
}
