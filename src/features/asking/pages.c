// SPDX-License-Identifier: AGPL-3.0-or-later
// /ask/similar: what was asked before, as a part of the page where one asks, or as a page of its own: for guests, and
// without scripts. /ask/open and /ask/solved: what became of a suggestion.
#include "asking/pages.h"
#include "asking/feature.h"
#include "asking_html.h"

#include "web/i18n.h"
#include "web/web.h"

#define FRAGMENT_BODY_MAX 2000
#define ASKING_LIFE_MS TIME_DAY_MS

static const FormField SIMILAR_FORM[] = {
	LINE("title", 0, TITLE_MAX_BYTES, "error.value"),
	TEXT("body", 0, FRAGMENT_BODY_MAX, "error.value"),
	IDENT("asking", 0, "error.value"),
};
static const FormField LOOK_FORM[] = {
	LINE("title", 0, TITLE_MAX_BYTES, "error.title"),
	TEXT("body", 0, (int64_t)BODY_MAX_BYTES, "error.body"),
	LINE("tags", 0, 300, "error.tags"),
	IDENT("asking", 0, "error.value"),
};
static const FormField ASKING_FORM[] = {IDENT("asking", 0, "error.value")};

// An id that the page gave out within a day; any other number is nobody's asking.
static Id asking_of(const Ctx *cx, const Req *req)
{
	Id id = req_id(req, "asking");
	Time at = id_time(id);
	return at <= cx->now_ms + TIME_MINUTE_MS && at > cx->now_ms - ASKING_LIFE_MS ? id : 0;
}

static void note(const Ctx *cx, ObserveKind kind, Id topic, Id asking)
{
	Observation o = {
		.at_ms = cx->now_ms, .kind = kind, .actor_id = cx->actor->id, .subject_id = topic, .value = asking};
	if (asking) observe(cx->site->observer, &o);
}

static SuggestionView suggestion(const SimilarTopic *t)
{
	const AskingShownRow *r = &t->row;
	MemberArea in = {.name = r->author_area, .solved = r->author_solved_n, .kept = r->author_kept_n};
	members_area_in(r->author_areas, r->tags, str_none(), &in);
	return (SuggestionView){.id = r->id,
							.title = r->title,
							.excerpt = t->excerpt,
							.space_title = r->space_title,
							.author = r->author.n ? r->author : r->author_name,
							.answers_n = r->answers_n,
							.score = r->score,
							.solved = r->body.p != NULL,
							.cred = {.handle = r->author,
									 .rank = r->author_rank,
									 .level = r->author_level,
									 .area = in.name,
									 .key = in.key,
									 .given = r->author_given_n,
									 .solved = in.solved,
									 .kept = in.kept}};
}

// Finds, and notes what is going to be shown.
static Status look(Ctx *cx, const Req *req, SimilarView *v)
{
	SimilarTopics t;
	AskingQuestion q = {.title = v->title, .body = v->body, .limit = ASKING_SHOWN_MAX};
	v->asking = asking_of(cx, req);
	v->signed_in = cx->actor->id != 0;
	v->looked = v->title.n >= ASKING_TITLE_MIN;
	Status st = asking_similar(cx, req->db, &q, &t);
	if (st == ST_TIMEOUT) { // nothing is suggested, and nothing is said about what there is
		fail_clear(cx);
		v->looked = false;
		return ST_OK;
	}
	TRY(st);
	v->suggestions = (SuggestionViews){.v = ARENA_NEW(cx->arena, SuggestionView, t.n + 1), .n = t.n};
	for (size_t i = 0; i < t.n; i++) {
		v->suggestions.v[i] = suggestion(&t.v[i]);
		note(cx, OBSERVE_SIMILAR_SHOWN, t.v[i].row.id, v->asking);
	}
	return ST_OK;
}

static void page_begin(Ctx *cx, const Req *req, SimilarView *v)
{
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("asking.title");
	v->shell.noindex = true;
	if (!v->asking) v->asking = ctx_id(cx);
	Buf b = buf_init(cx->arena, 512, 2048);
	buf_str(&b, S("/ask?asking="));
	buf_id(&b, v->asking);
	if (v->title.n) buf_str(&b, S("&title="));
	buf_url_encoded(&b, v->title);
	v->ask_url = buf_view(&b);
}

static Status similar_page(Ctx *cx, const Req *req, Res *res)
{
	SimilarView *v = ARENA_NEW(cx->arena, SimilarView, 1);
	v->title = req_str(req, "title");
	v->body = req_str(req, "body");
	TRY(look(cx, req, v));
	res->no_store = true;
	if (req->fragment) {
		shell_init(cx, req, &v->shell);
		html_asking_suggestions(&res->body, v);
		return ST_OK;
	}
	page_begin(cx, req, v);
	html_asking_similar(&res->body, v);
	return ST_OK;
}

static Status similar_prepare(Ctx *cx, Req *req)
{
	SimilarView *v = ARENA_NEW(cx->arena, SimilarView, 1);
	v->title = req_str(req, "title");
	v->body = req_str(req, "body");
	req->prepared = v;
	return look(cx, req, v);
}

// Without scripts: what was typed is kept as the draft, to which the page leads back.
static Status similar_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	SimilarView *v = req->prepared;
	Str tags = req_str(req, "tags");
	if (v->title.n || v->body.n)
		TRY(draft_put(cx, tx,
					  &(DraftPutArgs){.member_id = cx->actor->id,
									  .place = S("ask"),
									  .title = v->title.p ? v->title : S(""),
									  .tags = tags.p ? tags : S(""),
									  .body = v->body.p ? v->body : S(""),
									  .updated_at = cx->now_ms}));
	page_begin(cx, req, v);
	html_asking_similar(&res->body, v);
	return ST_OK;
}

static Status topic_path(Ctx *cx, Db *db, Id id, TopicGetRow *ret_topic, Str *ret_path)
{
	TRY(topic_get(cx, db, &(TopicGetArgs){.id = id}, ret_topic));
	if (ret_topic->deleted_at || ret_topic->space_visibility > (int64_t)actor_clearance(cx))
		return fail(cx, ST_NOT_FOUND, "no such topic");
	*ret_path = path_topic(cx->arena, id, ret_topic->slug);
	return ST_OK;
}

static Status open_page(Ctx *cx, const Req *req, Res *res)
{
	TopicGetRow topic;
	Str path = str_none();
	TRY(topic_path(cx, req->db, req_id(req, "topic"), &topic, &path));
	note(cx, OBSERVE_SIMILAR_OPENED, topic.id, asking_of(cx, req));
	return res_redirect(res, path);
}

// The word of a member counts for the solution's author, that of a guest for the topic, as on the topic's page. A member has
// no question left then, so the draft goes.
static Status solved_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TopicGetRow topic;
	Str path = str_none();
	bool counted;
	TRY(topic_path(cx, tx_db(tx), req_id(req, "topic"), &topic, &path));
	if (!cx->actor->id) {
		TRY(community_guest_mark(cx, tx, topic.id, res_browser_hash(cx, req, res), &counted));
	} else {
		Status st = topic.solution_id ? community_mark(cx, tx, MARK_WORKED, topic.solution_id, true, cx->actor->id, 0)
									  : ST_OK;
		if (st == ST_FORBIDDEN) fail_clear(cx); // one's own answer: it helped all the same
		else TRY(st);
		TRY(draft_delete(cx, tx, &(DraftDeleteArgs){.member_id = cx->actor->id, .place = S("ask")}));
	}
	Id asking = asking_of(cx, req);
	if (asking) res->seen = (Observation){.kind = OBSERVE_SIMILAR_SOLVED, .subject_id = topic.id, .value = asking};
	return res_redirect(res, path);
}

// clang-format off
static const Route ROUTES[] = {
	READ("/ask/similar", RIGHT_READ, similar_page, .form = FORM(SIMILAR_FORM), .limit = LIMIT_SEARCH, .flags = ROUTE_NOINDEX,
		.doc = "Questions like the one that is about to be asked"),
	WRITE("/ask/similar", RIGHT_WRITE, similar_prepare, similar_action, .form = FORM(LOOK_FORM), .limit = LIMIT_SEARCH,
		.doc = "The same, from the form; what was typed is kept as a draft"),
	READ("/ask/open/{topic:id}", RIGHT_READ, open_page, .form = FORM(ASKING_FORM), .limit = LIMIT_SEARCH, .flags = ROUTE_NOINDEX,
		.doc = "Leads to a suggested topic and counts that it was opened"),
	WRITE("/ask/solved/{topic:id}", RIGHT_READ, NULL, solved_action, .form = FORM(ASKING_FORM), .limit = LIMIT_WRITE,
		.flags = ROUTE_GUEST_FORM, .doc = "A suggestion solved it, nothing needs to be asked"),
	READ("/ask/who/{topic:id}", RIGHT_SIGNED_IN, asking_who_page, .limit = LIMIT_SEARCH, .flags = ROUTE_NOINDEX,
		.doc = "Who may know the answer to a topic, for who asked it and who moderates there"),
	READ("/asking", RIGHT_MANAGE, asking_figures_page, .form = FORM(ASKING_PERIOD_FORM), .flags = ROUTE_NOINDEX,
		.doc = "What suggestions saved people from asking"),
	READ("/api/v1/topics/similar", RIGHT_READ, asking_api_similar, .form = FORM(SIMILAR_API_FORM), .limit = LIMIT_SEARCH, .flags = ROUTE_API,
		.reply = "items:[id:id url:text title:text solved:bool answers:int score:int excerpt:text? author:text?]",
		.doc = "Topics like a question, solved ones first"),
};
// clang-format on

Feature asking_feature(void)
{
	return (Feature){.name = "asking",
					 .migrations = asking_migrations,
					 .migrations_n = &asking_migrations_n,
					 .routes = ROUTES,
					 .routes_n = COUNTOF(ROUTES)};
}
