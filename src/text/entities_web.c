// SPDX-License-Identifier: AGPL-3.0-or-later
// Addresses with a password, keys and tokens, IP addresses.
#include "text/entities_impl.h"

#include <string.h>

#define URL_MAX 2048
#define SECRET_MAX 512
#define SCHEME_MAX 16
#define LABEL_WORDS 4

static bool url_end(const Sign *s) { return sign_gap(s) || sign_in(s, "<>\"`|{}"); }

// name:password@ behind the scheme; the sign after the @, 0 if there is none.
static uint32_t credentials_end(const Signs *s, uint32_t from, uint32_t to)
{
	uint32_t colon = 0;
	for (uint32_t i = from; i < to && s->v[i].c != '/' && s->v[i].c != '?'; i++) {
		if (s->v[i].c == ':' && !colon) colon = i;
		if (s->v[i].c == '@') return colon && i - colon > 1 ? i + 1 : 0;
	}
	return 0;
}

static void put_login(EntityFinder *f, uint32_t from, uint32_t name, uint32_t host, uint32_t to)
{
	size_t at = f->values.n;
	buf_str(&f->values, signs_text(f->signs, from, name));
	buf_str(&f->values, signs_text(f->signs, host, to));
	entity_put(f, ENTITY_LOGIN, from, to, at);
}

// At the end of a word.
static bool web_address(const Signs *s, uint32_t i)
{
	if (s->v[i].c == '.') return s->v[i - 1].c == 'w' && i >= 3 && signs_are(s, i - 3, S("www."));
	return s->v[i].c == ':' && s->v[i + 1].c == '/' && s->v[i + 2].c == '/' && s->v[i - 1].class == SIGN_LETTER;
}

void entities_web(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0, past = 0; w < s->words_n; w++) {
		uint32_t i = s->words[w].to;
		if (i < past || i + 3 >= s->n || !web_address(s, i)) continue;
		uint32_t from = i, to = i, least = i > SCHEME_MAX ? i - SCHEME_MAX : 0;
		while (from > least && (sign_alnum(&s->v[from - 1]) || s->v[from - 1].c == '+')) from--;
		while (to - i < URL_MAX && !url_end(&s->v[to])) to++;
		while (to > i + 3 && sign_in(&s->v[to - 1], ".,);")) to--;
		uint32_t host = s->v[i].c == ':' ? credentials_end(s, i + 3, to) : 0;
		if (host) put_login(f, from, i + 3, host, to);
		else entity_block(f, from, to);
		past = to + 1;
	}
}

typedef struct Prefix {
	Str text;
	uint32_t least; // signs after it
} Prefix;

static const Prefix PREFIXES[] = {
	{S_INIT("sk-"), 20},      {S_INIT("sk_live_"), 12},    {S_INIT("sk_test_"), 12}, {S_INIT("pk_live_"), 12},
	{S_INIT("rk_live_"), 12}, {S_INIT("ghp_"), 20},        {S_INIT("gho_"), 20},     {S_INIT("ghu_"), 20},
	{S_INIT("ghs_"), 20},     {S_INIT("github_pat_"), 20}, {S_INIT("glpat-"), 16},   {S_INIT("xoxb-"), 16},
	{S_INIT("xoxp-"), 16},    {S_INIT("xapp-"), 16},       {S_INIT("akia"), 16},     {S_INIT("asia"), 16},
	{S_INIT("aiza"), 30},     {S_INIT("ya29."), 20},       {S_INIT("npm_"), 30},     {S_INIT("hf_"), 24},
	{S_INIT("sg."), 30},      {S_INIT("dop_v1_"), 32},     {S_INIT("pypi-"), 30},    {S_INIT("eyj"), 40},
	{S_INIT("whsec_"), 20},
};

static uint32_t key_end(const Signs *s, uint32_t i, bool dots)
{
	uint32_t from = i;
	for (; i - from < SECRET_MAX; i++) {
		bool inner = dots && sign_in(&s->v[i], ".+/=") && !sign_gap(&s->v[i + 1]);
		if (!sign_alnum(&s->v[i]) && !sign_in(&s->v[i], "_-") && !inner) break;
	}
	return i;
}

static bool has_digit(const Signs *s, uint32_t from, uint32_t to)
{
	while (from < to && s->v[from].class != SIGN_DIGIT) from++;
	return from < to;
}

#define KEY_LEAST 15 // signs, with the prefix

// Does what begins with the word go on without a gap for as long as a key? Mostly one look says that it does not.
static bool long_enough(const Signs *s, const SignWord *word)
{
	if (word->to - word->from < KEY_LEAST && sign_gap(&s->v[word->to])) return false;
	for (uint32_t i = word->from; i < word->from + KEY_LEAST; i++)
		if (sign_gap(&s->v[i])) return false;
	return true;
}

static uint32_t by_prefix(const Signs *s, const SignWord *word)
{
	uint32_t at = word->from;
	if (!long_enough(s, word)) return 0;
	for (size_t i = 0; i < COUNTOF(PREFIXES); i++) {
		const Prefix *p = &PREFIXES[i];
		if (p->text.p[0] != (char)s->v[at].c || !signs_are(s, at, p->text)) continue;
		bool dots = p->text.p[0] == 'e' || p->text.p[0] == 's' || p->text.p[0] == 'y';
		uint32_t from = at + (uint32_t)p->text.n, to = key_end(s, from, dots);
		bool capitals = p->text.n != 4 || p->text.p[0] != 'a' || p->text.p[3] != 'a' ||
						s->v[at].flags & SIGN_UPPER; // AKIA, ASIA, AIza
		if (to - from >= p->least && capitals && has_digit(s, from, to)) return to;
	}
	return 0;
}

// Of two words as one.
static uint32_t joined_hash(const Signs *s, uint32_t from, uint32_t to)
{
	uint32_t h = HASH_SEED;
	for (uint32_t i = from; i < to; i++)
		if (sign_alnum(&s->v[i])) h = hash_step(h, s->v[i].c);
	return hash_end(h);
}

static NumberContext label_of(const EntityFinder *f, uint32_t hash)
{
	NumberContext c = (NumberContext)word_table_find(f->contexts, hash);
	return c == CONTEXT_KEY || c == CONTEXT_PASSWORD ? c : CONTEXT_NONE;
}

// ": value", "=value", "is: value"; the value's first sign, 0 if nothing of the kind follows.
static uint32_t value_after(const Signs *s, uint32_t i, NumberContext kind)
{
	uint32_t from = i;
	bool mark = kind == CONTEXT_KEY && from >= 6 && s->v[from - 6].c == 'b' && signs_are(s, from - 6, S("bearer"));
	for (; i - from < 8 && sign_in(&s->v[i], ":= \"'`"); i++) mark |= sign_in(&s->v[i], ":=");
	return mark && i > from && !sign_gap(&s->v[i]) ? i : 0;
}

// A password is one word with a digit or a mark in it; a key is long and has a digit.
static uint32_t value_end(const Signs *s, uint32_t from, NumberContext kind)
{
	uint32_t to = from, letters = 0;
	if (kind == CONTEXT_KEY) {
		to = key_end(s, from, true);
		return to - from >= 12 && has_digit(s, from, to) ? to : 0;
	}
	while (to - from < 64 && !url_end(&s->v[to]) && s->v[to].c != '\'') letters += s->v[to++].class == SIGN_LETTER;
	while (to > from && sign_in(&s->v[to - 1], ".,)")) to--;
	return to - from >= 4 && letters < to - from ? to : 0;
}

static uint32_t by_label(const EntityFinder *f, uint32_t word, uint32_t *ret_from)
{
	const Signs *s = f->signs;
	const SignWord *w = &s->words[word];
	NumberContext kind = label_of(f, w->hash);
	uint32_t to = w->to;
	if (kind == CONTEXT_NONE && word + 1 < s->words_n && s->words[word + 1].from - w->to == 1) { // "api key", "api-key"
		to = s->words[word + 1].to;
		if (!sign_in(&s->v[to], ":= \"'`")) return 0;
		if (!value_after(s, to, CONTEXT_KEY)) return 0;
		kind = label_of(f, joined_hash(s, w->from, to));
	}
	if (kind == CONTEXT_NONE) return 0;
	uint32_t from = value_after(s, to, kind);
	if (!from) return 0;
	*ret_from = from;
	return value_end(s, from, kind);
}

// "-----BEGIN … PRIVATE KEY-----" to its end, or to the end of the text.
static uint32_t private_key_end(const Signs *s, uint32_t at)
{
	uint32_t i = at + 10;
	if (!signs_are(s, at, S("-----begin"))) return 0;
	while (i - at < 60 && !signs_are(s, i, S("private key"))) i++;
	if (i - at == 60) return 0;
	while (i < s->n && !signs_are(s, i, S("-----end"))) i++;
	i = i < s->n ? i + 8 : i;
	while (i < s->n && s->v[i].class != SIGN_LINE && s->v[i].c != '-') i++;
	while (i < s->n && s->v[i].c == '-') i++;
	return i;
}

// The secret that word w begins or names; its end, 0 if there is none.
static uint32_t secret_at(const EntityFinder *f, uint32_t w, uint32_t *ret_from)
{
	const Signs *s = f->signs;
	uint32_t from = s->words[w].from, to = 0;
	*ret_from = from;
	if (from >= 5 && s->v[from].c == 'b' && s->v[from - 1].c == '-') to = private_key_end(s, from - 5);
	if (to) {
		*ret_from = from - 5;
		return to;
	}
	if (!from || !sign_in(&s->v[from - 1], "_-")) to = by_prefix(s, &s->words[w]);
	return to ? to : by_label(f, w, ret_from);
}

void entities_secrets(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0; w < s->words_n; w++) {
		uint32_t from, to = entity_free(f, s->words[w].from) ? secret_at(f, w, &from) : 0;
		if (!to || !entity_free(f, from)) continue;
		entity_put_text(f, ENTITY_SECRET, from, to);
		w = signs_word_before(s, w, to);
	}
}

// 0 to 255; the sign after it, 0 if it is something else.
static uint32_t octet_end(const Signs *s, uint32_t i)
{
	uint32_t v = 0, from = i;
	while (s->v[i].class == SIGN_DIGIT && i - from < 4) v = v * 10 + (s->v[i++].c - '0');
	return i > from && i - from <= 3 && v <= 255 ? i : 0;
}

static uint32_t ip4_end(const Signs *s, uint32_t i)
{
	for (int k = 0; k < 4; k++) {
		if (k && s->v[i++].c != '.') return 0;
		i = octet_end(s, i);
		if (!i) return 0;
	}
	if (sign_alnum(&s->v[i]) || (s->v[i].c == '.' && s->v[i + 1].class == SIGN_DIGIT) || s->v[i].c == '-') return 0;
	return i;
}

static bool is_hex(const Sign *s)
{
	return s->class == SIGN_DIGIT || (s->class == SIGN_LETTER && s->c >= 'a' && s->c <= 'f');
}

static uint32_t hex_end(const Signs *s, uint32_t i, bool *digit)
{
	uint32_t from = i;
	for (; i - from < 4 && is_hex(&s->v[i]); i++) *digit |= s->v[i].class == SIGN_DIGIT;
	return i;
}

static uint32_t ip6_end(const Signs *s, uint32_t i)
{
	uint32_t groups = 0, twice = 0;
	bool digit = false;
	for (;;) {
		uint32_t end = hex_end(s, i, &digit);
		groups += end > i;
		i = end;
		bool two = s->v[i].c == ':' && s->v[i + 1].c == ':';
		if (groups > 8 || s->v[i].c != ':' || !is_hex(&s->v[i + (two ? 2 : 1)])) break;
		twice += two;
		i += two ? 2 : 1;
	}
	bool whole = twice ? twice == 1 && groups >= 2 && groups <= 7 : groups == 8;
	return whole && digit && !sign_alnum(&s->v[i]) && s->v[i].c != ':' ? i : 0;
}

static bool version_before(const EntityFinder *f, uint32_t word)
{
	for (uint32_t i = word; i > 0 && word - i < 2; i--)
		if (word_table_find(f->contexts, f->signs->words[i - 1].hash) == CONTEXT_VERSION) return true;
	return false;
}

static uint32_t ip_end(const EntityFinder *f, uint32_t w)
{
	const Signs *s = f->signs;
	uint32_t from = s->words[w].from;
	if (signs_glued(s, from, ".:-")) return 0;
	uint32_t to = s->v[from].class == SIGN_DIGIT ? ip4_end(s, from) : 0;
	if (to) return version_before(f, w) ? 0 : to;
	return is_hex(&s->v[from]) ? ip6_end(s, from) : 0;
}

void entities_ips(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0; w < s->words_n; w++) {
		if (!sign_in(&s->v[s->words[w].to], ".:")) continue; // behind its first part
		uint32_t to = entity_free(f, s->words[w].from) ? ip_end(f, w) : 0;
		if (!to || !entity_free(f, to - 1)) continue;
		entity_put_text(f, ENTITY_IP, s->words[w].from, to);
		w = signs_word_before(s, w, to);
	}
}
