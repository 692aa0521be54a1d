// SPDX-License-Identifier: AGPL-3.0-or-later
// What members say about themselves on their profiles: Markdown, written at /settings/about, rendered like posts and kept in
// member.about_html, where an import leaves it too. Others report it (/m/NAME/report), moderators see what was reported
// among all reports (/reports) and clear it, which stands in the audit list.
#pragma once
#include "about_sql.h"
#include "text/safe_html.h"

#define ABOUT_MAX_BYTES 2000
#define ABOUT_NOTE_MAX_BYTES 1000

// What was typed and how it looks; empty: nothing is said any more.
typedef struct About {
	Str source;
	SafeHtml html;
} About;
// Renders; a field error on "body" if it does not fit. On a worker.
MUST_CHECK Status about_prepare(Ctx *cx, Str source, About *ret);
MUST_CHECK Status about_put_own(Ctx *cx, Tx *tx, const About *about); // the actor's
// A moderator's: the text goes, and what was reported of it is dealt with.
MUST_CHECK Status about_clear(Ctx *cx, Tx *tx, Id member_id);

extern const Migration about_migrations[];
extern const size_t about_migrations_n;
