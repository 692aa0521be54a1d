// SPDX-License-Identifier: AGPL-3.0-or-later
// Answers that repeat an earlier one, topic by topic: a function of the texts that stand there.
#include "fairplay/model.h"

#include "community/community.h"
#include "text/duplicates.h"
#include "text/plain.h"

#define TOPIC_ARENA_BYTES ((size_t)256 << 20)

static Status add(Ctx *cx, Repeats *changes, const Repeat *r)
{
	if (changes->n == changes->cap) {
		size_t more = size_max(changes->cap * 2, 64);
		void *p = arena_grow(cx->arena, changes->v, changes->cap * sizeof *changes->v, more * sizeof *changes->v);
		if (!p) return fail(cx, ST_TOO_LARGE, "the repeated answers do not fit in memory");
		changes->v = p;
		changes->cap = more;
	}
	changes->v[changes->n++] = *r;
	return ST_OK;
}

static void read_answer(Ctx *own, TextScan *scan, const FairAnswersRow *row)
{
	text_scan(scan, html_plain(own->arena, row->body_html, TEXT_MAX_BYTES));
}

// The earliest among the most alike of the answers before; 0: this one says something new.
static Repeat wanted(Ctx *own, DupIndex *dup, TextScan *scan, const FairAnswersRows *rows, const size_t *at, size_t i)
{
	const FairAnswersRow *row = &rows->v[i];
	DupMatch matches[DUP_MATCHES_MAX];
	Repeat r = {.post_id = row->id, .author_id = row->author_id, .space_id = row->space_id, .had = row->of_id != 0};
	read_answer(own, scan, row);
	size_t n = dup_index_add(dup, scan, matches, COUNTOF(matches));
	if (!n) return r;
	r.of_id = rows->v[at[matches[0].text]].id;
	r.similarity = (int64_t)matches[0].similarity * 1000 / 65536;
	return r;
}

// From which answer on they are new; 0 as well where an earlier one is another than it was.
static size_t first_new(const FairAnswersRows *rows, const RepeatNews *news)
{
	size_t first = rows->n;
	for (size_t i = rows->n; news && i > 0; i--) {
		if (idmap_find(&news->changed, rows->v[i - 1].id)) return 0;
		if (idmap_find(&news->posted, rows->v[i - 1].id)) first = i - 1;
	}
	return news ? first : 0;
}

// What came last repeats nothing, for what was there before says nothing like it; then all stays as it is in the table.
static bool say_something_new(Ctx *own, TextScan *scan, const FairAnswersRows *rows, size_t first)
{
	if (!first || rows->n - first > DUP_NEWS_MAX || dup_index_slots(first + 1) != dup_index_slots(rows->n + 1))
		return false;
	DupNews *new = dup_news_new(own->arena);
	for (size_t i = first; i < rows->n; i++) {
		if (rows->v[i].of_id) return false;
		if (rows->v[i].deleted_at) continue;
		read_answer(own, scan, &rows->v[i]);
		if (dup_news_like(new, scan)) return false;
		dup_news_add(new, scan);
	}
	for (size_t i = 0; i < first; i++) {
		if (rows->v[i].deleted_at) continue;
		read_answer(own, scan, &rows->v[i]);
		if (dup_news_like(new, scan)) return false;
	}
	return true;
}

static Status find_in(Ctx *own, Db *db, Id topic, Ctx *cx, Repeats *changes)
{
	FairAnswersRows rows;
	size_t at[FAIRPLAY_ANSWERS_MAX], n = 0; // of the texts that were added
	TRY(fair_answers(own, db, &(FairAnswersArgs){.topic = topic, .limit = FAIRPLAY_ANSWERS_MAX}, &rows));
	size_t longest = 64, alive = 0; // scratch as large as these answers need: this runs for every topic
	for (size_t i = 0; i < rows.n; i++) {
		longest = size_max(longest, 2 * rows.v[i].body_html.n);
		alive += rows.v[i].deleted_at == 0;
	}
	TextScan *scan = text_scan_small(own->arena, size_min(longest, TEXT_MAX_BYTES));
	if (say_something_new(own, scan, &rows, first_new(&rows, changes->news))) return ST_OK;
	DupIndex *dup = dup_index_new(own->arena, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const FairAnswersRow *row = &rows.v[i];
		Repeat r = {.post_id = row->id, .author_id = row->author_id, .space_id = row->space_id, .had = row->of_id != 0};
		if (!row->deleted_at && alive > 1) { // else there is nothing to be alike
			at[n++] = i;
			r = wanted(own, dup, scan, &rows, at, i);
		}
		bool same = r.of_id == row->of_id && (!r.of_id || r.similarity == row->similarity);
		if (!same) TRY(add(cx, changes, &r));
	}
	return ST_OK;
}

Status repeats_find(Ctx *cx, Db *db, Id topic, Repeats *changes)
{
	AUTO(Arena) a = arena_new(TOPIC_ARENA_BYTES);
	Ctx own = *cx;
	own.arena = a;
	Status st = find_in(&own, db, topic, cx, changes);
	return st == ST_OK ? ST_OK : fail(cx, st, "%.*s", STR(own.fail_text));
}

Status repeats_write(Ctx *cx, Tx *tx, const Repeats *changes)
{
	for (size_t i = 0; i < changes->n; i++) {
		const Repeat *r = &changes->v[i];
		if (r->of_id)
			TRY(repeated_put(
				cx, tx, &(RepeatedPutArgs){.post_id = r->post_id, .of_id = r->of_id, .similarity = r->similarity}));
		else TRY(repeated_delete(cx, tx, &(RepeatedDeleteArgs){.post_id = r->post_id}));
		TRY(community_post_repeats(cx, tx, r->post_id, r->of_id));
		if (r->had && r->of_id) continue; // of another answer now: no news to anybody's score
		TRY(fact_append(cx, tx,
						&(Fact){.kind = r->of_id ? FACT_REPEATED : FACT_REPEATED_UNDONE,
								.subject_type = SUBJECT_POST,
								.subject_id = r->post_id,
								.target_id = r->author_id,
								.space_id = r->space_id,
								.value = r->similarity}));
	}
	return ST_OK;
}
