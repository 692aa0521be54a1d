// SPDX-License-Identifier: AGPL-3.0-or-later
// "How reputation works here", from the rules alone. Whoever changes a rule changes the sentences.
#include "base/time.h"
#include "rules/load.h"
#include "rules/words.h"

#define SENTENCES_MAX 1024
#define SENTENCE_MAX_BYTES 4096

typedef struct Describe {
	Ctx *cx;
	const Ruleset *rules;
	Sentence *v;
	size_t n;
	Buf b; // the sentence in the making
} Describe;

static Buf *begin(Describe *d)
{
	d->b = buf_init(d->cx->arena, 256, SENTENCE_MAX_BYTES);
	return &d->b;
}

static void end(Describe *d, DescribePart part, Str id)
{
	if (d->n < SENTENCES_MAX) d->v[d->n++] = (Sentence){.part = part, .id = id, .text = buf_view(&d->b)};
}

static void points(Buf *b, int64_t v)
{
	words_number(b, v);
	buf_format(b, " point%s", words_s(v));
}

static void titles(Describe *d, Buf *b, size_t cap)
{
	size_t n = 0, i = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t r = 0; r < d->rules->rules_n; r++) {
			const Rule *rule = &d->rules->rules[r];
			bool uses = false;
			for (size_t k = 0; k < rule->caps_n; k++) uses |= rule->caps[k] == cap;
			if (!uses) continue;
			if (pass == 0) {
				n++;
				continue;
			}
			words_join(b, i++, n, " and ");
			buf_z(b, "“");
			words_title(b, rule->title, rule->id);
			buf_z(b, "”");
		}
}

// --- rules ---------------------------------------------------------------------------------------------------------------

// Which way an amount goes, over balances and amounts as they come; the range alone is too wide for what telescopes.
static Range rule_way(const Rule *rule)
{
	Range way = {0, 0};
	for (int64_t i = -30; i <= 30; i++) {
		int64_t vars[EVENT_VARS_N] = {[EVENT_NET] = i * RULE_UNIT};
		int64_t some = (i < 0 ? -i : i) * RULE_UNIT;
		vars[EVENT_VALUE] = vars[EVENT_UP] = vars[EVENT_DOWN] = vars[EVENT_AGE_DAYS] = some;
		vars[EVENT_PAIR] = some + RULE_UNIT;
		int64_t v = expr_eval(rule->points, vars);
		way = (Range){i64_min(way.lo, v), i64_max(way.hi, v)};
	}
	return way;
}

static void rule_amount(Buf *b, const Rule *rule)
{
	Range r = rule_way(rule);
	const char *score = SCORE_NAMES[rule->score];
	if (rule->points->constant) {
		int64_t v = rule->points->ops[0].number;
		buf_z(b, v < 0 ? "you lose " : "you get ");
		points(b, v < 0 ? -v : v);
		buf_format(b, " of %s", score);
		return;
	}
	buf_format(b, "%s %s by an amount that follows from ",
			   r.lo >= 0   ? "you gain"
			   : r.hi <= 0 ? "you lose"
						   : "you gain or lose",
			   score);
	words_names(b, rule->points);
}

static void describe_rule(Describe *d, const Rule *rule)
{
	Buf *b = begin(d);
	words_title(b, rule->title, rule->id);
	buf_z(b, ": when ");
	for (size_t i = 0; i < rule->on_n; i++) {
		words_join(b, i, rule->on_n, " or ");
		words_event(b, rule->on[i], rule->credit);
	}
	buf_z(b, ", ");
	rule_amount(b, rule);
	buf_z(b, ".");
	end(d, DESCRIBE_RULE, rule->id);
	if (rule->doc.n) {
		buf_str(begin(d), rule->doc);
		end(d, DESCRIBE_RULE, rule->id);
	}
	if (rule->when && !rule->when->constant) {
		b = begin(d);
		buf_z(b, "It counts only if ");
		words_when(b, rule);
		buf_z(b, ".");
		end(d, DESCRIBE_RULE, rule->id);
	}
	if (rule->pair != PAIR_ALL) {
		buf_format(begin(d), "Helping the same person again counts less: %s the second time, %s the third.",
				   rule->pair == PAIR_SQRT ? "71 %" : "half", rule->pair == PAIR_SQRT ? "58 %" : "a third");
		end(d, DESCRIBE_RULE, rule->id);
	}
	if (rule->base) {
		buf_z(begin(d), "Nobody has judged this yet, so it counts little.");
		end(d, DESCRIBE_RULE, rule->id);
	}
}

static void describe_cap(Describe *d, size_t i)
{
	static const char *const PER[] = {[CAP_DAY] = "a day", [CAP_WEEK] = "a week", [CAP_LIFE] = "in all"};
	static const char *const OF[] = {
		[CAP_MEMBER] = "", [CAP_OBJECT] = " from one post", [CAP_PAIR] = " from one person"};
	const Cap *cap = &d->rules->caps[i];
	Buf *b = begin(d);
	titles(d, b, i);
	if (!b->n) return; // no rule uses it
	if (cap->most > 0 || cap->least == INT64_MIN) {
		buf_z(b, ": you get at most ");
		points(b, cap->most);
		if (cap->least != INT64_MIN) buf_z(b, " and");
	} else {
		buf_z(b, ": you");
	}
	if (cap->least != INT64_MIN) {
		buf_z(b, " lose at most ");
		points(b, -cap->least);
	}
	buf_format(b, "%s %s.", OF[cap->of], PER[cap->per]);
	end(d, DESCRIBE_LIMIT, cap->name);
}

// --- scores and the guard ----------------------------------------------------------------------------------------------------

static void describe_score(Describe *d, ScoreKind s)
{
	const ScoreRule *score = &d->rules->scores[s];
	bool used = false;
	for (size_t i = 0; i < d->rules->rules_n; i++) used |= d->rules->rules[i].score == s;
	if (!used) return;
	Buf *b = begin(d);
	words_title(b, str_none(), score_name(s));
	if (score->half_life_days)
		buf_format(b, " fades: after %lld day%s half of it is left, after %lld a quarter",
				   (long long)score->half_life_days, score->half_life_days == 1 ? "" : "s",
				   2 * (long long)score->half_life_days);
	else buf_z(b, " does not fade");
	if (score->start) {
		buf_z(b, "; everybody starts at ");
		words_number(b, score->start);
	}
	if (score->least != INT64_MIN) {
		buf_z(b, "; it never falls below ");
		words_number(b, score->least);
	}
	buf_z(b, ".");
	end(d, DESCRIBE_FADING, score_name(s));
}

static void guard_open(Describe *d, const char *when)
{
	const Guard *g = &d->rules->guard;
	Buf *b = begin(d);
	buf_format(b, "%sredit from people nobody vouches for counts up to ", when);
	points(b, g->allowance);
	buf_z(b, " and ");
	words_number(b, g->rho);
	buf_z(b,
		  " times what trusted people gave you; who asked what another trusted person answered is trusted then, too.");
	end(d, DESCRIBE_GUARD, str_none());
}

static void guard_verified(Describe *d, const char *when)
{
	const Guard *g = &d->rules->guard;
	Buf *b = begin(d);
	buf_format(b, "%sredit from people nobody vouches for counts up to ", when);
	points(b, g->allowance);
	buf_z(b, " and ");
	words_number(b, g->rho_verified);
	buf_z(b, " times what trusted people gave you, and one member can vouch for others with at most ");
	if (g->kappa != RULE_UNIT) {
		words_number(b, g->kappa);
		buf_z(b, " times ");
	}
	buf_z(b, "the trusted credit they have themselves.");
	end(d, DESCRIBE_GUARD, str_none());
}

static void describe_seeds(Describe *d)
{
	const Guard *g = &d->rules->guard;
	Buf *b = begin(d);
	buf_z(b, "Trusted from the start are verified customers");
	for (size_t i = 0; i < g->seeds_n; i++) {
		Str kind, of = str_cut(g->seeds[i], ':', &kind);
		words_join(b, i + 1, g->seeds_n + 1, " and ");
		if (str_eq(kind, S("role"))) buf_format(b, "members with the role of %.*s or above", STR(of));
		else if (str_eq(kind, S("affiliation")))
			buf_format(b, "everybody who is %s %.*s", str_starts(of, S("e")) ? "an" : "a", STR(of));
		else buf_format(b, "%.*s", STR(of));
	}
	buf_z(b, "; later also whoever two trusted people gave credibility.");
	end(d, DESCRIBE_GUARD, str_none());
	buf_z(begin(d), "A verified customer is somebody of whom the staff said that they are a customer; nobody can say "
					"it of themselves.");
	end(d, DESCRIBE_GUARD, str_none());
	buf_z(begin(d), "Votes that came from another site without their voters count as given by whoever asked.");
	end(d, DESCRIBE_GUARD, str_none());
}

static void describe_guard(Describe *d)
{
	const Guard *g = &d->rules->guard;
	if (g->profile == GUARD_OFF) return;
	buf_z(begin(d), "Credibility is guarded against people who only praise each other.");
	end(d, DESCRIBE_GUARD, str_none());
	describe_seeds(d);
	if (g->profile == GUARD_AUTO) {
		guard_open(d, "While fewer than a fifth of those who ask are verified customers, c");
		guard_verified(d, "Once a fifth or more of them are, c");
	} else if (g->profile == GUARD_OPEN) {
		guard_open(d, "C");
	} else {
		guard_verified(d, "C");
	}
	Buf *b = begin(d);
	buf_z(b, "What nobody has judged counts for at most ");
	points(b, g->base_most);
	buf_z(b, " of credibility at any time.");
	end(d, DESCRIBE_GUARD, str_none());
	if (!g->burst) return;
	b = begin(d);
	buf_z(b, "What a day brings above ");
	points(b, g->burst_least);
	buf_z(b, ", and far above the usual of the 91 days before, counts from the second midnight on.");
	end(d, DESCRIBE_GUARD, str_none());
}

// --- ranks and badges --------------------------------------------------------------------------------------------------------

static void describe_rank(Describe *d, const Rank *rank)
{
	Buf *b = begin(d);
	buf_format(b, "%.*s: ", STR(rank->name));
	if (rank->when->constant && rank->when->ops[0].number) buf_z(b, "for everybody");
	else words_member(b, d->rules, rank->when);
	buf_z(b, ".");
	end(d, DESCRIBE_RANK, rank->name);
	if (rank->doc.n) {
		buf_str(begin(d), rank->doc);
		end(d, DESCRIBE_RANK, rank->name);
	}
	if (rank->keep && !rank->keep->constant) {
		b = begin(d);
		buf_z(b, "It is kept with ");
		words_member(b, d->rules, rank->keep);
		if (rank->grace_days)
			buf_format(b, ", and lost only after %lld days without that", (long long)rank->grace_days);
		buf_z(b, ".");
		end(d, DESCRIBE_RANK, rank->name);
	}
	if (rank_gives_any(rank)) {
		b = begin(d);
		buf_z(b, "It comes with ");
		rank_grants_write(b, rank);
		buf_z(b, ".");
		end(d, DESCRIBE_RANK, rank->name);
	}
}

static void describe_badge(Describe *d, const Badge *badge)
{
	Buf *b = begin(d);
	buf_format(b, "%.*s: ", STR(badge->name));
	words_member(b, d->rules, badge->when);
	buf_z(b, badge->once ? "; once earned, it stays." : "; it is there as long as that is so.");
	end(d, DESCRIBE_BADGE, badge->id);
	if (badge->doc.n) {
		buf_str(begin(d), badge->doc);
		end(d, DESCRIBE_BADGE, badge->id);
	}
}

static void describe_intro(Describe *d)
{
	const Ruleset *r = d->rules;
	if (r->doc.n) {
		buf_str(begin(d), r->doc);
		end(d, DESCRIBE_INTRO, r->name);
	}
	buf_format(begin(d), "Members are ordered by %s.", SCORE_NAMES[r->board]);
	end(d, DESCRIBE_INTRO, r->name);
	if (!r->effective) return;
	Civil day = time_civil(r->effective);
	buf_format(begin(d), "These rules count from %d-%02d-%02d%s.", day.year, day.month, day.day,
			   r->retroactive ? ", and for what was before as well" : "");
	end(d, DESCRIBE_INTRO, r->name);
}

Status rules_describe(Ctx *cx, const Ruleset *rules, Sentences *ret_sentences)
{
	Describe d = {.cx = cx, .rules = rules};
	d.v = arena_try_alloc(cx->arena, SENTENCES_MAX * sizeof *d.v, _Alignof(Sentence));
	if (!d.v) return fail(cx, ST_TOO_LARGE, "the description needs too much memory");
	describe_intro(&d);
	for (size_t i = 0; i < rules->rules_n; i++) describe_rule(&d, &rules->rules[i]);
	for (size_t i = 0; i < rules->caps_n; i++) describe_cap(&d, i);
	for (size_t s = 0; s < SCORES_N; s++) describe_score(&d, (ScoreKind)s);
	describe_guard(&d);
	for (size_t i = 0; i < rules->ranks_n; i++) describe_rank(&d, &rules->ranks[i]);
	for (size_t i = 0; i < rules->badges_n; i++) describe_badge(&d, &rules->badges[i]);
	*ret_sentences = (Sentences){.v = d.v, .n = d.n};
	return ST_OK;
}
