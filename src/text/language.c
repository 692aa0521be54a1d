// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/language.h"

#define ROMANISED S("-Latn")
#define FIRST_FEATURES 160
#define CERTAIN (HEAD_ONE * 94 / 100)

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

// The best language of those written in the script, of the features gathered; false while its lead is small.
static bool judge(const Model *m, const TextWork *w, LanguageGuess *ret)
{
	int64_t scores[NIBBLE_CLASSES_MAX];
	size_t best = SIZE_MAX; // there are two of the script at least
	nibble_head_score(&m->language, w->features->language, w->features->language_n, scores);
	for (size_t c = 0; c < m->language.classes; c++)
		if ((m->scripts[c] >> ret->script & 1) && (best == SIZE_MAX || scores[c] > scores[best])) best = c;
	uint64_t sum = 0;
	for (size_t c = 0; c < m->language.classes; c++)
		if (m->scripts[c] >> ret->script & 1) sum += head_exp(scores[c] - scores[best]);
	ret->class = m->languages.names[best];
	ret->p = sum ? (uint32_t)((uint64_t)HEAD_ONE * HEAD_ONE / sum) : 0;
	return ret->p >= CERTAIN;
}

// The first words are enough of most texts.
static void among_several(const Model *m, TextWork *w, uint32_t from, uint32_t to, LanguageGuess *ret)
{
	uint32_t at = features_language(w->features, w->scan, from, to, FIRST_FEATURES);
	if (judge(m, w, ret) || at >= to) return;
	features_language(w->features, w->scan, from, to, LANGUAGE_FEATURES_MAX);
	judge(m, w, ret);
}

void language_identify(const Model *m, TextWork *w, uint32_t from, uint32_t to, LanguageGuess *ret)
{
	*ret = (LanguageGuess){.code = S("und"), .class = S("und"), .script = script_between(w->scan, from, to)};
	if (ret->script == SCRIPT_NONE) return;
	size_t n = 0, only = 0;
	for (size_t c = 0; c < m->languages.n; c++)
		if (m->scripts[c] >> ret->script & 1) {
			n++;
			only = c;
		}
	if (n == 0) {
		ret->class = lone_language(ret->script);
		ret->p = HEAD_ONE;
	} else if (n == 1) {
		ret->class = m->languages.names[only];
		ret->p = HEAD_ONE;
	} else {
		among_several(m, w, from, to, ret);
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
	w->features->language_n = 0;
	language_identify(m, w, from, to, ret);
	if (ret->p == HEAD_ONE || !w->features->language_n) return 1; // its script has one language only
	nibble_head_score(&m->language, w->features->language, w->features->language_n, scores);
	while (best + 1 < m->languages.n && !str_eq(m->languages.names[best], ret->class)) best++;
	for (size_t c = 0; c < m->language.classes; c++) {
		if (c == best || !(m->scripts[c] >> ret->script & 1) || scores[c] > scores[best]) continue;
		LanguageGuess g = {.class = m->languages.names[c], .script = ret->script};
		g.p = (uint32_t)((uint64_t)head_exp(scores[c] - scores[best]) * ret->p / HEAD_ONE);
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
