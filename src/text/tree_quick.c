// SPDX-License-Identifier: AGPL-3.0-or-later
// The plain HTML that most imported posts are: paragraphs, lists, code, links, every tag closed in its place. Of that a parser's
// rules make nothing but the tree that is written there, and building it takes a tenth of gumbo's time. Whatever the rules
// could change (a block in an open paragraph, a tag left open, an unknown tag or entity, a control character) is refused.
#include "text/tree.h"

#include <string.h>

#define QUICK_DEPTH_MAX 64
#define QUICK_ATTRIBUTES_MAX 8
#define QUICK_CHILDREN 4 // of a new element; doubles

typedef enum Kind {
	BLOCK = 1,      // closes an open paragraph
	TEXT_BLOCK = 2, // a paragraph or heading: no block in it
	ITEM = 4,       // stands in a list alone
	LIST = 8,
	EMPTY = 16, // has no end tag
	MARK = 32,  // formatting: never within another of its tag
} Kind;

typedef struct Known {
	const char *name;
	GumboTag tag;
	unsigned kind;
} Known;

static const Known KNOWN[] = {
	{"p", GUMBO_TAG_P, BLOCK | TEXT_BLOCK},
	{"code", GUMBO_TAG_CODE, MARK},
	{"a", GUMBO_TAG_A, MARK},
	{"em", GUMBO_TAG_EM, MARK},
	{"strong", GUMBO_TAG_STRONG, MARK},
	{"li", GUMBO_TAG_LI, ITEM},
	{"ul", GUMBO_TAG_UL, BLOCK | LIST},
	{"ol", GUMBO_TAG_OL, BLOCK | LIST},
	{"pre", GUMBO_TAG_PRE, BLOCK},
	{"br", GUMBO_TAG_BR, EMPTY},
	{"blockquote", GUMBO_TAG_BLOCKQUOTE, BLOCK},
	{"img", GUMBO_TAG_IMG, EMPTY},
	{"hr", GUMBO_TAG_HR, BLOCK | EMPTY},
	{"h1", GUMBO_TAG_H1, BLOCK | TEXT_BLOCK},
	{"h2", GUMBO_TAG_H2, BLOCK | TEXT_BLOCK},
	{"h3", GUMBO_TAG_H3, BLOCK | TEXT_BLOCK},
	{"sup", GUMBO_TAG_SUP, MARK},
	{"sub", GUMBO_TAG_SUB, MARK},
	{"b", GUMBO_TAG_B, MARK},
	{"i", GUMBO_TAG_I, MARK},
	{"s", GUMBO_TAG_S, MARK},
	{"strike", GUMBO_TAG_STRIKE, MARK},
	{"kbd", GUMBO_TAG_KBD, MARK},
};
_Static_assert(COUNTOF(KNOWN) <= 32, "a bit each");

typedef struct Quick {
	Arena *arena;
	const char *p, *end;
	GumboNode *stack[QUICK_DEPTH_MAX];
	const Known *known[QUICK_DEPTH_MAX];
	size_t depth; // of the innermost open element; 0: the body
	uint32_t open;
	unsigned text_blocks;
} Quick;

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }
static bool is_small(char c) { return c >= 'a' && c <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// --- text ------------------------------------------------------------------------------------------------------------------

// Gumbo writes U+FFFD for control characters and for what is no character; they begin with one of these bytes.
static bool is_odd(unsigned char c)
{
	return (c < ' ' && c != '\n' && c != '\t') || c == 0x7f || c == 0xc2 || c == 0xef || c >= 0xf0;
}

static bool is_refused(const char *p, const char *end)
{
	unsigned char c = (unsigned char)p[0], next = p + 1 < end ? (unsigned char)p[1] : 0;
	if (c == 0xc2) return next < 0xa0;                  // U+0080 to U+009F
	if (c == 0xef) return next == 0xb7 || next == 0xbf; // U+FDC0 to U+FDFF, U+FFC0 to U+FFFF
	if (c >= 0xf0) return end - p < 4 || ((next & 15) == 15 && (unsigned char)p[2] == 0xbf); // the last 64 of a plane
	return true;
}

// The character that a reference stands for, of the few that posts have; 0: another one.
static char reference_at(const char *p, const char *end, size_t *ret_bytes)
{
	static const struct {
		const char *s;
		uint8_t n;
		char c;
	} FEW[] = {{"&lt;", 4, '<'}, {"&gt;", 4, '>'}, {"&amp;", 5, '&'}, {"&quot;", 6, '"'}, {"&#39;", 5, '\''}};
	for (size_t i = 0; i < COUNTOF(FEW); i++) {
		if (end - p < FEW[i].n || memcmp(p, FEW[i].s, FEW[i].n) != 0) continue;
		*ret_bytes = FEW[i].n;
		return FEW[i].c;
	}
	return 0;
}

// Writes what is between from and to, decoded, to `out` (of to - from + 1 bytes).
static bool decode(const char *from, const char *to, char *out, bool *ret_blank)
{
	bool blank = true;
	for (const char *p = from; p < to;) {
		char c = *p;
		size_t n = 1;
		if (c == '&') {
			bool bare = p + 1 == to || is_space(p[1]); // "a & b"
			if (!bare) c = reference_at(p, to, &n);
			if (!c) return false;
		} else if (is_odd((unsigned char)c) && is_refused(p, to)) {
			return false;
		}
		blank = blank && is_space(c);
		*out++ = c;
		p += n;
	}
	*out = 0;
	*ret_blank = blank;
	return true;
}

static const char *copied(Quick *q, const char *from, const char *to, bool *ret_blank)
{
	char *out = arena_try_alloc_raw(q->arena, (size_t)(to - from) + 1, 1);
	return out && decode(from, to, out, ret_blank) ? out : NULL;
}

// --- the tree ----------------------------------------------------------------------------------------------------------------

static bool child_add(Quick *q, GumboNode *child)
{
	GumboVector *v = &q->stack[q->depth]->v.element.children;
	if (v->length == v->capacity) {
		unsigned cap = v->capacity ? v->capacity * 2 : QUICK_CHILDREN;
		void **more = arena_try_alloc(q->arena, cap * sizeof *more, _Alignof(void *));
		if (!more) return false;
		if (v->length) memcpy(more, v->data, v->length * sizeof *more);
		v->data = more;
		v->capacity = cap;
	}
	v->data[v->length++] = child;
	return true;
}

static GumboNode *node_new(Quick *q, GumboNodeType type)
{
	GumboNode *node = arena_try_alloc(q->arena, sizeof *node, _Alignof(GumboNode));
	if (node) node->type = type;
	return node;
}

static bool text_add(Quick *q, const char *to)
{
	bool blank;
	if (to == q->p) return true;
	const char *text = copied(q, q->p, to, &blank);
	GumboNode *node = text ? node_new(q, blank ? GUMBO_NODE_WHITESPACE : GUMBO_NODE_TEXT) : NULL;
	if (!node) return false;
	node->v.text.text = text;
	q->p = to;
	return child_add(q, node);
}

// --- tags ----------------------------------------------------------------------------------------------------------------------

static const Known *name_read(Quick *q)
{
	const char *from = q->p;
	while (q->p < q->end && (is_small(*q->p) || is_digit(*q->p))) q->p++;
	size_t n = (size_t)(q->p - from);
	for (size_t i = 0; i < COUNTOF(KNOWN); i++)
		if (strlen(KNOWN[i].name) == n && memcmp(KNOWN[i].name, from, n) == 0) return &KNOWN[i];
	return NULL;
}

static void spaces_skip(Quick *q)
{
	while (q->p < q->end && is_space(*q->p)) q->p++;
}

// name="value"
static bool attribute_read(Quick *q, GumboAttribute *ret)
{
	bool blank;
	const char *name = q->p;
	while (q->p < q->end && (is_small(*q->p) || *q->p == '-')) q->p++;
	const char *name_end = q->p;
	if (name == name_end || q->end - q->p < 2 || q->p[0] != '=' || q->p[1] != '"') return false;
	const char *value = q->p + 2, *quote = memchr(value, '"', (size_t)(q->end - value));
	if (!quote) return false;
	q->p = quote + 1;
	ret->name = copied(q, name, name_end, &blank);
	ret->value = copied(q, value, quote, &blank);
	return ret->name && ret->value;
}

static bool is_given(const GumboAttribute *v, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].name, name) == 0) return true;
	return false;
}

// Up to the end of the start tag.
static bool attributes_read(Quick *q, const Known *known, GumboVector *ret)
{
	GumboAttribute v[QUICK_ATTRIBUTES_MAX];
	size_t n = 0;
	for (;;) {
		const char *before = q->p;
		spaces_skip(q);
		bool slash = q->end - q->p >= 2 && q->p[0] == '/' && q->p[1] == '>' && (known->kind & EMPTY);
		q->p += slash;
		if (q->p < q->end && *q->p == '>') break;
		if (q->p == before || n == QUICK_ATTRIBUTES_MAX) return false;
		v[n] = (GumboAttribute){0};
		if (!attribute_read(q, &v[n]) || is_given(v, n, v[n].name)) return false;
		n++;
	}
	q->p++;
	if (!n) return true;
	GumboAttribute *kept = arena_try_alloc(q->arena, n * sizeof *kept, _Alignof(GumboAttribute));
	void **data = kept ? arena_try_alloc(q->arena, n * sizeof *data, _Alignof(void *)) : NULL;
	if (!data) return false;
	memcpy(kept, v, n * sizeof *kept);
	for (size_t i = 0; i < n; i++) data[i] = &kept[i];
	*ret = (GumboVector){.data = data, .length = (unsigned)n, .capacity = (unsigned)n};
	return true;
}

static uint32_t bit_of(const Known *known) { return UINT32_C(1) << (known - KNOWN); }

// Nothing that is open would be closed by it, and nothing that it needs is missing.
static bool may_open(const Quick *q, const Known *known)
{
	const Known *parent = q->known[q->depth];
	if ((known->kind & BLOCK) && q->text_blocks) return false;
	if ((known->kind & ITEM) && !(parent && (parent->kind & LIST))) return false;
	if ((known->kind & MARK) && (q->open & bit_of(known))) return false;
	return q->depth + 1 < QUICK_DEPTH_MAX;
}

static bool start_tag(Quick *q)
{
	const Known *known = name_read(q);
	if (!known || !may_open(q, known)) return false;
	GumboNode *node = node_new(q, GUMBO_NODE_ELEMENT);
	if (!node || !child_add(q, node)) return false;
	node->v.element.tag = known->tag;
	if (!attributes_read(q, known, &node->v.element.attributes)) return false;
	if (known->kind & EMPTY) return true;
	q->stack[++q->depth] = node;
	q->known[q->depth] = known;
	if (known->kind & MARK) q->open |= bit_of(known);
	q->text_blocks += (known->kind & TEXT_BLOCK) != 0;
	if (known->tag == GUMBO_TAG_PRE && q->p < q->end && *q->p == '\n') q->p++; // which parsers drop
	return true;
}

static bool end_tag(Quick *q)
{
	const Known *known = name_read(q);
	spaces_skip(q);
	if (!known || known != q->known[q->depth] || q->p == q->end || *q->p != '>') return false;
	q->p++;
	q->depth--;
	if (known->kind & MARK) q->open &= ~bit_of(known);
	q->text_blocks -= (known->kind & TEXT_BLOCK) != 0;
	return true;
}

bool tree_quick(Arena *arena, Str html, const GumboNode **ret_body)
{
	if (!html.n) return false;
	Quick q = {.arena = arena, .p = html.p, .end = html.p + html.n};
	GumboNode *body = node_new(&q, GUMBO_NODE_ELEMENT);
	if (!body) return false;
	body->v.element.tag = GUMBO_TAG_BODY;
	q.stack[0] = body;
	while (q.p < q.end) {
		const char *tag = memchr(q.p, '<', (size_t)(q.end - q.p));
		if (!text_add(&q, tag ? tag : q.end)) return false;
		if (!tag) break;
		q.p++;
		bool end = q.p < q.end && *q.p == '/';
		q.p += end;
		if (!(end ? end_tag(&q) : start_tag(&q))) return false;
	}
	*ret_body = body;
	return q.depth == 0;
}
