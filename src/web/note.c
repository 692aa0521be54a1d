// SPDX-License-Identifier: AGPL-3.0-or-later
// What scripts of pages note (NOTE in mark.h): answered without the database, on the loop, which waits for nothing: what went by
// there is what it took, and reading that clock costs no call of the system.
#include "web/mark.h"
#include "web/web_impl.h"

static Status hear(Work *w)
{
	Mark *mark = ARENA_NEW(w->cx.arena, Mark, 1);
	TRY(session_guard_note(w));
	TRY(parse_input(w));
	if (!mark_parse(&w->cx, req_str(&w->req, "mark"), mark))
		return fail(&w->cx, ST_BAD_REQUEST, "no page was served with this mark");
	w->actor = actor_member(mark->member, S(""), ROLE_MEMBER, AFFILIATION_UNKNOWN);
	w->req.prepared = mark;
	TRY(check_right(w));
	TRY(check_limit(w));
	note_route(w);
	return mark_is_good(&w->cx, mark) ? w->req.route->page(&w->cx, &w->req, &w->res) : ST_OK;
}

// No script reads the reply, so what is wrong is said by its status alone.
bool note_serve(Work *w)
{
	if (w->job->method != HTTP_POST) return false;
	int64_t began = time_mono_ns();
	Status st = find_route(w);
	fail_clear(&w->cx);
	if (st != ST_OK || !w->req.route->page) return false;
	RouteCount *c = &w->web->counts[w->req.route_index];
	atomic_fetch_add_explicit(&c->requests, 1, memory_order_relaxed);
	st = hear(w);
	if (st != ST_OK) {
		w->res = (Res){.status = status_http(st), .body = w->res.body};
		atomic_fetch_add_explicit(&c->failures, 1, memory_order_relaxed);
	}
	w->res.no_store = true;
	if (st == ST_OK) respond_nothing(w);
	else respond(w);
	atomic_fetch_add_explicit(&c->cpu_ns, time_mono_ns() - began, memory_order_relaxed);
	return true;
}
