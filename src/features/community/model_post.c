// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model.h"

#include "text/markdown.h"

// What is imported was written before its topic was closed, whatever the order of the source.
static bool closed_for(const Origin *origin, Time closed_at) { return closed_at && !origin->id.p; }

Status community_post_prepare(Ctx *cx, Db *db, PostNew *post)
{
	TopicPlaceRow topic;
	if (post->origin.id.p && post->style) return text_new_prepare(cx, &post->text); // an import knows its topics
	TRY(topic_live_get(cx, db, post->topic_id, &topic));
	if (closed_for(&post->origin, topic.closed_at)) return fail(cx, ST_CONFLICT, "the topic is closed");
	if (!post->style) post->style = (Style)topic.space_style;
	return text_new_prepare(cx, &post->text);
}

static Status insert_post(Ctx *cx, Tx *tx, const PostNew *post, Id id, int64_t number, Time at)
{
	TRY(post_insert(cx, tx,
					&(PostInsertArgs){
						.id = id,
						.topic_id = post->topic_id,
						.number = number,
						.author_id = post->author_id,
						.author_name = post->author_name,
						.created_at = at,
						.edited_at = post->edited_at,
						.score = post->score,
						.style = post->style,
						.affiliation = post->affiliation,
						.origin_channel = post->origin.channel,
						.origin_id = post->origin.id,
						.origin_url = post->origin.url,
						.text_n = (int64_t)post->text.plain.n,
						.body_html = post->text.html.s,
						.source = post->text.packed,
					}));
	return community_index_put(cx, tx, id, S(""), post->text.plain);
}

Status community_post_create(Ctx *cx, Tx *tx, const PostNew *post, Id *ret_post)
{
	BUG_IF(!post->style); // community_post_prepare was not called
	bool found;
	if (post->origin.id.p) {
		PostFindByOriginRow old;
		TRY(post_find_by_origin(
			cx, tx_db(tx),
			&(PostFindByOriginArgs){.origin_channel = post->origin.channel, .origin_id = post->origin.id}, &old,
			&found));
		if (found) return *ret_post = old.id, ST_OK;
	}
	Time at = at_or_now(cx, post->created_at);
	TopicBumpFindRow topic;
	TRY(topic_bump_find(cx, tx_db(tx), &(TopicBumpFindArgs){.id = post->topic_id}, &topic, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "the topic is gone");
	if (closed_for(&post->origin, topic.closed_at)) return fail(cx, ST_CONFLICT, "the topic is closed");
	Id id = ctx_id(cx);
	TRY(topic_bump(cx, tx,
				   &(TopicBumpArgs){.id = post->topic_id, .at = at, .author_id = post->author_id, .answers = 1}));
	TRY(insert_post(cx, tx, post, id, topic.posts_n, at));
	TRY(space_add_counts(cx, tx, &(SpaceAddCountsArgs){.id = topic.space_id, .posts = 1}));
	if (post->author_id)
		TRY(member_add_counts(cx, tx,
							  &(MemberAddCountsArgs){.id = post->author_id, .answers = 1, .kudos = post->score}));
	TRY(fact_append(cx, tx,
					&(Fact){.at_ms = at,
							.kind = FACT_POSTED,
							.actor_id = post->author_id,
							.subject_type = SUBJECT_POST,
							.subject_id = id,
							.target_id = topic.author_id,
							.space_id = topic.space_id,
							.value = 1,
							.origin = origin_fact_id(cx, "post", &post->origin)}));
	*ret_post = id;
	return ST_OK;
}

// Comments.

Status community_comment_prepare(Ctx *cx, Db *db, CommentNew *comment)
{
	PostPlaceRow post;
	if (comment->origin.id.p && comment->style && comment->topic_id && comment->space_id) return ST_OK;
	TRY(post_live_get(cx, db, comment->post_id, &post));
	if (closed_for(&comment->origin, post.closed_at)) return fail(cx, ST_CONFLICT, "the topic is closed");
	comment->topic_id = post.topic_id;
	comment->space_id = post.space_id;
	comment->post_author_id = post.author_id;
	if (!comment->style) comment->style = (Style)post.space_style;
	if (!comment->text.source.p) return ST_OK;
	Str source = str_trim(comment->text.source);
	const char *fault = source.n > COMMENT_MAX_BYTES ? "error.comment_long" : source.n ? NULL : "error.body_empty";
	if (fault) {
		field_error(cx, "body", fault);
		return fail(cx, ST_INVALID, "the comment is not of the right length");
	}
	return markdown_comment_render(cx, source, &comment->text.html);
}

static Status insert_comment(Ctx *cx, Tx *tx, const CommentNew *comment, Id id, Time at)
{
	return comment_insert(cx, tx,
						  &(CommentInsertArgs){
							  .id = id,
							  .post_id = comment->post_id,
							  .topic_id = comment->topic_id,
							  .author_id = comment->author_id,
							  .author_name = comment->author_name,
							  .created_at = at,
							  .score = comment->score,
							  .style = comment->style,
							  .affiliation = comment->affiliation,
							  .origin_channel = comment->origin.channel,
							  .origin_id = comment->origin.id,
							  .origin_url = comment->origin.url,
							  .body_html = comment->text.html.s,
						  });
}

Status community_comment_create(Ctx *cx, Tx *tx, const CommentNew *comment, Id *ret_comment)
{
	BUG_IF(!comment->topic_id); // community_comment_prepare was not called
	if (comment->origin.id.p) {
		CommentFindByOriginRow old;
		bool found;
		TRY(comment_find_by_origin(
			cx, tx_db(tx),
			&(CommentFindByOriginArgs){.origin_channel = comment->origin.channel, .origin_id = comment->origin.id},
			&old, &found));
		if (found) return *ret_comment = old.id, ST_OK;
	}
	int64_t changed = 0;
	TRY(post_add_comments(cx, tx, &(PostAddCommentsArgs){.id = comment->post_id, .n = 1}, &changed));
	if (!changed) return fail(cx, ST_NOT_FOUND, "the post is gone");
	Id id = ctx_id(cx);
	Time at = at_or_now(cx, comment->created_at);
	TRY(insert_comment(cx, tx, comment, id, at));
	if (comment->author_id)
		TRY(member_add_counts(cx, tx, &(MemberAddCountsArgs){.id = comment->author_id, .comments = 1}));
	TRY(fact_append(cx, tx,
					&(Fact){.at_ms = at,
							.kind = FACT_COMMENTED,
							.actor_id = comment->author_id,
							.subject_type = SUBJECT_COMMENT,
							.subject_id = id,
							.target_id = comment->post_author_id,
							.space_id = comment->space_id,
							.value = 1,
							.origin = origin_fact_id(cx, "comment", &comment->origin)}));
	*ret_comment = id;
	return ST_OK;
}
