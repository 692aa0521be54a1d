// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model.h"

Status community_topic_prepare(Ctx *cx, Db *db, TopicNew *topic)
{
	bool lenient = topic->origin.id.p != NULL;
	size_t before = cx->field_errors_n;
	SpaceGetRow space;
	TRY(space_get(cx, db, &(SpaceGetArgs){.id = topic->space_id}, &space));
	if (!sees(cx, space.visibility)) return fail(cx, ST_NOT_FOUND, "no such space");
	if (!topic->style) topic->style = (Style)space.style;
	topic->visibility = (Visibility)space.visibility;
	if (space.visibility == VISIBLE_CIRCLE) topic->tags = S(""); // few topics, and talk about people: nobody's areas
	Status st[3] = {title_prepare(cx, topic->title, lenient, &topic->title, &topic->slug),
					tags_prepare(cx, topic->tags, lenient, &topic->tags), text_new_prepare(cx, &topic->text)};
	for (size_t i = 0; i < COUNTOF(st); i++)
		if (st[i] != ST_OK && st[i] != ST_INVALID) return st[i];
	return cx->field_errors_n > before ? fail(cx, ST_INVALID, "the topic is not well formed") : ST_OK;
}

static Status insert_topic(Ctx *cx, Tx *tx, const TopicNew *topic, Id id, Id opening, Time at)
{
	return topic_insert(cx, tx,
						&(TopicInsertArgs){
							.id = id,
							.space_id = topic->space_id,
							.opening_id = opening,
							.author_id = topic->author_id,
							.author_name = topic->author_name,
							.title = topic->title,
							.slug = topic->slug,
							.tags = topic->tags,
							.created_at = at,
							.bumped_at = at,
							.last_author_id = topic->author_id,
							.score = topic->score,
							.views = topic->views,
							.closed_at = topic->closed_at,
							.style = topic->style,
							.affiliation = topic->affiliation,
							.origin_channel = topic->origin.channel,
							.origin_id = topic->origin.id,
							.origin_url = topic->origin.url,
						});
}

static Status insert_opening(Ctx *cx, Tx *tx, const TopicNew *topic, Id id, Id opening, Time at)
{
	TRY(post_insert(cx, tx,
					&(PostInsertArgs){
						.id = opening,
						.topic_id = id,
						.number = 0,
						.author_id = topic->author_id,
						.author_name = topic->author_name,
						.created_at = at,
						.edited_at = topic->edited_at,
						.score = topic->score,
						.style = topic->style,
						.affiliation = topic->affiliation,
						.origin_channel = topic->origin.channel,
						.origin_id = topic->origin.id,
						.origin_url = topic->origin.url,
						.text_n = (int64_t)topic->text.plain.n,
						.body_html = topic->text.html.s,
						.source = topic->text.packed,
					}));
	return community_index_put(cx, tx, opening, topic->title, topic->text.plain);
}

static Status find_imported(Ctx *cx, Tx *tx, const Origin *origin, PostFindByOriginRow *ret_row, bool *ret_found)
{
	*ret_found = false;
	if (!origin->id.p) return ST_OK;
	return post_find_by_origin(cx, tx_db(tx),
							   &(PostFindByOriginArgs){.origin_channel = origin->channel, .origin_id = origin->id},
							   ret_row, ret_found);
}

Status community_topic_create(Ctx *cx, Tx *tx, const TopicNew *topic, Id *ret_topic, Id *ret_opening)
{
	BUG_IF(!topic->slug.p || !topic->style); // community_topic_prepare was not called
	PostFindByOriginRow old;
	bool found;
	TRY(find_imported(cx, tx, &topic->origin, &old, &found));
	if (found) {
		*ret_topic = old.topic_id;
		*ret_opening = old.id;
		return ST_OK;
	}
	Id id = ctx_id(cx), opening = ctx_id(cx);
	Time at = at_or_now(cx, topic->created_at);
	TRY(insert_topic(cx, tx, topic, id, opening, at));
	TRY(insert_opening(cx, tx, topic, id, opening, at));
	TRY(topic_tags_update(cx, tx, id, topic->visibility, S(""), topic->tags));
	TRY(space_add_counts(cx, tx, &(SpaceAddCountsArgs){.id = topic->space_id, .topics = 1, .posts = 1}));
	if (topic->author_id)
		TRY(member_add_counts(cx, tx,
							  &(MemberAddCountsArgs){.id = topic->author_id, .topics = 1, .kudos = topic->score}));
	TRY(fact_append(cx, tx,
					&(Fact){.at_ms = at,
							.kind = FACT_TOPIC_POSTED,
							.actor_id = topic->author_id,
							.subject_type = SUBJECT_TOPIC,
							.subject_id = id,
							.target_id = topic->author_id,
							.space_id = topic->space_id,
							.value = 1,
							.origin = origin_fact_id(cx, "post", &topic->origin)}));
	*ret_topic = id;
	*ret_opening = opening;
	return ST_OK;
}
