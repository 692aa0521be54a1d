// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/pages.h"
#include "community_html.h"

#include "text/diff.h"
#include "text/markdown.h"
#include "text/plain.h"
#include "web/i18n.h"
#include "web/mark.h"

#define REVISIONS_SHOWN_MAX 50
#define REPORTS_SHOWN_MAX 200
#define DRAFTS_MAX 100 // of a member
#define BEGINNING_BYTES 320

static const FormField ASK_PAGE_FORM[] = {LINE("in", 0, 80, "error.value"),
										  LINE("title", 0, TITLE_MAX_BYTES, "error.value"),
										  IDENT("asking", 0, "error.value")};
static const FormField ASK_FORM[] = {
	IDENT("space", 1, "error.space"),
	LINE("title", 1, TITLE_MAX_BYTES, "error.title"),
	TEXT("body", 1, (int64_t)BODY_MAX_BYTES, "error.body"),
	LINE("tags", 0, 300, "error.tags"),
	IDENT("asking", 0, "error.value"),
};
static const FormField ANSWER_FORM[] = {TEXT("body", 1, (int64_t)BODY_MAX_BYTES, "error.body")};
static const FormField COMMENT_FORM[] = {TEXT("body", 1, (int64_t)COMMENT_MAX_BYTES, "error.comment_long")};
static const FormField EDIT_FORM[] = {
	LINE("title", 0, TITLE_MAX_BYTES, "error.title"),
	TEXT("body", 0, (int64_t)BODY_MAX_BYTES, "error.body"),
	LINE("tags", 0, 300, "error.tags"),
	LINE("reason", 0, 300, "error.value"),
	INTEGER("revision", 0, INT32_MAX, "error.value"),
};
static const FormField VOTE_FORM[] = {NEEDED_INTEGER("value", -1, 1, "error.value")};
static const FormField ACCEPT_FORM[] = {FLAG("accepted")};
static const FormField ON_FORM[] = {FLAG("on")};
static const FormField DELETE_FORM[] = {FLAG("deleted")};
static const FormField CLOSE_FORM[] = {FLAG("closed")};
static const FormField REPORT_FORM[] = {NEEDED_INTEGER("why", 1, 3, "error.value"),
										TEXT("note", 0, 1000, "error.value")};
static const FormField DRAFT_FORM[] = {
	LINE("place", 1, 40, "error.value"),
	LINE("title", 0, TITLE_MAX_BYTES, "error.value"),
	LINE("tags", 0, 300, "error.value"),
	TEXT("body", 0, (int64_t)BODY_MAX_BYTES, "error.value"),
};

static Str post_path(Ctx *cx, Id post)
{
	Buf b = buf_init(cx->arena, 24, 32);
	buf_str(&b, S("/p/"));
	buf_id(&b, post);
	return buf_view(&b);
}

static Status edit_fill(Ctx *cx, const Req *req, EditView *v);

// --- ask --------------------------------------------------------------------------------------------------------------

static Status ask_fill(Ctx *cx, const Req *req, AskView *v)
{
	shell_init(cx, req, &v->shell);
	v->shell.title = message_get(S("ask.title"));
	v->shell.mark = mark_make(cx, req, 0, S("o"));
	v->shell.noindex = true;
	v->asking = req_id(req, "asking") ? req_id(req, "asking") : ctx_id(cx);
	v->space_error = form_error(cx, "space");
	v->title_error = form_error(cx, "title");
	v->body_error = form_error(cx, "body");
	v->tags_error = form_error(cx, "tags");
	v->errors_n = cx->field_errors_n;
	return space_cards(cx, req->db, &v->spaces);
}

static Status ask_page(Ctx *cx, const Req *req, Res *res)
{
	AskView *v = ARENA_NEW(cx->arena, AskView, 1);
	TRY(ask_fill(cx, req, v));
	v->title = req_str(req, "title");
	for (size_t i = 0; i < v->spaces.n; i++)
		if (str_eq(v->spaces.v[i].slug, req_str(req, "in"))) v->space_id = v->spaces.v[i].id;
	DraftFindRow row;
	bool found;
	TRY(draft_find(cx, req->db, &(DraftFindArgs){.member_id = cx->actor->id, .place = S("ask")}, &row, &found));
	if (found) {
		if (!v->title.n) v->title = row.title;
		v->tags = row.tags;
		v->body = row.body;
		v->draft_at = row.updated_at;
	}
	html_community_ask(&res->body, v);
	return ST_OK;
}

static Status ask_failed(Ctx *cx, const Req *req, Res *res)
{
	AskView *v = ARENA_NEW(cx->arena, AskView, 1);
	TRY(ask_fill(cx, req, v));
	v->space_id = req_id(req, "space");
	v->title = req_str(req, "title");
	v->tags = req_str(req, "tags");
	v->body = req_str(req, "body");
	html_community_ask(&res->body, v);
	return ST_OK;
}

Status topic_prepare(Ctx *cx, Req *req, Id space_id)
{
	TopicNew *t = ARENA_NEW(cx->arena, TopicNew, 1);
	*t = (TopicNew){
		.space_id = space_id,
		.author_id = cx->actor->id,
		.affiliation = cx->actor->affiliation,
		.title = req_str(req, "title"),
		.tags = req_str(req, "tags"),
		.text = {.source = req_str(req, "body")},
	};
	req->prepared = t;
	return community_topic_prepare(cx, req->db, t);
}

static Status ask_prepare(Ctx *cx, Req *req) { return topic_prepare(cx, req, req_id(req, "space")); }

static Status ask_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	const TopicNew *t = req->prepared;
	Id topic, opening;
	TRY(community_topic_create(cx, tx, t, &topic, &opening));
	TRY(draft_delete(cx, tx, &(DraftDeleteArgs){.member_id = cx->actor->id, .place = S("ask")}));
	if (req_id(req, "asking"))
		res->seen = (Observation){.kind = OBSERVE_ASKED, .subject_id = topic, .value = req_id(req, "asking")};
	return res_redirect(res, path_topic(cx->arena, topic, t->slug));
}

// --- answer, comment --------------------------------------------------------------------------------------------------

Status post_prepare(Ctx *cx, Req *req)
{
	PostNew *p = ARENA_NEW(cx->arena, PostNew, 1);
	*p = (PostNew){
		.topic_id = req_id(req, "topic"),
		.author_id = cx->actor->id,
		.affiliation = cx->actor->affiliation,
		.text = {.source = req_str(req, "body")},
	};
	req->prepared = p;
	return community_post_prepare(cx, req->db, p);
}

static Status answer_prepare(Ctx *cx, Req *req)
{
	Status st = post_prepare(cx, req);
	if (st == ST_CONFLICT) field_error(cx, "body", "error.topic_closed");
	return st;
}

static Status answer_failed(Ctx *cx, const Req *req, Res *res)
{
	Str typed = req_str(req, "body");
	return topic_draw(cx, req, res, req_id(req, "topic"), 0, &typed);
}

static Status answer_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	Id post;
	TRY(community_post_create(cx, tx, req->prepared, &post));
	Buf place = buf_init(cx->arena, 20, 32);
	buf_str(&place, S("t-"));
	buf_id(&place, req_id(req, "topic"));
	TRY(draft_delete(cx, tx, &(DraftDeleteArgs){.member_id = cx->actor->id, .place = buf_view(&place)}));
	return res_redirect(res, post_path(cx, post));
}

Status comment_prepare(Ctx *cx, Req *req)
{
	CommentNew *c = ARENA_NEW(cx->arena, CommentNew, 1);
	*c = (CommentNew){
		.post_id = req_id(req, "post"),
		.author_id = cx->actor->id,
		.affiliation = cx->actor->affiliation,
		.text = {.source = req_str(req, "body")},
	};
	req->prepared = c;
	return community_comment_prepare(cx, req->db, c);
}

static Status comment_failed(Ctx *cx, const Req *req, Res *res)
{
	EditView *v = ARENA_NEW(cx->arena, EditView, 1);
	TRY(edit_fill(cx, req, v));
	v->shell.title = message_get(S("post.comment_label"));
	v->body = req_str(req, "body");
	html_community_comment_form(&res->body, v);
	return ST_OK;
}

static Status comment_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	Id comment;
	TRY(community_comment_create(cx, tx, req->prepared, &comment));
	return res_redirect(res, post_path(cx, req_id(req, "post")));
}

// --- edit and history ---------------------------------------------------------------------------------------------------

// What tells a post from others: its first words.
static Str beginning(Arena *a, Str html)
{
	Str plain = html_plain(a, html, (size_t)2 * BEGINNING_BYTES);
	if (plain.n <= BEGINNING_BYTES) return plain;
	Str head = utf8_cut(plain, BEGINNING_BYTES);
	size_t n = head.n;
	while (n && head.p[n - 1] != ' ') n--;
	return str_format(a, "%.*s …", STR(str_trim(str_sub(head, 0, n ? n : head.n))));
}

static Status edit_fill(Ctx *cx, const Req *req, EditView *v)
{
	PostGetRow p;
	TopicGetRow t;
	TRY(post_get(cx, req->db, &(PostGetArgs){.id = req_id(req, "post")}, &p));
	TRY(visible_topic(cx, req->db, p.topic_id, &t));
	if (p.deleted_at) return fail(cx, ST_NOT_FOUND, "this post was deleted");
	shell_init(cx, req, &v->shell);
	v->shell.noindex = true;
	v->post_id = p.id;
	v->revision = p.revisions_n;
	v->opening = p.number == 0;
	v->may_edit = actor_can(cx, RIGHT_CURATE) || (p.author_id && p.author_id == cx->actor->id);
	v->only_tags = !v->may_edit && v->opening && community_may(cx, RIGHT_RETAG, t.tags, t.space_slug);
	v->may_edit |= v->only_tags;
	v->title = t.title;
	v->tags = t.tags;
	v->back_url = post_path(cx, p.id);
	v->excerpt = beginning(cx->arena, p.body.s);
	v->author = p.author.p ? p.author : p.author_name;
	v->crumbs = crumbs_of(cx->arena, t.title, path_topic(cx->arena, t.id, t.slug), str_none(), str_none());
	v->title_error = form_error(cx, "title");
	v->body_error = form_error(cx, "body");
	v->tags_error = form_error(cx, "tags");
	return ST_OK;
}

static Status edit_page(Ctx *cx, const Req *req, Res *res)
{
	EditView *v = ARENA_NEW(cx->arena, EditView, 1);
	TRY(edit_fill(cx, req, v));
	if (!v->may_edit) return fail(cx, ST_FORBIDDEN, "only the author may edit this");
	v->shell.title = message_get(S("edit.title"));
	v->shell.mark = mark_make(cx, req, 0, S("o"));
	TRY(community_post_source(cx, req->db, v->post_id, &v->body));
	html_community_edit(&res->body, v);
	return ST_OK;
}

static Status edit_failed(Ctx *cx, const Req *req, Res *res)
{
	EditView *v = ARENA_NEW(cx->arena, EditView, 1);
	TRY(edit_fill(cx, req, v));
	v->shell.title = message_get(S("edit.title"));
	v->title = req_str(req, "title");
	v->tags = req_str(req, "tags");
	v->body = req_str(req, "body");
	v->reason = req_str(req, "reason");
	html_community_edit(&res->body, v);
	return ST_OK;
}

static Status edit_prepare(Ctx *cx, Req *req)
{
	PostEdit *e = ARENA_NEW(cx->arena, PostEdit, 1);
	*e = (PostEdit){
		.post_id = req_id(req, "post"),
		.text = {.source = req_str(req, "body")},
		.reason = req_str(req, "reason"),
		.editor_id = cx->actor->id,
	};
	if (req_given(req, "title") || req_given(req, "tags")) {
		e->title = req_str(req, "title");
		e->tags = req_str(req, "tags").p ? req_str(req, "tags") : S("");
	}
	req->prepared = e;
	TRY(community_edit_prepare(cx, req->db, e));
	if (!req_given(req, "revision") || req_int(req, "revision") == e->revisions_n) return ST_OK;
	field_error(cx, "body", "error.edited_meanwhile");
	return fail(cx, ST_CONFLICT, "somebody else edited this post meanwhile");
}

static Status edit_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(community_edit(cx, tx, req->prepared));
	return res_redirect(res, post_path(cx, req_id(req, "post")));
}

// Revision 0 is the original; revision n is the text after change n. They come newest first.
static Status history_page(Ctx *cx, const Req *req, Res *res)
{
	EditView head = {0};
	TRY(edit_fill(cx, req, &head));
	HistoryView *v = ARENA_NEW(cx->arena, HistoryView, 1);
	v->shell = head.shell;
	v->shell.title = message_get(S("history.title"));
	v->crumbs = head.crumbs;
	v->back_url = head.back_url;
	RevisionListRows rows;
	TRY(revision_list(cx, req->db, &(RevisionListArgs){.post_id = head.post_id, .limit = REVISIONS_SHOWN_MAX + 1},
					  &rows));
	v->revisions = (RevisionViews){.v = ARENA_NEW(cx->arena, RevisionView, rows.n)};
	for (size_t i = 0; i + 1 < rows.n; i++) {
		RevisionView *r = &v->revisions.v[v->revisions.n++];
		*r = (RevisionView){.number = rows.v[i].number, .at_ms = rows.v[i].at_ms, .reason = rows.v[i].reason};
		if (!str_eq(rows.v[i].title, rows.v[i + 1].title)) r->title = rows.v[i].title;
		r->by = person_of(cx->arena, rows.v[i].author, str_none(), 0, 0);
		TRY(text_diff(cx, rows.v[i + 1].body, rows.v[i].body, &r->diff));
	}
	html_community_history(&res->body, v);
	return ST_OK;
}

// --- votes and marks ----------------------------------------------------------------------------------------------------

static Status vote_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	int64_t score;
	TRY(community_vote(cx, tx, req_id(req, "post"), (int)req_int(req, "value"), cx->actor->id, cx->now_ms, &score));
	if (!req->fragment) return res_redirect(res, post_path(cx, req_id(req, "post")));
	res->content_type = S("text/plain; charset=utf-8");
	buf_int(&res->body, score);
	return ST_OK;
}

static Status accept_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(community_accept(cx, tx, req_id(req, "post"), req_int(req, "accepted") != 0, cx->actor->id, cx->now_ms));
	return res_redirect(res, post_path(cx, req_id(req, "post")));
}

static Status to_topic(Ctx *cx, Tx *tx, Id topic, Res *res)
{
	TopicGetRow t;
	TRY(visible_topic(cx, tx_db(tx), topic, &t));
	return res_redirect(res, path_topic(cx->arena, t.id, t.slug));
}

static Status same_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(community_mark(cx, tx, MARK_SAME, req_id(req, "topic"), req_int(req, "on") != 0, cx->actor->id, cx->now_ms));
	return to_topic(cx, tx, req_id(req, "topic"), res);
}

// Once per browser.
static Status solved_me_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	bool counted;
	TRY(community_guest_mark(cx, tx, req_id(req, "topic"), res_browser_hash(cx, req, res), &counted));
	return to_topic(cx, tx, req_id(req, "topic"), res);
}

// --- reports, deleting, closing -----------------------------------------------------------------------------------------

static Status report_page(Ctx *cx, const Req *req, Res *res)
{
	EditView *v = ARENA_NEW(cx->arena, EditView, 1);
	TRY(edit_fill(cx, req, v));
	v->shell.title = message_get(S("report.title"));
	if (req->route->action) v->reason = req_str(req, "note");
	v->note_error = form_error(cx, "note");
	ReportFindOpenRow open;
	ReportFindOpenArgs own = {.subject_type = SUBJECT_POST, .subject_id = v->post_id, .reporter_id = cx->actor->id};
	TRY(report_find_open(cx, req->db, &own, &open, &v->reported));
	html_community_report(&res->body, v);
	return ST_OK;
}

static Status report_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	bool is_new;
	TRY(community_report(cx, tx, req_id(req, "post"), (ReportWhy)req_int(req, "why"), req_str(req, "note"), &is_new));
	PostGetRow p;
	TopicGetRow t;
	TRY(post_get(cx, tx_db(tx), &(PostGetArgs){.id = req_id(req, "post")}, &p));
	TRY(visible_topic(cx, tx_db(tx), p.topic_id, &t));
	Buf b = buf_init(cx->arena, 128, 512);
	buf_str(&b, path_topic(cx->arena, t.id, t.slug));
	buf_format(&b, "?reported=%s&from=%lld", is_new ? "1" : "already",
			   (long long)(p.number > TOPIC_PAGE_POSTS ? p.number : 0));
	return res_redirect(res, buf_view(&b));
}

static Status reports_page(Ctx *cx, const Req *req, Res *res)
{
	static const char *const WHY[] = {"reports.of_profile", "report.unsafe", "report.wrong", "report.unkind"};
	ReportsView *v = ARENA_NEW(cx->arena, ReportsView, 1);
	shell_init(cx, req, &v->shell);
	v->shell.title = message_get(S("reports.title"));
	ReportListOpenRows rows;
	TRY(report_list_open(cx, req->db, &(ReportListOpenArgs){.limit = REPORTS_SHOWN_MAX}, &rows));
	v->reports = (ReportRows){.v = ARENA_NEW(cx->arena, ReportRow, rows.n), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++)
		v->reports.v[i] = (ReportRow){
			.id = rows.v[i].id,
			.post_id = rows.v[i].subject_type == SUBJECT_POST ? rows.v[i].subject_id : 0,
			.why_key = WHY[rows.v[i].why & 3],
			.note = rows.v[i].note,
			.reporter = rows.v[i].reporter,
			.title = rows.v[i].title,
			.author = rows.v[i].author,
			.excerpt = beginning(cx->arena, rows.v[i].body.s),
			.about = rows.v[i].about,
			.deleted_at = rows.v[i].deleted_at,
			.at_ms = rows.v[i].at_ms,
		};
	html_community_reports(&res->body, v);
	return ST_OK;
}

static Status report_close_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	int64_t n;
	TRY(report_close(cx, tx, &(ReportCloseArgs){.id = req_id(req, "report"), .closed_at = cx->now_ms}, &n));
	return n ? res_redirect(res, S("/reports")) : fail(cx, ST_NOT_FOUND, "no such report");
}

static Status delete_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	PostGetRow p;
	TopicGetRow t;
	TRY(post_get(cx, tx_db(tx), &(PostGetArgs){.id = req_id(req, "post")}, &p));
	TRY(topic_get(cx, tx_db(tx), &(TopicGetArgs){.id = p.topic_id}, &t));
	TRY(community_delete(cx, tx, p.id, req_int(req, "deleted") != 0));
	bool whole = p.number == 0 && req_int(req, "deleted");
	return res_redirect(res, whole ? str_format(cx->arena, "/s/%.*s", STR(t.space_slug))
								   : path_topic(cx->arena, t.id, t.slug));
}

static Status close_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(community_close(cx, tx, req_id(req, "topic"), req_int(req, "closed") != 0));
	return to_topic(cx, tx, req_id(req, "topic"), res);
}

// --- preview and drafts -------------------------------------------------------------------------------------------------

static Status preview_prepare(Ctx *cx, Req *req)
{
	PreviewView *p = ARENA_NEW(cx->arena, PreviewView, 1);
	req->prepared = p;
	return markdown_render(cx, req_str(req, "body"), &p->body);
}

static Status preview_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)tx;
	if (req->fragment) {
		html_community_preview_fragment(&res->body, req->prepared);
		return ST_OK;
	}
	AskView *v = ARENA_NEW(cx->arena, AskView, 1);
	shell_init(cx, req, &v->shell);
	v->shell.title = message_get(S("write.preview"));
	html_community_preview_page(&res->body, v, req->prepared);
	return ST_OK;
}

static Status draft_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	Str body = req_str(req, "body"), title = req_str(req, "title"), tags = req_str(req, "tags");
	res->status = 204;
	if (!body.n && !title.n)
		return draft_delete(cx, tx, &(DraftDeleteArgs){.member_id = cx->actor->id, .place = req_str(req, "place")});
	TRY(draft_put(cx, tx,
				  &(DraftPutArgs){.member_id = cx->actor->id,
								  .place = req_str(req, "place"),
								  .title = title.p ? title : S(""),
								  .tags = tags.p ? tags : S(""),
								  .body = body.p ? body : S(""),
								  .updated_at = cx->now_ms}));
	return draft_drop_oldest(cx, tx, &(DraftDropOldestArgs){.member_id = cx->actor->id, .most = DRAFTS_MAX});
}

// clang-format off
const Route community_write_routes[] = {
	READ("/ask", RIGHT_WRITE, ask_page, .form = FORM(ASK_PAGE_FORM), .flags = ROUTE_NOINDEX, .doc = "Ask a question or start a topic"),
	READ("/p/{post:id}/edit", RIGHT_WRITE, edit_page, .doc = "The form to edit a post"),
	READ("/p/{post:id}/history", RIGHT_READ, history_page, .doc = "What was changed in a post"),
	READ("/p/{post:id}/report", RIGHT_WRITE, report_page, .doc = "The form to report a post"),
	READ("/reports", RIGHT_MODERATE, reports_page, .doc = "Open reports"),
	WRITE("/ask", RIGHT_WRITE, ask_prepare, ask_action, .failed = ask_failed, .form = FORM(ASK_FORM), .limit = LIMIT_WRITE, .doc = "Ask"),
	WRITE("/t/{topic:id}/answer", RIGHT_WRITE, answer_prepare, answer_action, .failed = answer_failed, .form = FORM(ANSWER_FORM),
		.limit = LIMIT_WRITE, .doc = "Answer"),
	WRITE("/p/{post:id}/comment", RIGHT_WRITE, comment_prepare, comment_action, .failed = comment_failed, .form = FORM(COMMENT_FORM), .limit = LIMIT_WRITE, .doc = "Comment"),
	WRITE("/p/{post:id}/edit", RIGHT_WRITE, edit_prepare, edit_action, .failed = edit_failed, .form = FORM(EDIT_FORM), .limit = LIMIT_WRITE, .doc = "Edit"),
	WRITE("/p/{post:id}/vote", RIGHT_WRITE, NULL, vote_action, .form = FORM(VOTE_FORM), .limit = LIMIT_WRITE, .doc = "Vote, or take a vote back"),
	WRITE("/p/{post:id}/accept", RIGHT_WRITE, NULL, accept_action, .form = FORM(ACCEPT_FORM), .limit = LIMIT_WRITE, .doc = "Mark the solution"),
	WRITE("/t/{topic:id}/same", RIGHT_WRITE, NULL, same_action, .form = FORM(ON_FORM), .limit = LIMIT_WRITE, .doc = "I have this too"),
	WRITE("/t/{topic:id}/solved-me", RIGHT_READ, NULL, solved_me_action, .limit = LIMIT_WRITE, .flags = ROUTE_GUEST_FORM, .doc = "A guest says that this solved it"),
	WRITE("/p/{post:id}/report", RIGHT_WRITE, NULL, report_action, .failed = report_page, .form = FORM(REPORT_FORM), .limit = LIMIT_WRITE, .doc = "Report a post"),
	WRITE("/reports/{report:id}/close", RIGHT_MODERATE, NULL, report_close_action, .doc = "A report is dealt with"),
	WRITE("/p/{post:id}/delete", RIGHT_WRITE, NULL, delete_action, .form = FORM(DELETE_FORM), .limit = LIMIT_WRITE, .doc = "Delete a post"),
	WRITE("/t/{topic:id}/close", RIGHT_STEWARD, NULL, close_action, .form = FORM(CLOSE_FORM), .doc = "Close or reopen a topic"),
	WRITE("/preview", RIGHT_WRITE, preview_prepare, preview_action, .form = FORM(ANSWER_FORM), .limit = LIMIT_PREVIEW, .doc = "Markdown as it will look"),
	WRITE("/drafts", RIGHT_WRITE, NULL, draft_action, .form = FORM(DRAFT_FORM), .limit = LIMIT_PREVIEW, .doc = "Keep a draft"),
};
// clang-format on
const size_t community_write_routes_n = COUNTOF(community_write_routes);
