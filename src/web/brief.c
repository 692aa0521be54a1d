// SPDX-License-Identifier: AGPL-3.0-or-later
// Pages that are drawn on the loop: handing one to a worker and back costs two switches between threads, which for most
// pages is a tenth of what they take. Only what is known to be over soon is drawn there, while others wait for it.
//
// How long a page of a route takes is learnt from those before, by the clock, since a wait for the disk holds up the loop
// as work does; and as the time that half of them stay under, since a page that the system interrupted says nothing
// about the next. PostgreSQL answers over a socket, whatever it is asked: nothing of it is drawn here.
#include "web/web_impl.h"

#define BRIEF_NS ((int64_t)500000) // of the usual page of a route
#define STEP 16                    // a new page moves what is known by a sixteenth
#define CPU_ASKED 8 // CPU time is asked of one page in eight and counted for all: each asking is a call of the system

void brief_learn(RouteCount *c, int64_t took_ns)
{
	int64_t usual_ns = atomic_load_explicit(&c->usual_ns, memory_order_relaxed), step_ns = usual_ns / STEP + 1;
	usual_ns = !usual_ns ? took_ns : took_ns > usual_ns ? usual_ns + step_ns : usual_ns - step_ns;
	atomic_store_explicit(&c->usual_ns, i64_max(usual_ns, 1), memory_order_relaxed);
}

static bool is_brief(const RouteCount *c)
{
	int64_t usual_ns = atomic_load_explicit(&c->usual_ns, memory_order_relaxed);
	return usual_ns && usual_ns <= BRIEF_NS; // of the first of its route nothing is known
}

bool brief_serve(Web *web, HttpJob *job)
{
	Req req = {0};
	if (!job->loop_has_time || store_engine(web_site(web)->store) != DB_SQLITE) return false;
	if (router_match(web->router, job->arena, job->method, job->path, &req) != MATCH_FOUND) return false;
	RouteCount *c = &web->counts[req.route_index];
	if (!is_brief(c)) return false;
	bool asked = !(atomic_load_explicit(&c->requests, memory_order_relaxed) % CPU_ASKED);
	int64_t began_ns = asked ? time_thread_cpu_ns() : 0;
	web_run(web, job);
	if (!asked) return true;
	atomic_fetch_add_explicit(&c->cpu_ns, (time_thread_cpu_ns() - began_ns) * CPU_ASKED, memory_order_relaxed);
	return true;
}
