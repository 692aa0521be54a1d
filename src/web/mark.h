// SPDX-License-Identifier: AGPL-3.0-or-later
// A mark: what a page is about, whose posts are on it, whom it was served to and when, signed by the site. The page carries
// it (shell.h), a script sends it back with what it saw: so the message comes from a page that was served to that member,
// no other site can forge it, and it cannot tell of more time than went by since. Good for MARK_LIFE_MS.
//
// The signature is SipHash-2-4 of 64 bits under a key of the site's own: a page view pays for it twice. Short as it is, it
// cannot be guessed offline; each guess is a message to the site, under the limit of notes, one in 2^64 is right, and what is
// won is an hour of reading that somebody did not do. Nothing else is keyed so.
//
// There is none where nobody may be timed (core/consent.h), nor for a browser that says DNT: 1 or Sec-GPC: 1.
#pragma once
#include "web/route.h"

#define MARK_LIFE_MS TIME_HOUR_MS
#define MARK_SIDES_MAX 40
#define MARK_MAC_CHARS 16
#define MARK_TEXT_MAX (3 * (ID_TEXT_MAX + 1) + MARK_SIDES_MAX + 1 + MARK_MAC_CHARS)

typedef struct Mark {
	Id member, subject; // subject 0: of nothing that is there already
	Time served_at;
	Str sides; // letters: of whom the page's own form answers, then of its posts in order
} Mark;

// What a page's script noted: a POST that writes nothing, but may observe(). Its field "mark" says whose page it was, which is
// proof enough: no session is looked up, req->db is NULL, and the loop answers by itself. Cached pages stay good.
#define NOTE(path_, right_, page_, ...)                                                                                \
	{                                                                                                                  \
		.method = HTTP_POST, .path = (path_), .right = (right_), .page = (page_), __VA_ARGS__                          \
	}

bool mark_refused(const Req *req);                             // the browser says that it does not want to be followed
Str mark_make(Ctx *cx, const Req *req, Id subject, Str sides); // str_none() if whoever asks may not be timed
bool mark_parse(const Ctx *cx, Str text, Mark *ret_mark);      // false: no page was served with it
bool mark_is_good(const Ctx *cx, const Mark *m);               // its time has not passed
