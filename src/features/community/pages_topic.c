// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/pages.h"
#include "community_html.h"

#include "core/consent.h"
#include "text/plain.h"
#include "text/reading.h"
#include "web/i18n.h"
#include "web/mark.h"

#define LINKED_MAX 12
#define HEADS_MAX 2 // posts that stand above the others: the opening and the solution
#define DESCRIPTION_MAX_BYTES 160
#define COMMENTS_MAX 500 // of the posts of a page
#define REPEATS_MAX 200  // of a topic: of more answers none is compared

static const FormField LIVE_FORM[] = {INTEGER("after", 0, INT32_MAX, "error.value")};
static const FormField TOPIC_FORM[] = {INTEGER("from", 0, INT32_MAX, "error.value"),
									   LINE("reported", 0, 10, "error.value")};

// A licence asks for the name under which somebody published; a handle is made of it.
static Str published_by(Str display, Str handle, Str name) { return display.n ? display : handle.n ? handle : name; }

// The statements that read posts give rows of the same columns.
#define POST_VIEW(cx, row)                                                                                             \
	((PostView){                                                                                                       \
		.id = (row)->id,                                                                                               \
		.number = (row)->number,                                                                                       \
		.score = (row)->score,                                                                                         \
		.set_aside_n = (row)->set_aside_n,                                                                             \
		.revisions_n = (row)->revisions_n,                                                                             \
		.comments_n = (row)->comments_n,                                                                               \
		.by = post_person(                                                                                             \
			person_of((cx)->arena, (row)->author, (row)->author_name, (row)->author_role, (row)->author_affiliation),  \
			(Cred){.handle = (row)->author,                                                                            \
				   .rank = (row)->author_rank,                                                                         \
				   .level = (row)->author_level,                                                                       \
				   .area = (row)->author_area,                                                                         \
				   .given = (row)->author_given_n,                                                                     \
				   .solved = (row)->author_solved_n,                                                                   \
				   .kept = (row)->author_kept_n}),                                                                     \
		.created_at = (row)->created_at,                                                                               \
		.edited_at = (row)->edited_at,                                                                                 \
		.body = (row)->body,                                                                                           \
		.lang = (row)->lang,                                                                                           \
		.origin_url = (row)->origin_url,                                                                               \
		.licence = community_licence_of((row)->origin_channel, (row)->created_at),                                     \
		.published_by = published_by((row)->author_display, (row)->author, (row)->author_name),                        \
		.repeats_id = (row)->repeats_id,                                                                               \
		.my_vote = (int)(row)->my_vote,                                                                                \
		.own = (cx)->actor->id && (row)->author_id == (cx)->actor->id,                                                 \
		.side = side_letter((row)->affiliation, (cx)->actor->id && (row)->author_id == (cx)->actor->id),               \
	})

static Person post_person(Person p, Cred cred)
{
	p.cred = cred;
	return p;
}

// A space that not everybody sees is no area beside a name.
static void cred_here(Cred *cred, Str areas, const TopicGetRow *t)
{
	bool open = t->space_visibility == VISIBLE_PUBLIC;
	cred_in(cred, areas, &(Whereabouts){t->tags, open ? t->space_slug : str_none(), t->space_title});
}

typedef struct TopicPosts {
	TopicGetRow topic;
	int64_t from; // number of the first post shown
	bool first_page;
	bool more;
} TopicPosts;

static bool may_there(const Ctx *cx, Right right, const TopicGetRow *t)
{
	return community_may(cx, right, t->tags, t->space_slug);
}

static void give_rights(Ctx *cx, const TopicGetRow *t, PostView *p)
{
	bool writes = actor_can(cx, RIGHT_WRITE), curates = actor_can(cx, RIGHT_CURATE);
	bool asker = cx->actor->id && t->author_id == cx->actor->id;
	p->question = p->number == 0;
	p->solution = p->id == t->solution_id;
	p->can_edit = p->own || curates || (p->question && may_there(cx, RIGHT_RETAG, t));
	p->can_delete = p->own || actor_can(cx, RIGHT_MODERATE) ||
					(p->by.affiliation != AFFILIATION_EMPLOYEE && may_there(cx, RIGHT_STEWARD, t));
	p->can_vote = writes && !p->own;
	bool first = !p->own && !t->solution_id && may_there(cx, RIGHT_MARK, t); // see community_accept
	p->can_accept = !p->question && t->space_kind == SPACE_QUESTIONS && (asker || curates || first);
}

// What every statement that reads posts needs done to its rows.
#define POST_HERE(cx, tp, row, ret_post)                                                                               \
	do {                                                                                                               \
		*(ret_post) = POST_VIEW(cx, row);                                                                              \
		cred_here(&(ret_post)->by.cred, (row)->author_areas, &(tp)->topic);                                            \
		give_rights(cx, &(tp)->topic, ret_post);                                                                       \
	} while (0)

// The solution of a first page that does not show it among its posts.
static Status read_solution(Ctx *cx, Db *db, const TopicPosts *tp, TopicView *v)
{
	if (!tp->first_page || !tp->topic.solution_id || v->has_solution) return ST_OK;
	PostGetRow row;
	TRY(post_get(cx, db, &(PostGetArgs){.id = tp->topic.solution_id}, &row));
	if (row.deleted_at) return ST_OK;
	POST_HERE(cx, tp, &row, &v->solution);
	v->has_solution = true;
	return ST_OK;
}

static PostView *post_in(TopicView *v, Id id)
{
	if (v->question.id == id) return &v->question;
	if (v->has_solution && v->solution.id == id) return &v->solution;
	for (size_t i = 0; i < v->posts.n; i++)
		if (v->posts.v[i].id == id) return &v->posts.v[i];
	return NULL;
}

// Which of the posts shown say first what others of the topic say too.
static Status read_repeated(Ctx *cx, Db *db, const TopicPosts *tp, TopicView *v)
{
	if (!tp->topic.repeats) return ST_OK;
	PostListRepeatedRows rows;
	TRY(post_list_repeated(cx, db, &(PostListRepeatedArgs){.topic_id = tp->topic.id, .limit = REPEATS_MAX}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		PostView *p = post_in(v, rows.v[i].repeats_id);
		if (p) p->first_said = !p->repeats_id;
	}
	return ST_OK;
}

_Static_assert(sizeof(PostListPageOwnRow) == sizeof(PostListPageRow), "guests and members read the same columns");

static Status list_posts(Ctx *cx, Db *db, const PostListPageOwnArgs *args, PostListPageRows *ret_rows)
{
	PostListPageOwnRows own;
	PostListPageArgs guest = {.topic_id = args->topic_id, .from = args->from, .limit = args->limit};
	if (!args->member_id) return post_list_page(cx, db, &guest, ret_rows);
	TRY(post_list_page_own(cx, db, args, &own));
	*ret_rows = (PostListPageRows){.v = (void *)own.v, .n = own.n};
	return ST_OK;
}

// A page of posts. On the first one the opening and the solution stand above the others and are not counted among them.
static Status read_posts(Ctx *cx, Db *db, TopicPosts *tp, TopicView *v)
{
	PostListPageOwnArgs args = {.topic_id = tp->topic.id,
								.from = tp->first_page ? 0 : tp->from,
								.limit = TOPIC_PAGE_POSTS + (tp->first_page ? HEADS_MAX + 1 : 1),
								.member_id = cx->actor->id};
	PostListPageRows rows;
	TRY(list_posts(cx, db, &args, &rows));
	v->posts.v = ARENA_NEW(cx->arena, PostView, size_min(rows.n, TOPIC_PAGE_POSTS));
	for (size_t i = 0; i < rows.n; i++) {
		const PostListPageRow *row = &rows.v[i];
		bool opening = tp->first_page && row->number == 0;
		bool solution = tp->first_page && row->id == tp->topic.solution_id;
		tp->more = !opening && !solution && v->posts.n == TOPIC_PAGE_POSTS;
		if (tp->more) break;
		PostView *p = opening ? &v->question : solution ? &v->solution : &v->posts.v[v->posts.n++];
		POST_HERE(cx, tp, row, p);
		v->has_solution |= solution;
	}
	TRY(read_solution(cx, db, tp, v));
	TRY(read_repeated(cx, db, tp, v));
	if (v->has_solution) v->solved_after = duration_text(cx->arena, v->solution.created_at - tp->topic.created_at);
	if (v->posts.n) {
		v->first_number = v->posts.v[0].number;
		v->last_number = v->posts.v[v->posts.n - 1].number;
	}
	return ST_OK;
}

// The posts shown that have comments.
static size_t commented(const TopicView *v, Id *ret_ids)
{
	size_t n = 0;
	if (v->question.comments_n) ret_ids[n++] = v->question.id;
	if (v->has_solution && v->solution.comments_n) ret_ids[n++] = v->solution.id;
	for (size_t i = 0; i < v->posts.n; i++)
		if (v->posts.v[i].comments_n) ret_ids[n++] = v->posts.v[i].id;
	return n;
}

// Comments come by post: each run belongs to one.
static Status read_comments(Ctx *cx, Db *db, const TopicPosts *tp, TopicView *v)
{
	Id *posts = ARENA_NEW(cx->arena, Id, v->posts.n + 2);
	size_t posts_n = commented(v, posts);
	if (!posts_n) return ST_OK;
	CommentListPostsArgs args = {.posts = ids_json(cx->arena, posts, posts_n), .limit = COMMENTS_MAX};
	CommentListPostsRows rows;
	TRY(comment_list_posts(cx, db, &args, &rows));
	CommentView *all = ARENA_NEW(cx->arena, CommentView, rows.n);
	v->comments = (CommentViews){all, rows.n};
	for (size_t i = 0; i < rows.n; i++) {
		const CommentListPostsRow *r = &rows.v[i];
		PostView *p = post_in(v, r->post_id);
		all[i] = (CommentView){
			.id = r->id,
			.by = post_person(person_of(cx->arena, r->author, r->author_name, 0, 0), (Cred){.handle = r->author,
																							.area = r->area,
																							.given = r->given_n,
																							.solved = r->solved_n,
																							.kept = r->kept_n}),
			.created_at = r->created_at,
			.score = r->score,
			.body = r->body,
			.lang = r->lang,
			.imported = r->origin_channel.n > 0,
		};
		cred_here(&all[i].by.cred, r->areas, &tp->topic);
		if (!p) continue;
		if (!p->comments.n) p->comments.v = &all[i];
		p->comments.n++;
	}
	return ST_OK;
}

static void add_link(TopicView *v, Id id, Str title, Str slug, bool solved)
{
	for (size_t k = 0; k < v->linked.n; k++)
		if (v->linked.v[k].id == id) return; // linked both ways
	if (v->linked.n == LINKED_MAX) return;
	v->linked.v[v->linked.n++] = (TopicRow){.id = id, .title = title, .slug = slug, .solved = solved};
}

static CommentView *comment_in(TopicView *v, Id id)
{
	for (size_t i = 0; i < v->comments.n; i++)
		if (v->comments.v[i].id == id) return &v->comments.v[i];
	return NULL;
}

static Str with_commas(Arena *a, Str words)
{
	Buf b = buf_init(a, words.n + 16, words.n * 2 + 16);
	for (size_t i = 0; i < words.n; i++) {
		if (words.p[i] == '\t') buf_str(&b, S(", "));
		else buf_char(&b, words.p[i]);
	}
	return buf_view(&b);
}

static void add_reading(Ctx *cx, TopicView *v, Id subject, int64_t bits, Str words)
{
	static const char *const TONES[] = {"tone.neg", "tone.neu", "tone.pos", "tone.neu"};
	PostView *p = post_in(v, subject);
	CommentView *c = p ? NULL : comment_in(v, subject);
	Str code = reading_language_code(reading_language(bits));
	if (!p && !c) return;
	*(p ? &p->reading
		: &c->reading) = (ReadingView){.known = true,
									   .sure = reading_sure(bits),
									   .corrected = reading_corrected(bits),
									   .language = message_get(str_format(cx->arena, "language.%.*s", STR(code))),
									   .tone = message_get_z(TONES[reading_sentiment(bits)]),
									   .words = with_commas(cx->arena, words)};
}

// What a member did here, and with it the links.
static Status read_own(Ctx *cx, Db *db, const TopicPosts *tp, TopicView *v)
{
	Buf place = buf_init(cx->arena, 20, 32);
	buf_str(&place, S("t-"));
	buf_id(&place, v->id);
	OwnListTopicRows rows;
	OwnListTopicArgs args = {
		.topic_id = tp->topic.id, .member_id = cx->actor->id, .from = tp->from, .to = v->last_number + 1};
	args.also = tp->topic.solution_id;
	args.place = buf_view(&place);
	args.clearance = actor_clearance(cx);
	args.space_id = tp->topic.space_id;
	args.labels = actor_can(cx, RIGHT_MODERATE);
	TRY(own_list_topic(cx, db, &args, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const OwnListTopicRow *r = &rows.v[i];
		PostView *p = r->kind == 0 ? post_in(v, r->subject_id) : NULL;
		if (p) p->my_vote = (int)r->value;
		if (r->kind == 1) v->same_mine = true;
		if (r->kind == 3) add_link(v, r->subject_id, r->body, r->slug, r->value != 0);
		if (r->kind == 4) add_reading(cx, v, r->subject_id, r->value, r->body);
		if (r->kind != 2) continue;
		v->answer_text = r->body;
		v->draft_at = r->at_ms;
	}
	return ST_OK;
}

static Status read_links(Ctx *cx, Db *db, TopicView *v)
{
	TopicLinkListRows rows;
	TopicLinkListArgs args = {.topic_id = v->id, .clearance = actor_clearance(cx)};
	TRY(topic_link_list(cx, db, &args, &rows));
	for (size_t i = 0; i < rows.n; i++)
		add_link(v, rows.v[i].id, rows.v[i].title, rows.v[i].slug, rows.v[i].solution_id != 0);
	return ST_OK;
}

static Str page_url(Ctx *cx, const TopicView *v, const char *param, int64_t number)
{
	return str_format(cx->arena, "%.*s?%s=%lld", STR(path_topic(cx->arena, v->id, v->slug)), param, (long long)number);
}

static void fill_pager(Ctx *cx, const TopicPosts *tp, TopicView *v)
{
	if (tp->more) v->older_url = page_url(cx, v, "from", v->last_number + 1);
	if (tp->first_page) return;
	int64_t before = v->first_number ? v->first_number : tp->from;
	v->newer_url = before - TOPIC_PAGE_POSTS <= 1 ? path_topic(cx->arena, v->id, v->slug)
												  : page_url(cx, v, "from", before - TOPIC_PAGE_POSTS);
}

static void ld_author(Json *j, const Person *p)
{
	json_key(j, "author");
	json_obj(j);
	json_key(j, "@type");
	json_str(j, S("Person"));
	json_key(j, "name");
	json_str(j, p->name);
	json_end(j);
}

static void ld_post(Ctx *cx, Json *j, const char *type, const PostView *p, Str base)
{
	json_obj(j);
	json_key(j, "@type");
	json_str(j, str_from(type));
	json_key(j, "text");
	json_str(j, html_plain(cx->arena, p->body.s, 2000));
	json_key(j, "dateCreated");
	json_time(j, p->created_at);
	json_key(j, "upvoteCount");
	json_int(j, p->score);
	json_key(j, "url");
	Buf url = buf_init(cx->arena, base.n + 24, 4096);
	buf_str(&url, base);
	buf_str(&url, S("/p/"));
	buf_id(&url, p->id);
	json_str(j, buf_view(&url));
	ld_author(j, &p->by);
	json_end(j);
}

// The solution, or the answer of the first page that has most kudos: a Question with answers has to name one.
static const PostView *ld_answer(const TopicView *v)
{
	const PostView *best = v->has_solution ? &v->solution : NULL;
	for (size_t i = 0; i < v->posts.n && !v->has_solution; i++)
		if (!best || v->posts.v[i].score > best->score) best = &v->posts.v[i];
	return best;
}

// QAPage for questions, DiscussionForumPosting for discussions (schema.org): the question and one answer, since
// search engines show no more and every byte of a page is read by everyone.
static JsonText topic_ld(Ctx *cx, const Req *req, const TopicView *v)
{
	Buf b = buf_init(cx->arena, 4096, (size_t)64 << 10);
	Str base = web_base_url(cx, req);
	Json j = ld_begin(&b, v->question_space ? "QAPage" : "DiscussionForumPosting");
	if (v->question_space) {
		json_key(&j, "mainEntity");
		json_obj(&j);
		json_key(&j, "@type");
		json_str(&j, S("Question"));
		json_key(&j, "name");
	} else {
		json_key(&j, "headline");
	}
	json_str(&j, v->title);
	json_key(&j, "text");
	json_str(&j, html_plain(cx->arena, v->question.body.s, 2000));
	json_key(&j, v->question_space ? "dateCreated" : "datePublished");
	json_time(&j, v->created_at);
	ld_author(&j, &v->question.by);
	if (v->question_space) {
		json_key(&j, "answerCount");
		json_int(&j, v->answers_n);
		json_key(&j, "upvoteCount");
		json_int(&j, v->score);
		const PostView *answer = ld_answer(v);
		if (answer) {
			json_key(&j, answer->solution ? "acceptedAnswer" : "suggestedAnswer");
			ld_post(cx, &j, "Answer", answer, base);
		}
		json_end(&j);
	}
	json_end(&j);
	return (JsonText){buf_view(&b)};
}

static void fill_head(Ctx *cx, const Req *req, const TopicGetRow *t, TopicView *v)
{
	shell_init(cx, req, &v->shell);
	v->id = t->id;
	v->title = t->title;
	v->slug = t->slug;
	v->tags = tags_of(cx->arena, t->tags);
	v->created_at = t->created_at;
	v->bumped_at = t->bumped_at;
	v->closed_at = t->closed_at;
	v->answers_n = t->answers_n;
	v->next_number = t->posts_n;
	v->score = t->score;
	v->views = t->views;
	v->same_n = t->same_n;
	v->helped_guests_n = t->helped_guests_n;
	v->solved = t->solution_id != 0;
	v->question_space = t->space_kind == SPACE_QUESTIONS;
	v->can_write = actor_can(cx, RIGHT_WRITE);
	v->own = cx->actor->id && t->author_id == cx->actor->id;
	v->can_moderate = may_there(cx, RIGHT_STEWARD, t);
	v->may_see_who = cx->actor->id && v->question_space && !v->solved && !t->closed_at &&
					 (v->can_moderate || t->author_id == cx->actor->id);
	v->guest_may_mark = !cx->actor->id && v->question_space && t->answers_n > 0;
	v->crumbs = crumbs_of(cx->arena, t->space_title, STR_CAT(cx->arena, S("/s/"), t->space_slug), str_none(),
						  str_none());
	v->shell.title = t->title;
	v->shell.nav = "spaces";
	Buf feed = buf_init(cx->arena, 40, 64);
	buf_str(&feed, S("/t/"));
	buf_id(&feed, t->id);
	buf_str(&feed, S("/feed.atom"));
	v->shell.feed = buf_view(&feed);
}

// Whom an answer is for, who asked or for those themselves whoever wrote last, and whose the posts are, in the page's order.
static Str sides_of(Ctx *cx, const TopicGetRow *t, const TopicView *v)
{
	char *p = arena_alloc(cx->arena, v->posts.n + 3, 1), own = side_letter(0, true);
	size_t n = 1;
	if (v->first_page) p[n++] = v->question.side;
	if (v->first_page && v->has_solution) p[n++] = v->solution.side;
	for (size_t i = 0; i < v->posts.n; i++) p[n++] = v->posts.v[i].side;
	p[0] = side_letter(t->affiliation, t->author_id == cx->actor->id);
	for (size_t i = n; p[0] == own && --i > 0;) p[0] = p[i];
	return (Str){p, n};
}

Status topic_draw(Ctx *cx, const Req *req, Res *res, Id topic_id, int64_t from, const Str *answer)
{
	TopicPosts tp = {.from = i64_max(from, 1), .first_page = from <= 1};
	TRY(visible_topic(cx, req->db, topic_id, &tp.topic));
	TopicView *v = ARENA_NEW(cx->arena, TopicView, 1);
	fill_head(cx, req, &tp.topic, v);
	v->first_page = tp.first_page;
	TRY(read_posts(cx, req->db, &tp, v));
	TRY(read_comments(cx, req->db, &tp, v));
	v->linked.v = ARENA_NEW(cx->arena, TopicRow, LINKED_MAX);
	TRY(cx->actor->id ? read_own(cx, req->db, &tp, v) : read_links(cx, req->db, v));
	if (answer) {
		v->answer_text = *answer;
		v->draft_at = 0;
	}
	v->answer_error = form_error(cx, "body");
	Str reported = req->route->page ? req_str(req, "reported") : S("");
	v->reported = reported.n > 0;
	v->reported_before = str_eq(reported, S("already"));
	fill_pager(cx, &tp, v);
	if (cx->actor->id) v->shell.mark = mark_make(cx, req, v->id, sides_of(cx, &tp.topic, v));
	Str base = web_base_url(cx, req);
	v->shell.canonical = STR_CAT(
		cx->arena, base, tp.first_page ? path_topic(cx->arena, v->id, v->slug) : page_url(cx, v, "from", tp.from));
	if (tp.first_page) {
		v->shell.description = html_plain(cx->arena, v->question.body.s, DESCRIPTION_MAX_BYTES);
		v->shell.ld = topic_ld(cx, req, v);
	}
	html_community_topic(&res->body, v);
	return ST_OK;
}

static Status topic_page(Ctx *cx, const Req *req, Res *res)
{
	TRY(topic_draw(cx, req, res, req_id(req, "topic"), req_int(req, "from"), NULL));
	res->seen = (Observation){.kind = OBSERVE_TOPIC_SEEN, .subject_id = req_id(req, "topic"), .value = 1};
	return ST_OK;
}

static Str live_channel(Arena *a, Id topic_id)
{
	Buf b = buf_init(a, 24, 32);
	buf_str(&b, S("t/"));
	buf_id(&b, topic_id);
	return buf_view(&b);
}

// Tells the number of the next post, so a page knows how many came since its own: at once, if some did.
static Status topic_live(Ctx *cx, const Req *req, Res *res)
{
	TopicGetRow t;
	TRY(visible_topic(cx, req->db, req_id(req, "topic"), &t));
	res->stream = live_channel(cx->arena, t.id);
	if (t.posts_n > req_int(req, "after"))
		buf_format(&res->body, "event: posted\ndata: %lld\n\n", (long long)t.posts_n);
	return ST_OK;
}

Status topic_event(Ctx *cx, Db *db, const Fact *fact, LiveEvent *ret_event)
{
	PostFindNumberRow post;
	bool found = false;
	if (fact->kind == FACT_POSTED)
		TRY(post_find_number(cx, db, &(PostFindNumberArgs){.id = fact->subject_id}, &post, &found));
	if (found)
		*ret_event = (LiveEvent){.channel = live_channel(cx->arena, post.topic_id),
								 .event = S("posted"),
								 .data = str_format(cx->arena, "%lld", (long long)post.number + 1)};
	return ST_OK;
}

// An address without the title leads to the one with it.
static Status topic_short(Ctx *cx, const Req *req, Res *res)
{
	TopicGetRow t;
	TRY(visible_topic(cx, req->db, req_id(req, "topic"), &t));
	return res_redirect_status(res, 301, path_topic(cx->arena, t.id, t.slug));
}

static Status post_permalink(Ctx *cx, const Req *req, Res *res)
{
	PostGetRow p;
	TopicGetRow t;
	TRY(post_get(cx, req->db, &(PostGetArgs){.id = req_id(req, "post")}, &p));
	TRY(visible_topic(cx, req->db, p.topic_id, &t));
	if (p.deleted_at) return fail(cx, ST_NOT_FOUND, "this post was deleted");
	bool on_first = p.number == 0 || p.id == t.solution_id;
	return res_redirect_status(res, 302, path_post(cx->arena, t.id, t.slug, p.id, on_first ? 0 : p.number));
}

// Where an imported post lives here: /origin/stackexchange/123.
static Status origin_page(Ctx *cx, const Req *req, Res *res)
{
	PostFindByOriginRow p;
	bool found;
	PostFindByOriginArgs args = {.origin_channel = req_str(req, "channel"), .origin_id = req_str(req, "remote")};
	TRY(post_find_by_origin(cx, req->db, &args, &p, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "nothing was imported from there");
	TopicGetRow t;
	TRY(visible_topic(cx, req->db, p.topic_id, &t));
	return res_redirect_status(res, 301,
							   path_post(cx->arena, t.id, t.slug, p.id, p.id == t.solution_id ? 0 : p.number));
}

// clang-format off
const Route community_topic_routes[] = {
	READ("/t/{topic:id}", RIGHT_READ, topic_short, .doc = "Leads to the topic's full address"),
	READ("/t/{topic:id}/{slug}", RIGHT_READ, topic_page, .form = FORM(TOPIC_FORM), .flags = ROUTE_CACHED, .doc = "A topic"),
	READ("/t/{topic:id}/live.stream", RIGHT_SIGNED_IN, topic_live, .form = FORM(LIVE_FORM), .doc = "Tells an open page of new posts (text/event-stream)"),
	READ("/p/{post:id}", RIGHT_READ, post_permalink, .doc = "Leads to a post on its page"),
	READ("/origin/{channel}/{remote}", RIGHT_READ, origin_page, .doc = "Leads to an imported post by its old id"),
};
// clang-format on
const size_t community_topic_routes_n = COUNTOF(community_topic_routes);
