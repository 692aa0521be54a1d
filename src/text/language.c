// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/language.h"

#define WORDS_LEAST 4
#define NAT ((int64_t)HEAD_ONE)
#define LEAD0 (NAT * 4)
#define ROMANISED S("-Latn")

// Scripts of one language that no class stands for.
static Str lone_language(Script s)
{
	switch ((int)s) {
	case SCRIPT_KNDA: return S("kn");
	case SCRIPT_MLYM: return S("ml");
	case SCRIPT_ORYA: return S("or");
	case SCRIPT_SINH: return S("si");
	case SCRIPT_LAOO: return S("lo");
	case SCRIPT_KHMR: return S("km");
	case SCRIPT_MYMR: return S("my");
	case SCRIPT_TIBT: return S("bo");
	default: return S("und");
	}
}

static Script script_between(const TextScan *scan, uint32_t from, uint32_t to)
{
	if (from == 0 && to == scan->tokens_n) {
		// Kana among Chinese characters is Japanese.
		Script s = text_scan_script(scan);
		return s == SCRIPT_HANI && scan->letters[SCRIPT_KANA] * 8 > scan->letters[SCRIPT_HANI] ? SCRIPT_KANA : s;
	}
	uint32_t letters[SCRIPT_N] = {0}, most = 0;
	Script best = SCRIPT_NONE;
	for (uint32_t i = from; i < to; i++) {
		const Token *t = &scan->tokens[i];
		if (t->kind != TOKEN_WORD && t->kind != TOKEN_RUN) continue;
		Script s = script_of(scan->cps[t->cp]);
		letters[s] += t->cps;
		if (s == SCRIPT_NONE || letters[s] <= most) continue;
		most = letters[s];
		best = s;
	}
	return best;
}

static void code_of(LanguageGuess *g)
{
	g->code = str_ends(g->class, ROMANISED) ? str_sub(g->class, 0, g->class.n - ROMANISED.n) : g->class;
}

// The best language of those written in the script, if its lead over the next is `lead` or more.
static bool judge(const Model *m, const NibbleSums *sums, int64_t lead, LanguageGuess *ret)
{
	int64_t scores[NIBBLE_CLASSES_MAX], next = INT64_MIN;
	const uint8_t *classes = m->written[ret->script].v;
	size_t best = 0, n = m->written[ret->script].n;
	uint64_t sum = 0;
	nibble_head_score(&m->language, sums, classes, n, scores);
	for (size_t i = 1; i < n; i++) {
		bool more = scores[i] > scores[best];
		next = i64_max(next, more ? scores[best] : scores[i]);
		if (more) best = i;
	}
	if (scores[best] - next < lead) return false;
	for (size_t i = 0; i < n; i++) sum += head_exp(scores[i] - scores[best]);
	ret->class = m->languages.names[classes[best]];
	ret->p = sum ? (uint32_t)((uint64_t)HEAD_ONE * HEAD_ONE / sum) : 0;
	return true;
}

// The first words are enough of most texts: the more there are, the smaller the lead that ends it.
static void among_several(const Model *m, TextWork *w, uint32_t from, uint32_t to, LanguageGuess *ret)
{
	static const struct {
		size_t features;
		int64_t lead;
	} STAGES[] = {{104, NAT * 5}, {160, NAT * 3}, {LANGUAGE_FEATURES_MAX, 0}};
	NibbleSums sums = {0};
	Features *f = w->features;
	features_language_words(f, w->scan, from, to);
	nibble_head_add(&m->language, f->language, f->language_n, &sums);
	if (f->language_n >= WORDS_LEAST && judge(m, &sums, LEAD0, ret)) return;
	for (size_t i = 0; i < COUNTOF(STAGES); i++) {
		size_t had = f->language_n;
		from = features_language_more(f, w->scan, from, to, STAGES[i].features);
		nibble_head_add(&m->language, f->language + had, f->language_n - had, &sums);
		if (judge(m, &sums, from < to ? STAGES[i].lead : 0, ret)) return;
	}
}

void language_identify(const Model *m, TextWork *w, uint32_t from, uint32_t to, LanguageGuess *ret)
{
	*ret = (LanguageGuess){.code = S("und"), .class = S("und"), .script = script_between(w->scan, from, to)};
	if (ret->script == SCRIPT_NONE) return;
	size_t n = m->written[ret->script].n;
	if (n > 1) {
		among_several(m, w, from, to, ret);
	} else {
		ret->class = n ? m->languages.names[m->written[ret->script].v[0]] : lone_language(ret->script);
		ret->p = HEAD_ONE;
	}
	code_of(ret);
}

// Puts g among the n, behind the first and by its probability; how many there are then.
static size_t candidate_add(LanguageGuess *v, size_t n, size_t most, LanguageGuess g)
{
	if (n == most && (n == 1 || v[n - 1].p >= g.p)) return n;
	size_t at = n < most ? n++ : n - 1;
	for (; at > 1 && v[at - 1].p < g.p; at--) v[at] = v[at - 1];
	v[at] = g;
	return n;
}

size_t language_candidates(const Model *m, TextWork *w, uint32_t from, uint32_t to, LanguageGuess *ret, size_t most)
{
	int64_t scores[NIBBLE_CLASSES_MAX];
	size_t n = 1, best = 0;
	NibbleSums sums = {0};
	w->features->language_n = 0;
	language_identify(m, w, from, to, ret);
	if (ret->p == HEAD_ONE || !w->features->language_n) return 1; // its script has one language only
	const uint8_t *classes = m->written[ret->script].v;
	size_t classes_n = m->written[ret->script].n;
	nibble_head_add(&m->language, w->features->language, w->features->language_n, &sums);
	nibble_head_score(&m->language, &sums, classes, classes_n, scores);
	while (best + 1 < classes_n && !str_eq(m->languages.names[classes[best]], ret->class)) best++;
	for (size_t i = 0; i < classes_n; i++) {
		if (i == best || scores[i] > scores[best]) continue;
		LanguageGuess g = {.class = m->languages.names[classes[i]], .script = ret->script};
		g.p = (uint32_t)((uint64_t)head_exp(scores[i] - scores[best]) * ret->p / HEAD_ONE);
		code_of(&g);
		n = candidate_add(ret, n, most, g);
	}
	return n;
}

void language_forced(Str code, const TextWork *w, LanguageGuess *ret)
{
	*ret = (LanguageGuess){.code = code, .class = code, .script = text_scan_script(w->scan), .p = HEAD_ONE};
	if (str_eq(code, S("hi")) && ret->script == SCRIPT_LATN) ret->class = S("hi-Latn");
	code_of(ret);
}
