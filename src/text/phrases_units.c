// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/phrases_impl.h"

#include <string.h>

Units *units_new(Arena *a)
{
	Units *u = ARENA_NEW(a, Units, 1);
	u->scan = text_scan_new(a);
	u->stop = stop_words_new(a);
	u->v = ARENA_NEW(a, Unit, UNITS_MAX);
	u->terms = ARENA_NEW(a, uint64_t, TERMS_OF_POST_MAX);
	return u;
}

static uint64_t mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0x9e3779b97f4a7c15u;
	return h ^ (h >> 29);
}

// "qubit", "qubits" and "qubit's" are one word: how many letters of it count. Not "gas", "boss", "status", "basis".
static uint32_t without_s(const uint32_t *cps, uint32_t n)
{
	if (n < 4 || cps[n - 1] != 's') return n;
	if (cps[n - 2] == '\'' || cps[n - 2] == 0x2019) return n - 2;
	bool ends = cps[n - 2] == 's' || cps[n - 2] == 'u' || cps[n - 2] == 'i';
	return ends || n < 5 ? n : n - 1;
}

// Tokens have their digits folded; of a version or an error's number they matter.
static uint64_t hash_of(const TextScan *s, const Token *t)
{
	uint64_t h = 1;
	if (t->kind != TOKEN_NUMBER && !(t->flags & TOKEN_DIGITS)) {
		uint32_t n = without_s(s->cps + t->cp, t->cps);
		for (uint32_t i = 0; i < n; i++) h = mix(h, s->cps[t->cp + i]);
		return h;
	}
	for (uint32_t i = t->at; i < t->end; i++) {
		unsigned char c = (unsigned char)s->text.p[i];
		h = mix(h, c >= 'A' && c <= 'Z' ? c + 32u : c);
	}
	return h;
}

static void put_run(Units *u, const Token *t, bool breaks)
{
	const char *p = u->scan->text.p;
	for (uint32_t at = t->at, end; at < t->end; at = end) {
		uint64_t h = mix(2, (unsigned char)p[at]);
		for (end = at + 1; end < t->end && ((unsigned char)p[end] & 0xc0) == 0x80; end++)
			h = mix(h, (unsigned char)p[end]);
		uint32_t stop = stop_words_find(u->stop, token_hash_of((Str){p + at, end - at}));
		u->v[u->n++] = (Unit){
			.hash = h, .at = at, .end = end, .breaks = breaks, .run = true, .letters = true, .stop_languages = stop};
		breaks = false;
	}
}

static void put_word(Units *u, const Token *t, bool breaks)
{
	bool letters = t->kind == TOKEN_WORD;
	u->v[u->n++] = (Unit){.hash = hash_of(u->scan, t),
						  .at = t->at,
						  .end = t->end,
						  .breaks = breaks,
						  .letters = letters,
						  .letters_n = letters ? t->cps : 0,
						  .stop_languages = letters ? stop_words_find(u->stop, t->hash) : 0};
}

static bool hyphen(const TextScan *s, size_t i)
{
	const Token *t = &s->tokens[i];
	return t->kind == TOKEN_PUNCT && t->run == 1 && s->text.p[t->at] == '-' && (t->flags & TOKEN_GLUED) &&
		   i + 1 < s->tokens_n && (s->tokens[i + 1].flags & TOKEN_GLUED);
}

void units_read(Units *u, Str text)
{
	bool breaks = true;
	u->n = 0;
	text_scan(u->scan, text);
	for (size_t i = 0; i < u->scan->tokens_n; i++) {
		const Token *t = &u->scan->tokens[i];
		if (hyphen(u->scan, i)) continue;
		bool word = t->kind == TOKEN_WORD || t->kind == TOKEN_NUMBER;
		if (t->kind == TOKEN_RUN) put_run(u, t, true);
		else if (word) put_word(u, t, breaks);
		breaks = !word;
	}
	StopVotes votes = {0};
	for (size_t i = 0; i < u->n; i++) stop_votes_add(&votes, u->v[i].stop_languages);
	uint32_t languages = stop_votes_languages(&votes);
	for (size_t i = 0; i < u->n; i++) u->v[i].stop = (u->v[i].stop_languages & languages) != 0;
}

uint64_t units_term(const Units *u, size_t from, size_t n)
{
	const Unit *v = u->v + from;
	uint64_t h = mix(3, n);
	if (from + n > u->n || n > (v->run ? GRAM_RUN : GRAM_WORDS) || v[0].stop || v[n - 1].stop) return 0;
	for (size_t i = 0; i < n; i++) {
		if (v[i].run != v[0].run || (i && v[i].breaks)) return 0;
		h = mix(h, v[i].hash);
	}
	return h | 1;
}

void units_terms(Units *u)
{
	u->terms_n = 0;
	for (size_t i = 0; i < u->n; i++)
		for (size_t n = 1; n <= GRAM_RUN; n++) {
			uint64_t term = units_term(u, i, n);
			if (term && u->terms_n < TERMS_OF_POST_MAX) u->terms[u->terms_n++] = term;
		}
}
