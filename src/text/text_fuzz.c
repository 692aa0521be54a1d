// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as text through tokens, features, VADER's rules, phrases and entities; and any bytes as a model file or catalogue.
#include "text/analyse.h"
#include "text/aspects.h"
#include "text/cut.h"
#include "text/entities.h"
#include "text/risk.h"
#include "text/sentences.h"
#include "text/style.h"

#include <string.h>

#define ALL (KNOWN_LANGUAGE | KNOWN_SENTIMENT | KNOWN_SMALL | KNOWN_TOPIC)

// A word that is known adds what it added when it was new.
static void known_words(Arena *arena, const Lexicon *lexicon, TextWork *w, Str text)
{
	static const uint8_t ROWS[16 * NIBBLE_ROW_BYTES] = {1, 2, 3, 250};
	const NibbleHead language = {.rows = ROWS, .shift = 28, .classes = NIBBLE_CLASSES_MAX};
	const LaneHead lanes = {.rows = ROWS, .shift = 28};
	static const uint32_t STARTS[] = {0, 2, 2, 2 + SPARSE_FULL, 2 + SPARSE_FULL}; // two pairs, none, a full row, none
	const SparseHead topic = {.starts = STARTS, .pairs = ROWS, .shift = 30, .mult = 1};
	WordSums first, again;
	int32_t topics[HEAD_CLASSES_MAX];
	w->known = known_words_new(arena, (KnownHeads){&language, &lanes, &lanes, &topic, lexicon});
	text_work_read(w, text);
	known_words_add(w->known, w->scan, KNOWN_LANGUAGE, &again);
	known_words_add(w->known, w->scan, ALL, &first);
	memcpy(topics, first.topic, sizeof topics);
	known_words_add(w->known, w->scan, ALL, &again);
	if (first.words != again.words || first.grams != again.grams || first.language.n != again.language.n ||
		memcmp(first.language.wide, again.language.wide, sizeof first.language.wide) != 0 ||
		memcmp(&first.sentiment, &again.sentiment, sizeof first.sentiment) != 0 ||
		memcmp(first.small.v, again.small.v, KNOWN_SMALL_LANES * sizeof *first.small.v) != 0 ||
		memcmp(topics, again.topic, sizeof topics) != 0)
		__builtin_trap();
}

// A part of a text, of which two bytes say where it is, has the tokens that it has by itself.
static void parts(Arena *arena, const TextScan *whole, const uint8_t *data, size_t size)
{
	TextScan *part = text_scan_new(arena), *own = text_scan_new(arena);
	Str text = whole->text;
	if (size < 2 || !text.n) return;
	Str s = str_sub(text, data[0] % text.n, text.n - data[size - 1] % text.n);
	TokensSame same;
	text_scan_part(part, whole, s, &same);
	text_scan(own, s);
	if (part->tokens_n != own->tokens_n || part->cps_n != own->cps_n || part->caps_words != own->caps_words ||
		part->lower_words != own->lower_words || same.at + same.n > part->tokens_n ||
		memcmp(part->tokens, own->tokens, own->tokens_n * sizeof *own->tokens) != 0 ||
		memcmp(part->cps, own->cps, own->cps_n * sizeof *own->cps) != 0)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int score(void *arg, TextSpan clause)
{
	const Str *text = arg;
	if (clause.end > text->n || clause.at >= clause.end) __builtin_trap();
	return clause.at & 1 ? 60000 : -60000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(Arena) arena = arena_new((size_t)256 << 20);
	Lexicon none = {0};
	Str text = {(const char *)data, size};
	TextWork *w = text_work_new(arena, &none);
	text_work_read(w, text);
	parts(arena, w->scan, data, size);
	text_work_features(w, 1);
	features_language(w->features, w->scan, LANGUAGE_FEATURES_MAX);
	known_words(arena, &none, w, text);
	RuleHits hits;
	rules_match(rules_new(arena), w->scan, &hits);
	TextCut cut;
	text_own_words(text, arena_alloc(arena, size + 1, 16), &cut);
	TextSpan spans[SENTENCES_MAX];
	size_t sentences_n = sentences_split(text, spans, SENTENCES_MAX);
	for (size_t i = 0; i < sentences_n; i++)
		if (spans[i].end > size || spans[i].at >= spans[i].end) __builtin_trap();
	Ctx cx = {.arena = arena};
	Catalogue *catalogue = NULL;
	if (catalogue_parse(&cx, text, &catalogue) != ST_OK) catalogue = NULL;
	EntityFinder *f = entities_new(arena, catalogue);
	entities_find(f, text);
	AspectFinding found[ASPECTS_MAX];
	aspects_find(&(AspectSearch){aspects_new(arena), f->signs, catalogue, score, &text}, found, ASPECTS_MAX);
	RiskFinding risk;
	StyleFinding style;
	risk_find(&(RiskSearch){.book = risk_new(arena), .signs = f->signs}, &risk);
	style_find(style_new(arena), f->signs, &style);
	Buf redacted = buf_init(arena, 1024, (size_t)1 << 20);
	entities_redact(f, text, &redacted);
	Model m;
	char *copy = arena_alloc(arena, size + 1, 16);
	__builtin_memcpy(copy, data, size);
	Status st = model_open(&cx, (Str){copy, size}, &m);
	(void)st;
	return 0;
}
