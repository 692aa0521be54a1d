// SPDX-License-Identifier: AGPL-3.0-or-later
// The web application: routes of all features behind the HTTP server's HttpApp, for one site (several: web/sites.h).
// Owns the page cache for guests, the rate limits, sessions' cookies, CSRF and the error pages. Threads: `handle` runs on
// workers, `fast` on loops, actions on the store's writer thread.
#pragma once
#include "web/access_log.h"
#include "web/route.h"

typedef struct Web Web;

typedef struct WebConfig {
	Site *site;
	const char *name;      // of the site in /metrics and the access log, where there are several; else NULL
	AccessLog *access_log; // shared by the sites of a server; NULL: none
	const Feature *const *features;
	size_t features_n;
	size_t page_cache_bytes; // 0: off
	bool rate_limits;
	// Who is asking, from a session cookie or a bearer token; given by the feature that owns accounts.
	Status (*session_find)(Ctx *cx, Db *db, Str token, Actor *ret_actor, bool *ret_found);
	Status (*token_find)(Ctx *cx, Db *db, Str token, Actor *ret_actor, bool *ret_found);
	IdSource *ids;
	Str proxy; // address of a reverse proxy whose X-Forwarded-For is believed; absent: none
	Status (*error_page)(Ctx *cx, const Req *req, Res *res, Status st); // draws an error inside the site's frame
	Time (*clock)(void);
} WebConfig;

MUST_CHECK Status web_open(Ctx *cx, const WebConfig *config, Web **ret_web);
void web_close(Web *web);
HttpApp web_http_app(Web *web);
void web_attach(Web *web, HttpServer *server); // for metrics and streams; before the server runs
// The site with new settings: requests that begin from now on see it. Both live until web_close. Any thread.
void web_site_set(Web *web, Site *site);
Site *web_site(const Web *web);                                  // the present one
bool web_streams(const Web *web);                                // is any event stream open?
void web_tell(Web *web, Arena *scratch, const LiveEvent *event); // to the streams of this site. Any thread
void web_changed(Web *web); // something public changed outside a request: cached pages are stale

// For tests: runs a job through the real router without a socket, on the calling thread, until the reply is there.
void web_run(Web *web, HttpJob *job);

#define SESSION_COOKIE "hearth_session"
#define BROWSER_COOKIE "hearth_browser"
#define THEME_COOKIE "hearth_theme"
#define DEVICE_COOKIE "hearth_device"

// The token a signed-in form carries: 32 bytes masked anew each time, so that compression cannot reveal it.
Str web_csrf_token(Ctx *cx, const Req *req);
Str req_cookie(const Req *req, Str name); // or absent
// Percent-encodes for a query value.
void buf_url_encoded(Buf *b, Str s);
Str url_decode(Arena *a, Str s, bool plus_is_space); // str_none() if malformed
// The site's absolute address, for feeds and canonical links.
Str web_base_url(Ctx *cx, const Req *req);
