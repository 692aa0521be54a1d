// SPDX-License-Identifier: AGPL-3.0-or-later
// Telephone numbers: international ones by the length that the country's plan allows, national ones by how its people group
// the digits, anything else only after a word that says what it is.
#include "text/entities_impl.h"

#define CONTEXT_WORDS 6
#define CONTEXT_SIGNS 48

// Country code, least and most digits of a national number (ITU-T E.164 and the national plans).
static const struct {
	uint16_t code;
	uint8_t least, most;
} COUNTRIES[] = {
	{1, 10, 10},  {7, 10, 10}, {20, 8, 10}, {27, 9, 9},   {30, 10, 10}, {31, 9, 9},   {32, 8, 9},  {33, 9, 9},
	{34, 9, 9},   {36, 8, 9},  {39, 6, 11}, {40, 9, 9},   {41, 9, 9},   {43, 6, 13},  {44, 9, 10}, {45, 8, 8},
	{46, 7, 10},  {47, 8, 8},  {48, 9, 9},  {49, 6, 12},  {51, 8, 9},   {52, 10, 11}, {53, 6, 8},  {54, 10, 11},
	{55, 10, 11}, {56, 9, 9},  {57, 8, 10}, {58, 10, 10}, {60, 7, 10},  {61, 9, 9},   {62, 8, 12}, {63, 8, 10},
	{64, 8, 10},  {65, 8, 8},  {66, 8, 9},  {81, 9, 10},  {82, 8, 11},  {84, 9, 10},  {86, 9, 11}, {90, 10, 10},
	{91, 10, 10}, {92, 9, 10}, {93, 9, 9},  {94, 9, 9},   {95, 7, 10},  {98, 10, 10}, {351, 9, 9}, {352, 5, 9},
	{353, 7, 9},  {354, 7, 9}, {355, 8, 9}, {356, 8, 8},  {357, 8, 8},  {358, 5, 11}, {359, 7, 9}, {370, 8, 8},
	{371, 8, 8},  {372, 7, 8}, {373, 8, 8}, {374, 8, 8},  {375, 9, 9},  {376, 6, 9},  {377, 8, 9}, {380, 9, 9},
	{381, 8, 10}, {382, 8, 9}, {385, 8, 9}, {386, 8, 8},  {387, 8, 9},  {389, 8, 8},  {420, 9, 9}, {421, 9, 9},
	{423, 7, 9},
};

// The rest of the world: three digits of country, seven to ten of number.
static bool elsewhere(uint32_t code, uint32_t n)
{
	bool country = (code >= 210 && code < 300) || (code >= 350 && code < 390) || (code >= 420 && code < 430) ||
				   code >= 500;
	return country && n >= 10 && n <= 13;
}

// Does what follows the + or 00 have the length of a number of its country?
static bool international(const char *d, uint32_t n)
{
	uint32_t code = 0;
	if (d[0] == '0') return false;
	for (uint32_t i = 0; i < 3 && i < n; i++) {
		code = code * 10 + (uint32_t)(d[i] - '0');
		for (size_t k = 0; k < COUNTOF(COUNTRIES); k++)
			if (COUNTRIES[k].code == code) return n - i - 1 >= COUNTRIES[k].least && n - i - 1 <= COUNTRIES[k].most;
	}
	return elsewhere(code, n);
}

// Lengths of the first k groups as one number: 3-3-4 is 334.
static uint64_t shape(const NumberGroups *g, uint32_t k)
{
	uint64_t v = 0;
	for (uint32_t i = 0; i < k; i++) v = v * 10 + (g->len[i] > 9 ? 9 : g->len[i]);
	return v;
}

static bool one_of(uint64_t v, const uint32_t *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == v) return true;
	return false;
}
#define ONE_OF(v, ...) one_of((v), (const uint32_t[]){__VA_ARGS__}, COUNTOF(((const uint32_t[]){__VA_ARGS__})))

static bool trunk_groups(const NumberGroups *g, uint32_t k)
{
	if (g->len[0] < 2) return false;
	for (uint32_t i = 1; i < k; i++)
		if (g->len[i] < 2 && !(i + 1 == k && g->sep[i] == '-')) return false;
	return true;
}

static bool all_twos(const NumberGroups *g, uint32_t k)
{
	for (uint32_t i = 1; i < k; i++)
		if (g->len[i] != 2) return false;
	return true;
}

// With the 0 that many countries dial before the area.
static bool trunk(const NumberGroups *g, uint32_t k, bool said)
{
	uint32_t n = g->upto[k - 1];
	if (n < 8 || n > 12 || g->d[1] == '0') return false;
	if (k == 1) return n >= 10 || said;
	if (!trunk_groups(g, k)) return false;
	if (said) return true;
	if (k == 2 && g->sep[1] == '.') return false; // numbers of papers look so
	return n > 8 || (!all_twos(g, k) && g->len[0] <= 3);
}

static bool north_american(const NumberGroups *g, uint32_t k)
{
	uint64_t s = shape(g, k);
	uint32_t at = s == 1334 && g->d[0] == '1' ? 1 : 0;
	return (s == 334 || at) && g->d[at] >= '2' && g->d[at + 3] >= '2';
}

static bool brazilian(const NumberGroups *g, uint32_t k)
{
	uint64_t s = shape(g, k);
	if (g->d[0] == '0' || g->d[1] == '0') return false;
	return (s == 254 && g->d[2] == '9') ||
		   (s == 244 && (g->sep[1] == ')' || g->sep[2] == '-') && g->d[2] >= '2' && g->d[2] <= '5') ||
		   (s == 2144 && g->d[2] == '9');
}

// Without a 0: Spain, Portugal, Italy's mobiles, Poland.
static bool is_sum(const NumberGroups *g, uint32_t k)
{
	bool round = g->digits_n >= 9 && g->d[6] == '0' && g->d[7] == '0' && g->d[8] == '0';
	return round || (k == 3 && g->sep[1] == '.' && (g->d[0] == '2' || g->d[0] == '8'));
}

static bool grouped(const NumberGroups *g, uint32_t k)
{
	uint32_t n = g->upto[k - 1];
	uint64_t s = shape(g, k);
	if (n < 9 || n > 10 || (n == 9 && is_sum(g, k))) return false;
	if (n == 9 && g->d[0] >= '6') return ONE_OF(s, 333, 3222, 2322, 27, 234, 36, 432);
	if (n == 9 && g->d[0] == '2') return ONE_OF(s, 333, 234, 2322);
	return g->d[0] == '3' && ONE_OF(s, 37, 334, 333, 36, 3223, 343, 3322);
}

// After a word that says so: anything of seven digits to twelve.
static bool as_said(const NumberGroups *g, uint32_t k)
{
	for (uint32_t i = 1; i < k; i++)
		if (g->len[i] < 2) return false;
	return g->upto[k - 1] <= 12;
}

static bool national(const NumberGroups *g, uint32_t k, bool said)
{
	uint32_t n = g->upto[k - 1];
	bool zero = g->d[0] == '0';
	if (n < 7) return false;
	if (zero && g->d[1] == '0') return n > 9 && g->len[0] > 1 && international(g->d + 2, n - 2);
	if (n > 13) return false;
	if (zero ? trunk(g, k, said) : north_american(g, k) || brazilian(g, k) || grouped(g, k)) return true;
	return said && as_said(g, k);
}

// The 0 of "+49 (0)30" is not dialled.
static uint32_t without_zero(const NumberGroups *g, uint32_t n, char *ret_d)
{
	uint32_t got = 0, skip = 0;
	for (uint32_t i = 1; i < g->groups_n && i < 4; i++)
		if (g->sep[i] == ')' && g->d[g->upto[i - 1]] == '0') skip = g->upto[i - 1] + 1u;
	for (uint32_t i = 0; i < n; i++)
		if (i + 1 != skip) ret_d[got++] = g->d[i];
	return got;
}

// May a number end where group k ends?
static bool ends_well(const Signs *s, const NumberGroups *g, uint32_t k)
{
	uint32_t i = g->end[k - 1];
	if (k < g->groups_n) return g->sep[k] == ' ' || s->v[i].class == SIGN_SPACE || s->v[i + 1].class == SIGN_SPACE;
	if (sign_alnum(&s->v[i]) || sign_in(&s->v[i], "%_@")) return false;
	return !(sign_in(&s->v[i], "-.,:/") && sign_alnum(&s->v[i + 1]));
}

static bool begins_well(const Signs *s, uint32_t at)
{
	return !at || !(sign_alnum(&s->v[at - 1]) || sign_in(&s->v[at - 1], "#@_\\+*") || signs_glued(s, at, "-.,/"));
}

static bool said_before(const EntityFinder *f, uint32_t word, uint32_t at)
{
	const Signs *s = f->signs;
	for (uint32_t i = word; i > 0 && word - i < CONTEXT_WORDS && at - s->words[i - 1].from < CONTEXT_SIGNS; i--) {
		NumberContext c = (NumberContext)word_table_find(f->contexts, s->words[i - 1].hash);
		if (s->words[i - 1].digits) return false;
		if (c == CONTEXT_PHONE) return true;
		if (c == CONTEXT_ORDER || c == CONTEXT_OTHER) return false;
	}
	return false;
}

// " ext. 12", " x12", " Durchwahl 3"; the sign after it, `at` if there is none.
static uint32_t extension(const Signs *s, uint32_t at, uint32_t *ret_digits)
{
	static const char *const WORDS[] = {"ext", "extension", "x",     "durchwahl", "dw",  "poste",
										"int", "interno",   "ramal", "anexo",     "extn"};
	uint32_t word = at;
	while (word - at < 2 && sign_in(&s->v[word], " ,")) word++;
	uint32_t i = signs_letters_end(s, word, 10);
	for (size_t k = 0; k < COUNTOF(WORDS); k++) {
		Str w = str_from(WORDS[k]);
		if (w.n != i - word || !signs_are(s, word, w)) continue;
		for (uint32_t most = i + 3; i < most && sign_in(&s->v[i], " .:");) i++;
		*ret_digits = i;
		i = signs_digits_end(s, i, 7);
		return i > *ret_digits && !sign_alnum(&s->v[i]) ? i : at;
	}
	return at;
}

static void put_phone(EntityFinder *f, const NumberGroups *g, uint32_t k, const char *d, uint32_t n)
{
	const Signs *s = f->signs;
	uint32_t to = g->end[k - 1], from = g->from, digits = 0, end = extension(s, to, &digits);
	size_t value = f->values.n;
	bool plus = g->plus || (d[0] == '0' && d[1] == '0');
	if (plus) buf_char(&f->values, '+');
	buf_mem(&f->values, d + (plus && !g->plus ? 2 : 0), n - (plus && !g->plus ? 2 : 0));
	if (end > to) {
		buf_str(&f->values, S(";ext="));
		buf_str(&f->values, signs_text(s, digits, end));
	}
	entity_put(f, ENTITY_PHONE, from, end, value);
}

static uint32_t phone(EntityFinder *f, uint32_t at, uint32_t word)
{
	const Signs *s = f->signs;
	NumberGroups g;
	if (!begins_well(s, at) || !number_groups(f, at, &g)) return 0;
	bool said = !g.plus && said_before(f, word, at);
	for (uint32_t k = g.groups_n; k > 0; k--) {
		char d[GROUP_DIGITS_MAX] = {0};
		if (!ends_well(s, &g, k)) continue;
		uint32_t n = without_zero(&g, g.upto[k - 1], d);
		if (g.plus ? !international(d, n) : !national(&g, k, said)) {
			if (g.plus || n == g.upto[k - 1] || d[0] != '0' || d[1] != '0' || n < 10 || !international(d + 2, n - 2))
				continue;
		}
		put_phone(f, &g, k, d, n);
		return g.end[k - 1];
	}
	return 0;
}

// Where a number begins whose first digit is at: its "(", "+", "+ (".
static uint32_t phone_from(const Signs *s, uint32_t at)
{
	uint32_t from = at;
	for (int i = 0; i < 3 && from; i++) {
		bool plus = s->v[from - 1].class == SIGN_SPACE && from > 1 && s->v[from - 2].c == '+';
		if (!plus && !sign_in(&s->v[from - 1], "+(")) break;
		from--;
	}
	return from;
}

void entities_phones(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0; w < s->words_n; w++) {
		uint32_t at = s->words[w].from;
		if (s->v[at].class != SIGN_DIGIT || s->words[w].letters || !number_free(f, at)) continue;
		uint32_t from = phone_from(s, at), end = phone(f, from, w);
		if (!end && from < at) end = phone(f, at, w);
		w = signs_word_before(s, w, end);
	}
}
