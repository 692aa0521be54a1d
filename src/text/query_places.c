// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the words stand that queries ask for: of a text, of its title and of what is known about it.
#include "text/query_impl.h"

#include <string.h>

#define PREFIX_MAX 24

// Beginnings of a word that some query asks for; how many. Of a word with digits as they are written.
static size_t written_prefixes(uint32_t lengths, Str word, uint32_t *ret)
{
	uint32_t k = 1;
	size_t n = 0;
	for (size_t at = 0; at < word.n && lengths >> k; k++) {
		for (at++; at < word.n && ((unsigned char)word.p[at] & 0xc0) == 0x80;) at++;
		if (lengths >> k & 1) ret[n++] = token_hash_of(str_sub(word, 0, at)) ^ PREFIX_SALT;
	}
	return n;
}

static size_t prefixes(const QuerySet *q, const TextScan *scan, const Token *t, uint32_t *ret)
{
	const uint32_t lengths = q->prefix_lengths, *cps = scan->cps + t->cp;
	uint32_t h = HASH_SEED;
	size_t n = 0;
	if (!lengths || t->kind != TOKEN_WORD) return 0;
	if (t->flags & TOKEN_DIGITS) return written_prefixes(lengths, str_sub(scan->text, t->at, t->end), ret);
	for (uint32_t k = 1; k <= t->cps && lengths >> k; k++) {
		h = hash_step(h, cps[k - 1]);
		if (lengths >> k & 1) ret[n++] = hash_end(h) ^ PREFIX_SALT;
	}
	return n;
}

static bool has_place(const Token *t)
{
	return t->kind != TOKEN_PUNCT && t->kind != TOKEN_URL && t->kind != TOKEN_EMOTICON;
}

static uint32_t hash_at(const TextScan *scan, const Token *t, uint32_t k)
{
	if (t->kind == TOKEN_MENTION) return folded_hash(str_sub(scan->text, t->at, t->end));
	if (t->kind == TOKEN_RUN) return hash_end(hash_step(HASH_SEED, scan->cps[t->cp + k]));
	return token_exact_hash(scan, t);
}

static uint32_t places_of(const Token *t) { return !has_place(t) ? 0 : t->kind == TOKEN_RUN ? t->cps : 1; }

static void take(QuerySet *q, uint32_t hash, uint32_t place)
{
	if (!bloom_has(q->asked, hash)) return;
	q->met[hash >> 23 >> 6] |= (uint64_t)1 << (hash >> 23 & 63);
	if (q->stands_n < LINKS_MAX) q->stands[q->stands_n++] = (Stand){hash, place};
}

static void walk_text(QuerySet *q, const TextScan *scan)
{
	uint32_t begin[PREFIX_MAX];
	q->places_n = 0;
	for (uint32_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		for (uint32_t k = 0, n = places_of(t); k < n && q->places_n < TEXT_MAX_BYTES / 2; k++) {
			q->places[q->places_n] = i;
			take(q, hash_at(scan, t, k), q->places_n);
			for (size_t n_begin = prefixes(q, scan, t, begin); n_begin--;) take(q, begin[n_begin], q->places_n);
			q->places_n++;
		}
	}
}

static void walk_title(QuerySet *q, Str title)
{
	uint32_t place = TITLE_PLACE, begin[PREFIX_MAX];
	text_scan(q->scan, title);
	for (size_t i = 0; i < q->scan->tokens_n; i++) {
		const Token *t = &q->scan->tokens[i];
		for (size_t n = prefixes(q, q->scan, t, begin); n--;) take(q, field_hash(FIELD_TITLE, begin[n]), place);
		for (uint32_t k = 0, n = places_of(t); k < n; k++)
			take(q, field_hash(FIELD_TITLE, hash_at(q->scan, t, k)), place++);
	}
}

void query_walk(QuerySet *q, const TextScan *scan, const QueryFields *fields)
{
	q->stands_n = 0;
	memset(q->met, 0, sizeof q->met);
	walk_text(q, scan);
	for (int f = 0; f < FIELD_TITLE; f++)
		if (fields->v[f].n) take(q, field_hash((QueryField)f, folded_hash(fields->v[f])), NO_PLACE);
	if (q->titles && fields->v[FIELD_TITLE].n) walk_title(q, fields->v[FIELD_TITLE]);
}

static void keep(QuerySet *q, Stand s)
{
	uint32_t i = s.hash & q->positions_mask, link = q->links_n + 1;
	while (q->positions[i].stamp == q->text && q->positions[i].hash != s.hash) i = (i + 1) & q->positions_mask;
	Position *p = &q->positions[i];
	q->links[q->links_n++] = (Link){.place = s.place};
	if (p->stamp != q->text) *p = (Position){.hash = s.hash, .stamp = q->text, .first = link};
	else q->links[p->last - 1].next = link;
	p->last = link;
}

void query_keep_places(QuerySet *q)
{
	uint32_t slots = 64;
	while (slots < POSITION_SLOTS && slots < 2 * q->stands_n) slots *= 2;
	q->positions_mask = slots - 1;
	q->links_n = 0;
	for (uint32_t i = 0; i < q->stands_n; i++) keep(q, q->stands[i]);
}

const Position *query_position(const QuerySet *q, uint32_t hash)
{
	for (uint32_t i = hash & q->positions_mask; q->positions[i].stamp == q->text; i = (i + 1) & q->positions_mask)
		if (q->positions[i].hash == hash) return &q->positions[i];
	return NULL;
}
