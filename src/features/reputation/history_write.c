// SPDX-License-Identifier: AGPL-3.0-or-later
// Writing a sealed history: beside the old one, durable, then in its place.
#include "history.h"

#include "base/varint.h"
#include "core/cells_mark.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FACT_MAX_BYTES ((size_t)7 * VARINT_MAX)
#define SEAL_PART 32 // anew when so manieth a part of it came since

typedef struct Order { // posts, comments and topics lie in the file by ascending id
	uint32_t *of;      // number in the log -> in the file; NULL: the same
	uint32_t *log_of;  // and back
	size_t n;
} Order;

typedef struct Writer {
	Ctx *cx;
	const RepLog *log;
	const struct RepPlaces *places;
	Order objects, threads;
	Id cursor;
	int fd;
	uint64_t at;
	unsigned char *block;
	RepBlock *blocks;
	size_t blocks_n;
	CellsMark mark; // of the sections
	RepHistoryHeader head;
} Writer;

typedef struct Numbered {
	Id id;
	uint32_t n;
} Numbered;

static int by_id(const void *a, const void *b)
{
	return id_order(&((const Numbered *)a)->id, &((const Numbered *)b)->id);
}

static Status too_large(Ctx *cx) { return fail(cx, ST_TOO_LARGE, "the history does not fit in memory to be sealed"); }

static Status order(Ctx *cx, const Id *ids, size_t n, Order *ret)
{
	size_t i = 2;
	while (i <= n && ids[i - 1] < ids[i]) i++;
	*ret = (Order){.n = n};
	if (i > n) return ST_OK;
	AUTO(Arena) a = arena_new(REP_WORK_BYTES);
	Numbered *v = arena_try_alloc_raw(a, n * sizeof *v, _Alignof(Numbered));
	ret->of = arena_try_alloc(cx->arena, (n + 1) * sizeof *ret->of, sizeof *ret->of);
	ret->log_of = arena_try_alloc(cx->arena, (n + 1) * sizeof *ret->log_of, sizeof *ret->log_of);
	if (!v || !ret->of || !ret->log_of) return too_large(cx);
	for (i = 0; i < n; i++) v[i] = (Numbered){ids[i + 1], (uint32_t)i + 1};
	qsort(v, n, sizeof *v, by_id);
	for (i = 0; i < n; i++) {
		ret->of[v[i].n] = (uint32_t)i + 1;
		ret->log_of[i + 1] = v[i].n;
	}
	return ST_OK;
}

static uint32_t to_file(const Order *o, uint32_t n) { return o->of ? o->of[n] : n; }
static uint32_t to_log(const Order *o, uint32_t n) { return o->log_of ? o->log_of[n] : n; }

static Status put(Writer *w, const void *bytes, size_t n)
{
	const char *p = bytes;
	for (size_t at = 0; at < n;) {
		ssize_t done = write(w->fd, p + at, n - at);
		if (done <= 0) return fail(w->cx, ST_IO, "the sealed history cannot be written");
		at += (size_t)done;
	}
	w->at += n;
	return ST_OK;
}

// --- facts --------------------------------------------------------------------------------------------------------------

static Status end_block(Writer *w, size_t bytes, size_t facts)
{
	uint64_t mark[CELLS_MARK_BYTES / 8];
	CellsMark m = cells_mark_init();
	cells_mark_update(&m, w->block, bytes);
	cells_mark_final(&m, (unsigned char *)mark);
	w->blocks[w->blocks_n++] = (RepBlock){w->at, bytes, facts, mark[0] ^ mark[1] ^ mark[2] ^ mark[3]};
	w->head.facts_n += facts;
	return put(w, w->block, bytes);
}

static size_t put_fact(const Writer *w, unsigned char *p, const RepFact *f, const RepFact *before)
{
	uint64_t what = f->object ? (uint64_t)to_file(&w->objects, f->object) << 1 | 1
							  : (uint64_t)to_file(&w->threads, f->thread) << 1;
	uint64_t subject = !f->subject ? 0 : f->subject == f->owner ? 1 : (uint64_t)f->subject + 1;
	size_t n = varint_put(p, zigzag(f->at_ms - before->at_ms));
	n += varint_put(p + n, zigzag(f->id - before->id));
	n += varint_put(p + n, f->kind);
	n += varint_put(p + n, f->actor);
	n += varint_put(p + n, subject);
	n += varint_put(p + n, what);
	return n + varint_put(p + n, zigzag(f->value));
}

static Status put_facts(Writer *w)
{
	const RepLog *log = w->log;
	const RepFact none = {0}, *before = &none;
	size_t bytes = 0, n = 0;
	for (size_t i = 0; i < log->facts_n; i++) {
		if (log->facts[i].id > w->cursor) continue;
		bytes += put_fact(w, w->block + bytes, &log->facts[i], before);
		before = &log->facts[i];
		if (++n < REP_BLOCK) continue;
		TRY(end_block(w, bytes, n));
		bytes = n = 0;
		before = &none;
	}
	return n ? end_block(w, bytes, n) : ST_OK;
}

// --- sections -----------------------------------------------------------------------------------------------------------

static Status put_section(Writer *w, RepSection s, const void *p, size_t bytes)
{
	static const char nothing[8] = {0};
	TRY(put(w, nothing, -w->at % 8));
	w->head.section[s].offset = w->at;
	w->head.section[s].bytes = bytes;
	cells_mark_update(&w->mark, p, bytes);
	return put(w, p, bytes);
}

static Status put_ids(Writer *w, RepSection s, const Order *o, const Id *ids)
{
	ArenaMark m = arena_mark(w->cx->arena);
	Id *v = arena_try_alloc_raw(w->cx->arena, (o->n + 1) * sizeof *v, sizeof *v);
	if (!v) return too_large(w->cx);
	for (size_t i = 1; i <= o->n; i++) v[i - 1] = ids[to_log(o, (uint32_t)i)];
	Status st = put_section(w, s, v, o->n * sizeof *v);
	arena_rewind(w->cx->arena, m);
	return st;
}

static Status put_places(Writer *w)
{
	RepPlace *v = arena_try_alloc_raw(w->cx->arena, (w->objects.n + 1) * sizeof *v, _Alignof(RepPlace));
	RepThread *t = arena_try_alloc_raw(w->cx->arena, (w->threads.n + 1) * sizeof *t, _Alignof(RepThread));
	if (!v || !t) return too_large(w->cx);
	for (size_t i = 1; i <= w->objects.n; i++) {
		const RepPlace *p = &w->places->place[to_log(&w->objects, (uint32_t)i)];
		v[i - 1] = (RepPlace){p->owner, to_file(&w->threads, p->thread), p->flags & ~(uint32_t)REP_DUPLICATE};
	}
	for (size_t i = 1; i <= w->threads.n; i++) {
		t[i - 1] = w->places->thread[to_log(&w->threads, (uint32_t)i)];
		t[i - 1].opening = to_file(&w->objects, t[i - 1].opening);
	}
	TRY(put_ids(w, SECTION_PLACE_IDS, &w->objects, w->places->place_ids));
	TRY(put_section(w, SECTION_PLACES, v, w->objects.n * sizeof *v));
	TRY(put_ids(w, SECTION_THREAD_IDS, &w->threads, w->places->thread_ids));
	return put_section(w, SECTION_THREADS, t, w->threads.n * sizeof *t);
}

static Status put_areas(Writer *w)
{
	const RepLog *log = w->log;
	Arena *a = w->cx->arena;
	RepSetKey *keys = ARENA_NEW(a, RepSetKey, log->set_of.n + 1);
	uint32_t *ends = ARENA_NEW(a, uint32_t, log->areas_n + 1);
	Buf names = buf_init(a, 4096, (size_t)1 << 31);
	for (size_t i = 0; i < log->set_of.n; i++) {
		keys[i].key = idmap_key(&log->set_of, (uint32_t)i + 1);
		keys[i].set = idmap_find(&log->set_of, keys[i].key);
	}
	for (size_t i = 1; i <= log->areas_n; i++) {
		buf_format(&names, "%c%.*s", log->areas[i].is_space ? '/' : '#', STR(log->areas[i].name));
		ends[i - 1] = (uint32_t)names.n;
	}
	if (names.overflow) return too_large(w->cx);
	TRY(put_section(w, SECTION_SETS, log->sets ? log->sets : ends, log->sets ? log->sets_n * sizeof *log->sets : 0));
	TRY(put_section(w, SECTION_SET_KEYS, keys, log->set_of.n * sizeof *keys));
	TRY(put_section(w, SECTION_AREA_ENDS, ends, log->areas_n * sizeof *ends));
	return put_section(w, SECTION_AREA_NAMES, buf_view(&names).p, names.n);
}

static Status put_members(Writer *w)
{
	Id *ids = arena_try_alloc_raw(w->cx->arena, (w->log->members_n + 1) * sizeof *ids, sizeof *ids);
	if (!ids) return too_large(w->cx);
	for (size_t m = 1; m <= w->log->members_n; m++) ids[m - 1] = w->log->members[m].id;
	return put_section(w, SECTION_MEMBERS, ids, w->log->members_n * sizeof *ids);
}

static Status put_all(Writer *w)
{
	TRY(order(w->cx, w->places->place_ids, w->places->places_n, &w->objects));
	TRY(order(w->cx, w->places->thread_ids, w->places->threads_n, &w->threads));
	w->mark = cells_mark_init();
	w->blocks = ARENA_NEW(w->cx->arena, RepBlock, w->log->facts_n / REP_BLOCK + 1);
	w->block = arena_alloc(w->cx->arena, REP_BLOCK * FACT_MAX_BYTES, 8);
	TRY(put(w, &w->head, sizeof w->head));
	TRY(put_facts(w));
	TRY(put_section(w, SECTION_BLOCKS, w->blocks, w->blocks_n * sizeof *w->blocks));
	TRY(put_members(w));
	TRY(put_places(w));
	TRY(put_areas(w));
	memcpy(w->head.magic, REP_HISTORY_MAGIC, sizeof w->head.magic);
	w->head.bytes = w->at;
	w->head.cursor = w->cursor;
	cells_mark_update(&w->mark, &w->head, offsetof(RepHistoryHeader, mark));
	cells_mark_final(&w->mark, w->head.mark);
	bool done = pwrite(w->fd, &w->head, sizeof w->head, 0) == sizeof w->head && fsync(w->fd) == 0;
	return done ? ST_OK : fail(w->cx, ST_IO, "the sealed history cannot be written");
}

// --- the file -----------------------------------------------------------------------------------------------------------

// Another process of the same site may be at it. Who has the lock on what is still the new file has it alone.
static bool is_ours(int fd, const char *path)
{
	struct stat mine, there;
	return flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &mine) == 0 && stat(path, &there) == 0 &&
		   mine.st_ino == there.st_ino;
}

Status rep_history_write(Ctx *cx, const RepLog *log, Id cursor, Str path)
{
	AUTO(Arena) a = arena_new(REP_WORK_BYTES);
	Ctx own = *cx;
	own.arena = a;
	Writer w = {.cx = &own, .log = log, .places = log->places, .cursor = cursor};
	const char *fresh = str_z(a, str_format(a, "%.*s.new", STR(path)));
	w.fd = open(fresh, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	if (w.fd < 0) return fail(cx, ST_IO, "%.*s cannot be written", STR(path));
	Status st = ST_OK;
	if (is_ours(w.fd, fresh)) {
		st = ftruncate(w.fd, 0) == 0 ? put_all(&w) : ST_IO;
		if (st == ST_OK && rename(fresh, str_z(a, path)) != 0) st = ST_IO;
		if (st != ST_OK) unlink(fresh);
	}
	close(w.fd);
	return st == ST_OK ? ST_OK : fail(cx, st, "%.*s", STR(own.fail_text));
}

Status rep_history_keep(Ctx *cx, const RepLog *log, size_t least)
{
	const struct RepPlaces *places = log->places;
	if (!places || !places->path.n) return ST_OK;
	size_t n = 0, enough = size_max(size_max(least, 1), places->sealed_n / SEAL_PART);
	if (log->facts_n < places->sealed_n + enough)
		return ST_OK; // as on most days: a long history is not walked for that
	Id settled = id_floor(cx->now_ms - REP_SETTLED_MS), newest = 0;
	for (size_t i = 0; i < log->facts_n; i++) {
		Id id = log->facts[i].id;
		if (id > settled || id <= places->sealed) continue;
		newest = i64_max(newest, id);
		n++;
	}
	return n >= enough ? rep_history_write(cx, log, newest, places->path) : ST_OK;
}
