// SPDX-License-Identifier: AGPL-3.0-or-later
// Several sites behind one HTTP server. Each site is a Web of its own, with its own store, cache, limits, secret and
// observations; all that happens here is the choice among them, by the Host header, before anything of a site is
// touched. What is asked of a Host that no site has is answered 421, except what belongs to no site: assets, /healthz (all
// databases answer) and, from this machine, /metrics (of every site, told apart by a label).
//
// With one site there is nothing to choose and every Host is served. The list is fixed while the server runs; which Hosts a
// site has is read from its present settings at each request. If two sites claim one Host, the first in the list has it.
#pragma once
#include "web/web.h"

#define WEB_SITES_MAX 64

typedef struct WebSites WebSites;

WebSites *web_sites_new(Arena *a, Web *const *webs, size_t n);
HttpApp web_sites_http_app(WebSites *sites);
