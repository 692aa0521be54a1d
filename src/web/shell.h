// SPDX-License-Identifier: AGPL-3.0-or-later
// The frame of every page, and the parts that pages of all features share. Views (web/views) are generated from it.
#pragma once
#include "web/html.h"
#include "web/web.h"

typedef struct Shell {
	Str title;                        // of the page; the site's name is added
	Str description;                  // for search engines; may be absent
	Str canonical;                    // absolute; may be absent
	Str feed;                         // path of the page's Atom feed; may be absent
	Str site_name, theme, csrf, next; // next: this page, for sign-in
	Str licence;                      // of what is written here; may be absent
	Str query;                        // what stands in the search field
	Str mark;                         // for the page's clock (mark.h); may be absent
	JsonText ld;                      // JSON-LD; absent when .s.p is NULL
	const Actor *actor;
	Str initials; // of the actor
	int hue;
	bool demo, noindex;
	Str score, score_word; // what members are ordered by: "Credibility", "credibility"
	bool by_credibility;
	int wait_s;      // a form came too soon and is shown again: it may be sent after so many seconds; else 0
	const char *nav; // "spaces", "members", "boards", "tags" or "": which entry is current
	const char *as;  // role the visitor looks as, for the demo bar
} Shell;

// Fills what comes from the request; the page adds title and the rest.
void shell_init(Ctx *cx, const Req *req, Shell *ret_shell);

// The scores of reputation as they are called on pages.
Str score_title(ScoreKind score);
Str score_word(ScoreKind score);

// Two letters and a hue 1..8 that stand for a member everywhere.
Str avatar_initials(Arena *a, Str handle);
int avatar_hue(Str handle);
Str hours_text(Arena *a, int64_t seconds); // "41.2 h", "24 min"

// Who says it and why to trust them, beside a name; from the columns of `member` that reputation writes.
typedef struct Cred {
	Str handle, rank, area;
	Str key;       // of the area as the why page takes it, where the area is the one of the topic at hand; else absent
	int64_t level; // of the rank, 1 to 5; 0: none
	int64_t given, solved,
		kept; // answers to others; solutions in the area, or anywhere if there is none, and those kept
} Cred;
#define CRED_ANSWERS_MIN 5         // below, nothing is known
int64_t cred_share(const Cred *c); // kept of a hundred

typedef struct Crumb {
	Str text, url;
} Crumb;
typedef struct Crumbs {
	const Crumb *v;
	size_t n;
} Crumbs;

// A field's error in a form, by its declared name: the message, or str_none().
Str form_error(const Ctx *cx, const char *field);

typedef struct ErrorView {
	Shell shell;
	int status;
	const char *title_key, *text_key;
	Str detail; // only what may be shown: limits and the like
	bool typed; // something was sent that would be a pity to lose
} ErrorView;

Status web_error_page(Ctx *cx, const Req *req, Res *res, Status st);

// JSON-LD: opens {"@context": "https://schema.org", "@type": type}; the caller writes members and closes with json_end.
Json ld_begin(Buf *b, const char *type);
