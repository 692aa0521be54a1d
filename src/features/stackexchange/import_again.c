// SPDX-License-Identifier: AGPL-3.0-or-later
// What a newer dump says anew of a post that is here: its score, and that a question was closed. Which answer solves it is
// told by the acceptances (import_rest.c). Texts stay as they are here.
#include "stackexchange/import_impl.h"

typedef struct AgainRow {
	int64_t source, change; // change: of the score
	Id id, topic_id, space_id, author_id;
	Time closed_at; // of a question
	bool question;
} AgainRow;

// Once: who opens the topic here again is not overruled by the next dump.
static Status close_write(Ctx *cx, Tx *tx, const AgainRow *r, bool *ret_closed)
{
	Fact fact = {.at_ms = r->closed_at,
				 .kind = FACT_CLOSED,
				 .subject_type = SUBJECT_TOPIC,
				 .subject_id = r->topic_id,
				 .target_id = r->author_id,
				 .space_id = r->space_id,
				 .value = 1,
				 .origin = se_origin(cx->arena, "closed", r->source)};
	*ret_closed = false;
	if (!r->closed_at) return ST_OK;
	TRY(fact_append_new(cx, tx, &fact, ret_closed));
	if (!*ret_closed) return ST_OK;
	return topic_set_closed(cx, tx, &(TopicSetClosedArgs){.id = r->topic_id, .closed_at = r->closed_at});
}

static Status again_write(Ctx *cx, Tx *tx, UNUSED const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const AgainRow *r = row;
	bool closed = false;
	TRY(close_write(cx, tx, r, &closed));
	*ret_outcome = closed || r->change ? SE_RENEWED : SE_UNCHANGED;
	if (!r->change) return ST_OK;
	TRY(post_add_score(cx, tx, &(PostAddScoreArgs){.id = r->id, .score = r->change}));
	if (!r->question) return ST_OK;
	return topic_add_score(cx, tx, &(TopicAddScoreArgs){.id = r->topic_id, .score = r->change});
}

Status se_post_again(SeImport *im, const SePost *post)
{
	const SePlace *place = se_place(im, post->id);
	bool question = post->type == SE_QUESTION;
	int64_t change = 0;
	if (__builtin_sub_overflow(post->score, place->score, &change)) change = 0;
	Time closed_at = question ? post->closed_at : 0;
	if (!place->old || (!change && !closed_at)) return se_skip(im, SE_POSTS, SE_UNCHANGED);
	AgainRow *r = ARENA_NEW(se_arena(im), AgainRow, 1);
	*r = (AgainRow){.source = post->id,
					.change = change,
					.id = place->id,
					.topic_id = place->topic_id,
					.space_id = place->space_id,
					.author_id = place->author_id,
					.closed_at = closed_at,
					.question = question};
	return se_add(im, SE_POSTS, again_write, r);
}
