// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/token.h"

#include <string.h>
#include <utf8proc.h>

#include "base/bytes8.h"

#define FFFD 0xfffdu
#define URL_MAX_BYTES 2048
#define MENTION_MAX_BYTES 64

typedef enum CpClass { CP_SPACE, CP_LETTER, CP_RUN, CP_MARK, CP_DIGIT, CP_PUNCT, CP_EMOJI, CP_JOIN } CpClass;

// One decoded character.
typedef struct Cp {
	uint32_t cp;
	uint32_t at, end;
	CpClass class;
} Cp;

typedef struct Reader {
	TextScan *scan;
	const unsigned char *p;
	uint32_t n, at; // of the next character
	Cp now;         // n == now.at at the end
	bool space_before;
} Reader;

TextScan *text_scan_small(Arena *a, size_t max_bytes)
{
	TextScan *scan = ARENA_NEW(a, TextScan, 1);
	scan->max_bytes = max_bytes;
	// Written before it is read: what no text was long enough for is never touched.
	scan->tokens = arena_grow_raw(a, NULL, 0, (max_bytes + 2) * sizeof *scan->tokens);
	scan->cps = arena_grow_raw(a, NULL, 0, (max_bytes * 2 + TOKEN_CPS) * sizeof *scan->cps);
	BUG_IF(!scan->tokens || !scan->cps);
	return scan;
}

TextScan *text_scan_new(Arena *a) { return text_scan_small(a, TEXT_MAX_BYTES); }

static bool is_emoji(uint32_t c)
{
	static const uint32_t RANGES[][2] = {{0x203c, 0x203c}, {0x2049, 0x2049}, {0x2190, 0x21ff},  {0x2300, 0x23ff},
										 {0x2600, 0x27bf}, {0x2b00, 0x2bff}, {0x3030, 0x3030},  {0x303d, 0x303d},
										 {0x3297, 0x3297}, {0x3299, 0x3299}, {0x1f000, 0x1faff}};
	for (size_t i = 0; i < COUNTOF(RANGES) && c >= RANGES[i][0]; i++)
		if (c <= RANGES[i][1]) return true;
	return false;
}

static bool without_spaces(Script s)
{
	return s == SCRIPT_HANI || s == SCRIPT_KANA || s == SCRIPT_THAI || s == SCRIPT_LAOO || s == SCRIPT_KHMR ||
		   s == SCRIPT_MYMR || s == SCRIPT_TIBT;
}

static CpClass class_high(uint32_t c)
{
	if (c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1f3fb && c <= 0x1f3ff)) return CP_JOIN;
	if (is_emoji(c)) return CP_EMOJI;
	switch ((int)utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO: return c >= 0xe00 && without_spaces(script_of(c)) ? CP_RUN : CP_LETTER;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME: return CP_MARK;
	case UTF8PROC_CATEGORY_ND: return CP_DIGIT;
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP: return CP_SPACE;
	default: return CP_PUNCT;
	}
}

#define S_ CP_SPACE
#define L_ CP_LETTER
#define D_ CP_DIGIT
#define P_ CP_PUNCT
// clang-format off
static const uint8_t ASCII[128] = {
	S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_, S_,
	S_, P_, P_, P_, P_, P_, P_, P_, P_, P_, P_, P_, P_, P_, P_, P_, D_, D_, D_, D_, D_, D_, D_, D_, D_, D_, P_, P_, P_, P_, P_, P_,
	P_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, P_, P_, P_, P_, P_,
	P_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, P_, P_, P_, P_, S_,
};
// clang-format on
#undef S_
#undef L_
#undef D_
#undef P_

static CpClass class_of(uint32_t c) { return c >= 0x80 ? class_high(c) : (CpClass)ASCII[c]; }

// The character at p of at most `left` bytes; 0 bytes long if it is no UTF-8.
static uint32_t decode(const unsigned char *p, uint32_t left, uint32_t *ret_cp)
{
	static const uint32_t LEAST[] = {0, 0, 0x80, 0x800, 0x10000};
	uint32_t c = p[0], n = c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
	if (n == 0 || n > left) return 0;
	uint32_t v = c & (0x7fu >> n);
	for (uint32_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80) return 0;
		v = v << 6 | (p[i] & 0x3fu);
	}
	if (v < LEAST[n] || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff)) return 0;
	*ret_cp = v;
	return n;
}

// The end of the text, a byte that is none of ASCII, or NUL.
static void next_slow(Reader *r)
{
	r->now.at = r->now.end = r->at;
	r->now.class = CP_SPACE;
	if (r->at >= r->n) return;
	uint32_t c = r->p[r->at], used = 1;
	if (c >= 0x80) {
		used = decode(r->p + r->at, r->n - r->at, &c);
		if (!used) {
			used = 1;
			c = FFFD;
			r->scan->invalid = true;
		}
	}
	if (c == 0) {
		c = FFFD;
		r->scan->invalid = true;
	}
	r->at += used;
	r->now.end = r->at;
	r->now.cp = c;
	r->now.class = c == FFFD ? CP_SPACE : class_of(c);
}

static inline void next(Reader *r)
{
	uint32_t c = r->at < r->n ? r->p[r->at] : 0;
	if (c - 1 >= 0x7f) {
		next_slow(r);
		return;
	}
	r->now = (Cp){.cp = c, .at = r->at, .end = r->at + 1, .class = (CpClass)ASCII[c]};
	r->at++;
}

static uint32_t arabic_fold(uint32_t c)
{
	if (c == 0x622 || c == 0x623 || c == 0x625 || c == 0x671) return 0x627; // forms of alef
	if (c == 0x649) return 0x64a;
	return c;
}

// Presentation forms, the first letter of many; and letters of mathematics, with which some write to stand out.
static bool is_form(uint32_t c)
{
	return (c >= 0xfb50 && c <= 0xfefc) || (c >= 0xff21 && c <= 0xff9d) || (c >= 0x1d400 && c <= 0x1d7cb);
}

static uint32_t fold_form(uint32_t c)
{
	utf8proc_int32_t to[8];
	int last = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, to, 8,
												 UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &last);
	return n >= 1 && n <= 8 ? arabic_fold((uint32_t)to[0]) : c;
}

static uint32_t fold_cp(uint32_t c)
{
	if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (c == 0x2019 || c == 0x2018 || c == 0x2bc) return '\'';
	if (c >= 0x600 && c <= 0x6ff) return arabic_fold(c);
	return is_form(c) ? fold_form(c) : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

static bool is_upper(uint32_t c, uint32_t folded)
{
	if (c >= 0xfb00) return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
	return c != folded && (c < 0x600 || c > 0x6ff) && c != 0x2019;
}

static Token *open_token(Reader *r, TokenKind kind)
{
	TextScan *s = r->scan;
	Token *t = &s->tokens[s->tokens_n++];
	*t = (Token){.at = r->now.at, .end = r->now.at, .cp = (uint32_t)s->cps_n, .kind = (uint8_t)kind};
	if (!r->space_before) t->flags |= TOKEN_GLUED;
	r->space_before = false;
	return t;
}

static void put_cp(TextScan *s, Token *t, uint32_t cp)
{
	if (t->cps >= TOKEN_CPS) return;
	s->cps[s->cps_n++] = cp;
	t->cps++;
}

static void close_token(TextScan *s, Token *t)
{
	uint32_t h = HASH_SEED;
	for (uint32_t i = 0; i < t->cps; i++) h = hash_step(h, s->cps[t->cp + i]);
	t->hash = hash_end(h);
	if (s->ahead && t->kind == TOKEN_WORD) s->ahead(s->ahead_arg, t->hash);
}

typedef struct Letters {
	uint32_t last, repeats, upper, letters;
} Letters;

static void take_letter(Reader *r, Token *t, Letters *l)
{
	uint32_t c = r->now.cp, f = fold_cp(c);
	bool mark = r->now.class == CP_MARK;
	if (mark && ((c >= 0x64b && c <= 0x652) || c == 0x670)) return; // vowel signs of Arabic
	if (c == 0x640) return;                                         // tatweel
	if (r->now.class == CP_LETTER || r->now.class == CP_RUN) {
		r->scan->letters[script_of(f)]++;
		r->scan->letters_n++;
		l->letters++;
		if (is_upper(c, f)) {
			l->upper++;
			if (l->letters == 1) t->flags |= TOKEN_TITLE;
		}
	}
	if (r->now.class == CP_DIGIT) {
		f = '0';
		t->flags |= TOKEN_DIGITS;
	}
	l->repeats = f == l->last ? l->repeats + 1 : 1;
	l->last = f;
	if (l->repeats > 2 && f != '0') t->flags |= TOKEN_LONG;
	else put_cp(r->scan, t, f);
}

static bool is_apostrophe(uint32_t c) { return c == '\'' || c == 0x2019 || c == 0x2bc; }

static bool letter_follows(const Reader *r)
{
	Reader ahead = *r;
	bool was = r->scan->invalid;
	next(&ahead);
	r->scan->invalid = was;
	return ahead.now.class == CP_LETTER;
}

static bool word_goes_on(const Reader *r, CpClass class)
{
	CpClass c = r->now.class;
	if (r->now.at == r->now.end) return false;
	if (class == CP_RUN) return c == CP_RUN || c == CP_MARK;
	if (c == CP_LETTER || c == CP_MARK || c == CP_DIGIT) return true;
	if (c == CP_SPACE && r->now.cp == 0x200c) return letter_follows(r); // zero width non-joiner of Persian
	return c == CP_PUNCT && is_apostrophe(r->now.cp) && letter_follows(r);
}

static void jump(Reader *r, uint32_t at)
{
	r->at = at;
	next(r);
}

typedef uint8_t Bytes8 __attribute__((vector_size(8)));
typedef uint32_t Words8 __attribute__((vector_size(32)));

// 0x80 in the bytes that are zero.
static uint64_t zero_bytes(uint64_t v) { return ~(((v & ~BYTES8_HIGH) + ~BYTES8_HIGH) | v) & BYTES8_HIGH; }

// A word of less than eight plain letters, none of them three times in a row, which ends where they do: most words of most
// texts. False if it is another one; nothing has happened then.
static bool read_short_word(Reader *r)
{
	TextScan *s = r->scan;
	uint32_t at = r->now.at, h = HASH_SEED, *out = s->cps + s->cps_n;
	uint64_t bytes, lower, low;
	if (r->n - at < sizeof bytes) return false;
	memcpy(&bytes, r->p + at, sizeof bytes);
	lower = bytes | BYTES8(0x20);
	low = lower & ~BYTES8_HIGH;
	uint64_t letters = (low + BYTES8(0x80 - 'a')) & ~(low + BYTES8(0x7f - 'z')) & ~bytes & BYTES8_HIGH;
	if (letters == BYTES8_HIGH) return false;
	uint32_t n = (uint32_t)__builtin_ctzll(letters ^ BYTES8_HIGH) / 8, after = bytes >> (n * 8) & 255;
	uint64_t whole = ((uint64_t)1 << (n * 8)) - 1, again = zero_bytes(lower ^ lower >> 8) & whole >> 8;
	if (after - 1 >= 0x7f || ASCII[after] == CP_DIGIT || after == '\'' || (again & again >> 8)) return false;
	Bytes8 eight;
	memcpy(&eight, &lower, sizeof eight);
	Words8 wide = __builtin_convertvector(eight, Words8);
	memcpy(out, &wide, sizeof wide);
	// All of it is computed, for how long a word is cannot be foreseen, and a jump that was not foreseen costs more.
	uint32_t hashes[8] = {h};
	for (size_t i = 0; i < 7; i++, lower >>= 8) hashes[i + 1] = h = hash_step(h, lower & 255);
	h = hash_end(hashes[n]);
	uint32_t capitals = (uint32_t)((~bytes >> 5 & BYTES8(1) & whole) * BYTES8(1) >> 56);
	bool caps = n > 1 && capitals == n;
	unsigned first = bytes & 0x20 ? 0 : TOKEN_TITLE, size = caps ? TOKEN_CAPS : n > 1 ? TOKEN_SMALL : 0;
	s->caps_words += caps;
	s->lower_words += n > 1 && !caps;
	s->letters[SCRIPT_LATN] += n;
	s->letters_n += n;
	s->tokens[s->tokens_n++] = (Token){.hash = h,
									   .at = at,
									   .end = at + n,
									   .cp = (uint32_t)s->cps_n,
									   .cps = (uint16_t)n,
									   .kind = TOKEN_WORD,
									   .flags = (uint8_t)(first | size | (r->space_before ? 0 : TOKEN_GLUED))};
	s->cps_n += n;
	if (s->ahead) s->ahead(s->ahead_arg, h);
	r->space_before = false;
	jump(r, at + n);
	return true;
}

// The plain letters of ASCII words without the general machinery. They are the first of their token, and no more than it has
// room for.
static uint32_t take_plain(Reader *r, Token *t, Letters *l)
{
	TextScan *s = r->scan;
	const unsigned char *p = r->p + r->now.at;
	uint32_t room = (uint32_t)size_min(TOKEN_CPS, r->n - r->now.at), *out = s->cps + s->cps_n, f, n = 0, taken = 0;
	for (; n < room && (f = p[n] | 0x20u) - 'a' < 26; n++) {
		l->upper += p[n] != f;
		l->repeats = f == l->last ? l->repeats + 1 : 1;
		l->last = f;
		if (l->repeats <= 2) out[taken++] = f;
	}
	if (!n) return 0;
	l->letters = n;
	if (*p < 'a') t->flags |= TOKEN_TITLE;
	if (taken < n) t->flags |= TOKEN_LONG;
	t->cps = (uint16_t)taken;
	s->cps_n += taken;
	s->letters[SCRIPT_LATN] += n;
	s->letters_n += n;
	t->end = r->now.at + n;
	jump(r, t->end);
	return n;
}

static void read_word(Reader *r, bool hashtag)
{
	CpClass class = r->now.class;
	Token *t = open_token(r, class == CP_RUN ? TOKEN_RUN : TOKEN_WORD);
	if (hashtag) t->flags |= TOKEN_HASHTAG;
	Letters l = {0};
	uint32_t taken = 0;
	if (class == CP_LETTER) taken = take_plain(r, t, &l);
	while (word_goes_on(r, class) && taken++ < TOKEN_CPS) {
		take_letter(r, t, &l);
		t->end = r->now.end;
		next(r);
	}
	if (l.upper == l.letters && l.letters > 1) {
		t->flags |= TOKEN_CAPS;
		r->scan->caps_words++;
	} else if (l.letters > 1) {
		t->flags |= TOKEN_SMALL;
		r->scan->lower_words++;
	}
	close_token(r->scan, t);
}

// 12, 3.50, 10:30, 5,000: all digits become 0, so that only the shape is left.
static void read_number(Reader *r)
{
	Token *t = open_token(r, TOKEN_NUMBER);
	for (;;) {
		bool inner = false;
		if (r->now.class == CP_PUNCT && (r->now.cp == '.' || r->now.cp == ',' || r->now.cp == ':')) {
			Reader ahead = *r;
			bool was = r->scan->invalid;
			next(&ahead);
			r->scan->invalid = was;
			inner = ahead.now.class == CP_DIGIT;
		}
		if ((r->now.class != CP_DIGIT && !inner) || r->now.at == r->now.end) break;
		if (t->cps < 8) put_cp(r->scan, t, r->now.class == CP_DIGIT ? '0' : r->now.cp);
		t->end = r->now.end;
		next(r);
	}
	close_token(r->scan, t);
}

static void read_emoji(Reader *r)
{
	Token *t = open_token(r, TOKEN_EMOJI);
	put_cp(r->scan, t, r->now.cp);
	t->end = r->now.end;
	next(r);
	while (r->now.class == CP_JOIN && r->now.at != r->now.end) {
		bool joined = r->now.cp == 0x200d;
		t->end = r->now.end;
		next(r);
		if (!joined || r->now.class != CP_EMOJI) continue;
		put_cp(r->scan, t, r->now.cp); // the woman of "woman, zero width joiner, rocket"
		t->end = r->now.end;
		next(r);
	}
	close_token(r->scan, t);
}

static void read_punct(Reader *r)
{
	Token *t = open_token(r, TOKEN_PUNCT);
	uint32_t c = r->now.cp;
	put_cp(r->scan, t, fold_cp(c));
	do {
		t->run++;
		t->end = r->now.end;
		next(r);
	} while (r->now.class == CP_PUNCT && r->now.cp == c && r->now.at != r->now.end);
	if (t->run > 1) put_cp(r->scan, t, fold_cp(c)); // "!" and "!!…" differ, "!!" and "!!!!" do not
	close_token(r->scan, t);
}

// Bytes up to the next white space, max at most: what looks ahead has to be bounded, or a line without spaces would cost
// its square.
static size_t to_space(const Reader *r, size_t max)
{
	size_t n = 0, left = r->n - r->now.at;
	while (n < left && n < max && r->p[r->now.at + n] > ' ') n++;
	return n;
}

static Token *fixed_token(Reader *r, TokenKind kind, uint32_t bytes)
{
	Token *t = open_token(r, kind);
	t->end = r->now.at + bytes;
	jump(r, t->end);
	return t;
}

static bool starts(const Reader *r, size_t n, const char *what)
{
	size_t len = strlen(what);
	if (n < len) return false;
	for (size_t i = 0; i < len; i++)
		if ((r->p[r->now.at + i] | (what[i] >= 'a' ? 0x20 : 0)) != (unsigned char)what[i]) return false;
	return true;
}

// An address, or "http" alone as some corpora write it.
static bool read_url(Reader *r)
{
	uint32_t first = r->now.cp | 0x20, second = r->at < r->n ? r->p[r->at] | 0x20u : 0;
	if (!(first == 'h' && second == 't') && !(first == 'w' && second == 'w')) return false;
	size_t n = to_space(r, 9);
	bool url = starts(r, n, "http://") || starts(r, n, "https://") || starts(r, n, "www.") ||
			   (n == 4 && starts(r, n, "http")) || (n == 5 && starts(r, n, "https"));
	if (!url) return false;
	n = to_space(r, URL_MAX_BYTES);
	while (n > 4 && strchr(".,;:!?)]}'\"", r->p[r->now.at + n - 1])) n--;
	Token *t = fixed_token(r, TOKEN_URL, (uint32_t)n);
	t->hash = hash_end(HASH_SEED + TOKEN_URL);
	return true;
}

static bool read_mention(Reader *r)
{
	size_t n = to_space(r, MENTION_MAX_BYTES), used = 1;
	for (; used < n; used++) {
		unsigned char c = r->p[r->now.at + used];
		if (!(c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))) break;
	}
	if (used < 2) return false;
	Token *t = fixed_token(r, TOKEN_MENTION, (uint32_t)used);
	t->hash = hash_end(HASH_SEED + TOKEN_MENTION);
	return true;
}

static unsigned char small_letter(unsigned char c) { return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c; }

static bool whole_emoticon(const unsigned char *p, size_t n)
{
	static const char *const WHOLE[] = {"<3",  "</3", "^_^", "-_-", "o_o", "t_t", "^^", ":'(",
										":')", "xd",  "xdd", "d:",  "(:",  "(;",  "):", "._."};
	for (size_t w = 0; w < COUNTOF(WHOLE); w++) {
		size_t i = 0;
		while (i < n && WHOLE[w][i] && small_letter(p[i]) == (unsigned char)WHOLE[w][i]) i++;
		if (i == n && !WHOLE[w][i]) return true;
	}
	return false;
}

// :-) ;D =( and their like, of ASCII, ended by white space or the end: eyes, nose, mouth.
static size_t emoticon_length(const unsigned char *p, size_t n)
{
	if (n < 2 || n > 5) return 0;
	if (whole_emoticon(p, n)) return n;
	if (!strchr(":;=8", p[0])) return 0;
	size_t i = 1, mouth;
	if (strchr("-o'^*", p[i])) i++;
	mouth = i;
	while (i < n && strchr(")(][dDpP/\\|*}{><3oO$@", p[i])) i++;
	if (p[0] == '8' && mouth == 1) return 0;
	return i > mouth && i == n ? i : 0;
}

static bool read_emoticon(Reader *r)
{
	if (r->now.class == CP_LETTER) { // of the faces that begin with one, the next is one of these
		uint32_t c = r->at < r->n ? r->p[r->at] : 0;
		if (c != '_' && c != ':' && (c | 0x20) != 'd') return false;
	}
	size_t n = to_space(r, 12);
	while (n > 2 && n < 8 && strchr(".,!?", r->p[r->now.at + n - 1])) n--;
	size_t used = emoticon_length(r->p + r->now.at, n);
	if (!used) return false;
	uint32_t from = r->now.at;
	Token *t = fixed_token(r, TOKEN_EMOTICON, (uint32_t)used);
	for (size_t i = 0; i < used; i++) put_cp(r->scan, t, fold_cp(r->p[from + i]));
	close_token(r->scan, t);
	return true;
}

static void read_mark(Reader *r)
{
	if (r->now.cp == '#' && letter_follows(r)) {
		next(r);
		read_word(r, true);
	} else if (r->now.cp != '@' || !read_mention(r)) {
		read_punct(r);
	}
}

// What begins with a letter or mark of ASCII.
static bool read_ascii(Reader *r)
{
	if (r->now.class == CP_LETTER && read_url(r)) return true;
	if (r->space_before && read_emoticon(r)) return true;
	return r->now.class == CP_LETTER && read_short_word(r);
}

static void read_token(Reader *r)
{
	CpClass c = r->now.class;
	if (r->now.cp < 0x80 && c != CP_DIGIT && read_ascii(r)) return;
	if (c == CP_LETTER || c == CP_RUN || c == CP_MARK) read_word(r, false);
	else if (c == CP_DIGIT) read_number(r);
	else if (c == CP_EMOJI || c == CP_JOIN) read_emoji(r);
	else read_mark(r);
}

void text_scan_begin(TextScan *scan, Str text)
{
	TextScan keep = *scan;
	*scan = (TextScan){.tokens = keep.tokens,
					   .cps = keep.cps,
					   .max_bytes = keep.max_bytes,
					   .ahead = keep.ahead,
					   .ahead_arg = keep.ahead_arg};
	if (text.n > keep.max_bytes) {
		size_t n = keep.max_bytes;
		while (n + 4 > keep.max_bytes && n > 0 && ((unsigned char)text.p[n] & 0xc0) == 0x80) n--;
		text.n = n;
		scan->cut = true;
	}
	scan->text = text;
}

void text_scan_stretch(TextScan *scan, uint32_t from, uint32_t to)
{
	const unsigned char *p = (const unsigned char *)scan->text.p;
	Reader r = {.scan = scan, .p = p, .n = (uint32_t)scan->text.n, .at = from, .space_before = true};
	for (next(&r); r.now.at < to;) {
		if (r.now.class == CP_SPACE) {
			r.space_before = true;
			next(&r);
		} else {
			read_token(&r);
		}
	}
}

void text_scan(TextScan *scan, Str text)
{
	text_scan_begin(scan, text);
	text_scan_stretch(scan, 0, (uint32_t)scan->text.n);
}

uint32_t token_hash_of(Str word)
{
	uint32_t h = HASH_SEED;
	for (uint32_t i = 0, n = (uint32_t)word.n; i < n;) {
		uint32_t c = (unsigned char)word.p[i], used = 1;
		if (c >= 0x80 && !(used = decode((const unsigned char *)word.p + i, n - i, &c))) used = 1;
		i += used;
		if (class_of(c) == CP_JOIN || (c >= 0x64b && c <= 0x652)) continue;
		h = hash_step(h, fold_cp(c));
	}
	return hash_end(h);
}
