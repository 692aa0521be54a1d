// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/pages.h"

#define API_PAGE_MAX 100

static const FormField API_TOPIC_FORM[] = {
	LINE("space", 1, 80, "error.space"),
	LINE("title", 1, TITLE_MAX_BYTES, "error.title"),
	TEXT("body", 1, (int64_t)BODY_MAX_BYTES, "error.body"),
	WORDS("tags", 0, 300, "error.tags"),
};
static const FormField API_POST_FORM[] = {TEXT("body", 1, (int64_t)BODY_MAX_BYTES, "error.body")};
static const FormField API_COMMENT_FORM[] = {TEXT("body", 1, (int64_t)COMMENT_MAX_BYTES, "error.comment_long")};
static const FormField API_VOTE_FORM[] = {NEEDED_INTEGER("value", -1, 1, "error.value")};
static const FormField API_ACCEPT_FORM[] = {FLAG("accepted")};
static const FormField API_SEARCH_FORM[] = {
	LINE("q", 1, 500, "error.value"),
	LINE("sort", 0, 20, "error.value"),
	INTEGER("limit", 1, API_PAGE_MAX, "error.value"),
};
static const FormField API_LIST_FORM[] = {LINE("space", 0, 80, "error.space"), LINE("cursor", 0, 40, "error.value"),
										  INTEGER("limit", 1, API_PAGE_MAX, "error.value")};
static const FormField API_POSTS_FORM[] = {INTEGER("from", 0, INT32_MAX, "error.value"),
										   INTEGER("limit", 1, API_PAGE_MAX, "error.value")};

static Json api_begin(Res *res)
{
	res->content_type = S("application/json");
	return json_init(&res->body);
}

static int64_t limit_of(const Req *req) { return req_given(req, "limit") ? req_int(req, "limit") : 20; }

static Status created(Ctx *cx, Res *res, Id id, Str path)
{
	Json j = api_begin(res);
	res->status = 201;
	res->location = path;
	json_obj(&j);
	json_key(&j, "id");
	json_id(&j, id);
	json_key(&j, "url");
	json_str(&j, path);
	json_end(&j);
	return buf_status(cx, &res->body);
}

static Str path_short(Ctx *cx, Id post)
{
	Buf b = buf_init(cx->arena, 24, 32);
	buf_str(&b, S("/p/"));
	buf_id(&b, post);
	return buf_view(&b);
}

// --- writing ------------------------------------------------------------------------------------------------------------

static Status new_topic_prepare(Ctx *cx, Req *req)
{
	SpaceFindBySlugRow space;
	Status st = visible_space(cx, req->db, req_str(req, "space"), &space);
	if (st == ST_NOT_FOUND) {
		field_error(cx, "space", "error.space");
		return fail(cx, ST_INVALID, "there is no such space");
	}
	TRY(st);
	return topic_prepare(cx, req, space.id);
}

static Status topic_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	const TopicNew *t = req->prepared;
	Id topic, opening;
	TRY(community_topic_create(cx, tx, t, &topic, &opening));
	return created(cx, res, topic, path_topic(cx->arena, topic, t->slug));
}

static Status post_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	Id post;
	TRY(community_post_create(cx, tx, req->prepared, &post));
	return created(cx, res, post, path_short(cx, post));
}

static Status comment_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	Id comment;
	TRY(community_comment_create(cx, tx, req->prepared, &comment));
	return created(cx, res, comment, path_short(cx, req_id(req, "post")));
}

static Status vote_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	int64_t score;
	TRY(community_vote(cx, tx, req_id(req, "post"), (int)req_int(req, "value"), cx->actor->id, cx->now_ms, &score));
	Json j = api_begin(res);
	json_obj(&j);
	json_key(&j, "score");
	json_int(&j, score);
	json_end(&j);
	return ST_OK;
}

static Status accept_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(community_accept(cx, tx, req_id(req, "post"), req_int(req, "accepted") != 0, cx->actor->id, cx->now_ms));
	Json j = api_begin(res);
	json_obj(&j);
	json_key(&j, "accepted");
	json_bool(&j, req_int(req, "accepted") != 0);
	json_end(&j);
	return ST_OK;
}

// --- reading ------------------------------------------------------------------------------------------------------------

static void json_topic(Ctx *cx, Json *j, const TopicListActiveRow *t)
{
	json_obj(j);
	json_key(j, "id");
	json_id(j, t->id);
	json_key(j, "url");
	json_str(j, path_topic(cx->arena, t->id, t->slug));
	json_key(j, "title");
	json_str(j, t->title);
	json_key(j, "space");
	json_str(j, t->space_slug);
	json_key(j, "tags");
	json_str(j, t->tags);
	json_key(j, "author");
	json_str(j, t->author.p ? t->author : t->author_name);
	json_key(j, "created_at");
	json_time(j, t->created_at);
	json_key(j, "active_at");
	json_time(j, t->bumped_at);
	json_key(j, "answers");
	json_int(j, t->answers_n);
	json_key(j, "score");
	json_int(j, t->score);
	json_key(j, "solution_id");
	json_id(j, t->solution_id);
	json_end(j);
}

static Status topics_list(Ctx *cx, const Req *req, Res *res)
{
	Position at = position_parse(req_str(req, "cursor"));
	if (req_str(req, "cursor").n && at.id == INT64_MAX) { // from the start again, a program would never end
		field_error(cx, "cursor", "error.value");
		return fail(cx, ST_INVALID, "cursor: not one that a page gave");
	}
	int64_t limit = limit_of(req);
	TopicListActiveRows rows;
	if (req_str(req, "space").n) {
		SpaceFindBySlugRow space;
		TRY(visible_space(cx, req->db, req_str(req, "space"), &space));
		TopicListSpaceActiveRows in_space;
		TopicListSpaceActiveArgs args = {.space_id = space.id, .at = at.key, .id = at.id, .limit = limit + 1};
		TRY(topic_list_space_active(cx, req->db, &args, &in_space));
		rows = (TopicListActiveRows){.v = (void *)in_space.v, .n = in_space.n};
	} else {
		TopicListActiveArgs args = {
			.at = at.key, .id = at.id, .limit = limit + 1, .clearance = (int64_t)actor_clearance(cx)};
		TRY(topic_list_active(cx, req->db, &args, &rows));
	}
	Json j = api_begin(res);
	json_obj(&j);
	json_key(&j, "items");
	json_arr(&j);
	size_t n = size_min(rows.n, (size_t)limit);
	for (size_t i = 0; i < n; i++) json_topic(cx, &j, &rows.v[i]);
	json_end(&j);
	json_key(&j, "cursor");
	if (rows.n > n) {
		Buf b = buf_init(cx->arena, 40, 64);
		buf_position(&b, rows.v[n - 1].bumped_at, rows.v[n - 1].id);
		json_str(&j, buf_view(&b));
	} else {
		json_none(&j);
	}
	json_end(&j);
	return ST_OK;
}

static Status topic_read(Ctx *cx, const Req *req, Res *res)
{
	TopicGetRow t;
	TRY(visible_topic(cx, req->db, req_id(req, "topic"), &t));
	Json j = api_begin(res);
	TopicListActiveRow row = {.id = t.id,
							  .title = t.title,
							  .slug = t.slug,
							  .tags = t.tags,
							  .created_at = t.created_at,
							  .bumped_at = t.bumped_at,
							  .answers_n = t.answers_n,
							  .score = t.score,
							  .solution_id = t.solution_id,
							  .author_name = t.author_name,
							  .space_slug = t.space_slug,
							  .author = t.author};
	json_topic(cx, &j, &row);
	return ST_OK;
}

static void json_post(Ctx *cx, Json *j, const PostListPageRow *p)
{
	json_obj(j);
	json_key(j, "id");
	json_id(j, p->id);
	json_key(j, "number");
	json_int(j, p->number);
	json_key(j, "url");
	json_str(j, path_short(cx, p->id));
	json_key(j, "author");
	json_str(j, p->author.p ? p->author : p->author_name);
	json_key(j, "created_at");
	json_time(j, p->created_at);
	json_key(j, "edited_at");
	json_time(j, p->edited_at);
	json_key(j, "score");
	json_int(j, p->score);
	json_key(j, "html");
	json_str(j, p->body.s);
	json_key(j, "origin");
	json_str(j, p->origin_url);
	json_key(j, "external_id");
	json_str(j, p->origin_id);
	json_end(j);
}

static Status posts_list(Ctx *cx, const Req *req, Res *res)
{
	TopicGetRow t;
	TRY(visible_topic(cx, req->db, req_id(req, "topic"), &t));
	int64_t limit = limit_of(req);
	PostListPageRows rows;
	TRY(post_list_page(cx, req->db,
					   &(PostListPageArgs){.topic_id = t.id, .from = req_int(req, "from"), .limit = limit + 1}, &rows));
	Json j = api_begin(res);
	json_obj(&j);
	json_key(&j, "items");
	json_arr(&j);
	size_t n = size_min(rows.n, (size_t)limit);
	for (size_t i = 0; i < n; i++) json_post(cx, &j, &rows.v[i]);
	json_end(&j);
	json_key(&j, "next_from");
	if (rows.n > n) json_int(&j, rows.v[n].number);
	else json_none(&j);
	json_end(&j);
	return ST_OK;
}

static Status search_list(Ctx *cx, const Req *req, Res *res)
{
	SearchArgs args = {.text = req_str(req, "q"), .solved = -1, .limit = (size_t)limit_of(req)};
	Str sort = req_str(req, "sort");
	if (str_eq(sort, S("newest"))) args.sort = SEARCH_NEWEST;
	else if (sort.n && !str_eq(sort, S("relevance"))) {
		field_error(cx, "sort", "error.value");
		return fail(cx, ST_INVALID, "sort: relevance or newest");
	}
	SearchHits hits;
	TRY(community_search(cx, req->db, &args, &hits));
	Json j = api_begin(res);
	json_obj(&j);
	json_key(&j, "items");
	json_arr(&j);
	for (size_t i = 0; i < hits.n; i++) {
		const SearchHit *h = &hits.v[i];
		json_obj(&j);
		json_key(&j, "id");
		json_id(&j, h->topic_id);
		json_key(&j, "url");
		json_str(&j, path_post(cx->arena, h->topic_id, h->slug, h->post_id, h->number));
		json_key(&j, "title");
		json_str(&j, h->title);
		json_key(&j, "snippet");
		json_str(&j, h->snippet.s);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return ST_OK;
}

static Status spaces_list(Ctx *cx, const Req *req, Res *res)
{
	SpaceCards cards;
	TRY(space_cards(cx, req->db, &cards));
	Json j = api_begin(res);
	json_obj(&j);
	json_key(&j, "items");
	json_arr(&j);
	for (size_t i = 0; i < cards.n; i++) {
		json_obj(&j);
		json_key(&j, "slug");
		json_str(&j, cards.v[i].slug);
		json_key(&j, "title");
		json_str(&j, cards.v[i].title);
		json_key(&j, "topics");
		json_int(&j, cards.v[i].topics_n);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return ST_OK;
}

// clang-format off
const Route community_api_routes[] = {
	READ("/api/v1/spaces", RIGHT_READ, spaces_list, .flags = ROUTE_API | ROUTE_CACHED, .reply = "items:[slug:text title:text topics:int]", .doc = "Spaces"),
	READ("/api/v1/topics", RIGHT_READ, topics_list, .form = FORM(API_LIST_FORM), .flags = ROUTE_API | ROUTE_CACHED, .reply = "items:[id:id url:text title:text space:text tags:text author:text? created_at:time active_at:time answers:int score:int solution_id:id?] cursor:text?", .doc = "Topics, most active first"),
	WRITE("/api/v1/topics", RIGHT_WRITE, new_topic_prepare, topic_action, .form = FORM(API_TOPIC_FORM), .limit = LIMIT_WRITE, .flags = ROUTE_API | ROUTE_CREATES, .reply = "id:id url:text", .doc = "Start a topic"),
	READ("/api/v1/topics/{topic:id}", RIGHT_READ, topic_read, .flags = ROUTE_API | ROUTE_CACHED, .reply = "id:id url:text title:text space:text tags:text author:text? created_at:time active_at:time answers:int score:int solution_id:id?", .doc = "A topic"),
	READ("/api/v1/topics/{topic:id}/posts", RIGHT_READ, posts_list, .form = FORM(API_POSTS_FORM), .flags = ROUTE_API | ROUTE_CACHED, .reply = "items:[id:id number:int url:text author:text? created_at:time edited_at:time? score:int html:text origin:text? external_id:text?] next_from:int?", .doc = "Its posts, in order"),
	WRITE("/api/v1/topics/{topic:id}/posts", RIGHT_WRITE, post_prepare, post_action, .form = FORM(API_POST_FORM), .limit = LIMIT_WRITE, .flags = ROUTE_API | ROUTE_CREATES, .reply = "id:id url:text", .doc = "Answer"),
	WRITE("/api/v1/posts/{post:id}/comments", RIGHT_WRITE, comment_prepare, comment_action, .form = FORM(API_COMMENT_FORM), .limit = LIMIT_WRITE, .flags = ROUTE_API | ROUTE_CREATES, .reply = "id:id url:text", .doc = "Comment"),
	WRITE("/api/v1/posts/{post:id}/vote", RIGHT_WRITE, NULL, vote_action, .form = FORM(API_VOTE_FORM), .limit = LIMIT_WRITE, .flags = ROUTE_API, .reply = "score:int", .doc = "Vote (1, -1, 0 takes it back)"),
	WRITE("/api/v1/posts/{post:id}/accept", RIGHT_WRITE, NULL, accept_action, .form = FORM(API_ACCEPT_FORM), .limit = LIMIT_WRITE, .flags = ROUTE_API, .reply = "accepted:bool", .doc = "Mark as the solution, or take it back"),
	READ("/api/v1/search", RIGHT_READ, search_list, .form = FORM(API_SEARCH_FORM), .limit = LIMIT_SEARCH, .flags = ROUTE_API | ROUTE_CACHED, .reply = "items:[id:id url:text title:text snippet:text]", .doc = "Search"),
};
// clang-format on
const size_t community_api_routes_n = COUNTOF(community_api_routes);
