// SPDX-License-Identifier: AGPL-3.0-or-later
// Questions become topics with their opening post, answers the posts of these; the excerpt of a tag's wiki describes it.
#include "stackexchange/import_impl.h"

#define TAG_TEXT_MAX_BYTES 1000

typedef struct PostRow {
	int64_t source, score, views, number;
	Id id, topic_id, space_id, author_id, topic_author_id, editor_id;
	Time created_at, edited_at, closed_at;
	Str author_name, title, slug, tags, html, plain, url;
	bool accepted, topic_old; // of an answer
} PostRow;

static Status fact_write(Ctx *cx, Tx *tx, const PostRow *p, Fact fact)
{
	fact.space_id = p->space_id;
	fact.value = 1;
	if (fact.kind == FACT_EDITED || fact.kind == FACT_POSTED) {
		fact.subject_type = SUBJECT_POST;
		fact.subject_id = p->id;
	} else {
		fact.subject_type = SUBJECT_TOPIC;
		fact.subject_id = p->topic_id;
	}
	return fact_append(cx, tx, &fact);
}

static Status post_write(Ctx *cx, Tx *tx, const SeImport *im, const PostRow *p, int64_t number)
{
	TRY(post_insert(cx, tx,
					&(PostInsertArgs){.id = p->id,
									  .topic_id = p->topic_id,
									  .number = number,
									  .author_id = p->author_id,
									  .author_name = p->author_name,
									  .created_at = p->created_at,
									  .edited_at = p->edited_at,
									  .score = p->score,
									  .style = im->style,
									  .affiliation = AFFILIATION_UNKNOWN,
									  .origin_channel = SE_CHANNEL,
									  .origin_id = se_number(cx->arena, p->source),
									  .origin_url = p->url,
									  .text_n = (int64_t)p->plain.n,
									  .body_html = p->html}));
	TRY(community_index_put(cx, tx, p->id, p->title, p->plain));
	if (!p->edited_at) return ST_OK;
	return fact_write(cx, tx, p,
					  (Fact){.at_ms = p->edited_at,
							 .kind = FACT_EDITED,
							 .actor_id = p->editor_id,
							 .target_id = p->author_id,
							 .origin = se_origin(cx->arena, "edit", p->source)});
}

static Status tag_id_of(Ctx *cx, Tx *tx, Str name, Id *ret_id)
{
	TagFindRow tag;
	bool found;
	int64_t changed = 0;
	TRY(tag_find(cx, tx_db(tx), &(TagFindArgs){.name = name}, &tag, &found));
	if (found) return *ret_id = tag.id, ST_OK;
	*ret_id = ctx_id(cx); // not in Tags.xml
	return se_tag_insert(cx, tx, &(SeTagInsertArgs){.id = *ret_id, .name = name}, &changed);
}

static Status tags_write(Ctx *cx, Tx *tx, const PostRow *p)
{
	for (Str left = p->tags, name; left.n;) {
		int64_t changed = 0;
		TopicTagInsertArgs args = {.topic_id = p->topic_id};
		left = str_cut(left, ' ', &name);
		TRY(tag_id_of(cx, tx, name, &args.tag_id));
		TRY(topic_tag_insert(cx, tx, &args, &changed));
	}
	return ST_OK;
}

static Status topic_write(Ctx *cx, Tx *tx, const SeImport *im, const PostRow *p)
{
	TRY(topic_insert(cx, tx,
					 &(TopicInsertArgs){.id = p->topic_id,
										.space_id = p->space_id,
										.opening_id = p->id,
										.author_id = p->author_id,
										.author_name = p->author_name,
										.title = p->title,
										.slug = p->slug,
										.tags = p->tags,
										.created_at = p->created_at,
										.bumped_at = p->created_at,
										.last_author_id = p->author_id,
										.score = p->score,
										.views = p->views,
										.closed_at = p->closed_at,
										.style = im->style,
										.affiliation = AFFILIATION_UNKNOWN,
										.origin_channel = SE_CHANNEL,
										.origin_id = se_number(cx->arena, p->source),
										.origin_url = p->url}));
	if (p->number) TRY(se_topic_reserve(cx, tx, &(SeTopicReserveArgs){.id = p->topic_id, .posts_n = p->number + 1}));
	return tags_write(cx, tx, p);
}

static Status question_write(Ctx *cx, Tx *tx, const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const PostRow *p = row;
	*ret_outcome = SE_IMPORTED;
	TRY(topic_write(cx, tx, im, p));
	TRY(fact_write(cx, tx, p,
				   (Fact){.at_ms = p->created_at,
						  .kind = FACT_TOPIC_POSTED,
						  .actor_id = p->author_id,
						  .target_id = p->author_id,
						  .origin = se_origin(cx->arena, "post", p->source)}));
	TRY(post_write(cx, tx, im, p, 0));
	if (!p->closed_at) return ST_OK;
	return fact_write(cx, tx, p,
					  (Fact){.at_ms = p->closed_at,
							 .kind = FACT_CLOSED,
							 .target_id = p->author_id,
							 .origin = se_origin(cx->arena, "closed", p->source)});
}

// In a topic of an earlier run the number may be taken by something written here since.
static Status number_find(Ctx *cx, Tx *tx, const PostRow *p, int64_t *ret_number)
{
	*ret_number = p->number;
	if (!p->topic_old) return ST_OK;
	SePostNumberFindRow taken;
	SeTopicNumberNextRow next;
	bool found;
	TRY(se_post_number_find(cx, tx_db(tx), &(SePostNumberFindArgs){.topic_id = p->topic_id, .number = p->number},
							&taken, &found));
	if (!found) return se_topic_reserve(cx, tx, &(SeTopicReserveArgs){.id = p->topic_id, .posts_n = p->number + 1});
	TRY(se_topic_number_next(cx, tx, &(SeTopicNumberNextArgs){.id = p->topic_id}, &next));
	*ret_number = next.posts_n - 1;
	return ST_OK;
}

static Status answer_write(Ctx *cx, Tx *tx, const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const PostRow *p = row;
	int64_t number = 0;
	*ret_outcome = SE_IMPORTED;
	TRY(number_find(cx, tx, p, &number));
	TRY(post_write(cx, tx, im, p, number));
	if (p->accepted) TRY(se_topic_solve(cx, tx, &(SeTopicSolveArgs){.id = p->topic_id, .solution_id = p->id}));
	return fact_write(cx, tx, p,
					  (Fact){.at_ms = p->created_at,
							 .kind = FACT_POSTED,
							 .actor_id = p->author_id,
							 .target_id = p->topic_author_id,
							 .origin = se_origin(cx->arena, "post", p->source)});
}

// What questions and answers have in common.
static PostRow *post_row(SeImport *im, const SeReady *r)
{
	const SePost *post = &r->post;
	Arena *a = se_arena(im);
	PostRow *p = ARENA_NEW(a, PostRow, 1);
	*p = (PostRow){.source = post->id,
				   .score = post->score,
				   .views = post->views,
				   .id = ctx_id(im->cx),
				   .author_id = se_person(im, post->owner_id),
				   .editor_id = se_person(im, post->editor_id),
				   .created_at = post->created_at,
				   .edited_at = post->edited_at,
				   .closed_at = post->closed_at,
				   .html = str_copy(a, r->html),
				   .plain = str_copy(a, r->plain),
				   .url = str_copy(a, r->url)};
	p->author_name = se_author_name(a, p->author_id, post->owner_id, post->owner_name);
	return p;
}

static void place_set(SePlace *place, const PostRow *p)
{
	place->id = p->id;
	place->topic_id = p->topic_id;
	place->space_id = p->space_id;
	place->author_id = p->author_id;
}

static Str tags_typed(Arena *a, Str tags)
{
	Buf b = buf_init(a, tags.n + 8, tags.n * 2 + 8);
	for (Str tag; se_tags_next(&tags, &tag);) {
		buf_str(&b, tag);
		buf_char(&b, ' ');
	}
	return b.n ? buf_view(&b) : S("");
}

static Status question_prepare(SeImport *im, const SePost *post, TopicNew *topic, bool *ret_ok)
{
	*topic = (TopicNew){.space_id = im->space_id,
						.title = post->title,
						.tags = tags_typed(im->scratch.arena, post->tags),
						.style = im->style,
						.origin = {.channel = SE_CHANNEL, .id = S("0")}};
	AUTO(Db) db = NULL;
	TRY(db_begin(im->cx, im->store, &db));
	Status st = community_topic_prepare(&im->scratch, db, topic);
	*ret_ok = st == ST_OK;
	if (se_is_of_the_row(st)) return ST_OK;
	return fail(im->cx, st, "%.*s", STR(im->scratch.fail_text));
}

static Status question_add(SeImport *im, const SeReady *r)
{
	const SePost *post = &r->post;
	SePlace *place = se_place(im, post->id);
	Arena *a = se_arena(im);
	bool sound;
	TopicNew topic;
	if (r->status != ST_OK) return se_skip(im, SE_POSTS, SE_FAILED);
	TRY(question_prepare(im, post, &topic, &sound));
	if (!sound) return se_skip(im, SE_POSTS, SE_FAILED);
	PostRow *p = post_row(im, r);
	p->topic_id = ctx_id(im->cx);
	p->space_id = im->space_id;
	p->number = place->number;
	p->title = str_copy(a, topic.title);
	p->slug = str_copy(a, topic.slug);
	p->tags = str_copy(a, topic.tags);
	place_set(place, p);
	return se_add(im, SE_POSTS, question_write, p);
}

typedef struct ExcerptRow {
	Str tag, text;
} ExcerptRow;

static Status excerpt_write(Ctx *cx, Tx *tx, UNUSED const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const ExcerptRow *e = row;
	int64_t changed = 0;
	TRY(se_tag_describe(cx, tx, &(SeTagDescribeArgs){.name = e->tag, .description = e->text}, &changed));
	*ret_outcome = changed ? SE_IMPORTED : SE_UNCHANGED;
	return ST_OK;
}

static Status excerpt_add(SeImport *im, const SeReady *r)
{
	const SeExcerpt *excerpt = se_map_find(&im->excerpts, r->post.id);
	Str text = excerpt && r->status == ST_OK ? str_trim(r->plain) : S("");
	if (!text.n) return se_skip(im, SE_POSTS, SE_SKIPPED_WIKI);
	Arena *a = se_arena(im);
	ExcerptRow *e = ARENA_NEW(a, ExcerptRow, 1);
	*e = (ExcerptRow){.tag = excerpt->tag, .text = str_copy(a, utf8_cut(text, TAG_TEXT_MAX_BYTES))};
	return se_add(im, SE_POSTS, excerpt_write, e);
}

static Status answer_add(SeImport *im, const SeReady *r)
{
	const SePost *post = &r->post;
	SePlace *place = se_place(im, post->id);
	const SePlace *question = se_place(im, post->parent_id);
	bool known = question && question->type == SE_QUESTION;
	if (known && !question->id && !place->late) {
		place->late = true;
		im->late_n++;
		return ST_OK;
	}
	if (!known || !question->id) return se_skip(im, SE_POSTS, SE_SKIPPED_NO_POST);
	if (r->status != ST_OK) return se_skip(im, SE_POSTS, SE_FAILED);
	PostRow *p = post_row(im, r);
	p->topic_id = question->topic_id;
	p->space_id = question->space_id;
	p->topic_author_id = question->author_id;
	p->number = place->number;
	p->accepted = question->accepted == post->id;
	p->topic_old = question->old;
	place_set(place, p);
	return se_add(im, SE_POSTS, answer_write, p);
}

static Status post_add(SeImport *im, const SeReady *r)
{
	switch (r->post.type) {
	case SE_QUESTION: return question_add(im, r);
	case SE_ANSWER: return answer_add(im, r);
	default: return excerpt_add(im, r);
	}
}

// What is known already, or nothing is made of, need not be cleaned.
static Status on_post(void *arg, const SeRow *row)
{
	SeImport *im = arg;
	const SePost *post = &row->post;
	if (post->type == SE_TAG_WIKI_EXCERPT) return se_ahead_add(im->ahead, post);
	if (post->type != SE_QUESTION && post->type != SE_ANSWER) return se_skip(im, SE_POSTS, SE_SKIPPED_WIKI);
	bool known = se_place(im, post->id)->id != 0;
	return known ? se_post_again(im, post) : se_ahead_add(im->ahead, post);
}

static Status on_late_answer(void *arg, const SeRow *row)
{
	SeImport *im = arg;
	const SePlace *place = se_place(im, row->post.id);
	return place->late ? se_ahead_add(im->ahead, &row->post) : ST_OK;
}

static Status posts_read(SeImport *im)
{
	TRY(se_step(im, SE_POSTS, on_post));
	TRY(se_ahead_run(im->ahead));
	if (!im->late_n) return ST_OK;
	TRY(se_step(im, SE_POSTS, on_late_answer));
	return se_ahead_run(im->ahead);
}

Status se_posts(SeImport *im)
{
	im->ahead = se_ahead_open(im, post_add);
	Status st = posts_read(im);
	se_ahead_close(im->ahead);
	return st;
}
