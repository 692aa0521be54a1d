// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/analyse.h"

#include "base/utf8.h"
#include "text/groups.h"
#include "text/topic.h"

#include <string.h>

#define ANALYSE_SMALL (ANALYSE_INTENT | ANALYSE_SPAM | ANALYSE_OFFENSIVE | ANALYSE_URGENCY)
#define SURE_SENTIMENT (HEAD_ONE * 55 / 100)
#define SURE_LANGUAGE (HEAD_ONE / 2)
#define UNSURE_LANGUAGE (HEAD_ONE * 9 / 10)
#define TENTH (HEAD_ONE / 10)
#define WISH_USUAL ((int64_t)TENTH * 20) // likewise
#define SPAM_USUAL ((int64_t)TENTH * 30) // where phrases alone decide

TextEngine *text_engine_new(Arena *a, const Model *model)
{
	TextEngine *e = ARENA_NEW(a, TextEngine, 1);
	*e = (TextEngine){.model = model,
					  .rules = rules_new(a),
					  .work = text_work_new(a, &model->lexicon),
					  .arena = a,
					  .room = arena_alloc(a, TEXT_MAX_BYTES, 16)};
	e->work->features->ahead = (Ahead){model->sentiment.rows, model->sentiment.shift, HEAD_LANES};
	e->work->known = known_words_new(
		a, (KnownHeads){&model->language, &model->sentiment, &model->small, &model->topic, &model->lexicon});
	return e;
}

_Static_assert(SMALL_USUAL <= KNOWN_SMALL_LANES, "the small head has more lanes");
_Static_assert(SMALL_N <= HEAD_LANES, "the small head has no room for so many");

static int at_most(int v, int most) { return v < most ? v : most; }

static uint32_t language_hash(const LanguageGuess *g)
{
	char code[MODEL_CODE_BYTES] = {0};
	Str c = lexicon_code(g->class);
	memcpy(code, c.p, size_min(c.n, sizeof code - 1));
	return lexicon_language(code);
}

static void add_evidence(Analysis *a, Evidence e)
{
	size_t at = a->evidence_n;
	while (at > 0 && a->evidence[at - 1].weight < e.weight) at--;
	if (at == EVIDENCE_MAX) return;
	if (a->evidence_n < EVIDENCE_MAX) a->evidence_n++;
	for (size_t i = a->evidence_n - 1; i > at; i--) a->evidence[i] = a->evidence[i - 1];
	a->evidence[at] = e;
}

// What each word adds to positive over negative, in the sense of the answer.
static void sentiment_evidence(TextEngine *e, SentimentGroup group, Analysis *a)
{
	bool hindi = group == GROUP_HINDI;
	const LaneHead *h = hindi ? &e->model->small : &e->model->sentiment;
	const TextScan *scan = e->work->scan;
	size_t word = 0, lane = hindi ? SMALL_HINDI : (size_t)group * 2;
	int sign = a->best == SENTIMENT_POS ? 1 : -1;
	if (a->best == SENTIMENT_NEU) return;
	for (size_t i = 0; i < scan->tokens_n && word < VADER_WORDS_MAX; i++) {
		const Token *t = &scan->tokens[i];
		if (t->kind == TOKEN_PUNCT) continue;
		bool kept = !hindi && t->kind == TOKEN_WORD;
		uint64_t row = kept ? e->work->sums.facts[i].row : lane_head_row(h, t->hash);
		int64_t weight = lane_row_weight(row, lane + 1) * h->lanes[lane + 1].mult -
						 lane_row_weight(row, lane) * h->lanes[lane].mult;
		weight = sign * (weight / 65536 + (int64_t)e->work->vader_scratch->valence[word++] * 65);
		if (weight < HEAD_ONE / 8 || t->kind == TOKEN_MENTION || t->kind == TOKEN_URL) continue;
		add_evidence(a, (Evidence){str_sub(scan->text, t->at, t->end), "sentiment", weight});
	}
}

// Of the words' sums and of the features that are no single words.
static void lanes_score(const TextEngine *e, const LaneHead *h, LaneSums *sums, size_t from, size_t to, int64_t *ret)
{
	const Features *f = e->work->features;
	const WordSums *words = &e->work->sums;
	lane_head_add(h, f->v, f->n, 2, sums);
	lane_head_score(h, sums, f->n + words->words + words->grams, f->n + words->words, &e->work->dense, from, to, ret);
}

// Romanised Hindi is rare enough not to be kept by the word: all features are made, and those of around again after it.
static void hindi_score(const TextEngine *e, int64_t *ret)
{
	Features *f = e->work->features;
	LaneSums sums = {0};
	features_of(f, e->work->scan, e->work->vader_scratch->marks);
	lane_head_add(&e->model->small, f->v, f->words_n, 2, &sums);
	lane_head_add(&e->model->small, f->v + f->words_n, f->n - f->words_n, 1, &sums);
	lane_head_score(&e->model->small, &sums, f->n, f->words_n, &e->work->dense, SMALL_HINDI, SMALL_N, ret);
	features_around(f, e->work->scan, e->work->vader_scratch->marks, false);
}

static void sentiment_scores(TextEngine *e, SentimentGroup group, uint32_t ret[SENTIMENT_N])
{
	int64_t lanes[HEAD_LANES], scores[SENTIMENT_N] = {0};
	size_t lane = group == GROUP_HINDI ? SMALL_HINDI : (size_t)group * 2;
	if (group == GROUP_HINDI) hindi_score(e, lanes);
	else lanes_score(e, &e->model->sentiment, &e->work->sums.sentiment, lane, lane + 2, lanes);
	scores[SENTIMENT_NEG] = lanes[lane];
	scores[SENTIMENT_POS] = lanes[lane + 1];
	head_softmax(scores, SENTIMENT_N, ret);
	if (e->work->scan->tokens_n) return;
	ret[SENTIMENT_NEG] = ret[SENTIMENT_POS] = 0; // nothing was said
	ret[SENTIMENT_NEU] = HEAD_ONE;
}

static void sentiment(TextEngine *e, Analysis *a)
{
	SentimentGroup group = sentiment_group(a->language.class);
	sentiment_scores(e, group, a->sentiment);
	a->best = (int)head_best(a->sentiment, SENTIMENT_N);
	a->sure &= a->sentiment[a->best] >= SURE_SENTIMENT;
	sentiment_evidence(e, group, a);
}

static int polarity_of(const uint32_t sentiment[SENTIMENT_N])
{
	return (int)sentiment[SENTIMENT_POS] - (int)sentiment[SENTIMENT_NEG];
}

int analyse_polarity(TextEngine *e, Str part, Str language)
{
	uint32_t v[SENTIMENT_N];
	if (str_eq(language, S("hi"))) { // whose heads are asked by the script of each part
		Analysis a = {.tasks = ANALYSE_SENTIMENT};
		analyse_whole(e, part, language, &a);
		return polarity_of(a.sentiment);
	}
	LanguageGuess guess = {.code = language, .class = language};
	text_work_part(e->work, part, KNOWN_SENTIMENT);
	text_work_around(e->work, language_hash(&guess));
	sentiment_scores(e, sentiment_group(language), v);
	return polarity_of(v);
}

// Tenths of a logit from a probability: more of it, more of `tenths`.
static int part(uint32_t p, int tenths) { return (int)((int64_t)p * tenths / HEAD_ONE); }

static void intents(TextEngine *e, const int64_t *small, Analysis *a)
{
	const RuleHits *h = &e->hits;
	uint32_t neg = a->sentiment[SENTIMENT_NEG], pos = a->sentiment[SENTIMENT_POS];
	int v[INTENT_N];
	v[INTENT_QUESTION] = -22 + (h->question_marks ? 30 : 0) + (h->first[RULE_QUESTION] ? 14 : 0) +
						 at_most(h->sum[RULE_QUESTION], 20);
	v[INTENT_COMPLAINT] = -18 + at_most(h->sum[RULE_COMPLAINT], 40) + part(neg, 22) - part(pos, 14);
	v[INTENT_PRAISE] = -24 + at_most(h->sum[RULE_PRAISE], 30) + part(pos, 26) - part(neg, 20);
	v[INTENT_IDEA] = -26 + at_most(h->sum[RULE_IDEA], 60) - (h->question_marks ? 6 : 0);
	v[INTENT_CHURN] = -26 + at_most(h->sum[RULE_CHURN], 50) + part(neg, 8);
	v[INTENT_THANKS] = -14 + at_most(h->sum[RULE_THANKS], 40);
	for (int i = 0; i < INTENT_N; i++)
		if (i != INTENT_PURCHASE && i != INTENT_SPAM) a->intents[i] = head_sigmoid((int64_t)v[i] * TENTH);
	int64_t wish = (int64_t)at_most(h->sum[RULE_PURCHASE], 40) * TENTH;
	bool head = a->english && e->work->scan->tokens_n;
	a->intents[INTENT_PURCHASE] = head_sigmoid(head ? small[SMALL_PURCHASE] + wish / 3 : wish - WISH_USUAL);
	a->intents[INTENT_SPAM] = a->spam;
}

static void small_heads(TextEngine *e, Analysis *a)
{
	const RuleHits *h = &e->hits;
	int64_t small[HEAD_LANES];
	lanes_score(e, &e->model->small, &e->work->sums.small, 0, SMALL_USUAL, small);
	int64_t spam = (int64_t)at_most(h->sum[RULE_SPAM], 60) * TENTH;
	a->spam = head_sigmoid(a->english ? small[SMALL_SPAM] + spam : spam - SPAM_USUAL);
	int offensive = -14 + at_most(h->sum[RULE_OFFENSIVE], 60) + part(a->sentiment[SENTIMENT_NEG], 8);
	a->offensive = head_sigmoid((int64_t)offensive * TENTH);
	intents(e, small, a);
	int urgency = -24 + at_most(h->sum[RULE_URGENT], 44) + part(a->intents[INTENT_COMPLAINT], 4) +
				  part(a->sentiment[SENTIMENT_NEG], 4);
	a->urgency = head_sigmoid((int64_t)urgency * TENTH);
}

static void phrase_evidence(TextEngine *e, Analysis *a)
{
	static const char *const NAMES[RULE_N] = {"question", "complaint", "praise", "idea",    "purchase",
											  "churn",    "thanks",    "spam",   "urgency", "offensive"};
	const TextScan *scan = e->work->scan;
	const bool shown[RULE_N] = {[RULE_IDEA] = a->intents[INTENT_IDEA] > HEAD_ONE / 2,
								[RULE_CHURN] = a->intents[INTENT_CHURN] > HEAD_ONE / 2,
								[RULE_URGENT] = a->urgency > HEAD_ONE / 2,
								[RULE_OFFENSIVE] = a->offensive > HEAD_ONE / 2};
	for (size_t i = 0; i < e->hits.evidence_n; i++) {
		Rule rule = e->hits.evidence[i].rule;
		uint32_t from = e->hits.evidence[i].from, to = e->hits.evidence[i].to;
		Str words = str_sub(scan->text, scan->tokens[from].at, scan->tokens[to - 1].end);
		if (shown[rule] && utf8_valid(words)) add_evidence(a, (Evidence){words, NAMES[rule], HEAD_ONE});
	}
}

// The best topic of each taxonomy.
static void topics(TextEngine *e, Analysis *a)
{
	const Model *m = e->model;
	TopicScores scores;
	topic_scores(m, e->work, &scores);
	for (size_t k = 0; k < m->taxonomies_n; k++) {
		TopicShares s;
		topic_shares(m, &scores, k, 1, &s);
		if (!s.n) continue;
		TopicGuess g = {.p = s.v[0].p, .p_none = s.p_none};
		Str name = m->topics.names[s.v[0].topic];
		g.name = str_cut(name, '/', &g.taxonomy);
		a->topics[a->topics_n++] = g;
	}
}

static void heads(TextEngine *e, Analysis *a)
{
	text_work_around(e->work, language_hash(&a->language));
	sentiment(e, a);
	if (a->tasks & ANALYSE_SMALL) {
		rules_match(e->rules, e->work->scan, &e->hits);
		small_heads(e, a);
		phrase_evidence(e, a);
	}
	if (a->tasks & ANALYSE_TOPIC) topics(e, a);
}

// Letters of an address, or of a script that no class is written in, are letters.
static bool has_letters(const TextScan *scan)
{
	if (scan->letters_n) return true;
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		for (uint32_t k = t->at; k < t->end && (t->kind == TOKEN_URL || t->kind == TOKEN_MENTION); k++)
			if (script_of((unsigned char)scan->text.p[k]) == SCRIPT_LATN) return true;
	}
	return false;
}

// The best class of nothing that is known: the likeliest from the outset, with probability 0.
static void identify(TextEngine *e, LanguageGuess *ret)
{
	language_identify(e->model, e->work, ret);
	if (str_eq(ret->class, S("und")) && has_letters(e->work->scan)) ret->code = ret->class = S("en");
}

// Of each word, for the tasks.
static unsigned known_for(unsigned tasks)
{
	unsigned what = 0;
	if (tasks & ANALYSE_HEADS) what |= KNOWN_SENTIMENT;
	if (tasks & ANALYSE_SMALL) what |= KNOWN_SMALL;
	if (tasks & ANALYSE_TOPIC) what |= KNOWN_TOPIC;
	if (tasks & ANALYSE_RISK) what |= KNOWN_RISK;
	if (tasks & (ANALYSE_RISK | ANALYSE_ASPECTS)) what |= KNOWN_SENTIMENT | KNOWN_PARTS;
	return what;
}

void analyse_whole(TextEngine *e, Str text, Str forced_language, Analysis *a)
{
	TextWork *w = e->work;
	text_work_read(w, text);
	a->cut |= w->scan->cut;
	a->invalid = w->scan->invalid;
	unsigned what = forced_language.n ? 0 : language_wants(e->model, w->scan);
	known_words_add(w->known, w->scan, what | known_for(a->tasks), &w->sums);
	if (forced_language.n) language_forced(forced_language, w, &a->language);
	else identify(e, &a->language);
	// Short and careless English is taken for something else now and then; the heads are the better guess there.
	bool unsure = a->language.script <= SCRIPT_LATN && a->language.p < UNSURE_LANGUAGE;
	a->english = str_eq(a->language.class, S("en")) || unsure;
	a->sure = a->language.p >= SURE_LANGUAGE;
	if (a->tasks & ANALYSE_HEADS) heads(e, a);
}

void text_analyse(TextEngine *e, Str text, Str forced_language, unsigned tasks, Analysis *ret)
{
	*ret = (Analysis){.tasks = tasks, .cut = text.n > TEXT_MAX_BYTES};
	if (ret->cut) text = utf8_cut(text, TEXT_MAX_BYTES);
	Str own = text_own_words(text, e->room, &ret->others_words);
	analyse_whole(e, own, forced_language, ret);
	if (tasks & ANALYSE_STRUCTURE) analyse_structure(e, text, own, forced_language, ret);
}
