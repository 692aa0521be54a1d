// SPDX-License-Identifier: AGPL-3.0-or-later
// What the parts of the community model share; private to this folder. model.c: spaces, names, tags, checks.
// model_topic.c, model_post.c: creating. model_edit.c: history. model_vote.c: votes, solutions, marks, reports.
// model_lists.c: lists by kudos and size. model_delete.c: deleting and closing. search_index.c: what the full-text index holds. search_query.c, search.c: finding.
#pragma once
#include "base/utf8.h"
#include "community.h"

// Without an actor the program itself acts and may do everything.
static inline bool may(const Ctx *cx, Right right) { return !cx->actor || actor_can(cx, right); }
static inline bool sees(const Ctx *cx, int64_t visibility)
{
	return !cx->actor || visibility <= (int64_t)actor_clearance(cx);
}
static inline bool is_actor(const Ctx *cx, Id member_id)
{
	return cx->actor && member_id && cx->actor->id == member_id;
}
static inline Time at_or_now(const Ctx *cx, Time t) { return t ? t : cx->now_ms; }

// "stackexchange/post/123", absent for what was written here.
Str origin_fact_id(Ctx *cx, const char *what, const Origin *origin);

// Markdown to HTML, plain text and the form in which the source is kept, with field errors on "body".
MUST_CHECK Status text_new_prepare(Ctx *cx, TextNew *text);
// One line, trimmed, of the allowed length; field errors on "title".
MUST_CHECK Status title_prepare(Ctx *cx, Str title, bool lenient, Str *ret_title, Str *ret_slug);
// "C++, #Qubits  foo_bar" -> "c++ qubits foo-bar"; field errors on "tags".
MUST_CHECK Status tags_prepare(Ctx *cx, Str typed, bool lenient, Str *ret_tags);
// Takes the next of "a b c"; false at the end.
bool tag_next(Str *tags, Str *ret_tag);
// Brings topic_tag and tag.topics_n from the old list to the new; the topic's space is seen by whom `visibility` says.
MUST_CHECK Status topic_tags_update(Ctx *cx, Tx *tx, Id topic_id, Visibility visibility, Str old_tags, Str new_tags);

// ST_NOT_FOUND if it is absent, deleted (also its topic) or in a space that the actor does not see.
MUST_CHECK Status post_live_get(Ctx *cx, Db *db, Id post_id, PostPlaceRow *ret_place);
MUST_CHECK Status topic_live_get(Ctx *cx, Db *db, Id topic_id, TopicPlaceRow *ret_place);

MUST_CHECK Status solution_update(Ctx *cx, Tx *tx, const PostPlaceRow *post, bool accepted, Id actor_id, Time at);

// The search index. Removing needs exactly what was put.
MUST_CHECK Status search_remove(Ctx *cx, Tx *tx, Id post_id, Str title, Str plain);
// The tokens of a text as PostgreSQL's text form of a tsvector.
Str search_tsvector(Arena *a, Str text);
