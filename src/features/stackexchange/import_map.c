// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stackexchange/import_impl.h"

#include "base/pieces.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define MAP_START 1024
#define SURVEY_ARENA_BYTES ((size_t)1 << 20) // what a file's defect takes to tell

void se_map_init(SeMap *map, Arena *arena, size_t value_bytes)
{
	*map = (SeMap){.numbers = idmap_init(arena, MAP_START), .value_bytes = value_bytes};
}

static int64_t key_of(int64_t source) { return source ^ INT64_MIN; } // an IdMap has no key 0

void *se_map_find(const SeMap *map, int64_t source)
{
	uint32_t number = idmap_find(&map->numbers, key_of(source));
	return number ? map->values + (number - 1) * map->value_bytes : NULL;
}

Status se_map_put(Ctx *cx, SeMap *map, int64_t source, void **ret_value)
{
	uint32_t number;
	TRY(idmap_number(cx, &map->numbers, key_of(source), &number));
	if (!number) return fail(cx, ST_INVALID, "%lld is no Id", (long long)source), ST_INVALID;
	if (number > map->cap) {
		size_t cap = size_max(map->cap * 2, MAP_START);
		void *more = arena_grow(map->numbers.arena, map->values, map->cap * map->value_bytes, cap * map->value_bytes);
		if (!more) return fail(cx, ST_TOO_LARGE, "more rows than fit in memory with their ids"), ST_TOO_LARGE;
		map->values = more;
		map->cap = cap;
	}
	BUG_IF(!map->values);
	char *value = map->values + (number - 1) * map->value_bytes;
	if (number > map->n) memcpy(value, &source, sizeof source);
	map->n = size_max(map->n, number);
	*ret_value = value;
	return ST_OK;
}

Id se_person(const SeImport *im, int64_t source)
{
	const SePerson *p = source ? se_map_find(&im->people, source) : NULL;
	return p ? p->id : 0;
}

// The survey.

typedef struct Survey Survey;

typedef struct FileSurvey { // of one file, by one thread
	Survey *all;
	Ctx cx;
	Time as_of; // the latest date
	Status status;
} FileSurvey;

struct Survey {
	SeImport *im;
	FileSurvey of[SE_FILES_N];
	atomic_int defect; // the first file, in their order, that has one
};

static void date_seen(FileSurvey *s, Time t) { s->as_of = i64_max(s->as_of, t); }

static Status twice(FileSurvey *s, const SeRow *row, int64_t id)
{
	return fail(&s->cx, ST_INVALID, "%s: line %lld, byte %lld: Id %lld occurs twice", se_file_name(row->file),
				(long long)se_row_line(row), (long long)row->byte, (long long)id);
}

static Status survey_user(FileSurvey *s, const SeRow *row)
{
	SeMap *people = &s->all->im->people;
	size_t before = people->n;
	void *v;
	TRY(se_map_put(&s->cx, people, row->user.id, &v));
	if (people->n == before) return twice(s, row, row->user.id);
	SePerson *p = v;
	p->joined_at = row->user.created_at;
	date_seen(s, row->user.seen_at);
	return ST_OK;
}

static Status survey_post(FileSurvey *s, const SeRow *row)
{
	SeMap *posts = &s->all->im->posts;
	const SePost *post = &row->post;
	size_t before = posts->n;
	void *v;
	TRY(se_map_put(&s->cx, posts, post->id, &v));
	if (posts->n == before) return twice(s, row, post->id);
	SePlace *place = v;
	place->created_at = post->created_at;
	place->shared_at = post->community_owned_at;
	place->type = (uint8_t)i64_min(i64_max(post->type, 0), UINT8_MAX);
	if (post->type == SE_ANSWER) place->parent = post->parent_id;
	if (post->type == SE_QUESTION) place->accepted = post->accepted_answer_id;
	date_seen(s, post->created_at);
	return ST_OK;
}

static Status on_survey(void *arg, const SeRow *row)
{
	FileSurvey *s = arg;
	if (atomic_load_explicit(&s->all->defect, memory_order_relaxed) < (int)row->file)
		return ST_CONFLICT; // it is refused already, for what stands before
	switch (row->file) {
	case SE_USERS: return survey_user(s, row);
	case SE_POSTS: return survey_post(s, row);
	case SE_COMMENTS: return date_seen(s, row->comment.created_at), ST_OK;
	case SE_VOTES: return date_seen(s, row->vote.day), ST_OK;
	case SE_BADGES: return date_seen(s, row->badge.at_ms), ST_OK;
	case SE_LINKS: return date_seen(s, row->link.created_at), ST_OK;
	case SE_TAGS:
	case SE_FILES_N: break;
	}
	return ST_OK;
}

static Status survey_file(void *arg, UNUSED size_t worker, size_t piece)
{
	Survey *all = arg;
	static const SeFile ORDER[] = {SE_POSTS, SE_VOTES, SE_COMMENTS, SE_USERS, SE_BADGES, SE_LINKS, SE_TAGS}; // by size
	SeFile file = ORDER[piece];
	FileSurvey *s = &all->of[file];
	s->status = se_dump_read(&s->cx, all->im->dump, file, on_survey, s);
	int first = atomic_load(&all->defect);
	while (s->status != ST_OK && (int)file < first && !atomic_compare_exchange_weak(&all->defect, &first, (int)file)) {}
	return ST_OK; // which file is told of is not left to chance
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

static Status survey_result(SeImport *im, const Survey *all)
{
	for (SeFile f = 0; f < SE_FILES_N; f++) {
		const FileSurvey *s = &all->of[f];
		if (s->status != ST_OK) return fail(im->cx, s->status, "%.*s", STR(s->cx.fail_text));
		im->as_of = i64_max(im->as_of, s->as_of);
		im->rows_total += se_dump_rows(im->dump, f);
	}
	return number_answers(im);
}

Status se_survey(SeImport *im)
{
	Survey all = {.im = im, .defect = SE_FILES_N};
	for (SeFile f = 0; f < SE_FILES_N; f++) {
		all.of[f] = (FileSurvey){.all = &all, .cx = *im->cx};
		all.of[f].cx.arena = arena_new(SURVEY_ARENA_BYTES);
	}
	Status st = pieces_run(
		&(Pieces){.n = SE_FILES_N, .workers = size_min(pieces_workers(), SE_FILES_N), .run = survey_file, .arg = &all});
	if (st == ST_OK) st = survey_result(im, &all);
	for (SeFile f = 0; f < SE_FILES_N; f++) arena_free(all.of[f].cx.arena);
	return st;
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
	p->space_id = old->space_id;
	p->author_id = old->author_id;
	p->score = old->score;
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
