// SPDX-License-Identifier: AGPL-3.0-or-later
// What insight's pages share: windows of days, drill addresses, words for what is read.
#pragma once
#include "insight/view.h"

#define INSIGHT_ROWS 25
#define INSIGHT_CSV_ROWS 5000

// The days that an address asks for, [from, until): days, weeks or months are the steps of a chart.
typedef struct Window {
	const char *period; // "28d", …
	Time from, until;
	bool bad; // the days asked for make no window
	Time step;
} Window;

// clang-format off
#define WINDOW_FIELDS \
	LINE("period", 0, 10, "error.value"), LINE("from", 0, 10, "error.value"), LINE("to", 0, 10, "error.value")
// clang-format on

Window window_of(const Ctx *cx, const Req *req);
Options window_periods(Arena *a, const Window *w);
Str window_words(Arena *a, const Window *w);
Str window_query(Arena *a, const Window *w); // "period=28d", or with from and to
Str window_date(Arena *a, Time t);           // 2026-11-30, for addresses, forms and files
Str window_day(Arena *a, Time t);            // 30 Nov 2026, for people

typedef struct Asked { // which texts
	Window window;
	Str tone, kind, language, what; // as in the address; absent: any
	Id topic;
	ReadingMask mask;
} Asked;
Str asked_url(Arena *a, Str slug, const Asked *q, bool csv);

extern const char *const KINDS[]; // of intents and the like, as they stand in addresses; KINDS_N
#define KINDS_N 9
Str kind_words(Arena *a, Str kind);
Str language_words(Arena *a, unsigned number);
const char *tone_key(int sentiment);
Str percent_of(Arena *a, int64_t n, int64_t of);
ProgressView progress_view(const InsightProgress *p);
Str excerpt_of(Arena *a, Str html);

MUST_CHECK Status insight_space_get(Ctx *cx, const Req *req, InsightSpaceRow *ret);

extern const Route insight_space_routes[], insight_text_routes[];
extern const size_t insight_space_routes_n, insight_text_routes_n;
