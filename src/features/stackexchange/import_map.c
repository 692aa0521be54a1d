// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stackexchange/import_impl.h"

#include <stdlib.h>
#include <string.h>

#define MAP_START 1024

void se_map_init(SeMap *map, Arena *arena, size_t value_bytes)
{
	*map = (SeMap){.arena = arena, .value_bytes = value_bytes};
}

static int64_t value_source(const SeMap *map, size_t i)
{
	int64_t source;
	memcpy(&source, map->values + i * map->value_bytes, sizeof source);
	return source;
}

static size_t slot_of(const SeMap *map, int64_t source)
{
	size_t mask = map->cap * 2 - 1;
	size_t at = (size_t)(((uint64_t)source * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & mask;
	while (map->slots[at] && value_source(map, map->slots[at] - 1) != source) at = (at + 1) & mask;
	return at;
}

void *se_map_find(const SeMap *map, int64_t source)
{
	if (!map->cap) return NULL;
	uint32_t at = map->slots[slot_of(map, source)];
	return at ? map->values + (at - 1) * map->value_bytes : NULL;
}

static Status map_grow(Ctx *cx, SeMap *map)
{
	size_t cap = map->cap ? map->cap * 2 : MAP_START;
	char *values = cap > UINT32_MAX / 2 ? NULL : arena_try_alloc(map->arena, cap * map->value_bytes, _Alignof(int64_t));
	uint32_t *slots = values ? arena_try_alloc(map->arena, cap * 2 * sizeof *slots, _Alignof(uint32_t)) : NULL;
	if (!slots) return fail(cx, ST_TOO_LARGE, "the dump has too many rows to keep their ids in memory");
	if (map->values) memcpy(values, map->values, map->n * map->value_bytes);
	map->values = values;
	map->slots = slots;
	map->cap = cap;
	for (size_t i = 0; i < map->n; i++) map->slots[slot_of(map, value_source(map, i))] = (uint32_t)i + 1;
	return ST_OK;
}

Status se_map_put(Ctx *cx, SeMap *map, int64_t source, void **ret_value)
{
	*ret_value = se_map_find(map, source);
	if (*ret_value) return ST_OK;
	if (map->n == map->cap) TRY(map_grow(cx, map));
	BUG_IF(!map->values);
	char *value = map->values + map->n * map->value_bytes;
	memcpy(value, &source, sizeof source);
	map->slots[slot_of(map, source)] = (uint32_t)++map->n;
	*ret_value = value;
	return ST_OK;
}

Id se_person(const SeImport *im, int64_t source)
{
	const SePerson *p = source ? se_map_find(&im->people, source) : NULL;
	return p ? p->id : 0;
}

// The survey.

static void date_seen(SeImport *im, Time t) { im->as_of = i64_max(im->as_of, t); }

static Status twice(SeImport *im, const SeRow *row, int64_t id)
{
	return fail(im->cx, ST_INVALID, "%s: line %lld, byte %lld: Id %lld occurs twice", se_file_name(row->file),
				(long long)se_row_line(row), (long long)row->byte, (long long)id);
}

static Status survey_user(SeImport *im, const SeRow *row)
{
	size_t before = im->people.n;
	void *v;
	TRY(se_map_put(im->cx, &im->people, row->user.id, &v));
	if (im->people.n == before) return twice(im, row, row->user.id);
	SePerson *p = v;
	p->joined_at = row->user.created_at;
	date_seen(im, row->user.seen_at);
	return ST_OK;
}

static Status survey_post(SeImport *im, const SeRow *row)
{
	const SePost *post = &row->post;
	size_t before = im->posts.n;
	void *v;
	TRY(se_map_put(im->cx, &im->posts, post->id, &v));
	if (im->posts.n == before) return twice(im, row, post->id);
	SePlace *place = v;
	place->created_at = post->created_at;
	place->type = (uint8_t)i64_min(i64_max(post->type, 0), UINT8_MAX);
	if (post->type == SE_ANSWER) place->parent = post->parent_id;
	if (post->type == SE_QUESTION) place->accepted = post->accepted_answer_id;
	date_seen(im, post->created_at);
	return ST_OK;
}

static Status on_survey(void *arg, const SeRow *row)
{
	SeImport *im = arg;
	switch (row->file) {
	case SE_USERS: return survey_user(im, row);
	case SE_POSTS: return survey_post(im, row);
	case SE_COMMENTS: return date_seen(im, row->comment.created_at), ST_OK;
	case SE_VOTES: return date_seen(im, row->vote.day), ST_OK;
	case SE_BADGES: return date_seen(im, row->badge.at_ms), ST_OK;
	case SE_LINKS: return date_seen(im, row->link.created_at), ST_OK;
	case SE_TAGS:
	case SE_FILES_N: break;
	}
	return ST_OK;
}

static int by_topic_and_time(const void *a, const void *b)
{
	const SePlace *x = *(const SePlace *const *)a, *y = *(const SePlace *const *)b;
	if (x->parent != y->parent) return x->parent < y->parent ? -1 : 1;
	if (x->created_at != y->created_at) return x->created_at < y->created_at ? -1 : 1;
	return x->source < y->source ? -1 : x->source > y->source;
}

static Status number_answers(SeImport *im)
{
	SePlace *all = (SePlace *)(void *)im->posts.values, **sorted;
	size_t n = 0;
	AUTO(Arena) arena = arena_new((im->posts.n + 1) * sizeof(SePlace *) + ARENA_BLOCK_BYTES * 2);
	sorted = ARENA_NEW(arena, SePlace *, im->posts.n + 1);
	for (size_t i = 0; i < im->posts.n; i++)
		if (all[i].type == SE_ANSWER) sorted[n++] = &all[i];
	qsort(sorted, n, sizeof(SePlace *), by_topic_and_time);
	for (size_t i = 0; i < n; i++) {
		bool first = i == 0 || sorted[i]->parent != sorted[i - 1]->parent;
		sorted[i]->number = first ? 1 : sorted[i - 1]->number + 1;
		SePlace *question = se_place(im, sorted[i]->parent);
		if (question) question->number = sorted[i]->number;
	}
	return ST_OK;
}

Status se_survey(SeImport *im)
{
	for (SeFile file = 0; file < SE_FILES_N; file++) {
		TRY(se_dump_read(im->cx, im->dump, file, on_survey, im));
		im->rows_total += se_dump_rows(im->dump, file);
	}
	return number_answers(im);
}

// What an earlier run left.

static Status differs(SeImport *im, const char *what, Str origin)
{
	return fail(im->cx, ST_CONFLICT,
				"%s %.*s was imported from another source before: one Stack Exchange site to a site", what,
				STR(origin));
}

static Status on_old_member(void *arg, const void *row)
{
	SeImport *im = arg;
	const SeMemberListRow *old = row;
	int64_t source;
	void *v;
	if (!str_int(old->origin_id, INT64_MIN, INT64_MAX, &source)) return ST_OK;
	TRY(se_map_put(im->cx, &im->people, source, &v));
	SePerson *p = v;
	if (p->joined_at && p->joined_at != old->joined_at) return differs(im, "user", old->origin_id);
	p->id = old->id;
	return ST_OK;
}

static Status on_old_post(void *arg, const void *row)
{
	SeImport *im = arg;
	const SePostListRow *old = row;
	int64_t source;
	if (!str_int(old->origin_id, INT64_MIN, INT64_MAX, &source)) return ST_OK;
	SePlace *p = se_place(im, source);
	if (!p) return ST_OK;
	if (p->created_at != old->created_at) return differs(im, "post", old->origin_id);
	p->id = old->id;
	p->topic_id = old->topic_id;
	p->author_id = old->author_id;
	p->old = true;
	return ST_OK;
}

Status se_survey_old(SeImport *im)
{
	AUTO(Db) db = NULL;
	TRY(db_begin(im->cx, im->store, &db));
	TRY(se_member_list(im->cx, db, on_old_member, im));
	return se_post_list(im->cx, db, on_old_post, im);
}
