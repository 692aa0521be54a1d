// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/language.h"

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

// Kana among Chinese characters is Japanese.
static Script script_of_text(const TextScan *scan)
{
	Script s = text_scan_script(scan);
	return s == SCRIPT_HANI && scan->letters[SCRIPT_KANA] * 8 > scan->letters[SCRIPT_HANI] ? SCRIPT_KANA : s;
}

static void code_of(LanguageGuess *g)
{
	g->code = str_ends(g->class, ROMANISED) ? str_sub(g->class, 0, g->class.n - ROMANISED.n) : g->class;
}

unsigned language_wants(const Model *m, const TextScan *scan)
{
	return m->written[script_of_text(scan)].n > 1 ? KNOWN_LANGUAGE : 0;
}

void language_identify(const Model *m, TextWork *w, LanguageGuess *ret)
{
	*ret = (LanguageGuess){.code = S("und"), .class = S("und"), .script = script_of_text(w->scan)};
	if (ret->script == SCRIPT_NONE) return;
	const uint8_t *classes = m->written[ret->script].v;
	size_t n = m->written[ret->script].n;
	if (n > 1) {
		ret->class =
			m->languages.names[classes[nibble_head_best(&m->language, &w->sums.language, classes, n, &ret->p)]];
	} else {
		ret->class = n ? m->languages.names[classes[0]] : lone_language(ret->script);
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

size_t language_candidates(const Model *m, TextWork *w, LanguageGuess *ret, size_t most)
{
	int64_t scores[NIBBLE_CLASSES_MAX];
	size_t n = 1, best = 0;
	known_words_add(w->known, w->scan, language_wants(m, w->scan), &w->sums);
	language_identify(m, w, ret);
	if (ret->p == HEAD_ONE || !w->sums.language.n) return 1; // its script has one language only
	const uint8_t *classes = m->written[ret->script].v;
	size_t classes_n = m->written[ret->script].n;
	nibble_head_score(&m->language, &w->sums.language, classes, classes_n, scores);
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
