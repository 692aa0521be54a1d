// SPDX-License-Identifier: AGPL-3.0-or-later
// The two word tables of the model, from the VADER and AFINN lists.
#include "text/train.h"

#include <string.h>

#define WORDS_SLOTS ((uint32_t)1 << 15)
#define VALENCES_SLOTS ((uint32_t)1 << 18)
#define EMOJI_VALENCE_MAX 39

static const char *const AFINN[][2] = {
	{"da", "AFINN-da-32.txt"},  {"en", "AFINN-en-165.txt"}, {"fi", "AFINN-fi-165.txt"}, {"fr", "AFINN-fr-165.txt"},
	{"pl", "AFINN-pl-165.txt"}, {"sv", "AFINN-sv-165.txt"}, {"tr", "AFINN-tr-165.txt"}};

static Status lexicon_file(Trainer *t, const char *name, Str *ret)
{
	return file_read(t->cx, str_format(t->cx->arena, "%.*s/lexicons/%s", STR(t->options->data), name), ret);
}

// "-1.5" in tenths; more digits are dropped.
static int tenths(Str s)
{
	int sign = 1, v = 0, digits = -1;
	for (size_t i = 0; i < s.n && digits < 1; i++) {
		if (s.p[i] == '-') sign = -1;
		else if (s.p[i] == '.') digits = 0;
		else if (s.p[i] >= '0' && s.p[i] <= '9') {
			v = v * 10 + (s.p[i] - '0');
			digits += digits >= 0;
		}
	}
	return sign * (digits < 1 ? v * 10 : v);
}

static Status full(Ctx *cx) { return fail(cx, ST_TOO_LARGE, "the lexicon does not fit its table"); }

// A word of a list as the scanner would see it: one token's hash, or that of two or three.
static uint32_t list_hash(Trainer *t, Str word, size_t *ret_tokens)
{
	text_scan(t->work->scan, word);
	const TextScan *s = t->work->scan;
	*ret_tokens = s->tokens_n;
	uint32_t h = s->tokens_n ? s->tokens[0].hash : 0;
	for (size_t i = 1; i < s->tokens_n; i++) h = hash_pair(h, s->tokens[i].hash);
	return h;
}

static Status put_vader(Trainer *t, WordInfo *words)
{
	Str bytes, line, word, rest;
	TRY(lexicon_file(t, "vader_lexicon.txt", &bytes));
	while (bytes.n) {
		bytes = str_cut(bytes, '\n', &line);
		rest = str_cut(line, '\t', &word);
		str_cut(rest, '\t', &rest);
		size_t tokens;
		uint32_t h = list_hash(t, word, &tokens);
		if (!rest.n || tokens < 1 || tokens > 3) continue;
		WordInfo w = {.hash = h, .valence = (int8_t)tenths(rest), .flags = tokens == 1 ? WORD_VALENCE : WORD_IDIOM};
		bool only_marks = tokens > 1 && t->work->scan->tokens[0].kind == TOKEN_PUNCT;
		if (!only_marks && !lexicon_put_word(words, WORDS_SLOTS - 1, &w)) return full(t->cx);
	}
	return ST_OK;
}

static Status put_rules(Trainer *t, WordInfo *words)
{
	for (size_t i = 0; i < RULE_WORDS_N; i++) {
		const RuleWord *r = &RULE_WORDS[i];
		WordInfo w = {
			.hash = rule_word_hash(str_from(r->words)), .valence = r->valence, .boost = r->boost, .flags = r->flags};
		if (!lexicon_put_word(words, WORDS_SLOTS - 1, &w)) return full(t->cx);
	}
	return ST_OK;
}

// An emoji is worth what the words of its name are worth.
static Status put_emoji(Trainer *t, WordInfo *words)
{
	Lexicon so_far = {.words = words, .words_mask = WORDS_SLOTS - 1};
	Str bytes, line, emoji;
	TRY(lexicon_file(t, "emoji_utf8_lexicon.txt", &bytes));
	while (bytes.n) {
		bytes = str_cut(bytes, '\n', &line);
		Str name = str_cut(line, '\t', &emoji);
		text_scan(t->work->scan, name);
		int sum = 0;
		for (size_t i = 0; i < t->work->scan->tokens_n; i++) {
			const WordInfo *x = lexicon_word(&so_far, t->work->scan->tokens[i].hash);
			if (x && (x->flags & WORD_VALENCE)) sum += x->valence;
		}
		size_t tokens;
		uint32_t h = list_hash(t, emoji, &tokens);
		if (!sum || tokens != 1) continue;
		sum = sum > EMOJI_VALENCE_MAX ? EMOJI_VALENCE_MAX : sum < -EMOJI_VALENCE_MAX ? -EMOJI_VALENCE_MAX : sum;
		WordInfo w = {.hash = h, .valence = (int8_t)sum, .flags = WORD_VALENCE};
		if (!lexicon_put_word(words, WORDS_SLOTS - 1, &w)) return full(t->cx);
	}
	return ST_OK;
}

static Status put_valence(Trainer *t, uint32_t *valences, Str language, Str word, Str number)
{
	size_t tokens;
	uint32_t h = list_hash(t, word, &tokens);
	if (tokens != 1 || !number.n) return ST_OK;
	char code[MODEL_CODE_BYTES] = {0};
	memcpy(code, language.p, size_min(language.n, sizeof code - 1));
	int v = tenths(number);
	v = v > 50 ? 50 : v < -50 ? -50 : v;
	return lexicon_put_valence(valences, VALENCES_SLOTS - 1, lexicon_language(code), h, v) ? ST_OK : full(t->cx);
}

static Status put_afinn(Trainer *t, uint32_t *valences)
{
	Str bytes, line, language, word;
	for (size_t i = 0; i < COUNTOF(AFINN); i++) {
		TRY(lexicon_file(t, AFINN[i][1], &bytes));
		while (bytes.n) {
			bytes = str_cut(bytes, '\n', &line);
			Str number = str_cut(line, '\t', &word);
			TRY(put_valence(t, valences, str_from(AFINN[i][0]), word, number));
		}
	}
	TRY(lexicon_file(t, "afinn-multi20.tsv", &bytes));
	while (bytes.n) {
		bytes = str_cut(bytes, '\n', &line);
		Str rest = str_cut(line, '\t', &language);
		Str number = str_cut(rest, '\t', &word);
		TRY(put_valence(t, valences, language, word, number));
	}
	return ST_OK;
}

// Behind AFINN's, which has Hindi in its own letters.
static Status put_hindi(Trainer *t, uint32_t *valences)
{
	uint32_t hindi = lexicon_language("hi");
	for (size_t i = 0; i < HINDI_WORDS_N; i++)
		for (Str word, rest = str_from(HINDI_WORDS[i].words); rest.n;) {
			rest = str_cut(rest, ' ', &word);
			if (!lexicon_put_valence(valences, VALENCES_SLOTS - 1, hindi, token_hash_of(word), HINDI_WORDS[i].valence))
				return full(t->cx);
		}
	return ST_OK;
}

Status train_lexicon(Trainer *t)
{
	WordInfo *words = ARENA_NEW(t->cx->arena, WordInfo, WORDS_SLOTS);
	uint32_t *valences = ARENA_NEW(t->cx->arena, uint32_t, VALENCES_SLOTS);
	TRY(put_vader(t, words));
	TRY(put_emoji(t, words));
	TRY(put_rules(t, words));
	TRY(put_afinn(t, valences));
	TRY(put_hindi(t, valences));
	t->lexicon = (Lexicon){words, valences, WORDS_SLOTS - 1, VALENCES_SLOTS - 1};
	train_put(t, "words", (Str){(const char *)words, sizeof *words * WORDS_SLOTS});
	train_put(t, "valences", (Str){(const char *)valences, sizeof *valences * VALENCES_SLOTS});
	return ST_OK;
}
