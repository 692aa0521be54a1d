// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rulebook/editor.h"
#include "rulebook/feature.h"
#include "rulebook/view.h"
#include "rulebook_html.h"

#include "web/i18n.h"

#include <stdlib.h>

#define LIST_ROWS 10
#define SCALE 10000

static const FormField RULES_FORM[] = {IDENT("from", 0, "error.value"), FLAG("published")};
static const FormField TRY_FORM[] = {TEXT("toml", 1, (int64_t)RULES_FILE_MAX_BYTES, "rulebook.fault")};
static const FormField PUBLISH_FORM[] = {TEXT("note", 1, RULEBOOK_NOTE_MAX_BYTES, "rulebook.note_needed")};

static Status find_faults(Ctx *cx, const Ruleset *rules, FindingRows *ret_rows)
{
	LintFindings found;
	TRY(rules_lint(cx, rules, &found));
	*ret_rows = (FindingRows){ARENA_NEW(cx->arena, FindingRow, found.n + 1), found.n};
	for (size_t i = 0; i < found.n; i++)
		ret_rows->v[i] = (FindingRow){
			.line = found.v[i].line, .error = found.v[i].level == LINT_ERROR, .text = found.v[i].text};
	return ST_OK;
}

static void begin(Ctx *cx, const Req *req, Shell *shell, Crumbs *crumbs, const char *title)
{
	shell_init(cx, req, shell);
	shell->title = message_get(str_from(title));
	shell->nav = "boards";
	shell->noindex = true;
	Crumb *v = ARENA_NEW(cx->arena, Crumb, 2);
	v[0] = (Crumb){message_get(S("shell.boards")), S("/board")};
	v[1] = (Crumb){message_get(S("rulebook.title")), S("/board/rules")};
	*crumbs = (Crumbs){v, 2};
}

static Status list_trials(Ctx *cx, Db *db, TrialRows *ret_rows)
{
	TrialListRows rows;
	TRY(trial_list(cx, db, &(TrialListArgs){.kind = TRIAL_WHATIF, .limit = LIST_ROWS}, &rows));
	*ret_rows = (TrialRows){ARENA_NEW(cx->arena, TrialRow, rows.n + 1), rows.n};
	for (size_t i = 0; i < rows.n; i++)
		ret_rows->v[i] = (TrialRow){rows.v[i].id, rows.v[i].at_ms, rows.v[i].author, rows.v[i].state};
	return ST_OK;
}

static Status list_versions(Ctx *cx, Db *db, RulesView *v)
{
	RulesetListRows rows;
	TRY(ruleset_list(cx, db, &rows));
	v->versions = (VersionRows){ARENA_NEW(cx->arena, VersionRow, rows.n + 1), rows.n};
	for (size_t i = 0; i < rows.n; i++)
		v->versions.v[i] = (VersionRow){
			rows.v[i].version, rows.v[i].name,         rows.v[i].publisher,
			rows.v[i].note,    rows.v[i].published_at, i + 1 < rows.n && rows.v[i].engine > rows.v[i + 1].engine};
	return ST_OK;
}

// What the editor holds: what was just typed, an earlier trial's text, or the rules in force.
static Status editor_text(Ctx *cx, Db *db, const Req *req, RulesView *v)
{
	TrialFindRow row;
	bool found = false;
	if (req->route->action) return v->toml = req_str(req, "toml"), ST_OK;
	if (req_id(req, "from")) TRY(trial_find(cx, db, &(TrialFindArgs){.id = req_id(req, "from")}, &row, &found));
	if (found && row.kind == TRIAL_WHATIF) v->toml = row.toml;
	return ST_OK;
}

static Status rules_render(Ctx *cx, Db *db, const Req *req, Res *res, bool checked)
{
	RulesView *v = ARENA_NEW(cx->arena, RulesView, 1);
	Published now;
	Ruleset *rules = NULL;
	begin(cx, req, &v->shell, &v->crumbs, "rulebook.title");
	v->crumbs.n = 1;
	TRY(standing_rules(cx, db, &now));
	v->name = now.name;
	v->version = now.version;
	v->toml = now.rules->toml;
	TRY(editor_text(cx, db, req, v));
	Status st = rulebook_read(cx, v->toml, &rules);
	if (st == ST_INVALID) v->fault = str_copy(cx->arena, cx->fail_text);
	else TRY(st);
	if (st == ST_OK) TRY(find_faults(cx, rules, &v->findings));
	fail_clear(cx);
	v->checked = checked && st == ST_OK;
	v->published = !req->route->action && req_int(req, "published");
	TRY(rulebook_editor_fill(cx, now.rules, rules, v));
	TRY(list_versions(cx, db, v));
	TRY(list_trials(cx, db, &v->trials));
	html_rulebook_rules(&res->body, v);
	return ST_OK;
}

static Status rules_page(Ctx *cx, const Req *req, Res *res) { return rules_render(cx, req->db, req, res, false); }

static Status try_prepare(Ctx *cx, Req *req)
{
	Ruleset *rules;
	Status st = rulebook_read(cx, req_str(req, "toml"), &rules);
	if (st == ST_INVALID) field_error(cx, "toml", "rulebook.fault");
	return st;
}

static Status check_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	return rules_render(cx, tx_db(tx), req, res, true);
}

static Status try_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	Id trial;
	TRY(rulebook_try(cx, tx, TRIAL_WHATIF, req_str(req, "toml"), &trial));
	Buf b = buf_init(cx->arena, 64, 64);
	buf_z(&b, "/board/rules/trials/");
	buf_id(&b, trial);
	return res_redirect(res, buf_view(&b));
}

// A trial.

static Str decimals(Arena *a, int64_t scaled, int digits)
{
	return str_format(a, "%.*f", digits, (double)scaled / SCALE);
}

static Str figure_text(Ctx *cx, const FigureListRows *rows, const char *name, int side, int digits)
{
	int64_t value;
	if (!rulebook_figure(rows, str_from(name), side, &value)) return str_none();
	return decimals(cx->arena, value, digits);
}

static Str range_text(Ctx *cx, const FigureListRows *rows, const char *low, const char *high, int side)
{
	Str from = figure_text(cx, rows, low, side, 2), to = figure_text(cx, rows, high, side, 2);
	return from.p && to.p ? str_format(cx->arena, "%.*s–%.*s", STR(from), STR(to)) : str_none();
}

static int64_t count_of(const FigureListRows *rows, const char *name)
{
	int64_t value = 0;
	rulebook_figure(rows, str_from(name), 0, &value);
	return value / SCALE;
}

static void fill_side(Ctx *cx, const FigureListRows *rows, TrialView *v, int side)
{
	int64_t price = 0, more = 0;
	v->auc[side] = figure_text(cx, rows, "auc", side, 3);
	v->auc_range[side] = range_text(cx, rows, "auc_low", "auc_high", side);
	v->ndcg[side] = figure_text(cx, rows, "ndcg", side, 3);
	v->ndcg_range[side] = range_text(cx, rows, "ndcg_low", "ndcg_high", side);
	v->price_known = rulebook_figure(rows, S("price"), side, &price);
	rulebook_figure(rows, S("price_more"), side, &more);
	v->price[side] = str_format(cx->arena, more ? "> %lld" : "%lld", (long long)(price / SCALE));
}

static Status fill_found(Ctx *cx, Db *db, TrialView *v)
{
	FigureListRows figures;
	MoveListRows moves;
	TRY(figure_list(cx, db, &(FigureListArgs){.trial_id = v->id}, &figures));
	TRY(move_list(cx, db, &(MoveListArgs){.trial_id = v->id}, &moves));
	v->counted = count_of(&figures, "counted");
	v->moved = count_of(&figures, "moved");
	v->gained = count_of(&figures, "ranks_gained");
	v->lost = count_of(&figures, "ranks_lost");
	v->tau = figure_text(cx, &figures, "tau", 0, 2);
	for (int side = 0; side < 2; side++) fill_side(cx, &figures, v, side);
	v->forecast_known = v->auc[0].p && v->auc[1].p;
	v->moves = (MoveRows){ARENA_NEW(cx->arena, MoveRow, moves.n + 1), moves.n};
	for (size_t i = 0; i < moves.n; i++) {
		const MoveListRow *m = &moves.v[i];
		v->moves.v[i] = (MoveRow){.handle = m->handle,
								  .rank_before = m->rank_before,
								  .rank_after = m->rank_after,
								  .place_before = m->place_before,
								  .place_after = m->place_after,
								  .rank_other = !str_eq(m->rank_before, m->rank_after),
								  .up = m->place_after<m->place_before, .down = m->place_after> m->place_before};
	}
	return ST_OK;
}

static Status trial_page(Ctx *cx, const Req *req, Res *res)
{
	TrialView v = {.id = req_id(req, "trial"), .note_error = form_error(cx, "note")};
	TrialFindRow row;
	Ruleset *rules;
	bool found;
	begin(cx, req, &v.shell, &v.crumbs, "rulebook.trial_title");
	TRY(trial_find(cx, req->db, &(TrialFindArgs){.id = v.id}, &row, &found));
	if (!found || row.kind != TRIAL_WHATIF) return fail(cx, ST_NOT_FOUND, "there is no such trial");
	Buf edit = buf_init(cx->arena, 64, 64);
	buf_z(&edit, "/board/rules?from=");
	buf_id(&edit, v.id);
	v.edit_url = buf_view(&edit);
	v.state = row.state;
	v.why = row.why;
	v.author = row.author;
	v.at_ms = row.at_ms;
	TRY(rulebook_read(cx, row.toml, &rules));
	TRY(find_faults(cx, rules, &v.findings));
	v.can_publish = true;
	for (size_t i = 0; i < v.findings.n; i++) v.can_publish &= !v.findings.v[i].error;
	if (v.state == TRIAL_DONE) TRY(fill_found(cx, req->db, &v));
	html_rulebook_trial(&res->body, &v);
	return ST_OK;
}

static Status publish_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(rulebook_publish(cx, tx, req_id(req, "trial"), req_str(req, "note")));
	return res_redirect(res, S("/board/rules?published=1"));
}

// The back-test.

typedef struct Means {
	int64_t mean, high; // 1/10000; high: mean of the upper bounds
	bool known;
} Means;

static Means means_of(Ctx *cx, const FigureListRows *figures, Str name)
{
	int64_t sum = 0, high_sum = 0, n = 0, value, high;
	Str ndcg = str_format(cx->arena, "%.*s/ndcg", STR(name)), up = str_format(cx->arena, "%.*s/ndcg_high", STR(name));
	for (int side = 0; side < RULEBOOK_TIMES; side++) {
		if (!rulebook_figure(figures, ndcg, side, &value) || !rulebook_figure(figures, up, side, &high)) continue;
		sum += value;
		high_sum += high;
		n++;
	}
	return (Means){n ? sum / n : 0, n ? high_sum / n : 0, n > 0};
}

static BacktestRow backtest_row(Ctx *cx, const FigureListRows *figures, Str name, Str shown, bool in_force)
{
	BacktestRow r = {.name = shown, .in_force = in_force};
	Means means = means_of(cx, figures, name);
	const char *prefix = str_z(cx->arena, name);
	for (int side = 0; side < RULEBOOK_TIMES; side++) {
		r.ndcg[side] = figure_text(cx, figures, str_z(cx->arena, str_format(cx->arena, "%s/ndcg", prefix)), side, 3);
		r.range[side] = range_text(cx, figures, str_z(cx->arena, str_format(cx->arena, "%s/ndcg_low", prefix)),
								   str_z(cx->arena, str_format(cx->arena, "%s/ndcg_high", prefix)), side);
	}
	if (means.known) r.mean = decimals(cx->arena, means.mean, 3);
	r.bar = (int)(means.mean / (SCALE / 100));
	r.order = means.mean;
	return r;
}

// The best first.
static int by_order(const void *a, const void *b)
{
	const BacktestRow *x = a, *y = b;
	return (x->order < y->order) - (x->order > y->order);
}

static Str day_name(Arena *a, Time day)
{
	Buf b = buf_init(a, 16, 32);
	html_text_date(&b, day);
	return buf_view(&b);
}

// What is better by less than the range is not said to be better.
static const char *verdict(const Means *mine, int64_t best)
{
	if (!mine->known) return "rulebook.backtest_short";
	if (mine->mean >= best) return "rulebook.backtest_best";
	return best <= mine->high ? "rulebook.backtest_equal" : "rulebook.backtest_beaten";
}

static Status fill_backtest(Ctx *cx, Db *db, Id trial, BacktestView *v)
{
	FigureListRows figures;
	Published now;
	int64_t best = 0, day;
	TRY(figure_list(cx, db, &(FigureListArgs){.trial_id = trial}, &figures));
	TRY(standing_rules(cx, db, &now));
	Means mine = means_of(cx, &figures, S("in force"));
	v->rows.v = ARENA_NEW(cx->arena, BacktestRow, RULES_PACKS_N + 1);
	if (mine.known) v->rows.v[v->rows.n++] = backtest_row(cx, &figures, S("in force"), now.rules->name, true);
	for (size_t p = 0; p < RULES_PACKS_N && mine.known; p++) {
		if (str_eq(RULES_PACKS[p], now.rules->name)) continue;
		best = i64_max(best, means_of(cx, &figures, RULES_PACKS[p]).mean);
		v->rows.v[v->rows.n++] = backtest_row(cx, &figures, RULES_PACKS[p], RULES_PACKS[p], false);
	}
	for (int side = 0; side < RULEBOOK_TIMES; side++)
		v->times[side] = day_name(cx->arena,
								  rulebook_figure(&figures, S("at"), side, &day) ? day / SCALE * TIME_DAY_MS : 0);
	if (v->rows.n > 1) qsort(v->rows.v, v->rows.n, sizeof *v->rows.v, by_order);
	v->verdict_key = verdict(&mine, best);
	return ST_OK;
}

static Status backtest_page(Ctx *cx, const Req *req, Res *res)
{
	BacktestView v = {.verdict_key = "rulebook.backtest_short"};
	TrialNewestRow newest;
	TrialFindRow row;
	bool found;
	begin(cx, req, &v.shell, &v.crumbs, "rulebook.backtest_title");
	TRY(trial_newest(cx, req->db, &(TrialNewestArgs){.kind = TRIAL_BACKTEST}, &newest, &found));
	v.none = !found;
	v.waiting = found && newest.state == TRIAL_WAITING;
	v.at_ms = found ? newest.at_ms : 0;
	if (found && newest.state == TRIAL_FAILED) {
		TRY(trial_find(cx, req->db, &(TrialFindArgs){.id = newest.id}, &row, &found));
		v.why = row.why;
	}
	if (found && newest.state == TRIAL_DONE) TRY(fill_backtest(cx, req->db, newest.id, &v));
	html_rulebook_backtest(&res->body, &v);
	return ST_OK;
}

static Status backtest_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)req;
	TrialNewestRow newest;
	Id trial;
	bool found;
	TRY(trial_newest(cx, tx_db(tx), &(TrialNewestArgs){.kind = TRIAL_BACKTEST}, &newest, &found));
	if (!found || newest.state != TRIAL_WAITING) TRY(rulebook_try(cx, tx, TRIAL_BACKTEST, str_none(), &trial));
	return res_redirect(res, S("/board/backtest"));
}

// clang-format off
static const Route ROUTES[] = {
	READ ("/board/rules",                              RIGHT_MANAGE, rules_page, .form = FORM(RULES_FORM), .flags = ROUTE_NOINDEX, .doc = "The rules of reputation, to be changed"),
	WRITE("/board/rules/try",                          RIGHT_MANAGE, try_prepare, try_action, .failed = rules_page, .form = FORM(TRY_FORM), .limit = LIMIT_WRITE,
		.body_max_bytes = RULES_FILE_MAX_BYTES * 3 + 4096, .doc = "Try rules over the history"),
	WRITE("/board/rules/check",                        RIGHT_MANAGE, try_prepare, check_action, .failed = rules_page, .form = FORM(TRY_FORM), .limit = LIMIT_PREVIEW,
		.body_max_bytes = RULES_FILE_MAX_BYTES * 3 + 4096, .doc = "What is to be said of rules, line by line"),
	READ ("/board/rules/trials/{trial:id}",            RIGHT_MANAGE, trial_page, .flags = ROUTE_NOINDEX, .doc = "What tried rules would change"),
	WRITE("/board/rules/trials/{trial:id}/publish",    RIGHT_MANAGE, NULL, publish_action, .failed = trial_page, .form = FORM(PUBLISH_FORM), .limit = LIMIT_WRITE, .doc = "Put tried rules in force"),
	READ ("/board/backtest",                           RIGHT_MANAGE, backtest_page, .flags = ROUTE_NOINDEX, .doc = "Does the ranking tell who helps next?"),
	WRITE("/board/backtest",                           RIGHT_MANAGE, NULL, backtest_action, .limit = LIMIT_WRITE, .doc = "Reckon the back-test anew"),
};
static const JobKind JOBS[] = {{.queue = RULEBOOK_QUEUE, .run = rulebook_run}};
// clang-format on

Feature rulebook_feature(void)
{
	return (Feature){
		.name = "rulebook",
		.migrations = rulebook_migrations,
		.migrations_n = &rulebook_migrations_n,
		.routes = ROUTES,
		.routes_n = COUNTOF(ROUTES),
		.jobs = JOBS,
		.jobs_n = COUNTOF(JOBS),
	};
}
