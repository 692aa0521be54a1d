// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/leaf.h"

#include <string.h>

#include "base/bytes8.h"

#define TABLE_LEAF 13
#define HEAD_BYTES 8
#define PAGE_BYTES_MIN 512
#define PAGE_BYTES_MAX 65536
#define RESERVED_MAX 255 // bytes at a page's end that SQLite may keep free
#define TYPE_REAL 7
#define TYPE_ONE 9
#define TYPE_BYTES 12 // blobs and texts from here on

bool leaf_reader_init(LeafReader *r, const int *columns, size_t n, int alias)
{
	*r = (LeafReader){.n = n, .alias = -1};
	if (!n || n > LEAF_COLUMNS_MAX) return false;
	for (size_t i = 0; i < n; i++) {
		if (columns[i] < 0 || columns[i] >= LEAF_HEAD_BYTES || (i && columns[i] <= columns[i - 1])) return false;
		r->at[i] = (uint8_t)columns[i];
		if (columns[i] == alias) r->alias = (int)i;
	}
	return true;
}

bool leaf_open(const unsigned char *page, size_t bytes, Leaf *ret)
{
	if (!page || bytes < PAGE_BYTES_MIN || bytes > PAGE_BYTES_MAX || page[0] != TABLE_LEAF) return false;
	size_t usable = bytes - RESERVED_MAX, local = (usable - 12) * 32 / 255 - 23;
	*ret = (Leaf){page, bytes, (size_t)page[3] << 8 | page[4], local};
	return ret->cells && HEAD_BYTES + 2 * ret->cells <= bytes;
}

// Seven bits a byte, and eight of a ninth. False: past the end.
static bool long_number_get(const unsigned char **p, const unsigned char *end, uint64_t *ret)
{
	uint64_t v = 0;
	for (int i = 0; i < 9 && *p < end; i++) {
		unsigned char byte = *(*p)++;
		v = i == 8 ? v << 8 | byte : v << 7 | (byte & 127);
		if (i == 8 || byte < 128) return *ret = v, true;
	}
	return false;
}

// Nine bytes of which all but the last say that more come, as ids have it, and one byte, without a step for each.
static inline bool number_get(const unsigned char **p, const unsigned char *end, uint64_t *ret)
{
	uint64_t v;
	if (end - *p <= 8) return long_number_get(p, end, ret);
	if (**p < 128) return *ret = *(*p)++, true;
	memcpy(&v, *p, sizeof v);
	if (~v & BYTES8_HIGH) return long_number_get(p, end, ret);
	v = __builtin_bswap64(v) & ~BYTES8_HIGH;
	v = (v & UINT64_C(0x007f007f007f007f)) | (v & UINT64_C(0x7f007f007f007f00)) >> 1;
	v = (v & UINT64_C(0x00003fff00003fff)) | (v & UINT64_C(0x3fff00003fff0000)) >> 2;
	*ret = ((v >> 32 << 28) | (v & 0xfffffff)) << 8 | (*p)[8];
	*p += 9;
	return true;
}

typedef struct Record {
	const unsigned char *types, *values; // the values are behind the types
	size_t bytes;                        // of values
} Record;

static inline bool record_open(const Leaf *l, size_t cell, int64_t *ret_row_id, Record *ret)
{
	const unsigned char *place = l->page + HEAD_BYTES + 2 * cell, *end = l->page + l->bytes,
						*p = l->page + ((size_t)place[0] << 8 | place[1]);
	uint64_t bytes, row_id, head;
	if (p <= place || !number_get(&p, end, &bytes) || !number_get(&p, end, &row_id)) return false;
	bytes = size_min(bytes, l->local);
	if (!bytes || bytes > (size_t)(end - p)) return false;
	head = *p;
	if (!head || head >= 128 || head > bytes) return false;
	*ret = (Record){p + 1, p + head, bytes - head};
	*ret_row_id = (int64_t)row_id;
	return true;
}

static size_t type_bytes(uint64_t type)
{
	static const uint8_t BYTES[TYPE_BYTES] = {0, 1, 2, 3, 4, 6, 8, 8};
	return type < TYPE_BYTES ? BYTES[type] : (size_t)(type - TYPE_BYTES) / 2;
}

// False: something wanted is no whole number, or is not there.
static bool shape_make(LeafShape *s, const LeafReader *r, const Record *record, const uint64_t head[2])
{
	const unsigned char *p = record->types;
	size_t end = 0, i = 0;
	*s = (LeafShape){.head = {head[0], head[1]}};
	for (unsigned column = 0; i < r->n; column++) {
		uint64_t type;
		if (!long_number_get(&p, record->values, &type) || type_bytes(type) > record->bytes - end) return false;
		size_t bytes = type_bytes(type);
		end += bytes;
		if (column != r->at[i]) continue;
		if (type > TYPE_ONE || type == TYPE_REAL) return false;
		s->v[i++] = (struct LeafValue){(uint16_t)end, (uint8_t)(bytes ? 64 - 8 * bytes : 0), type == TYPE_ONE,
									   bytes ? -1 : 0};
	}
	size_t head_bytes = (size_t)(p - record->types);
	if (head_bytes > LEAF_HEAD_BYTES) return false;
	memset(s->mask, UINT8_MAX, head_bytes);
	s->head_bytes = head_bytes;
	s->bytes = end;
	return true;
}

static inline bool shape_fits(const LeafShape *s, const Record *record, const uint64_t head[2])
{
	uint64_t other = ((head[0] ^ s->head[0]) & s->mask[0]) | ((head[1] ^ s->head[1]) & s->mask[1]);
	return s->head_bytes && !other && s->head_bytes <= (size_t)(record->values - record->types) &&
		   s->bytes <= record->bytes;
}

bool leaf_row(LeafReader *r, const Leaf *l, size_t cell, int64_t *ret_row_id, int64_t *ret_row)
{
	Record record;
	uint64_t head[2] = {0};
	if (!record_open(l, cell, ret_row_id, &record)) return false;
	size_t left = (size_t)(l->page + l->bytes - record.types);
	if (left >= sizeof head) memcpy(head, record.types, sizeof head);
	else memcpy(head, record.types, left);
	LeafShape *s = &r->shapes[(head[0] ^ head[0] >> 32) * UINT64_C(0x9e3779b97f4a7c15) >> (64 - LEAF_SHAPES_BITS)];
	if (!shape_fits(s, &record, head) && !shape_make(s, r, &record, head)) return false;
	for (size_t i = 0; i < r->n; i++) { // big endian; a page has more than eight bytes before any value
		const struct LeafValue *v = &s->v[i];
		int64_t n;
		memcpy(&n, record.values + v->end - sizeof n, sizeof n);
		n = (int64_t)(__builtin_bswap64((uint64_t)n) << v->shift) >> v->shift;
		ret_row[i] = (n & v->mask) | v->one;
	}
	if (r->alias >= 0) ret_row[r->alias] = *ret_row_id;
	return true;
}
