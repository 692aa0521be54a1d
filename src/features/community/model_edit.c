// SPDX-License-Identifier: AGPL-3.0-or-later
// The history of a post: with its first edit, revision 0 keeps the original; revision k is the text after edit k.
#include "model.h"

#include "text/pack.h"
#include "text/plain.h"
#include "text/sanitize.h"

#define REASON_MAX_BYTES 300

// What an edit starts from: the source as typed, or the HTML of an import.
static Status source_find(Ctx *cx, Db *db, Id post_id, Str *ret_source, Str *ret_html, bool *ret_is_html)
{
	PostBodyFindRow body;
	bool found;
	TRY(post_body_find(cx, db, &(PostBodyFindArgs){.id = post_id}, &body, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "no such post");
	*ret_html = *ret_source = body.body_html;
	*ret_is_html = body.origin_channel.n > 0 && !body.source.p;
	if (body.source.p) return text_unpack(cx, body.body_html, body.source, BODY_MAX_BYTES, ret_source);
	if (!*ret_is_html && !html_to_markdown(cx->arena, body.body_html, ret_source))
		return fail(cx, ST_INTERNAL, "the source of a post is neither stored nor given back by its HTML");
	return ST_OK;
}

Status community_post_source(Ctx *cx, Db *db, Id post_id, Str *ret_source)
{
	PostPlaceRow post;
	Str html;
	bool is_html;
	TRY(post_live_get(cx, db, post_id, &post));
	return source_find(cx, db, post_id, ret_source, &html, &is_html);
}

static bool may_write(Ctx *cx, const PostPlaceRow *post)
{
	return may(cx, RIGHT_CURATE) || is_actor(cx, post->author_id);
}

static Status may_edit(Ctx *cx, const PostPlaceRow *post)
{
	if (may_write(cx, post)) return ST_OK;
	if (post->number == 0 && community_may(cx, RIGHT_RETAG, post->tags, post->space_slug)) return ST_OK;
	return fail(cx, ST_FORBIDDEN, "only its author or a helper may edit this post");
}

static Status text_prepare(Ctx *cx, PostEdit *edit, Str base_url)
{
	if (!edit->is_html) return text_new_prepare(cx, &edit->text);
	if (!str_trim(edit->text.source).n || edit->text.source.n > SANITIZE_MAX_BYTES) {
		field_error(cx, "body", edit->text.source.n > SANITIZE_MAX_BYTES ? "error.body_long" : "error.body_empty");
		return fail(cx, ST_INVALID, "the text is empty or too long");
	}
	TRY(html_sanitize(cx, edit->text.source, base_url, &edit->text.html));
	edit->text.plain = html_plain(cx->arena, edit->text.html.s, SEARCH_TEXT_MAX_BYTES);
	return ST_OK;
}

static Status heading_prepare(Ctx *cx, PostEdit *edit)
{
	if (!edit->title.p) edit->title = edit->old_title;
	if (!edit->tags.p) edit->tags = edit->old_tags;
	Status title = title_prepare(cx, edit->title, false, &edit->title, &edit->slug);
	Status tags = tags_prepare(cx, edit->tags, false, &edit->tags);
	return title == ST_OK ? tags : title;
}

Status community_edit_prepare(Ctx *cx, Db *db, PostEdit *edit)
{
	PostPlaceRow post = {0};
	Str old_html = str_none();
	size_t before = cx->field_errors_n;
	TRY(post_live_get(cx, db, edit->post_id, &post));
	TRY(may_edit(cx, &post));
	TRY(source_find(cx, db, edit->post_id, &edit->old_body, &old_html, &edit->is_html));
	bool opening = post.number == 0;
	edit->topic_id = post.topic_id;
	edit->revisions_n = post.revisions_n;
	edit->old_title = opening ? post.title : S("");
	edit->old_tags = opening ? post.tags : S("");
	edit->old_plain = html_plain(cx->arena, old_html, SEARCH_TEXT_MAX_BYTES);
	edit->reason = utf8_cut(str_trim(edit->reason), REASON_MAX_BYTES);
	if (!edit->reason.n || !utf8_valid(edit->reason)) edit->reason = str_none();
	if (!may_write(cx, &post)) { // only the tags
		edit->title = str_none();
		edit->text.source = edit->old_body;
	}
	if (!opening) edit->title = edit->tags = S("");
	if (post.visibility == VISIBLE_CIRCLE) edit->tags = S(""); // as community_topic_prepare says
	Status heading = opening ? heading_prepare(cx, edit) : ST_OK;
	Status text = text_prepare(cx, edit, post.origin_url);
	if (text != ST_OK && text != ST_INVALID) return text;
	if (cx->field_errors_n > before) return fail(cx, ST_INVALID, "the edit is not well formed");
	return heading == ST_OK ? text : heading;
}

static Status revision_add(Ctx *cx, Tx *tx, const PostEdit *edit, const PostPlaceRow *post, Time at)
{
	bool opening = post->number == 0;
	if (post->revisions_n == 0)
		TRY(revision_insert(cx, tx,
							&(RevisionInsertArgs){.id = ctx_id(cx),
												  .post_id = post->id,
												  .number = 0,
												  .author_id = post->author_id,
												  .at_ms = post->created_at,
												  .title = opening ? edit->old_title : str_none(),
												  .body = edit->old_body}));
	return revision_insert(cx, tx,
						   &(RevisionInsertArgs){.id = ctx_id(cx),
												 .post_id = post->id,
												 .number = post->revisions_n + 1,
												 .author_id = edit->editor_id,
												 .at_ms = at,
												 .title = opening ? edit->title : str_none(),
												 .body = edit->is_html ? edit->text.html.s : edit->text.source,
												 .reason = edit->reason});
}

static Status text_store(Ctx *cx, Tx *tx, const PostEdit *edit, Time at)
{
	TRY(search_remove(cx, tx, edit->post_id, edit->old_title, edit->old_plain));
	TRY(post_set_body(cx, tx,
					  &(PostSetBodyArgs){.id = edit->post_id,
										 .body_html = edit->text.html.s,
										 .source = edit->text.packed,
										 .text_n = (int64_t)edit->text.plain.n,
										 .edited_at = at}));
	return community_index_put(cx, tx, edit->post_id, edit->title, edit->text.plain);
}

static bool unchanged(const PostEdit *edit)
{
	Str body = edit->is_html ? edit->text.html.s : edit->text.source;
	return str_eq(body, edit->old_body) && str_eq(edit->title, edit->old_title) && str_eq(edit->tags, edit->old_tags);
}

Status community_edit(Ctx *cx, Tx *tx, const PostEdit *edit)
{
	BUG_IF(!edit->topic_id); // community_edit_prepare was not called
	PostPlaceRow post;
	TRY(post_live_get(cx, tx_db(tx), edit->post_id, &post));
	TRY(may_edit(cx, &post));
	if (post.revisions_n != edit->revisions_n) return fail(cx, ST_CONFLICT, "somebody else edited this post meanwhile");
	if (unchanged(edit)) return ST_OK;
	Time at = at_or_now(cx, edit->at_ms);
	TRY(revision_add(cx, tx, edit, &post, at));
	TRY(text_store(cx, tx, edit, at));
	if (post.number == 0) {
		TRY(topic_set_text(
			cx, tx,
			&(TopicSetTextArgs){.id = post.topic_id, .title = edit->title, .slug = edit->slug, .tags = edit->tags}));
		TRY(topic_tags_update(cx, tx, post.topic_id, (Visibility)post.visibility, edit->old_tags, edit->tags));
	}
	return fact_append(cx, tx,
					   &(Fact){.at_ms = at,
							   .kind = FACT_EDITED,
							   .actor_id = edit->editor_id,
							   .subject_type = SUBJECT_POST,
							   .subject_id = post.id,
							   .target_id = post.author_id,
							   .space_id = post.space_id,
							   .value = 1});
}
