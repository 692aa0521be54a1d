// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/fts_lists.h"

#include <string.h>

#define HEADER_BYTES 4
#define WORDS_PREFIX '0' // before each word of the index itself; other digits are of prefix indexes
#define LEVELS_MAX 64
#define STRIDE 4
#define SIZE_SHORT_MAX 64 // bytes of positions whose size takes one byte, or more

typedef struct Reader {
	const unsigned char *p, *end;
} Reader;

// As SQLite writes them: seven bits a byte, the highest first; a ninth byte has eight.
static bool read_long_varint(Reader *r, uint64_t *ret)
{
	uint64_t v = 0;
	for (int i = 0; i < 9 && r->p < r->end; i++) {
		unsigned char c = *r->p++;
		if (i == 8) return *ret = v << 8 | c, true;
		v = v << 7 | (c & 0x7f);
		if (!(c & 0x80)) return *ret = v, true;
	}
	return false;
}

static inline bool read_varint(Reader *r, uint64_t *ret)
{
	const unsigned char *p = r->p;
	if (r->end - p < 2) return read_long_varint(r, ret);
	if (p[0] < 0x80) return *ret = p[0], r->p = p + 1, true;
	if (p[1] < 0x80) return *ret = (uint64_t)(p[0] & 0x7f) << 7 | p[1], r->p = p + 2, true;
	return read_long_varint(r, ret);
}

static bool read_up_to(Reader *r, uint64_t max, uint64_t *ret) { return read_varint(r, ret) && *ret <= max; }

static void reverse(int64_t *v, size_t from, size_t to)
{
	for (; from + 1 < to; from++) {
		int64_t id = v[from];
		v[from] = v[--to];
		v[to] = id;
	}
}

static bool read_level(Reader *r, int64_t *v, size_t *n, uint64_t *left)
{
	uint64_t merging, segments, id, first, last;
	size_t from = *n;
	if (!read_varint(r, &merging) || !read_up_to(r, *left, &segments)) return false;
	for (*left -= segments; segments > 0; segments--) {
		if (!read_up_to(r, UINT16_MAX, &id) || !read_varint(r, &first) || !read_varint(r, &last)) return false;
		if (last) v[(*n)++] = (int64_t)id; // without pages it is merged away as a whole
	}
	reverse(v, from, *n); // within a level the newest is the last
	return true;
}

bool fts_segments_read(Str structure, int64_t ret_ids[FTS_SEGMENTS_MAX], size_t *ret_n)
{
	const unsigned char *p = (const unsigned char *)structure.p;
	if (structure.n < HEADER_BYTES) return false;
	Reader r = {p + HEADER_BYTES, p + structure.n}; // after a counter of changes
	uint64_t levels, left, written;
	if (!read_up_to(&r, LEVELS_MAX, &levels) || !read_up_to(&r, FTS_SEGMENTS_MAX, &left)) return false;
	if (!read_varint(&r, &written)) return false;
	*ret_n = 0;
	for (uint64_t i = 0; i < levels; i++)
		if (!read_level(&r, ret_ids, ret_n, &left)) return false;
	reverse(ret_ids, 0, *ret_n); // the first level is the newest
	return !left;
}

typedef struct Leaf {
	const unsigned char *p;
	size_t first_row, end; // of the lists; first_row 0: no row of an earlier list begins here
	Reader words;          // places of words, the first whole, then differences
} Leaf;

static bool read_leaf(Str page, Leaf *ret)
{
	const unsigned char *p = (const unsigned char *)page.p;
	if (page.n < HEADER_BYTES) return false;
	size_t first = (size_t)(p[0] << 8 | p[1]), end = (size_t)(p[2] << 8 | p[3]);
	if (end < HEADER_BYTES || end > page.n || first >= end || (first && first < HEADER_BYTES)) return false;
	*ret = (Leaf){p, first, end, {p + end, p + page.n}};
	return true;
}

// The next word's place, or the end of the lists if there is none.
static bool next_place(Leaf *leaf, size_t *at)
{
	uint64_t more;
	if (leaf->words.p == leaf->words.end) return *at = leaf->end, true;
	if (!read_up_to(&leaf->words, leaf->end, &more) || !more || *at + more >= leaf->end) return false;
	*at += (size_t)more;
	return true;
}

typedef struct Found {
	size_t from, to; // its list on this page
	bool here, more; // more: the list may go on behind the page
} Found;

static size_t equal_bytes(const char *a, const unsigned char *b, size_t n)
{
	size_t i = 0;
	while (i < n && (unsigned char)a[i] == b[i]) i++;
	return i;
}

typedef struct Entry {    // of a word on a leaf
	uint64_t keep, bytes; // keep: how many bytes it shares with the one before; bytes: what follows them
	const unsigned char *p;
} Entry;

static bool read_word(const Leaf *leaf, size_t at, bool first, Entry *ret)
{
	Reader r = {leaf->p + at, leaf->p + leaf->end};
	ret->keep = 0;
	if ((!first && !read_varint(&r, &ret->keep)) || !read_varint(&r, &ret->bytes)) return false;
	ret->p = r.p;
	return ret->bytes <= (uint64_t)(r.end - r.p);
}

// Words stand in order. `same`: how many bytes the last one shared with what is sought; one that shares more with its
// forerunner stands before it too, one that shares less behind it.
static bool find_word(Leaf *leaf, Str key, Found *ret)
{
	size_t at = 0, same = 0;
	*ret = (Found){0};
	if (!next_place(leaf, &at)) return false;
	for (bool first = true; at < leaf->end; first = false) {
		Entry e;
		if (!read_word(leaf, at, first, &e) || !next_place(leaf, &at)) return false;
		if (e.keep < same) return true;
		if (e.keep > same) continue;
		size_t common = equal_bytes(key.p + same, e.p, size_min(key.n - same, (size_t)e.bytes));
		same += common;
		if (common == e.bytes && same == key.n) {
			size_t from = (size_t)(e.p + e.bytes - leaf->p);
			*ret = (Found){.from = from, .to = at, .here = true, .more = at == leaf->end};
			return from <= at;
		}
		if (common < e.bytes && (same == key.n || e.p[common] > (unsigned char)key.p[same])) return true;
	}
	return true;
}

FtsBytes fts_bytes(Arena *a, size_t pages_bytes)
{
	size_t cap = pages_bytes + SIZE_SHORT_MAX;
	return (FtsBytes){.p = arena_try_alloc_raw(a, cap, 1), .cap = cap};
}

static bool append(FtsBytes *b, const Leaf *leaf, size_t from, size_t to)
{
	if (to < from || to - from > b->cap - b->n) return false;
	memcpy(b->p + b->n, leaf->p + from, to - from);
	b->n += to - from;
	return true;
}

typedef struct Gather {
	FtsBytes *bytes;
	uint32_t *whole; // places in the bytes where a row id stands whole
	size_t whole_n;
	bool more; // the list may go on
} Gather;

static bool begin_list(Gather *g, Str word, Str page)
{
	char key[128];
	Leaf leaf;
	Found f;
	if (word.n >= sizeof key || !read_leaf(page, &leaf)) return false;
	key[0] = WORDS_PREFIX;
	if (word.n) memcpy(key + 1, word.p, word.n);
	if (!find_word(&leaf, (Str){key, word.n + 1}, &f)) return false;
	g->more = f.more;
	if (!f.here) return true;
	g->whole[g->whole_n++] = (uint32_t)g->bytes->n;
	return append(g->bytes, &leaf, f.from, f.to);
}

// The first row of the list may stand on the page behind its word: its place is then known already.
static bool go_on(Gather *g, Str page)
{
	Leaf leaf;
	size_t to = 0;
	if (!read_leaf(page, &leaf) || !next_place(&leaf, &to) || to < HEADER_BYTES || leaf.first_row > to) return false;
	g->more = to == leaf.end;
	if (leaf.first_row) {
		uint32_t at = (uint32_t)(g->bytes->n + leaf.first_row - HEADER_BYTES);
		if (at != g->whole[g->whole_n - 1]) g->whole[g->whole_n++] = at;
	}
	return append(g->bytes, &leaf, HEADER_BYTES, to);
}

typedef struct Run { // of entries of one list on one page
	const FtsBytes *bytes;
	Reader left;
	FtsEntry *to;
	uint64_t doc;        // the last one read
	bool deleted, twice; // twice: a difference was 0
} Run;

static bool read_entry(Reader *r, uint64_t *more, const unsigned char **at, uint64_t *size)
{
	if (!read_up_to(r, UINT32_MAX, more)) return false;
	*at = r->p;
	return read_varint(r, size) && *size / 2 <= (uint64_t)(r->end - r->p);
}

// Reads entries up to `end`, the first with its row id whole. Most have one byte for the difference, and one for the size.
static bool decode_run(Run *run, const unsigned char *end)
{
	Reader r = run->left;
	const unsigned char *at;
	uint64_t more, size, doc = 0;
	if (!read_entry(&r, &more, &at, &size) || more <= run->doc) return false;
	FtsEntry *e = run->to;
	bool deleted = false, twice = false;
	for (;;) {
		doc += more;
		*e++ = (FtsEntry){(uint32_t)doc, (uint32_t)(at - run->bytes->p)};
		deleted |= size <= 1;
		twice |= !more;
		r.p += size / 2;
		if (r.p >= end) break;
		at = r.p + 1;
		if (end - r.p > 1 && *r.p < 0x80 && *at < 0x80) {
			more = *r.p;
			size = *at;
			r.p += 2;
		} else if (!read_entry(&r, &more, &at, &size)) return false;
	}
	*run = (Run){run->bytes, r, e, doc, run->deleted || deleted, run->twice || twice};
	return r.p == end && doc <= UINT32_MAX;
}

// Appends the entries of the bytes from `from` on; what stands whole is where the list began on a page.
static bool decode(const FtsBytes *b, size_t from, const uint32_t *whole, size_t whole_n, FtsList *list)
{
	Run run = {.bytes = b, .left = {b->p + from, b->p + b->n}, .to = list->v + list->n};
	if (whole[0] != from) return false;
	for (size_t i = 1; i <= whole_n; i++)
		if (!decode_run(&run, i < whole_n ? b->p + whole[i] : run.left.end)) return false;
	list->deleted |= run.deleted;
	list->n = (size_t)(run.to - list->v);
	return !run.twice;
}

static bool make_room(Arena *a, FtsList *list, size_t more)
{
	if (list->n + more <= list->cap) return true;
	size_t cap = list->n + more + 1;
	FtsEntry *v = arena_try_alloc_raw(a, cap * sizeof *v, _Alignof(FtsEntry));
	if (!v) return false;
	if (list->n) memcpy(v, list->v, list->n * sizeof *v);
	list->v = v;
	list->cap = cap;
	return true;
}

// The entries from `newer` on are a younger segment's: theirs win. Mostly all their rows are younger too.
static bool merge(Arena *a, FtsList *list, size_t newer)
{
	const FtsEntry *v = list->v;
	if (!newer || newer == list->n || v[newer - 1].doc < v[newer].doc) return true;
	FtsEntry *out = arena_try_alloc_raw(a, list->n * sizeof *out, _Alignof(FtsEntry));
	if (!out) return false;
	size_t n = 0, i = 0, k = newer;
	while (i < newer && k < list->n) {
		if (v[i].doc < v[k].doc) {
			out[n++] = v[i++];
			continue;
		}
		i += v[i].doc == v[k].doc;
		out[n++] = v[k++];
	}
	while (i < newer) out[n++] = v[i++];
	while (k < list->n) out[n++] = v[k++];
	list->v = out;
	list->cap = list->n;
	list->n = n;
	return true;
}

bool fts_list_add(Arena *a, Str word, const Str *pages, size_t pages_n, bool last, FtsBytes *bytes, FtsList *list)
{
	size_t from = bytes->n, before = list->n;
	Gather g = {.bytes = bytes, .whole = arena_try_alloc_raw(a, (pages_n + 1) * sizeof(uint32_t), _Alignof(uint32_t))};
	if (!g.whole || !pages_n || !begin_list(&g, word, pages[0])) return false;
	for (size_t i = 1; g.more && i < pages_n; i++)
		if (!go_on(&g, pages[i])) return false;
	if (g.more && !last) return false;
	if (bytes->n == from) return true;
	if (!make_room(a, list, (bytes->n - from) / 2 + 1)) return false; // an entry has two bytes, a broken one less
	return decode(bytes, from, g.whole, g.whole_n, list) && merge(a, list, before);
}

// An entry was read before, so its size and positions lie within the bytes.
static Reader positions(const FtsBytes *bytes, FtsEntry e)
{
	Reader r = {bytes->p + e.at, bytes->p + bytes->n};
	uint64_t size = 0;
	(void)read_varint(&r, &size);
	r.end = r.p + size / 2;
	return r;
}

void fts_list_finish(const FtsBytes *bytes, FtsList *list)
{
	size_t n = 0;
	if (!list->deleted) return;
	for (size_t i = 0; i < list->n; i++)
		if (bytes->p[list->v[i].at] > 1) list->v[n++] = list->v[i];
	list->n = n;
}

// Positions are differences plus two; a one is followed by the number of the column that the next ones are in.
void fts_entry_count(const FtsBytes *bytes, FtsEntry e, uint32_t ret_counts[2])
{
	Reader r = positions(bytes, e);
	uint64_t v, column = 0;
	ret_counts[0] = ret_counts[1] = 0;
	while (r.p < r.end && read_varint(&r, &v)) {
		if (v == 1) {
			if (!read_varint(&r, &column)) return;
		} else if (column < 2) ret_counts[column]++;
	}
}

// How many of the first n entries are of rows up to this one.
static inline size_t up_to(const FtsEntry *v, size_t n, uint32_t doc)
{
	while (n >= STRIDE && v[n - STRIDE].doc > doc) n -= STRIDE;
	while (n && v[n - 1].doc > doc) n--;
	return n;
}

size_t fts_lists_meet(const FtsList *lists, size_t lists_n, FtsEntry *ret_at, size_t max)
{
	size_t left[FTS_LISTS_MAX], found = 0, shortest = 0;
	if (!lists_n || lists_n > FTS_LISTS_MAX) return 0;
	for (size_t l = 0; l < lists_n; l++) {
		left[l] = lists[l].n;
		if (lists[l].n < lists[shortest].n) shortest = l;
	}
	for (size_t i = lists[shortest].n; i-- > 0 && found < max;) {
		uint32_t doc = lists[shortest].v[i].doc;
		size_t in = 0;
		for (size_t l = 0; l < lists_n; l++, in++) {
			const FtsEntry *v = lists[l].v;
			left[l] = up_to(v, left[l], doc);
			if (!left[l]) return found;
			if (v[left[l] - 1].doc != doc) break;
			ret_at[found * lists_n + l] = v[left[l] - 1];
		}
		found += in == lists_n;
	}
	return found;
}
