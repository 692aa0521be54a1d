// SPDX-License-Identifier: AGPL-3.0-or-later
// One member and the programme: /programme/ID for managers, /programme/me for the member.
#include "programme/pages.h"
#include "programme_html.h"

#include "web/i18n.h"

#define STEPS_SHOWN 100

static const char *step_key(int64_t kind)
{
	switch ((int)kind) {
	case FACT_PROGRAMME_PROPOSED: return "programme.step_proposed";
	case FACT_PROGRAMME_INVITED: return "programme.step_invited";
	case FACT_PROGRAMME_ACCEPTED: return "programme.step_accepted";
	case FACT_PROGRAMME_DECLINED: return "programme.step_declined";
	case FACT_PROGRAMME_RENEWED: return "programme.step_renewed";
	case FACT_PROGRAMME_THANKED: return "programme.step_thanked";
	case FACT_PROGRAMME_RESTED: return "programme.step_rested";
	case FACT_PROGRAMME_RETURNED: return "programme.step_returned";
	default: return "programme.step_ended";
	}
}

static Status fill_steps(Ctx *cx, Db *db, MemberView *v)
{
	ProgrammeStepsRows rows;
	TRY(programme_steps(cx, db, &(ProgrammeStepsArgs){.member_id = v->row.id, .limit = STEPS_SHOWN}, &rows));
	v->steps = (StepRows){ARENA_NEW(cx->arena, StepRow, rows.n + 1), rows.n};
	v->thanks = (StepRows){ARENA_NEW(cx->arena, StepRow, rows.n + 1), 0};
	for (size_t i = 0; i < rows.n; i++) {
		const ProgrammeStepsRow *r = &rows.v[i];
		v->steps.v[i] = (StepRow){.key = step_key(r->kind),
								  .by = r->by,
								  .note = programme_why(r->note),
								  .at = r->at_ms,
								  .thanks = r->kind == FACT_PROGRAMME_THANKED};
		if (v->steps.v[i].thanks) v->thanks.v[v->thanks.n++] = v->steps.v[i];
	}
	return ST_OK;
}

static Status fill(Ctx *cx, const Req *req, Id member, MemberView *v)
{
	ProgrammeWhoRow who;
	ProgrammeFindRow row = {0};
	bool found;
	shell_init(cx, req, &v->shell);
	v->shell.noindex = true;
	TRY(programme_who(cx, req->db, &(ProgrammeWhoArgs){.id = member}, &who, &found));
	if (!found || who.deleted_at) return fail(cx, ST_NOT_FOUND, "no such member");
	TRY(programme_terms_view(cx, req->db, &v->terms));
	TRY(programme_find(cx, req->db, &(ProgrammeFindArgs){.member_id = member}, &row, &v->found));
	v->row = programme_stand(cx,
							 &(ProgrammeListRow){.member_id = member,
												 .state = v->found ? row.state : PROGRAMME_NONE,
												 .area = v->found ? row.area : programme_area_of(who.areas, who.hidden),
												 .why = row.why,
												 .terms = row.terms,
												 .changed_at = row.changed_at,
												 .since = row.since,
												 .until = row.until,
												 .rest_until = row.rest_until,
												 .handle = who.handle,
												 .kept_n = who.kept_n,
												 .solved_n = who.solved_n},
							 v->terms.version);
	if (!v->row.area.p) v->row.area = S("");
	v->inside = v->row.state == PROGRAMME_IN || v->row.state == PROGRAMME_RESTING;
	v->invitable = !v->inside && v->row.state != PROGRAMME_INVITED;
	v->proposable = v->invitable && v->row.state != PROGRAMME_PROPOSED && v->terms.version > 0;
	TRY(programme_space_view(cx, req->db, &v->space_slug, &v->space_title));
	return fill_steps(cx, req->db, v);
}

Status programme_member_page(Ctx *cx, const Req *req, Res *res)
{
	MemberView *v = ARENA_NEW(cx->arena, MemberView, 1);
	TRY(fill(cx, req, req_id(req, "member"), v));
	v->shell.title = v->row.handle;
	v->shell.nav = "boards";
	html_programme_member(&res->body, v);
	return ST_OK;
}

Status programme_me_page(Ctx *cx, const Req *req, Res *res)
{
	MemberView *v = ARENA_NEW(cx->arena, MemberView, 1);
	TRY(fill(cx, req, cx->actor->id, v));
	v->shell.title = MESSAGE("programme.me_title");
	v->shell.nav = "members";
	html_programme_me(&res->body, v);
	return ST_OK;
}

// --- steps ----------------------------------------------------------------------------------------------------------------

static Status back_to(Ctx *cx, const Req *req, Res *res)
{
	Buf b = buf_init(cx->arena, 40, 64);
	buf_z(&b, "/programme/");
	buf_id(&b, req_id(req, "member"));
	return res_redirect(res, buf_view(&b));
}

Status programme_propose_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_propose(cx, tx, req_id(req, "member"), req_str(req, "area"), req_str(req, "note")));
	return back_to(cx, req, res);
}

Status programme_invite_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_invite(cx, tx, req_id(req, "member"), req_str(req, "area"), req_str(req, "note")));
	return back_to(cx, req, res);
}

Status programme_thank_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_thank(cx, tx, req_id(req, "member"), req_str(req, "note")));
	return back_to(cx, req, res);
}

Status programme_renew_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_renew(cx, tx, req_id(req, "member"), req_str(req, "note")));
	return back_to(cx, req, res);
}

Status programme_rest_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_rest(cx, tx, req_id(req, "member"), req_int(req, "days"), req_str(req, "note")));
	return back_to(cx, req, res);
}

Status programme_return_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_return(cx, tx, req_id(req, "member")));
	return back_to(cx, req, res);
}

Status programme_end_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_end(cx, tx, req_id(req, "member"), req_str(req, "note")));
	return back_to(cx, req, res);
}

static Status me(Res *res) { return res_redirect(res, S("/programme/me")); }

Status programme_me_accept(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_accept(cx, tx, cx->actor->id, req_int(req, "terms")));
	return me(res);
}

Status programme_me_decline(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_decline(cx, tx, cx->actor->id, req_str(req, "note")));
	return me(res);
}

Status programme_me_rest(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(programme_rest(cx, tx, cx->actor->id, req_int(req, "days"), req_str(req, "note")));
	return me(res);
}

Status programme_me_return(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)req;
	TRY(programme_return(cx, tx, cx->actor->id));
	return me(res);
}

// A proposal is none of the member's business: only who is in leaves.
Status programme_me_leave(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	if (cx->actor->circle != CIRCLE_IN && cx->actor->circle != CIRCLE_RESTING)
		return fail(cx, ST_CONFLICT, "only superusers leave the programme");
	TRY(programme_end(cx, tx, cx->actor->id, req_str(req, "note")));
	return me(res);
}
