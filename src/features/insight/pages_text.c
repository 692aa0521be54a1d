// SPDX-License-Identifier: AGPL-3.0-or-later
// One text and the forms to correct it; what may be spam; all corrections and what was learnt from them; where to begin.
#include "insight/insight_impl.h"
#include "insight/pages.h"
#include "insight_html.h"

#include "web/i18n.h"

#define TAGS_SHOWN 24
#define REPORTS_COUNTED_MAX 1000

static Str path_of(Arena *a, const char *before, Id id)
{
	Buf b = buf_init(a, 48, 96);
	buf_z(&b, before);
	buf_id(&b, id);
	return buf_view(&b);
}

static Str subject_url(Arena *a, Id post, Id subject, bool comment)
{
	Str url = path_of(a, "/p/", post);
	return comment ? str_format(a, "%.*s%.*s", STR(url), STR(path_of(a, "#c-", subject))) : url;
}

static void page_init(Ctx *cx, const Req *req, const char *title, Shell *shell)
{
	shell_init(cx, req, shell);
	shell->title = message_get_z(title);
	shell->nav = "insight";
	shell->noindex = true;
}

static Str task_label(Arena *a, InsightTask t)
{
	return message_get(str_format(a, "insight.task_%s", insight_task_name(t)));
}

static Str label_words(Arena *a, InsightTask t, int64_t label)
{
	if (t == TASK_LANGUAGE) return language_words(a, (unsigned)label);
	if (t == TASK_SENTIMENT) return message_get_z(tone_key((int)label));
	return label ? MESSAGE("insight.yes") : MESSAGE("insight.no");
}

// --- one text -----------------------------------------------------------------------------------------------------------------

static void add_choice(Arena *a, Options *o, InsightTask t, int64_t label, int64_t present)
{
	o->v[o->n++] = (Option){str_format(a, "%lld", (long long)label), label_words(a, t, label), label == present};
}

static Options choices_of(Arena *a, InsightTask t, int64_t present)
{
	Options o = {ARENA_NEW(a, Option, READING_LANGUAGES_MAX), 0};
	int64_t n = t == TASK_SENTIMENT ? SENTIMENT_N : t == TASK_LANGUAGE ? READING_LANGUAGES_MAX : 2;
	for (int64_t i = 0; i < n; i++) {
		bool none = t == TASK_LANGUAGE && i && !reading_language_number(reading_language_code((unsigned)i));
		if (!none) add_choice(a, &o, t, i, present);
	}
	return o;
}

static uint32_t share_of(const Analysis *an, InsightTask t)
{
	if (t == TASK_SENTIMENT) return an->sentiment[an->best];
	return t == TASK_LANGUAGE ? an->language.p : an->intents[t - TASK_INTENTS];
}

static HeadView head_view(Arena *a, const Analysis *an, int64_t bits, const CorrectionsOfRows *corrections,
						  InsightTask t)
{
	HeadView v = {.task = insight_task_name(t), .label = task_label(a, t)};
	int64_t present = insight_label_of(bits, t);
	for (size_t i = 0; i < corrections->n; i++) v.corrected |= corrections->v[i].task == (int64_t)t;
	v.value = label_words(a, t, present);
	v.share = percent_of(a, share_of(an, t), HEAD_ONE);
	v.choices = choices_of(a, t, present);
	return v;
}

static Str evidence_words(Arena *a, const Analysis *an)
{
	Buf b = buf_init(a, 128, 1024);
	for (size_t i = 0; i < an->evidence_n; i++) {
		if (i) buf_str(&b, S(", "));
		buf_format(&b, "“%.*s”", STR(an->evidence[i].words));
	}
	return buf_view(&b);
}

// Analysed now, for the words: the row keeps three of them at most.
static Status analyse_one(Ctx *cx, Db *db, const InsightPlaceRow *p, OneView *v)
{
	AUTO(Arena) room = arena_new(INSIGHT_ENGINE_BYTES);
	Ctx own = *cx;
	own.arena = room;
	InsightEngine *e;
	CorrectionsOfRows corrections;
	Analysis an;
	TRY(corrections_of(cx, db, &(CorrectionsOfArgs){.ids = ids_json(cx->arena, &p->id, 1)}, &corrections));
	own.queries = cx->queries;
	Status st = insight_engine_open(&own, db, &e);
	cx->queries = own.queries;
	if (st != ST_OK) return fail(cx, st, "%.*s", STR(own.fail_text));
	insight_analyse(e, text_said(room, p->number == 0 ? p->title : str_none(), p->body.s), &an);
	v->words = evidence_words(cx->arena, &an);
	v->sure = reading_sure(p->bits);
	v->unmeasured = analysis_unmeasured(&an);
	v->heads = (HeadViews){ARENA_NEW(cx->arena, HeadView, TASK_N), TASK_N};
	for (InsightTask t = TASK_SENTIMENT; t < TASK_N; t++)
		v->heads.v[t] = head_view(cx->arena, &an, p->bits, &corrections, t);
	return ST_OK;
}

static Status one_page(Ctx *cx, const Req *req, Res *res)
{
	OneView *v = ARENA_NEW(cx->arena, OneView, 1);
	InsightPlaceRow p;
	bool found;
	TRY(insight_place(cx, req->db, &(InsightPlaceArgs){.id = req_id(req, "subject")}, &p, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "no such post or comment");
	page_init(cx, req, "insight.one_title", &v->shell);
	v->id = p.id;
	v->title = p.title;
	v->author = p.author;
	v->at_ms = p.created_at;
	v->comment = p.comment != 0;
	v->url = subject_url(cx->arena, p.post_id, p.id, v->comment);
	v->excerpt = excerpt_of(cx->arena, p.body.s);
	v->read = !p.bits_null;
	if (v->read) TRY(analyse_one(cx, req->db, &p, v));
	html_insight_one(&res->body, v);
	return ST_OK;
}

static const FormField CORRECT_FORM[] = {LINE("task", 1, 20, "error.value"),
										 NEEDED_INTEGER("label", 0, READING_LANGUAGES_MAX - 1, "error.value")};

static Status correct_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	InsightTask task;
	if (!insight_task_parse(req_str(req, "task"), &task)) return fail(cx, ST_INVALID, "there is no such task");
	TRY(insight_correct(cx, tx, req_id(req, "subject"), task, req_int(req, "label")));
	return res_redirect(res, path_of(cx->arena, "/insight/of/", req_id(req, "subject")));
}

// --- spam ---------------------------------------------------------------------------------------------------------------------

#define PERCENT(p) (((p)*100 + READING_SPAM_ONE / 2) / READING_SPAM_ONE)
static const char *const STATES[] = {"open", "hidden", "cleared"};
static const FormField SPAM_FORM[] = {LINE("state", 0, 10, "error.value"), INTEGER("least", 0, 100, "error.value"),
									  LINE("after", 0, 60, "error.value")};
static const FormField DECIDE_FORM[] = {LINE("state", 1, 10, "error.value"), LINE("back", 0, 10, "error.value")};

static SpamState state_of(Str s)
{
	for (int i = 0; i < 3; i++)
		if (str_eq(s, str_from(STATES[i]))) return (SpamState)i;
	return SPAM_OPEN;
}

static Str spam_url(Arena *a, int state, int64_t least)
{
	return str_format(a, "/insight/spam?state=%s&least=%lld", STATES[state], (long long)least);
}

static SpamRow spam_row(Arena *a, const SuspectListRow *r)
{
	return (SpamRow){.id = r->subject_id,
					 .at_ms = r->at_ms,
					 .decided_at = r->decided_at,
					 .title = r->title,
					 .url = path_of(a, "/insight/of/", r->subject_id),
					 .author = r->author,
					 .excerpt = excerpt_of(a, r->body),
					 .decided = r->decided,
					 .percent = str_format(a, "%lld %%", (long long)PERCENT(r->p)),
					 .comment = r->comment,
					 .joined_at = r->joined_at};
}

static Status spam_page(Ctx *cx, const Req *req, Res *res)
{
	SpamView *v = ARENA_NEW(cx->arena, SpamView, 1);
	SuspectListRows rows;
	SuspectCountsRows counts;
	InsightProgress progress;
	Arena *a = cx->arena;
	v->state = (int)state_of(req_str(req, "state"));
	v->least = req_given(req, "least") ? req_int(req, "least") : 50;
	int64_t least = v->least * READING_SPAM_ONE / 100;
	SuspectListArgs args = {
		.state = v->state, .least = least, .at = INT64_MAX, .id = INT64_MAX, .limit = INSIGHT_ROWS + 1};
	Cursor c = cursor_of(req_str(req, "after"));
	int64_t at;
	Id id;
	if (cursor_int(&c, 0, INT64_MAX, &at) && cursor_take(&c, '.') && id_parse(cursor_rest(&c), &id)) {
		args.at = at;
		args.id = id;
	}
	TRY(suspect_list(cx, req->db, &args, &rows));
	TRY(suspect_counts(cx, req->db, &(SuspectCountsArgs){.least = least}, &counts));
	TRY(insight_progress(cx, req->db, &progress));
	page_init(cx, req, "insight.spam_title", &v->shell);
	v->progress = progress_view(&progress);
	for (size_t i = 0; i < counts.n; i++)
		if (counts.v[i].state >= 0 && counts.v[i].state < 3) v->counts[counts.v[i].state] = counts.v[i].n;
	for (int i = 0; i < 3; i++) v->tab_urls[i] = spam_url(a, i, v->least);
	size_t n = size_min(rows.n, INSIGHT_ROWS);
	v->rows = (SpamRows){ARENA_NEW(a, SpamRow, n + 1), n};
	for (size_t i = 0; i < n; i++) v->rows.v[i] = spam_row(a, &rows.v[i]);
	if (rows.n > n)
		v->more_url = str_format(a, "%.*s&after=%lld.%.*s", STR(spam_url(a, v->state, v->least)),
								 (long long)rows.v[n - 1].at_ms, STR(path_of(a, "", rows.v[n - 1].subject_id)));
	html_insight_spam(&res->body, v);
	return ST_OK;
}

static Status decide_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(insight_spam_decide(cx, tx, req_id(req, "subject"), state_of(req_str(req, "state"))));
	return res_redirect(res, str_format(cx->arena, "/insight/spam?state=%s", STATES[state_of(req_str(req, "back"))]));
}

// --- corrections and layers -----------------------------------------------------------------------------------------------------

static const FormField CORRECTIONS_FORM[] = {LINE("after", 0, 30, "error.value")};
static const FormField LAYER_FORM[] = {LINE("task", 1, 20, "error.value"), LINE("do", 1, 10, "error.value")};

static LayerView layer_view(Arena *a, const InsightLayerListRow *r)
{
	static const char *const VERDICTS[] = {"insight.verdict_used", "insight.verdict_few", "insight.verdict_no_better",
										   "insight.verdict_unlearns"};
	InsightTask t = (InsightTask)(r->task >= 0 && r->task < TASK_N ? r->task : 0);
	return (LayerView){.task = insight_task_name(t),
					   .label = task_label(a, t),
					   .verdict = r->off ? "insight.verdict_off" : VERDICTS[r->verdict & 3],
					   .corrections = r->corrections_n,
					   .held = r->held_n,
					   .base_right = r->base_right_n,
					   .layer_right = r->layer_right_n,
					   .anchors_held = r->anchors_held_n,
					   .anchors_changed = r->anchors_changed_n,
					   .made_at = r->made_at,
					   .off = r->off,
					   .used = !r->off && r->verdict == LAYER_USED};
}

static CorrectionRow correction_row(Arena *a, const CorrectionListRow *r)
{
	InsightTask t = (InsightTask)(r->task >= 0 && r->task < TASK_N ? r->task : 0);
	return (CorrectionRow){.id = r->id,
						   .subject = r->subject_id,
						   .task = task_label(a, t),
						   .was = label_words(a, t, r->was),
						   .label = label_words(a, t, r->label),
						   .who = r->who,
						   .title = r->title,
						   .at_ms = r->at_ms,
						   .comment = r->comment};
}

static Status corrections_page(Ctx *cx, const Req *req, Res *res)
{
	CorrectionsView *v = ARENA_NEW(cx->arena, CorrectionsView, 1);
	CorrectionListRows rows;
	InsightLayerListRows layers;
	InsightProgress progress;
	Id after;
	if (!id_parse(req_str(req, "after"), &after)) after = INT64_MAX;
	TRY(correction_list(cx, req->db, &(CorrectionListArgs){.before = after, .limit = INSIGHT_ROWS + 1}, &rows));
	AUTO(Arena) room = arena_new(ARENA_CAP_BYTES); // for the weights, which are not shown
	Ctx own = *cx;
	own.arena = room;
	Status st = insight_layer_list(&own, req->db, &layers);
	cx->queries = own.queries;
	if (st != ST_OK) return fail(cx, st, "%.*s", STR(own.fail_text));
	TRY(insight_progress(cx, req->db, &progress));
	page_init(cx, req, "insight.corrections_title", &v->shell);
	v->progress = progress_view(&progress);
	v->layers = (LayerViews){ARENA_NEW(cx->arena, LayerView, layers.n + 1), layers.n};
	for (size_t i = 0; i < layers.n; i++) v->layers.v[i] = layer_view(cx->arena, &layers.v[i]);
	size_t n = size_min(rows.n, INSIGHT_ROWS);
	v->rows = (CorrectionRows){ARENA_NEW(cx->arena, CorrectionRow, n + 1), n};
	for (size_t i = 0; i < n; i++) v->rows.v[i] = correction_row(cx->arena, &rows.v[i]);
	if (rows.n > n) v->more_url = path_of(cx->arena, "/insight/corrections?after=", rows.v[n - 1].id);
	html_insight_corrections(&res->body, v);
	return ST_OK;
}

static Status undo_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(insight_uncorrect(cx, tx, req_id(req, "correction")));
	return res_redirect(res, S("/insight/corrections"));
}

static Status layer_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	InsightTask task;
	Str verb = req_str(req, "do");
	if (!insight_task_parse(req_str(req, "task"), &task)) return fail(cx, ST_INVALID, "there is no such layer");
	if (str_eq(verb, S("drop"))) TRY(insight_layer_forget(cx, tx, task));
	else TRY(insight_layer_set(cx, tx, task, str_eq(verb, S("on"))));
	return res_redirect(res, S("/insight/corrections"));
}

// --- where to begin ---------------------------------------------------------------------------------------------------------------

static Status hub_page(Ctx *cx, const Req *req, Res *res)
{
	HubView *v = ARENA_NEW(cx->arena, HubView, 1);
	SpaceListRows spaces;
	TagListRows tags = {0};
	SuspectCountsRows counts;
	InsightProgress progress;
	ReportOpenCountRow reports;
	TRY(report_open_count(cx, req->db, &(ReportOpenCountArgs){.limit = REPORTS_COUNTED_MAX}, &reports));
	TRY(space_list(cx, req->db, &spaces));
	TRY(suspect_counts(cx, req->db, &(SuspectCountsArgs){.least = READING_SPAM_ONE / 2}, &counts));
	TRY(insight_progress(cx, req->db, &progress));
	v->manager = actor_can(cx, RIGHT_MANAGE);
	if (v->manager) TRY(tags_by_size(cx, req->db, (ListPlace){INT64_MAX, INT64_MAX}, TAGS_SHOWN, &tags));
	page_init(cx, req, "insight.title", &v->shell);
	v->progress = progress_view(&progress);
	v->reports = reports.n;
	v->spaces = (Nums){ARENA_NEW(cx->arena, Num, spaces.n + 1), 0};
	for (size_t i = 0; i < spaces.n && v->manager; i++)
		v->spaces.v[v->spaces.n++] = (Num){.label = spaces.v[i].title,
										   .url = str_format(cx->arena, "/s/%.*s/insight", STR(spaces.v[i].slug)),
										   .n = spaces.v[i].posts_n};
	v->tags = (Nums){ARENA_NEW(cx->arena, Num, tags.n + 1), tags.n};
	for (size_t i = 0; i < tags.n; i++) v->tags.v[i] = (Num){.label = tags.v[i].name, .n = tags.v[i].topics_n};
	for (size_t i = 0; i < counts.n; i++)
		if (counts.v[i].state == SPAM_OPEN) v->spam = counts.v[i].n;
	html_insight_hub(&res->body, v);
	return ST_OK;
}

// clang-format off
const Route insight_text_routes[] = {
	READ("/insight", RIGHT_MODERATE, hub_page, .flags = ROUTE_NOINDEX, .doc = "What is being said here"),
	READ("/insight/of/{subject:id}", RIGHT_MODERATE, one_page, .flags = ROUTE_NOINDEX, .doc = "What a post or comment is taken for, and why"),
	WRITE("/insight/of/{subject:id}", RIGHT_MODERATE, NULL, correct_action, .form = FORM(CORRECT_FORM), .limit = LIMIT_WRITE, .doc = "Say what is right"),
	READ("/insight/spam", RIGHT_MODERATE, spam_page, .form = FORM(SPAM_FORM), .flags = ROUTE_NOINDEX, .doc = "What new members wrote that may be spam"),
	WRITE("/insight/spam/{subject:id}", RIGHT_MODERATE, NULL, decide_action, .form = FORM(DECIDE_FORM), .limit = LIMIT_WRITE, .doc = "Hide it, say that it is no spam, or take that back"),
	READ("/insight/corrections", RIGHT_MANAGE, corrections_page, .form = FORM(CORRECTIONS_FORM), .flags = ROUTE_NOINDEX, .doc = "What people corrected, and what was learnt from it"),
	WRITE("/insight/corrections/{correction:id}/undo", RIGHT_MANAGE, NULL, undo_action, .doc = "Take a correction back"),
	WRITE("/insight/layers", RIGHT_MANAGE, NULL, layer_action, .form = FORM(LAYER_FORM), .doc = "Switch what was learnt on or off, or forget it"),
};
// clang-format on
const size_t insight_text_routes_n = COUNTOF(insight_text_routes);
