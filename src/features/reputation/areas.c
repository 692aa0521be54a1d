// SPDX-License-Identifier: AGPL-3.0-or-later
// Areas (tags and spaces) of a log, and the sets of them that facts have.
#include "reputation_impl.h"

#include <stdlib.h>

int64_t rep_area_key(Str name, bool is_space)
{
	uint64_t key = str_hash(name) * 2 + is_space;
	return (int64_t)(key ? key : 1);
}

Status rep_log_area(Ctx *cx, RepLog *log, Str name, bool is_space, uint32_t *ret_area)
{
	TRY(idmap_number(cx, &log->area_of, rep_area_key(name, is_space), ret_area));
	if (*ret_area <= log->areas_n) return ST_OK;
	void *p = log->areas;
	TRY(rep_grow(cx, log->arena, &p, &log->areas_cap, *ret_area, sizeof *log->areas));
	log->areas = p;
	log->areas[*ret_area] = (RepArea){str_copy(log->arena, name), is_space};
	log->areas_n = *ret_area;
	return ST_OK;
}

static Status set_add(Ctx *cx, RepLog *log, uint32_t v)
{
	void *p = log->sets;
	TRY(rep_grow(cx, log->arena, &p, &log->sets_cap, log->sets_n, sizeof *log->sets));
	log->sets = p;
	log->sets[log->sets_n++] = v;
	return ST_OK;
}

Status rep_log_set(Ctx *cx, RepLog *log, const uint32_t *areas, size_t n, uint32_t *ret_set)
{
	uint32_t at = (uint32_t)log->sets_n;
	if (n) TRY(set_add(cx, log, (uint32_t)n));
	for (size_t i = 0; i < n; i++) TRY(set_add(cx, log, areas[i]));
	*ret_set = n ? at : 0; // the set of none is 0
	return ST_OK;
}

static bool has_area(const uint32_t *areas, size_t n, uint32_t area)
{
	for (size_t i = 0; i < n; i++)
		if (areas[i] == area) return true;
	return false;
}

Status rep_log_areas(Ctx *cx, RepLog *log, Str tags, Str space, uint32_t *ret_set)
{
	uint64_t key = str_hash(tags) * 31 + str_hash(space);
	uint32_t *known = idmap_at(&log->set_of, (int64_t)(key ? key : 1)), areas[REP_AREAS_OF_FACT_MAX];
	if (!known) return fail(cx, ST_TOO_LARGE, "too many sets of areas");
	*ret_set = *known;
	if (*known) return ST_OK;
	size_t n = 0;
	for (Str word; tags.n && n < REP_AREAS_OF_FACT_MAX - 1;) {
		tags = str_cut(tags, ' ', &word);
		if (!word.n) continue;
		TRY(rep_log_area(cx, log, word, false, &areas[n]));
		n += !has_area(areas, n, areas[n]);
	}
	if (space.n) TRY(rep_log_area(cx, log, space, true, &areas[n++]));
	TRY(rep_log_set(cx, log, areas, n, ret_set));
	*known = *ret_set;
	return ST_OK;
}

typedef struct Named {
	RepArea area;
	uint32_t was;
} Named;

static int by_name(const void *a, const void *b)
{
	const RepArea *x = &((const Named *)a)->area, *y = &((const Named *)b)->area;
	return x->is_space != y->is_space ? x->is_space - y->is_space : str_cmp(x->name, y->name);
}

Status rep_log_order_areas(Ctx *cx, RepLog *log)
{
	const size_t n = log->areas_n;
	Named *v = ARENA_NEW(cx->arena, Named, n + 1);
	uint32_t *now = ARENA_NEW(cx->arena, uint32_t, n + 1);
	for (uint32_t i = 1; i <= n; i++) v[i - 1] = (Named){log->areas[i], i};
	if (n) qsort(v, n, sizeof *v, by_name);
	for (uint32_t i = 1; i <= n; i++) {
		log->areas[i] = v[i - 1].area;
		now[v[i - 1].was] = i;
		uint32_t *known = idmap_at(&log->area_of, rep_area_key(v[i - 1].area.name, v[i - 1].area.is_space));
		if (!known) return fail(cx, ST_TOO_LARGE, "too many areas");
		*known = i;
	}
	for (size_t at = 1; at < log->sets_n; at += log->sets[at] + 1)
		for (uint32_t i = 1; i <= log->sets[at]; i++) log->sets[at + i] = now[log->sets[at + i]];
	return ST_OK;
}

Status rep_log_keep_sets(Ctx *cx, RepLog *log, const bool *used, uint32_t *to)
{
	RepLog *kept = rep_log_new(log->arena);
	uint32_t *now = arena_try_alloc(log->arena, (log->areas_n + 1) * sizeof *now, sizeof *now); // 0: in no set so far
	if (!now) return fail(cx, ST_TOO_LARGE, "too many areas");
	for (uint32_t i = 1; i <= log->set_of.n; i++) {
		int64_t key = idmap_key(&log->set_of, i);
		uint32_t at = idmap_find(&log->set_of, key), *place;
		if (!used[at]) continue;
		to[at] = (uint32_t)kept->sets_n;
		if (!(place = idmap_at(&kept->set_of, key))) return fail(cx, ST_TOO_LARGE, "too many sets of areas");
		*place = to[at];
		TRY(set_add(cx, kept, log->sets[at]));
		for (uint32_t k = 1; k <= log->sets[at]; k++) {
			uint32_t was = log->sets[at + k];
			if (!now[was]) TRY(rep_log_area(cx, kept, log->areas[was].name, log->areas[was].is_space, &now[was]));
			TRY(set_add(cx, kept, now[was]));
		}
	}
	log->areas = kept->areas;
	log->areas_n = kept->areas_n;
	log->areas_cap = kept->areas_cap;
	log->sets = kept->sets;
	log->sets_n = kept->sets_n;
	log->sets_cap = kept->sets_cap;
	log->area_of = kept->area_of;
	log->set_of = kept->set_of;
	return ST_OK;
}

const uint32_t *rep_areas_of(const RepLog *log, const RepFact *fact, size_t *ret_n)
{
	*ret_n = fact->areas ? log->sets[fact->areas] : 0;
	return fact->areas ? &log->sets[fact->areas + 1] : NULL;
}

bool rep_in_area(const RepLog *log, uint32_t fact, uint32_t area)
{
	size_t n = 0;
	const uint32_t *areas = area ? rep_areas_of(log, &log->facts[fact], &n) : NULL;
	for (size_t i = 0; i < n; i++)
		if (areas[i] == area) return true;
	return !area;
}
