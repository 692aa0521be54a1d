// SPDX-License-Identifier: AGPL-3.0-or-later
// /programme: who stands where, what hangs on whom, the terms and the space; for managers.
#include "programme/pages.h"
#include "programme_html.h"
#include "superusers/superusers.h"

#include "base/json.h"
#include "web/i18n.h"

#define GONE_SHOWN 12

const char *programme_state_key(int64_t state)
{
	static const char *const KEYS[] = {
		[PROGRAMME_NONE] = NULL,
		[PROGRAMME_PROPOSED] = "programme.state_proposed",
		[PROGRAMME_INVITED] = "programme.state_invited",
		[PROGRAMME_IN] = "programme.state_in",
		[PROGRAMME_RESTING] = "programme.state_resting",
		[PROGRAMME_DECLINED] = "programme.state_declined",
		[PROGRAMME_ENDED] = "programme.state_ended",
	};
	return state >= 0 && state < (int64_t)COUNTOF(KEYS) ? KEYS[state] : NULL;
}

Str programme_why(Str why)
{
	static const char *const RULES[] = {"programme.why_rank", "programme.why_established", "programme.why_rising",
										"programme.why_quiet"};
	for (size_t i = 0; i < COUNTOF(RULES); i++)
		if (str_eq(why, str_from(RULES[i]))) return message_get_z(RULES[i]);
	return why;
}

StandRow programme_stand(Ctx *cx, const ProgrammeListRow *r, int64_t terms)
{
	bool inside = r->state == PROGRAMME_IN || r->state == PROGRAMME_RESTING;
	return (StandRow){.id = r->member_id,
					  .handle = r->handle,
					  .initials = avatar_initials(cx->arena, r->handle),
					  .hue = avatar_hue(r->handle),
					  .area = r->area,
					  .why = programme_why(r->why),
					  .state = (ProgrammeState)r->state,
					  .state_key = programme_state_key(r->state),
					  .since = r->since,
					  .until = r->until,
					  .changed_at = r->changed_at,
					  .rest_until = r->rest_until,
					  .solved_n = r->solved_n,
					  .kept_n = r->kept_n,
					  .due = r->state == PROGRAMME_IN && r->until - cx->now_ms <= PROGRAMME_DUE_MS,
					  .old_terms = inside && r->terms != terms};
}

Status programme_terms_view(Ctx *cx, Db *db, TermsView *ret)
{
	TermsNewestRow row;
	bool found;
	TRY(terms_newest(cx, db, &row, &found));
	if (found)
		*ret = (TermsView){
			.version = row.version, .days = row.days, .html = row.html, .source = row.source, .at = row.at_ms};
	return ST_OK;
}

Status programme_space_view(Ctx *cx, Db *db, Str *ret_slug, Str *ret_title)
{
	ProgrammeSpaceRow row;
	bool found;
	TRY(programme_space(cx, db, &row, &found));
	if (found) *ret_slug = row.slug, *ret_title = row.title;
	return ST_OK;
}

static void put(StandRows *rows, const StandRow *row) { rows->v[rows->n++] = *row; }

static StandRows rows_new(Ctx *cx, size_t n) { return (StandRows){ARENA_NEW(cx->arena, StandRow, n + 1), 0}; }

static void fill_lists(Ctx *cx, const ProgrammeListRows *rows, ProgrammeView *v)
{
	v->proposed = rows_new(cx, rows->n);
	v->invited = rows_new(cx, rows->n);
	v->in = rows_new(cx, rows->n);
	v->due = rows_new(cx, rows->n);
	v->gone = rows_new(cx, GONE_SHOWN);
	for (size_t i = 0; i < rows->n; i++) {
		StandRow row = programme_stand(cx, &rows->v[i], rows->v[i].newest);
		if (row.due) put(&v->due, &row);
		switch (row.state) {
		case PROGRAMME_PROPOSED: put(&v->proposed, &row); break;
		case PROGRAMME_INVITED: put(&v->invited, &row); break;
		case PROGRAMME_IN: v->in_n++, put(&v->in, &row); break;
		case PROGRAMME_RESTING: v->resting_n++, put(&v->in, &row); break;
		case PROGRAMME_DECLINED:
		case PROGRAMME_ENDED:
			if (v->gone.n < GONE_SHOWN) put(&v->gone, &row);
			break;
		case PROGRAMME_NONE: break;
		}
	}
}

static NextView next_of(const ProgrammeListRows *rows, const SuperRow *r)
{
	NextView v = {.id = r->id, .handle = r->handle};
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].member_id == r->id) v.state_key = programme_state_key(rows->v[i].state);
	return v;
}

static bool rests(const ProgrammeListRows *rows, Id member)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].member_id == member) return rows->v[i].state == PROGRAMME_RESTING;
	return false;
}

// Who rests is nobody's successor.
static Status fill_hangs(Ctx *cx, Db *db, const ProgrammeListRows *rows, ProgrammeView *v)
{
	SuperNow now;
	AUTO(SuperNow) end = &now;
	(void)end;
	TRY(superusers_now(cx, db, &now));
	const SuperAreas *sole = &now.s.sole;
	v->counting = now.counting;
	v->hangs = (HangsRows){ARENA_NEW(cx->arena, HangsRow, sole->n + 1), 0};
	for (size_t i = 0; i < sole->n; i++) {
		const SuperArea *from = &sole->v[i];
		if (!from->who.handle.n) continue;
		HangsRow *to = &v->hangs.v[v->hangs.n++];
		*to = (HangsRow){.area = str_copy(cx->arena, from->area),
						 .who = next_of(rows, &from->who),
						 .accepted = from->accepted,
						 .of = from->of,
						 .resting = rests(rows, from->who.id)};
		to->who.handle = str_copy(cx->arena, from->who.handle);
		to->next = (NextViews){ARENA_NEW(cx->arena, NextView, COUNTOF(from->next)), 0};
		for (size_t k = 0; k < COUNTOF(from->next); k++) {
			if (!from->next[k].handle.n || rests(rows, from->next[k].id)) continue;
			NextView *next = &to->next.v[to->next.n++];
			*next = next_of(rows, &from->next[k]);
			next->handle = str_copy(cx->arena, from->next[k].handle);
		}
	}
	return ST_OK;
}

Status programme_page(Ctx *cx, const Req *req, Res *res)
{
	ProgrammeView *v = ARENA_NEW(cx->arena, ProgrammeView, 1);
	ProgrammeListRows rows;
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("programme.title");
	v->shell.nav = "boards";
	v->shell.noindex = true;
	ProgrammeListArgs args = {.from = PROGRAMME_PROPOSED, .to = PROGRAMME_ENDED, .limit = PROGRAMME_ROWS};
	TRY(programme_list(cx, req->db, &args, &rows));
	fill_lists(cx, &rows, v);
	TRY(fill_hangs(cx, req->db, &rows, v));
	html_programme_programme(&res->body, v);
	return ST_OK;
}

Status programme_terms_page(Ctx *cx, const Req *req, Res *res)
{
	TermsPageView *v = ARENA_NEW(cx->arena, TermsPageView, 1);
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("programme.terms_title");
	v->shell.nav = "boards";
	v->shell.noindex = true;
	TRY(programme_terms_view(cx, req->db, &v->terms));
	if (req->route->action) v->terms.source = req_str(req, "text"), v->error = form_error(cx, "text");
	html_programme_terms(&res->body, v);
	return ST_OK;
}

Status programme_list_json(Ctx *cx, const Req *req, Res *res)
{
	ProgrammeListRows rows;
	ProgrammeListArgs args = {.from = PROGRAMME_PROPOSED, .to = PROGRAMME_RESTING, .limit = PROGRAMME_ROWS};
	TRY(programme_list(cx, req->db, &args, &rows));
	res->content_type = S("application/json");
	Json j = json_init(&res->body);
	json_obj(&j);
	json_key(&j, "items");
	json_arr(&j);
	static const char *const STATES[] = {[PROGRAMME_PROPOSED] = "proposed",
										 [PROGRAMME_INVITED] = "invited",
										 [PROGRAMME_IN] = "in",
										 [PROGRAMME_RESTING] = "resting"};
	for (size_t i = 0; i < rows.n; i++) {
		const ProgrammeListRow *r = &rows.v[i];
		json_obj(&j);
		json_key(&j, "member"), json_id(&j, r->member_id);
		json_key(&j, "handle"), json_str(&j, r->handle);
		json_key(&j, "state"), json_str(&j, str_from(STATES[r->state]));
		json_key(&j, "area"), json_str(&j, r->area);
		json_key(&j, "since");
		if (r->since) json_time(&j, r->since);
		else json_none(&j);
		json_key(&j, "until");
		if (r->until) json_time(&j, r->until);
		else json_none(&j);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return buf_status(cx, &res->body);
}

Status programme_terms_prepare(Ctx *cx, Req *req)
{
	ProgrammeTerms *terms = ARENA_NEW(cx->arena, ProgrammeTerms, 1);
	terms->text.source = req_str(req, "text");
	terms->days = req_int(req, "days");
	req->prepared = terms;
	return community_text_prepare(cx, &terms->text);
}

Status programme_terms_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_terms(cx, tx, req->prepared));
	return res_redirect(res, S("/programme/terms"));
}

Status programme_space_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)req;
	Str slug = str_none(), title;
	TRY(programme_space_view(cx, tx_db(tx), &slug, &title));
	if (!slug.n) {
		TRY(programme_space_make(cx, tx));
		TRY(audit(cx, tx, S("programme.space"), 0, S("made")));
	}
	TRY(programme_space_view(cx, tx_db(tx), &slug, &title));
	return res_redirect(res, str_format(cx->arena, "/s/%.*s", STR(slug)));
}
