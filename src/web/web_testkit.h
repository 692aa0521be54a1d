// SPDX-License-Identifier: AGPL-3.0-or-later
// For tests of pages: one is asked for as by a browser, through the real router, without a socket.
#pragma once
#include "web/web.h"

// session: of who is signed in; empty for a guest. The reply lives as long as the arena.
const HttpReply *test_page(Web *web, Arena *a, Str target, Str session);
// The same, for its status and, unless NULL, its body.
int test_get(Web *web, Str target, Str session, Str *ret_body);
bool test_has(Str body, const char *text);
size_t test_count(Str body, const char *text); // how often it stands there
