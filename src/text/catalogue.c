// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/catalogue.h"

#include "base/utf8.h"

#include <string.h>

#define KEY_MAX 48
#define TYPO_LETTERS 6
#define SHORT_LETTERS 5

// Letters and digits of a name, nothing between them.
typedef struct Key {
	uint32_t c[KEY_MAX];
	uint32_t n;
} Key;

typedef struct Name {
	Key key;
	Str product, spelling; // spelling: as the catalogue writes it
	uint32_t words;
	bool exact; // in this spelling only
} Name;

typedef struct Slot {
	uint32_t hash, name; // name + 1
} Slot;

struct Catalogue {
	Name *names;
	uint32_t names_n;
	Slot *slots; // by key, and by key without one letter
	uint32_t mask;
};

// Everyday words that products are called by.
static bool everyday(uint32_t hash)
{
	static const char *const WORDS[] = {"bridge", "orange", "window", "windows", "office",  "station", "mobile",
										"pocket", "mirror", "switch", "router",  "camera",  "speaker", "battery",
										"target", "sonic",  "record", "classic", "express", "connect", "control",
										"summit", "signal", "shadow", "spring",  "summer",  "travel"};
	for (size_t i = 0; i < COUNTOF(WORDS); i++)
		if (signs_hash(str_from(WORDS[i])) == hash) return true;
	return false;
}

static uint32_t key_hash(const Key *k, uint32_t without)
{
	uint32_t h = HASH_SEED;
	for (uint32_t i = 0; i < k->n; i++)
		if (i != without) h = hash_step(h, k->c[i]);
	return hash_end(h);
}

static bool key_add(Key *k, const Signs *s, const SignWord *w)
{
	if (w->to - w->from > KEY_MAX - k->n) return false;
	for (uint32_t i = w->from; i < w->to; i++) k->c[k->n++] = s->v[i].c;
	return true;
}

static bool key_equal(const Key *a, const Key *b)
{
	return a->n == b->n && memcmp(a->c, b->c, a->n * sizeof a->c[0]) == 0;
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

static void slot_put(Catalogue *c, uint32_t hash, uint32_t name)
{
	uint32_t at = hash & c->mask;
	while (c->slots[at].name) at = (at + 1) & c->mask;
	c->slots[at] = (Slot){hash, name + 1};
}

static void name_add(Catalogue *c, Signs *s, Str spelling, Str product)
{
	Name *n = &c->names[c->names_n];
	*n = (Name){.product = product, .spelling = spelling};
	signs_read(s, spelling);
	for (; n->words < s->words_n && n->words < CATALOGUE_WORDS; n->words++)
		if (!key_add(&n->key, s, &s->words[n->words])) return;
	if (!n->words || n->words < s->words_n || n->key.n < 2) return;
	bool plain = n->words == 1 && !s->words[0].digits;
	n->exact = plain && (n->key.n <= SHORT_LETTERS || everyday(s->words[0].hash));
	slot_put(c, key_hash(&n->key, KEY_MAX), c->names_n);
	for (uint32_t i = 0; n->key.n >= TYPO_LETTERS && !n->exact && i < n->key.n; i++)
		if (!is_digit(n->key.c[i])) slot_put(c, key_hash(&n->key, i), c->names_n);
	c->names_n++;
}

static uint32_t names_in(Str lines)
{
	uint32_t n = 1;
	for (size_t i = 0; i < lines.n; i++) n += lines.p[i] == '\n' || lines.p[i] == '\t';
	return n;
}

Status catalogue_parse(Ctx *cx, Str lines, Catalogue **ret)
{
	Catalogue *c = ARENA_NEW(cx->arena, Catalogue, 1);
	Signs *s = signs_new(cx->arena);
	uint32_t most = names_in(lines), size = 64;
	if (most > CATALOGUE_NAMES_MAX)
		return fail(cx, ST_TOO_LARGE, "the catalogue has more than %d names", CATALOGUE_NAMES_MAX);
	while (size < most * 40) size *= 2; // a name has at most KEY_MAX + 1 entries, and few are that long
	c->names = ARENA_NEW(cx->arena, Name, most);
	uint64_t entries = 0;
	for (Str rest = lines, line; rest.n;) {
		rest = str_cut(rest, '\n', &line);
		if (str_ends(line, S("\r"))) line.n--;
		for (Str names = line, name; names.n;) {
			names = str_cut(names, '\t', &name);
			entries += size_min(name.n, KEY_MAX) + 1;
		}
	}
	while (size < entries * 2) size *= 2;
	c->slots = ARENA_NEW(cx->arena, Slot, size);
	c->mask = size - 1;
	while (lines.n) {
		Str line, product, alias;
		lines = str_cut(lines, '\n', &line);
		if (str_ends(line, S("\r"))) line.n--;
		line = utf8_repair(cx->arena, line);
		line = str_cut(line, '\t', &product);
		product = str_trim(product);
		if (!product.n || product.p[0] == '#') continue;
		name_add(c, s, product, product);
		while (line.n) {
			line = str_cut(line, '\t', &alias);
			name_add(c, s, str_trim(alias), product);
		}
	}
	*ret = c;
	return ST_OK;
}

static bool has_digit(const Key *k, uint32_t from, uint32_t n)
{
	for (uint32_t i = from; i < from + n; i++)
		if (k->c[i] >= '0' && k->c[i] <= '9') return true;
	return false;
}

static bool swapped(const uint32_t *a, const uint32_t *b) { return a[0] == b[1] && a[1] == b[0]; }

// One letter changed, left out, put in, or two swapped; digits and the first letter as they are.
static bool one_slip(const Key *a, const Key *b)
{
	uint32_t same = 0, end = 0, n = a->n < b->n ? a->n : b->n;
	while (same < n && a->c[same] == b->c[same]) same++;
	while (end < n - same && a->c[a->n - 1 - end] == b->c[b->n - 1 - end]) end++;
	uint32_t left_a = a->n - same - end, left_b = b->n - same - end;
	if (!same || has_digit(a, same, left_a) || has_digit(b, same, left_b)) return false;
	if (left_a <= 1 && left_b <= 1) return true;
	return left_a == 2 && left_b == 2 && swapped(a->c + same, b->c + same);
}

static bool fits(const Name *n, const Key *k, const Signs *s, uint32_t at, uint32_t words)
{
	if (n->exact) return words == 1 && str_eq(signs_text(s, s->words[at].from, s->words[at].to), n->spelling);
	return key_equal(&n->key, k);
}

static const Name *look_up(const Catalogue *c, const Key *k, uint32_t hash, const Signs *s, uint32_t at, uint32_t words,
						   bool slip)
{
	for (uint32_t i = hash & c->mask; c->slots[i].name; i = (i + 1) & c->mask) {
		if (c->slots[i].hash != hash) continue;
		const Name *n = &c->names[c->slots[i].name - 1];
		if (slip ? !n->exact && n->key.n >= TYPO_LETTERS && one_slip(k, &n->key) : fits(n, k, s, at, words)) return n;
	}
	return NULL;
}

// With one slip: what the text and the name have in common if each may lose a letter.
static const Name *look_up_slip(const Catalogue *c, const Key *k, const Signs *s, uint32_t at, uint32_t words)
{
	if (k->n < TYPO_LETTERS - 1) return NULL;
	const Name *n = look_up(c, k, key_hash(k, KEY_MAX), s, at, words, true);
	for (uint32_t i = 1; !n && i < k->n; i++) n = look_up(c, k, key_hash(k, i), s, at, words, true);
	return n;
}

// Do the words follow one another as in a name: a space, a dash or nothing between them?
static bool joined(const Signs *s, uint32_t word)
{
	const SignWord *a = &s->words[word], *b = &s->words[word + 1];
	if (b->from - a->to != 1) return false;
	const Sign *between = &s->v[a->to];
	return between->class == SIGN_SPACE || between->c == '-' || between->c == '\'' || between->c == '_';
}

uint32_t catalogue_find(const Catalogue *c, const Signs *s, uint32_t at, Str *ret_name)
{
	Key k = {.n = 0};
	uint32_t ends[CATALOGUE_WORDS], n = 0;
	for (; n < CATALOGUE_WORDS && at + n < s->words_n; n++) {
		if (n && !joined(s, at + n - 1)) break;
		if (!key_add(&k, s, &s->words[at + n])) break;
		ends[n] = k.n;
	}
	for (int slip = 0; slip < 2; slip++)
		for (uint32_t words = n; words > 0; words--) {
			k.n = ends[words - 1];
			const Name *name = slip ? look_up_slip(c, &k, s, at, words)
									: look_up(c, &k, key_hash(&k, KEY_MAX), s, at, words, false);
			if (!name) continue;
			*ret_name = name->product;
			return words;
		}
	return 0;
}
