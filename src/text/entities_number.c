// SPDX-License-Identifier: AGPL-3.0-or-later
// Groups of digits; what is a number but none of ours (dates, times, prices, sizes); IBANs and cards.
#include "text/entities_impl.h"

#include <string.h>

#define SEPARATOR_MAX 3

// "(" opens an area only behind a country: "+55 (11)", "1 (212)".
static bool may_open(const NumberGroups *g)
{
	return !g->paren && g->groups_n == 1 && (g->plus || g->len[0] == 1 || (g->d[0] == '0' && g->d[1] == '0'));
}

// One sign between groups changes what separates them; false if it separates no groups.
static bool separates(NumberGroups *g, const Sign *v, char *sep)
{
	bool open = v->c == '(' && may_open(g), close = v->c == ')' && g->paren;
	if (v->class == SIGN_SPACE) {
		if (!*sep) *sep = ' ';
	} else if (open || close) {
		g->paren = open;
		*sep = ')';
	} else if (sign_in(v, "-./") && (!*sep || *sep == ' ' || *sep == ')')) {
		if (*sep != ')') *sep = (char)v->c;
	} else {
		return false;
	}
	return true;
}

// What stands between two groups of digits: ' ', '-', '.', '/', ')' for its strongest sign, 0 if it separates no groups.
static char separator(const EntityFinder *f, uint32_t *at, NumberGroups *g)
{
	const Signs *s = f->signs;
	uint32_t i = *at;
	char sep = 0;
	for (; i - *at < SEPARATOR_MAX && number_free(f, i) && s->v[i].class != SIGN_DIGIT; i++)
		if (!separates(g, &s->v[i], &sep)) return 0;
	if (i == *at || s->v[i].class != SIGN_DIGIT || !number_free(f, i)) return 0;
	*at = i;
	return sep;
}

// "(", "+", "+ (" before the first digit.
static uint32_t opening(const Signs *s, uint32_t i, NumberGroups *g)
{
	for (int k = 0; k < 3; k++) {
		if (s->v[i].c == '(' && !g->paren) g->paren = true;
		else if (s->v[i].c == '+' && !g->plus) g->plus = true;
		else if (s->v[i].class != SIGN_SPACE || !g->plus) break;
		i++;
	}
	return i;
}

// Digits from i on into the next group; false if they are too many or part of a word.
static bool group(const EntityFinder *f, uint32_t *at, char sep, NumberGroups *g)
{
	const Signs *s = f->signs;
	uint32_t i = *at, n = g->digits_n;
	while (s->v[i].class == SIGN_DIGIT && number_free(f, i) && n < GROUP_DIGITS_MAX) g->d[n++] = (char)s->v[i++].c;
	if (sign_alnum(&s->v[i])) return false;
	g->len[g->groups_n] = (uint8_t)(i - *at);
	g->upto[g->groups_n] = (uint8_t)n;
	g->sep[g->groups_n] = sep;
	g->end[g->groups_n++] = i;
	g->digits_n = n;
	*at = i;
	return true;
}

bool number_groups(const EntityFinder *f, uint32_t at, NumberGroups *ret)
{
	NumberGroups g = {.from = at};
	uint32_t i = opening(f->signs, at, &g);
	if (f->signs->v[i].class != SIGN_DIGIT || !number_free(f, i)) return false;
	for (char sep = 0; g.groups_n < GROUPS_MAX;) {
		if (!group(f, &i, sep, &g)) break;
		sep = separator(f, &i, &g);
		if (!sep) break;
	}
	*ret = g;
	return g.groups_n > 0;
}

static uint32_t number_at(const Signs *s, uint32_t i, uint32_t most, uint32_t *ret_end)
{
	uint32_t v = 0, from = i;
	while (s->v[i].class == SIGN_DIGIT && i - from <= most) v = v * 10 + (s->v[i++].c - '0');
	*ret_end = i - from > most ? from : i;
	return v;
}

typedef struct DateParts {
	uint32_t v[3], digits[3];
	char sep;
} DateParts;

static bool is_year(const DateParts *d, int k) { return d->digits[k] == 4 && d->v[k] >= 1800 && d->v[k] <= 2200; }

static bool within(uint32_t v, uint32_t most) { return v >= 1 && v <= most; }

static bool is_date(const DateParts *d)
{
	bool year_last = is_year(d, 2) || (d->digits[2] == 2 && d->sep != '-');
	if (is_year(d, 0)) return within(d->v[1], 12) && within(d->v[2], 31);
	if (!year_last || d->digits[0] > 2 || d->digits[1] > 2) return false;
	bool american = d->sep == '/' && within(d->v[0], 12) && within(d->v[1], 31);
	return american || (within(d->v[0], 31) && within(d->v[1], 12));
}

// 31.12.2025, 12/31/25, 2025-12-31; the sign after it, 0 if it is none.
static uint32_t date_end(const Signs *s, uint32_t at)
{
	DateParts d = {.sep = 0};
	uint32_t i = at, end;
	for (int k = 0; k < 3; k++) {
		if (k && !sign_in(&s->v[i], d.sep == '.' ? "." : d.sep == '/' ? "/" : d.sep ? "-" : "./-")) return 0;
		if (k) d.sep = (char)s->v[i++].c;
		d.v[k] = number_at(s, i, 4, &end);
		if (end == i) return 0;
		d.digits[k] = end - i;
		i = end;
	}
	if (s->v[i].class == SIGN_DIGIT || (sign_in(&s->v[i], "-.") && s->v[i + 1].class == SIGN_DIGIT)) return 0;
	return is_date(&d) ? i : 0;
}

static uint32_t time_end(const Signs *s, uint32_t at)
{
	uint32_t end, i = at;
	if (number_at(s, i, 2, &end) > 24 || end == i) return 0;
	for (int k = 0; k < 2; k++) {
		i = end;
		if (s->v[i].c != ':' || s->v[i + 1].class != SIGN_DIGIT || s->v[i + 2].class != SIGN_DIGIT ||
			s->v[i + 3].class == SIGN_DIGIT)
			break;
		end = i + 3;
	}
	return s->v[at + (s->v[at + 1].class == SIGN_DIGIT) + 1].c == ':' && end > at + 3 ? end : 0;
}

static bool currency(const Signs *s, uint32_t i)
{
	static const char *const CODES[] = {"eur",    "usd",     "gbp",   "chf",    "brl",   "euro", "euros",
										"dollar", "dollars", "reais", "pounds", "mm",    "cm",   "km",
										"kg",     "kb",      "mb",    "gb",     "ml",    "kwh",  "mah",
										"watt",   "volt",    "hz",    "bytes",  "pixel", "px",   "mbps"};
	uint32_t c = s->v[i].c;
	if (c == '$' || c == 0x20ac || c == 0xa3 || c == 0xa5 || c == '%') return true;
	uint32_t to = i;
	while (s->v[to].class == SIGN_LETTER && to - i < 8) to++;
	for (size_t k = 0; k < COUNTOF(CODES) && to > i; k++) {
		Str w = str_from(CODES[k]);
		if (w.n == to - i && signs_are(s, i, w)) return true;
	}
	return false;
}

// Digits with , . and spaces before threes: what a price or a measure is written with. The sign after it.
static uint32_t amount_end(const Signs *s, uint32_t at)
{
	uint32_t i = at;
	while (i - at < 24 &&
		   (s->v[i].class == SIGN_DIGIT ||
			((s->v[i].c == '.' || s->v[i].c == ',' || s->v[i].class == SIGN_SPACE) && s->v[i + 1].class == SIGN_DIGIT)))
		i++;
	return i;
}

static bool before_is_currency(const Signs *s, uint32_t at)
{
	uint32_t i = at;
	if (i && s->v[i - 1].class == SIGN_SPACE) i--;
	if (!i) return false;
	uint32_t c = s->v[i - 1].c;
	return c == '$' || c == 0x20ac || c == 0xa3 || c == 0xa5;
}

// A number with a comma, or dots before threes that begin with a short group: 3,14, 1.234.567.
static bool is_amount(const Signs *s, uint32_t at, uint32_t end)
{
	uint32_t commas = 0, dots = 0, group = 0, first = 0;
	bool threes = true;
	for (uint32_t i = at; i < end; i++) {
		if (s->v[i].class == SIGN_SPACE) return false;
		if (s->v[i].class == SIGN_DIGIT) {
			group++;
			continue;
		}
		if (!commas && !dots) first = group;
		else threes &= group == 3;
		commas += s->v[i].c == ',';
		dots += s->v[i].c == '.';
		group = 0;
	}
	if (commas) return end - at < 20;
	return dots > 1 && threes && group == 3 && first < 3;
}

static bool label_blocks(const EntityFinder *f, uint32_t word)
{
	return word_table_find(f->contexts, f->signs->words[word].hash) == CONTEXT_OTHER;
}

static void block_labelled(EntityFinder *f, uint32_t w)
{
	NumberGroups g;
	uint32_t to = f->signs->words[w].to;
	while (f->signs->v[to].class == SIGN_SPACE || f->signs->v[to].c == ':') to++;
	if (number_groups(f, to, &g)) entity_block(f, f->signs->words[w].from, g.end[g.groups_n - 1]);
}

static void block_amount(EntityFinder *f, uint32_t from)
{
	const Signs *s = f->signs;
	uint32_t to = amount_end(s, from), unit = s->v[to].class == SIGN_SPACE ? to + 1 : to;
	bool before = unit > to && (s->v[unit].c == '$' || s->v[unit].c == 0xa3); // of the next number
	bool ends = to < s->n && !before && currency(s, unit);
	if (ends || before_is_currency(s, from) || is_amount(s, from, to)) entity_block(f, from, to);
}

void entities_block(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0; w < s->words_n; w++) {
		uint32_t from = s->words[w].from;
		if (s->words[w].letters && label_blocks(f, w)) block_labelled(f, w);
		if (s->v[from].class != SIGN_DIGIT || (signs_glued(s, from, ".,-/") && s->v[from - 2].class == SIGN_DIGIT))
			continue;
		uint32_t to = date_end(s, from);
		if (!to) to = time_end(s, from);
		if (to) entity_block(f, from, to);
		else if (!s->words[w].letters) block_amount(f, from);
	}
}

typedef struct IbanLength {
	char country[2];
	uint8_t n;
} IbanLength;

static const IbanLength IBANS[] = {
	{"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22},
	{"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DK", 18}, {"DO", 28},
	{"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23},
	{"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26},
	{"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20},
	{"LV", 21}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NL", 18},
	{"NO", 15}, {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"SA", 24},
	{"SC", 31}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"ST", 25}, {"SV", 28}, {"TL", 23}, {"TN", 24},
	{"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20},
};

static uint32_t iban_length(const Signs *s, uint32_t at)
{
	for (size_t i = 0; i < COUNTOF(IBANS); i++)
		if (s->v[at].c == (uint32_t)(IBANS[i].country[0] | 32) &&
			s->v[at + 1].c == (uint32_t)(IBANS[i].country[1] | 32))
			return IBANS[i].n;
	return 0;
}

static uint32_t mod97(uint32_t m, char c)
{
	return c <= '9' ? (m * 10 + (uint32_t)(c - '0')) % 97 : (m * 100 + (uint32_t)(c - 'A') + 10) % 97;
}

// The letters and digits of an IBAN of n; the sign after it, 0 if there are not so many.
static uint32_t iban_read(const EntityFinder *f, uint32_t at, uint32_t n, char *ret_c)
{
	const Signs *s = f->signs;
	uint32_t i = at, got = 0;
	for (; got < n && entity_free(f, i); i++) {
		const Sign *v = &s->v[i];
		if (v->c < 0x80 && sign_alnum(v)) ret_c[got++] = (char)(v->class == SIGN_LETTER ? v->c & ~32u : v->c);
		else if (!sign_in(v, " -.") || !sign_alnum(&s->v[i + 1]) || (got < 4 && got != 2)) return 0;
	}
	return got < n || sign_alnum(&s->v[i]) ? 0 : i;
}

static void iban(EntityFinder *f, uint32_t at)
{
	const Signs *s = f->signs;
	char c[36] = {0};
	bool apart = s->v[at + 2].class != SIGN_DIGIT; // "DE 89 …": in capitals only
	if (apart && !(s->v[at].flags & s->v[at + 1].flags & SIGN_UPPER)) return;
	uint32_t n = iban_length(s, at), m = 0, to = n ? iban_read(f, at, n, c) : 0;
	if (!to || c[2] > '9' || c[3] > '9') return;
	for (uint32_t k = 0; k < n; k++) m = mod97(m, c[(k + 4) % n]);
	if (m == 1) {
		size_t value = f->values.n;
		buf_mem(&f->values, c, n);
		entity_put(f, ENTITY_IBAN, at, to, value);
	} else if (!apart) {
		entity_block(f, at, to);
	}
}

static bool luhn(const char *d, uint32_t n)
{
	uint32_t sum = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t v = (uint32_t)(d[n - 1 - i] - '0') << (i & 1);
		sum += v > 9 ? v - 9 : v;
	}
	return sum % 10 == 0;
}

static uint32_t leading(const char *d, int n)
{
	uint32_t v = 0;
	for (int i = 0; i < n; i++) v = v * 10 + (uint32_t)(d[i] - '0');
	return v;
}

// Which numbers networks issue: the first four digits, from and to, and how many digits in all (ISO 7812, the networks' own lists).
static const struct {
	uint16_t from, to;
	uint8_t least, most;
} ISSUED[] = {
	{4000, 4999, 13, 13}, {4000, 4999, 16, 16}, {4000, 4999, 19, 19}, {5100, 5599, 16, 16}, {2221, 2720, 16, 16},
	{3400, 3499, 15, 15}, {3700, 3799, 15, 15}, {3000, 3059, 14, 16}, {3600, 3699, 14, 16}, {3800, 3999, 14, 16},
	{3528, 3589, 16, 19}, {6011, 6011, 16, 19}, {6440, 6599, 16, 19}, {6000, 6099, 16, 19}, {6200, 6299, 16, 19},
	{8100, 8199, 16, 19}, {5000, 5099, 13, 19}, {5600, 5999, 13, 19}, {6300, 6399, 13, 19}, {6700, 6999, 13, 19},
	{2200, 2204, 16, 19},
};

static bool issued(const char *d, uint32_t n)
{
	uint32_t four = leading(d, 4);
	for (size_t i = 0; i < COUNTOF(ISSUED); i++)
		if (four >= ISSUED[i].from && four <= ISSUED[i].to && n >= ISSUED[i].least && n <= ISSUED[i].most) return true;
	return false;
}

// Groups as cards have them: fours, or 4-6-5, 4-6-4, or one.
static bool card_groups(const NumberGroups *g, uint32_t k)
{
	if (k == 1) return true;
	for (uint32_t i = 1; i < k; i++)
		if ((g->sep[i] != ' ' && g->sep[i] != '-' && g->sep[i] != '.') || (i > 1 && g->sep[i] != g->sep[1]))
			return false;
	if (k == 3 && g->len[0] == 4 && g->len[1] == 6 && (g->len[2] == 5 || g->len[2] == 4)) return true;
	for (uint32_t i = 0; i + 1 < k; i++)
		if (g->len[i] != 4) return false;
	return g->len[k - 1] <= 4;
}

static void card(EntityFinder *f, uint32_t at)
{
	NumberGroups g;
	if (!number_groups(f, at, &g) || g.plus || g.paren) return;
	bool shaped = false;
	for (uint32_t k = g.groups_n; k > 0; k--) {
		uint32_t n = g.upto[k - 1];
		if (n < 13 || n > 19 || !card_groups(&g, k)) continue;
		shaped = true;
		if (!luhn(g.d, n) || !issued(g.d, n)) continue;
		size_t value = f->values.n;
		buf_mem(&f->values, g.d, n);
		entity_put(f, ENTITY_CARD, at, g.end[k - 1], value);
		return;
	}
	if (shaped) entity_block(f, at, g.end[g.groups_n - 1]);
}

void entities_accounts(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0; w < s->words_n; w++) {
		uint32_t at = s->words[w].from;
		if (!number_free(f, at)) continue;
		if (s->v[at].class == SIGN_LETTER) iban(f, at);
		else if (!s->words[w].letters && !signs_glued(s, at, "-.,") && (!at || s->v[at - 1].c != '+')) card(f, at);
	}
}
