// SPDX-License-Identifier: AGPL-3.0-or-later
// Deleting hides: rows stay, counters and the search index are brought to what is left. Restoring does the reverse, except
// that a deleted solution comes back as an ordinary post.
#include "model.h"

#include "core/job.h"
#include "text/plain.h"

#define REINDEX_BATCH 20

static Status index_change(Ctx *cx, Tx *tx, Id post_id, Str title, Str html, bool put)
{
	Str plain = html_plain(cx->arena, html, SEARCH_TEXT_MAX_BYTES);
	return put ? community_index_put(cx, tx, post_id, title, plain) : search_remove(cx, tx, post_id, title, plain);
}

static Status post_index_change(Ctx *cx, Tx *tx, const PostPlaceRow *post, bool put)
{
	PostBodyFindRow body;
	bool found;
	TRY(post_body_find(cx, tx_db(tx), &(PostBodyFindArgs){.id = post->id}, &body, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "no such post");
	return index_change(cx, tx, post->id, post->number == 0 ? post->title : S(""), body.body_html, put);
}

// The posts of a topic that are not deleted themselves, the opening apart; in batches, for the arena's sake.
static Status answers_index_change(Ctx *cx, Tx *tx, Id topic_id, bool put)
{
	int64_t after = 0;
	for (bool more = true; more;) {
		ArenaMark mark = arena_mark(cx->arena);
		PostListBodiesRows rows;
		TRY(post_list_bodies(
			cx, tx_db(tx), &(PostListBodiesArgs){.topic_id = topic_id, .after = after, .limit = REINDEX_BATCH}, &rows));
		for (size_t i = 0; i < rows.n; i++) TRY(index_change(cx, tx, rows.v[i].id, S(""), rows.v[i].body_html, put));
		more = rows.n == REINDEX_BATCH;
		if (more) after = rows.v[rows.n - 1].number;
		arena_rewind(cx->arena, mark);
	}
	return ST_OK;
}

static Status tags_count(Ctx *cx, Tx *tx, const PostPlaceRow *post, int sign)
{
	Str tags = post->tags;
	for (Str name; tag_next(&tags, &name);) {
		TagFindRow tag;
		bool found;
		TRY(tag_find(cx, tx_db(tx), &(TagFindArgs){.name = name}, &tag, &found));
		if (found)
			TRY(tag_add_topics(cx, tx, &(TagAddTopicsArgs){.id = tag.id, .n = sign, .visibility = post->visibility}));
	}
	return ST_OK;
}

static Status delete_fact(Ctx *cx, Tx *tx, const PostPlaceRow *post, bool deleted)
{
	bool opening = post->number == 0;
	return fact_append(cx, tx,
					   &(Fact){.kind = deleted ? FACT_DELETED : FACT_RESTORED,
							   .actor_id = cx->actor ? cx->actor->id : 0,
							   .subject_type = opening ? SUBJECT_TOPIC : SUBJECT_POST,
							   .subject_id = opening ? post->topic_id : post->id,
							   .target_id = post->author_id,
							   .space_id = post->space_id,
							   .value = 1});
}

static Status topic_delete(Ctx *cx, Tx *tx, const PostPlaceRow *post, bool deleted)
{
	int sign = deleted ? -1 : 1;
	Time at = deleted ? cx->now_ms : 0;
	TRY(post_index_change(cx, tx, post, !deleted));
	TRY(answers_index_change(cx, tx, post->topic_id, !deleted));
	TRY(topic_set_deleted(cx, tx, &(TopicSetDeletedArgs){.id = post->topic_id, .deleted_at = at}));
	TRY(post_set_deleted(cx, tx, &(PostSetDeletedArgs){.id = post->id, .deleted_at = at}));
	TRY(tags_count(cx, tx, post, sign));
	TRY(space_add_counts(
		cx, tx, &(SpaceAddCountsArgs){.id = post->space_id, .topics = sign, .posts = sign * (post->answers_n + 1)}));
	if (!post->author_id) return ST_OK;
	return member_add_counts(
		cx, tx, &(MemberAddCountsArgs){.id = post->author_id, .topics = sign, .kudos = sign * post->score});
}

static Status answer_delete(Ctx *cx, Tx *tx, const PostPlaceRow *post, bool deleted)
{
	int sign = deleted ? -1 : 1;
	if (deleted && post->solution_id == post->id)
		TRY(solution_update(cx, tx, post, false, cx->actor ? cx->actor->id : 0, cx->now_ms));
	TRY(post_index_change(cx, tx, post, !deleted));
	TRY(post_set_deleted(cx, tx, &(PostSetDeletedArgs){.id = post->id, .deleted_at = deleted ? cx->now_ms : 0}));
	TRY(topic_add_answers(cx, tx, &(TopicAddAnswersArgs){.id = post->topic_id, .answers = sign}));
	TRY(space_add_counts(cx, tx, &(SpaceAddCountsArgs){.id = post->space_id, .posts = sign}));
	if (!post->author_id) return ST_OK;
	return member_add_counts(
		cx, tx, &(MemberAddCountsArgs){.id = post->author_id, .answers = sign, .kudos = sign * post->score});
}

// Whom only a rank made a steward leaves alone what the company says.
static bool may_steward(const Ctx *cx, Str tags, Str space, int64_t affiliation)
{
	if (may(cx, RIGHT_MODERATE)) return true;
	return affiliation != AFFILIATION_EMPLOYEE && community_may(cx, RIGHT_STEWARD, tags, space);
}

// Authors take back what nobody has built upon: a topic without answers, an answer that is not the solution.
static bool may_delete(const Ctx *cx, const PostPlaceRow *post, bool deleted)
{
	if (may_steward(cx, post->tags, post->space_slug, post->affiliation)) return true;
	bool free_standing = post->number == 0 ? post->answers_n == 0 : post->solution_id != post->id;
	return deleted && is_actor(cx, post->author_id) && free_standing;
}

Status community_delete(Ctx *cx, Tx *tx, Id post_id, bool deleted)
{
	PostPlaceRow post;
	bool found;
	TRY(post_place(cx, tx_db(tx), &(PostPlaceArgs){.id = post_id}, &post, &found));
	if (!found || !sees(cx, post.visibility)) return fail(cx, ST_NOT_FOUND, "no such post");
	if (!may_delete(cx, &post, deleted)) return fail(cx, ST_FORBIDDEN, "this post is not yours to delete or restore");
	if ((post.deleted_at != 0) == deleted) return ST_OK;
	if (post.number > 0 && post.topic_deleted_at) return fail(cx, ST_CONFLICT, "its topic is deleted");
	TRY(post.number == 0 ? topic_delete(cx, tx, &post, deleted) : answer_delete(cx, tx, &post, deleted));
	if (!is_actor(cx, post.author_id)) TRY(audit(cx, tx, deleted ? S("delete") : S("restore"), post.id, str_none()));
	return delete_fact(cx, tx, &post, deleted);
}

Status community_comment_delete(Ctx *cx, Tx *tx, Id comment_id, bool deleted)
{
	CommentPlaceRow c;
	bool found;
	int64_t changed, sign = deleted ? -1 : 1;
	TRY(comment_place(cx, tx_db(tx), &(CommentPlaceArgs){.id = comment_id}, &c, &found));
	if (!found || !sees(cx, c.visibility)) return fail(cx, ST_NOT_FOUND, "no such comment");
	if (!may_steward(cx, c.tags, c.space_slug, c.affiliation))
		return fail(cx, ST_FORBIDDEN, "only a moderator hides a comment");
	if ((c.deleted_at != 0) == deleted) return ST_OK;
	TRY(post_add_comments(cx, tx, &(PostAddCommentsArgs){.id = c.post_id, .n = sign}, &changed));
	if (!changed) return fail(cx, ST_CONFLICT, "its post is deleted");
	TRY(comment_set_deleted(cx, tx, &(CommentSetDeletedArgs){.id = c.id, .deleted_at = deleted ? cx->now_ms : 0}));
	if (c.author_id) TRY(member_add_counts(cx, tx, &(MemberAddCountsArgs){.id = c.author_id, .comments = sign}));
	if (!is_actor(cx, c.author_id)) TRY(audit(cx, tx, deleted ? S("delete") : S("restore"), c.id, str_none()));
	return fact_append(cx, tx,
					   &(Fact){.kind = deleted ? FACT_DELETED : FACT_RESTORED,
							   .actor_id = cx->actor ? cx->actor->id : 0,
							   .subject_type = SUBJECT_COMMENT,
							   .subject_id = c.id,
							   .target_id = c.author_id,
							   .space_id = c.space_id,
							   .value = 1});
}

Status community_close(Ctx *cx, Tx *tx, Id topic_id, bool closed)
{
	TopicPlaceRow topic;
	TRY(topic_live_get(cx, tx_db(tx), topic_id, &topic));
	if (!community_may(cx, RIGHT_STEWARD, topic.tags, topic.space_slug))
		return fail(cx, ST_FORBIDDEN, "only a moderator closes a topic");
	if ((topic.closed_at != 0) == closed) return ST_OK;
	TRY(topic_set_closed(cx, tx, &(TopicSetClosedArgs){.id = topic_id, .closed_at = closed ? cx->now_ms : 0}));
	TRY(audit(cx, tx, closed ? S("close") : S("reopen"), topic_id, str_none()));
	return fact_append(cx, tx,
					   &(Fact){.kind = closed ? FACT_CLOSED : FACT_REOPENED,
							   .actor_id = cx->actor ? cx->actor->id : 0,
							   .subject_type = SUBJECT_TOPIC,
							   .subject_id = topic_id,
							   .target_id = topic.author_id,
							   .space_id = topic.space_id,
							   .value = 1});
}

Status community_post_repeats(Ctx *cx, Tx *tx, Id post_id, Id earlier_id)
{
	return post_set_repeats(cx, tx, &(PostSetRepeatsArgs){.id = post_id, .repeats_id = earlier_id});
}

Status community_set_aside(Ctx *cx, Tx *tx, Id post_id, int64_t votes)
{
	return post_add_set_aside(cx, tx, &(PostAddSetAsideArgs){.id = post_id, .n = votes});
}
