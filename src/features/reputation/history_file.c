// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading a sealed history. Each fact: its time after that of the one before, its id after that of the one before, kind, who did it, whom
// it concerns (0 nobody, 1 the author, else the number and 1), what it was done to (0 nothing known; twice a topic's
// number; twice a post's or comment's, and 1), value. The first of a block counts from 0, so that blocks are read apart.
#include "history.h"

#include "base/pieces.h"
#include "base/varint.h"
#include "core/cells_mark.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define AHEAD ((size_t)16) // facts whose places memory brings meanwhile

static bool mark_fits(const RepHistory *h)
{
	unsigned char mark[CELLS_MARK_BYTES];
	CellsMark m = cells_mark_init();
	for (size_t s = 0; s < SECTIONS_N; s++) {
		uint64_t at = h->head->section[s].offset, n = h->head->section[s].bytes;
		if (at % 8 || at > h->bytes || n > h->bytes - at) return false;
		cells_mark_update(&m, h->p + at, n);
	}
	cells_mark_update(&m, h->head, offsetof(RepHistoryHeader, mark));
	cells_mark_final(&m, mark);
	return memcmp(mark, h->head->mark, sizeof mark) == 0;
}

const void *rep_history_section(const RepHistory *h, RepSection s, size_t size, size_t *ret_n)
{
	*ret_n = h->head->section[s].bytes / size;
	return h->p + h->head->section[s].offset;
}

static bool frame_fits(RepHistory *h)
{
	if (h->bytes < sizeof *h->head) return false;
	h->head = (const RepHistoryHeader *)(const void *)h->p;
	if (memcmp(h->head->magic, REP_HISTORY_MAGIC, sizeof h->head->magic) != 0 || h->head->bytes != h->bytes)
		return false;
	if (!mark_fits(h)) return false;
	size_t n;
	uint64_t facts = 0;
	const RepBlock *b = rep_history_section(h, SECTION_BLOCKS, sizeof *b, &n);
	for (size_t i = 0; i < n; i++) {
		if (b[i].offset > h->bytes || b[i].bytes > h->bytes - b[i].offset) return false;
		if (b[i].facts > REP_BLOCK || (i + 1 < n && b[i].facts != REP_BLOCK)) return false;
		facts += b[i].facts;
	}
	return facts == h->head->facts_n && facts < REP_FACTS_MAX;
}

Status rep_history_open(Ctx *cx, Str path, RepHistory **ret_history)
{
	int fd = open(str_z(cx->arena, path), O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *p = MAP_FAILED;
	if (fd < 0) return fail(cx, ST_NOT_FOUND, "there is no sealed history");
	if (fstat(fd, &st) == 0 && st.st_size > 0) p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED) return fail(cx, ST_NOT_FOUND, "%.*s cannot be read", STR(path));
	RepHistory *h = ARENA_NEW(cx->arena, RepHistory, 1);
	*h = (RepHistory){.p = p, .bytes = (size_t)st.st_size};
	if (frame_fits(h)) {
		*ret_history = h;
		return ST_OK;
	}
	rep_history_close(h);
	return fail(cx, ST_NOT_FOUND, "%.*s is not a sealed history, or damaged", STR(path));
}

void rep_history_close(RepHistory *h)
{
	union {
		const void *in;
		void *out;
	} p = {.in = h->p};
	munmap(p.out, h->bytes);
}

// A section behind one empty place, for what counts from 1, with room for more.
static void *copy(Ctx *cx, const RepHistory *h, RepSection s, size_t size, size_t more, size_t *ret_n)
{
	const void *p = rep_history_section(h, s, size, ret_n);
	unsigned char *v = arena_try_alloc_raw(cx->arena, (*ret_n + more + 1) * size, 16);
	if (!v) return NULL;
	memset(v, 0, size);
	memcpy(v + size, p, *ret_n * size);
	return v;
}

static Status too_large(Ctx *cx) { return fail(cx, ST_TOO_LARGE, "the sealed history does not fit in memory"); }

static Status take_areas(Ctx *cx, const RepHistory *h, RepLog *log)
{
	size_t areas, bytes, sets, keys;
	const uint32_t *ends = rep_history_section(h, SECTION_AREA_ENDS, sizeof *ends, &areas);
	const char *names = rep_history_section(h, SECTION_AREA_NAMES, 1, &bytes);
	const uint32_t *v = rep_history_section(h, SECTION_SETS, sizeof *v, &sets);
	const RepSetKey *key = rep_history_section(h, SECTION_SET_KEYS, sizeof *key, &keys);
	log->areas = arena_try_alloc(cx->arena, (areas + 1) * sizeof *log->areas, _Alignof(RepArea));
	log->sets = arena_try_alloc(cx->arena, (sets + 1) * sizeof *log->sets, sizeof *log->sets);
	if (!log->areas || !log->sets) return too_large(cx);
	log->areas_n = areas;
	log->areas_cap = areas + 1;
	for (size_t i = 1, at = 0; i <= areas; at = ends[i - 1], i++) {
		if (ends[i - 1] > bytes || ends[i - 1] < at + 1) return fail(cx, ST_NOT_FOUND, "the areas are damaged");
		bool space = names[at] == '/';
		uint32_t n;
		log->areas[i] = (RepArea){str_copy(cx->arena, (Str){names + at + 1, ends[i - 1] - at - 1}), space};
		TRY(idmap_number(cx, &log->area_of, rep_area_key(log->areas[i].name, space), &n));
	}
	memcpy(log->sets, v, sets * sizeof *v);
	log->sets_cap = sets + 1;
	log->sets_n = size_max(sets, 1);
	for (size_t i = 0; i < keys; i++) {
		uint32_t *at = idmap_at(&log->set_of, key[i].key);
		if (!at) return too_large(cx);
		*at = (uint32_t)key[i].set;
	}
	return ST_OK;
}

Status rep_history_places(Ctx *cx, const RepHistory *h, RepLog *log, size_t more, struct RepPlaces *ret)
{
	size_t places, threads;
	*ret = (struct RepPlaces){.sealed = h->head->cursor, .sealed_n = h->head->facts_n};
	ret->place_ids = copy(cx, h, SECTION_PLACE_IDS, sizeof(Id), more, &places);
	ret->place = copy(cx, h, SECTION_PLACES, sizeof(RepPlace), more, &ret->places_n);
	ret->thread_ids = copy(cx, h, SECTION_THREAD_IDS, sizeof(Id), more, &threads);
	ret->thread = copy(cx, h, SECTION_THREADS, sizeof(RepThread), more, &ret->threads_n);
	if (!ret->place_ids || !ret->place || !ret->thread_ids || !ret->thread) return too_large(cx);
	ret->places_cap = ret->places_n + more + 1;
	ret->threads_cap = ret->threads_n + more + 1;
	return take_areas(cx, h, log);
}

// --- facts --------------------------------------------------------------------------------------------------------------

typedef struct Reading {
	const RepHistory *h;
	const struct RepPlaces *places;
	const uint32_t *members;
	const IdMap *series;
	const RepBlock *blocks;
	RepFact *facts;
} Reading;

static uint32_t member_of(const Reading *r, uint64_t n) { return r->members ? r->members[n] : (uint32_t)n; }

#define OWNER UINT32_MAX // until it is known who that is
static void take(const Reading *r, const unsigned char **p, const unsigned char *end, const RepFact *before, RepFact *f)
{
	*f = (RepFact){.at_ms = before->at_ms + zigzag_get(p, end), .id = before->id + zigzag_get(p, end)};
	f->kind = (uint8_t)varint_get(p, end);
	f->actor = member_of(r, varint_get(p, end));
	uint64_t subject = varint_get(p, end), what = varint_get(p, end);
	f->subject = subject == 1 ? OWNER : subject ? member_of(r, subject - 1) : 0;
	f->value = (int32_t)zigzag_get(p, end);
	if (what & 1) {
		f->object = (uint32_t)(what >> 1);
		__builtin_prefetch(&r->places->place[f->object]);
	} else f->thread = (uint32_t)(what >> 1);
}

static void find_place(const Reading *r, RepFact *f)
{
	const RepPlace *place = &r->places->place[f->object]; // of none: nothing
	if (f->object) f->thread = place->thread;
	f->flags = (uint16_t)place->flags;
	if (f->subject == OWNER) f->subject = place->owner;
	rep_fact_owned(f, place->owner);
	if (r->series->n && idmap_find(r->series, f->id)) f->flags |= REP_SERIES;
	__builtin_prefetch(&r->places->thread[f->thread]);
}

static void find_thread(const Reading *r, RepFact *f)
{
	f->asker = r->places->thread[f->thread].asker;
	f->areas = r->places->thread[f->thread].areas;
}

static uint64_t mark_of(const unsigned char *p, size_t n)
{
	uint64_t mark[CELLS_MARK_BYTES / 8];
	CellsMark m = cells_mark_init();
	cells_mark_update(&m, p, n);
	cells_mark_final(&m, (unsigned char *)mark);
	return mark[0] ^ mark[1] ^ mark[2] ^ mark[3];
}

static Status read_block(void *arg, UNUSED size_t worker, size_t piece)
{
	const Reading *r = arg;
	const RepBlock *b = &r->blocks[piece];
	const unsigned char *p = r->h->p + b->offset, *end = p + b->bytes;
	RepFact *f = r->facts + piece * REP_BLOCK, none = {0};
	if (mark_of(p, b->bytes) != b->mark) return ST_NOT_FOUND;
	for (size_t i = 0; i < b->facts + 2 * AHEAD; i++) {
		if (i < b->facts) take(r, &p, end, i ? &f[i - 1] : &none, &f[i]);
		if (i >= AHEAD && i - AHEAD < b->facts) find_place(r, &f[i - AHEAD]);
		if (i >= 2 * AHEAD) find_thread(r, &f[i - 2 * AHEAD]);
	}
	return ST_OK;
}

Status rep_history_facts(Ctx *cx, const RepHistory *h, const struct RepPlaces *places, const uint32_t *members,
						 size_t more, RepLog *log)
{
	size_t blocks;
	Reading r = {.h = h, .places = places, .members = members, .series = &log->series};
	r.blocks = rep_history_section(h, SECTION_BLOCKS, sizeof *r.blocks, &blocks);
	size_t cap = h->head->facts_n + more + 1;
	r.facts = arena_try_alloc_raw(cx->arena, cap * sizeof *r.facts, _Alignof(RepFact));
	if (!r.facts) return too_large(cx);
	Status st = pieces_run(&(Pieces){.n = blocks, .workers = pieces_workers(), .run = read_block, .arg = &r});
	if (st != ST_OK) return fail(cx, st, "the sealed history is damaged");
	log->facts = r.facts;
	log->facts_n = h->head->facts_n;
	log->facts_cap = cap;
	return ST_OK;
}
