// SPDX-License-Identifier: AGPL-3.0-or-later
// For tests of pages: one is asked for as by a browser, through the real router, without a socket.
#pragma once
#include "web/web.h"

// session: of who is signed in; empty for a guest. The reply lives as long as the arena.
const HttpReply *test_page(Web *web, Arena *a, Str target, Str session);
// What the loop answers by itself, NULL if a worker has to. has_time: HttpJob.loop_has_time.
const HttpReply *test_loop_page(Web *web, Arena *a, Str target, Str session, bool has_time);
// The same, for its status and, unless NULL, its body.
int test_get(Web *web, Str target, Str session, Str *ret_body);
Str test_path(const char *before, Id id, const char *after); // an address, or more of a page, with an id in it
bool test_has(Str body, const char *text);
size_t test_count(Str body, const char *text); // how often it stands there
