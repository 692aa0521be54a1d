// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fill.h"

#include "community/community.h"
#include "community/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOPIC_PATHS 5000
#define PROFILE_PATHS 5000
#define SEARCH_PATHS 3000
#define LIST_PATHS 250 // pages of one list
#define HOME_TOPICS 20

typedef struct List {
	Str *v;
	size_t n, cap;
	Arena *arena;
} List;

static void list_add(List *l, Str s)
{
	if (l->n == l->cap) {
		Str *old = l->v;
		l->cap = l->cap ? l->cap * 2 : 1024;
		l->v = grab(l->cap, sizeof *l->v);
		if (l->n) memcpy(l->v, old, l->n * sizeof *l->v);
		free(old);
	}
	l->v[l->n++] = str_copy(l->arena, s);
}

static Status list_write(Ctx *cx, List *l, const char *dir, const char *name, uint64_t seed, size_t max)
{
	Rand r = {seed};
	for (size_t i = l->n; i > 1; i--) {
		size_t k = rand_below(&r, i);
		Str t = l->v[i - 1];
		l->v[i - 1] = l->v[k];
		l->v[k] = t;
	}
	Str path = str_format(cx->arena, "%s/%s.txt", dir, name);
	FILE *f = fopen(str_z(cx->arena, path), "w");
	if (!f) return fail(cx, ST_IO, "%.*s cannot be written", STR(path));
	size_t n = size_min(l->n, max);
	for (size_t i = 0; i < n; i++) fprintf(f, "%.*s\n", STR(l->v[i]));
	printf("paths %s %zu\n", name, n);
	free(l->v);
	l->v = NULL;
	l->n = l->cap = 0;
	return fclose(f) == 0 ? ST_OK : fail(cx, ST_IO, "%.*s cannot be written", STR(path));
}

static Status topic_paths(Ctx *cx, const char *dir, const Plan *p, const Made *m, uint64_t seed, List *l)
{
	for (size_t i = 0; i < p->topics_n; i++)
		if (i != p->hot) list_add(l, path_topic(cx->arena, m->topics[i], m->slugs[i]));
	TRY(list_write(cx, l, dir, "topic", seed, TOPIC_PATHS));
	Str hot = path_topic(cx->arena, m->topics[p->hot], m->slugs[p->hot]);
	list_add(l, hot);
	for (int from = TOPIC_PAGE_POSTS + 1; from < HOT_POSTS; from += TOPIC_PAGE_POSTS)
		list_add(l, str_format(cx->arena, "%.*s?from=%d", STR(hot), from));
	TRY(list_write(cx, l, dir, "hot", seed, SIZE_MAX));
	for (size_t i = 0; i < p->members_n; i++) list_add(l, str_format(cx->arena, "/m/%.*s", STR(m->handles[i])));
	return list_write(cx, l, dir, "profile", seed, PROFILE_PATHS);
}

static Str position_url(Ctx *cx, Str before, int64_t key, Id id)
{
	Buf b = buf_init(cx->arena, 96, 512);
	buf_str(&b, before);
	buf_position(&b, key, id);
	return buf_view(&b);
}

// `list` reads into rows from (key, id) on.
#define WALK(list, Rows, before, page, max, key_of)                                                                    \
	do {                                                                                                               \
		int64_t key = INT64_MAX;                                                                                       \
		Id id = INT64_MAX;                                                                                             \
		for (size_t pages = 0; pages < (max); pages++) {                                                               \
			Rows rows;                                                                                                 \
			TRY(list);                                                                                                 \
			if (rows.n <= (page)) break;                                                                               \
			key = rows.v[(page)-1].key_of;                                                                             \
			id = rows.v[(page)-1].id;                                                                                  \
			list_add(l, position_url(cx, (before), key, id));                                                          \
		}                                                                                                              \
	} while (0)

static Status space_lists(Ctx *cx, Db *db, Id space, Str slug, List *l)
{
	Str at = str_format(cx->arena, "/s/%.*s?after=", STR(slug)),
		show = str_format(cx->arena, "/s/%.*s?show=", STR(slug));
	list_add(l, str_format(cx->arena, "/s/%.*s", STR(slug)));
	WALK(topic_list_space_active(cx, db, &(TopicListSpaceActiveArgs){.space_id = space, .at = key, .id = id, .limit = LIST_PAGE_TOPICS + 1}, &rows),
		 TopicListSpaceActiveRows, at, LIST_PAGE_TOPICS, LIST_PATHS, bumped_at);
	WALK(topic_list_space_newest(cx, db, &(TopicListSpaceNewestArgs){.space_id = space, .at = key, .id = id, .limit = LIST_PAGE_TOPICS + 1}, &rows),
		 TopicListSpaceNewestRows, str_format(cx->arena, "%.*snewest&after=", STR(show)), LIST_PAGE_TOPICS, LIST_PATHS, created_at);
	WALK(topic_list_space_unanswered(cx, db, &(TopicListSpaceUnansweredArgs){.space_id = space, .at = key, .id = id, .limit = LIST_PAGE_TOPICS + 1}, &rows),
		 TopicListSpaceUnansweredRows, str_format(cx->arena, "%.*sunanswered&after=", STR(show)), LIST_PAGE_TOPICS, LIST_PATHS, created_at);
	WALK(topic_list_space_unsolved(cx, db, &(TopicListSpaceUnsolvedArgs){.space_id = space, .at = key, .id = id, .limit = LIST_PAGE_TOPICS + 1}, &rows),
		 TopicListSpaceUnsolvedRows, str_format(cx->arena, "%.*sunsolved&after=", STR(show)), LIST_PAGE_TOPICS, LIST_PATHS, bumped_at);
	WALK(topics_by_kudos(cx, db, space, (ListPlace){key, id}, LIST_PAGE_TOPICS + 1, &rows), TopicListSpaceKudosRows,
		 str_format(cx->arena, "%.*skudos&after=", STR(show)), LIST_PAGE_TOPICS, LIST_PATHS, score);
	return ST_OK;
}

static Status list_paths(Ctx *cx, Store *store, const char *dir, const Made *m, uint64_t seed, List *l)
{
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	for (size_t i = 0; i < SPACES; i++) TRY(space_lists(cx, db, m->spaces[i], str_from(SPACE_SLUGS[i]), l));
	TRY(list_write(cx, l, dir, "space", seed, SIZE_MAX));
	list_add(l, S("/"));
	WALK(topic_list_active(cx, db, &(TopicListActiveArgs){.at = key, .id = id, .limit = HOME_TOPICS + 1}, &rows),
		 TopicListActiveRows, S("/?after="), HOME_TOPICS, 5000, bumped_at);
	TRY(list_write(cx, l, dir, "home", seed, SIZE_MAX));
	list_add(l, S("/members"));
	WALK(members_by_reputation(cx, db, key, id, BOARD_PAGE_MEMBERS + 1, &rows), MemberListBoardRows, S("/members?after="), BOARD_PAGE_MEMBERS,
		 5000, reputation);
	return list_write(cx, l, dir, "members", seed, SIZE_MAX);
}

static Status search_paths(Ctx *cx, const char *dir, const Words *w, uint64_t seed, List *l)
{
	for (size_t i = 0; i < VOCABULARY; i++)
		if (w->posts[i] >= 200 && w->posts[i] <= 600)
			list_add(l, str_format(cx->arena, "/search?q=%.*s", STR(w->v[i])));
	TRY(list_write(cx, l, dir, "search-mid", seed, SEARCH_PATHS));
	for (size_t i = 0; i < FREQUENT; i++)
		for (size_t k = 0; k < i; k++)
			if (w->pairs[i][k] >= 500 && w->pairs[i][k] <= 2000)
				list_add(l, str_format(cx->arena, "/search?q=%.*s+%.*s", STR(w->v[k]), STR(w->v[i])));
	return list_write(cx, l, dir, "search-common", seed, SEARCH_PATHS);
}

Status paths_write(Ctx *cx, Store *store, const char *dir, const Plan *p, const Made *m, const Words *w, uint64_t seed)
{
	List l = {.arena = arena_new((size_t)1 << 30)};
	TRY(topic_paths(cx, dir, p, m, seed, &l));
	TRY(list_paths(cx, store, dir, m, seed, &l));
	return search_paths(cx, dir, w, seed, &l);
}
