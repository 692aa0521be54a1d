// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/rules.h"

#include "text/lexicon.h"

#define SLOTS ((uint32_t)1 << 12)
#define PHRASE_WORDS 4
#define ENDING_LETTERS 4
#define BARE_ADDRESS 9 // tenths of a logit towards spam

typedef struct Slot {
	uint32_t hash;
	uint16_t phrase; // + 1; 0: empty
	uint16_t next;   // another phrase of the same words, + 1
} Slot;

static const char *const ENDINGS[] = {"com", "net", "org", "info", "biz", "ru", "pl", "ly", "tk", "xyz", "io", "shop"};

#define SEEN ((uint32_t)1 << 16)

struct RuleBook {
	Slot slots[SLOTS];
	uint64_t seen[SEEN / 64]; // a bit for every few hashes: most words are no phrase, which is told by little memory
	uint32_t endings[COUNTOF(ENDINGS)];
};

const RuleBook *rules_new(Arena *a)
{
	RuleBook *book = ARENA_NEW(a, RuleBook, 1);
	for (size_t i = 0; i < COUNTOF(ENDINGS); i++) book->endings[i] = token_hash_of(str_from(ENDINGS[i]));
	BUG_IF(PHRASES_N > (size_t)SLOTS / 4 * 3);
	for (size_t i = 0; i < PHRASES_N; i++) {
		uint32_t h = rule_word_hash(str_from(PHRASES[i].words)), at = h & (SLOTS - 1);
		while (book->slots[at].phrase) at = (at + 1) & (SLOTS - 1);
		book->slots[at] = (Slot){.hash = h, .phrase = (uint16_t)(i + 1)};
		book->seen[h % SEEN / 64] |= UINT64_C(1) << (h & 63);
	}
	return book;
}

static bool ends_sentence(const TextScan *scan, const Token *t)
{
	if (t->kind != TOKEN_PUNCT) return false;
	uint32_t c = scan->cps[t->cp];
	return (c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xff1f || c == 0x61f);
}

static void hit(RuleHits *r, const Phrase *p, uint32_t from, uint32_t to, bool first)
{
	r->sum[p->rule] += p->weight;
	r->count[p->rule]++;
	r->first[p->rule] |= first;
	if (r->evidence_n == RULE_EVIDENCE_MAX) return;
	r->evidence[r->evidence_n].from = from;
	r->evidence[r->evidence_n].to = to;
	r->evidence[r->evidence_n++].rule = p->rule;
}

static void look_up(const RuleBook *book, uint32_t h, RuleHits *r, uint32_t from, uint32_t to, bool first)
{
	for (uint32_t at = h & (SLOTS - 1); book->slots[at].phrase; at = (at + 1) & (SLOTS - 1))
		if (book->slots[at].hash == h) hit(r, &PHRASES[book->slots[at].phrase - 1], from, to, first);
}

static bool spoken(const Token *t) { return t->kind == TOKEN_WORD || t->kind == TOKEN_RUN || t->kind == TOKEN_NUMBER; }

static void match_from(const RuleBook *book, const TextScan *scan, uint32_t at, bool first, RuleHits *r)
{
	uint32_t h = 0;
	int words = 0;
	for (uint32_t i = at; i < scan->tokens_n && words < PHRASE_WORDS; i++) {
		const Token *t = &scan->tokens[i];
		if (ends_sentence(scan, t)) return;
		if (!spoken(t)) {
			if (t->kind == TOKEN_PUNCT && scan->cps[t->cp] == ',') return;
			continue;
		}
		h = words++ ? hash_pair(h, t->hash) : t->hash;
		if (book->seen[h % SEEN / 64] >> (h & 63) & 1) look_up(book, h, r, at, i + 1, first);
	}
}

// "example.com" and "example . com": an address that hopes not to be seen as one.
static bool bare_address(const RuleBook *book, const TextScan *scan, size_t i)
{
	const Token *t = &scan->tokens[i];
	if (i < 2 || t->kind != TOKEN_WORD || t->cps > ENDING_LETTERS) return false;
	const Token *dot = t - 1, *name = t - 2;
	bool glued = (t->flags & TOKEN_GLUED) != 0, dot_glued = (dot->flags & TOKEN_GLUED) != 0;
	if (dot->kind != TOKEN_PUNCT || scan->cps[dot->cp] != '.' || dot->run > 1 || glued != dot_glued) return false;
	if (name->kind != TOKEN_WORD && name->kind != TOKEN_NUMBER) return false;
	for (size_t k = 0; k < COUNTOF(book->endings); k++)
		if (book->endings[k] == t->hash) return true;
	return false;
}

void rules_match(const RuleBook *book, const TextScan *scan, RuleHits *ret)
{
	*ret = (RuleHits){0};
	bool first = true;
	for (uint32_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		if (spoken(t)) {
			match_from(book, scan, i, first, ret);
			first = false;
			if (bare_address(book, scan, i)) ret->sum[RULE_SPAM] += BARE_ADDRESS;
		} else if (ends_sentence(scan, t)) {
			first = true;
			uint32_t c = scan->cps[t->cp];
			ret->question_marks += c == '?' || c == 0xff1f || c == 0x61f;
		}
	}
}
