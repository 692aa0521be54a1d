// SPDX-License-Identifier: AGPL-3.0-or-later
// What asking's templates are given.
#pragma once
#include "asking/asking.h"
#include "web/shell.h"

typedef struct SuggestionView {
	Id id;
	Str title, excerpt, space_title, author;
	int64_t answers_n, score;
	bool solved;
	Cred cred;
} SuggestionView;
typedef struct SuggestionViews {
	SuggestionView *v;
	size_t n;
} SuggestionViews;

typedef struct SimilarView {
	Shell shell;
	SuggestionViews suggestions;
	Id asking;
	Str title, body, ask_url;
	bool looked, signed_in; // looked: there was something to look for
} SimilarView;

typedef struct AskedTopicView {
	Str title, url;
	int64_t shown, opened, solved, answers_n;
	bool is_solved;
	Time at_ms;
} AskedTopicView;
typedef struct AskedTopicViews {
	AskedTopicView *v;
	size_t n;
} AskedTopicViews;

typedef struct PeriodView {
	const char *key;
	Str url;
	bool current;
} PeriodView;
typedef struct PeriodViews {
	PeriodView *v;
	size_t n;
} PeriodViews;

typedef struct FiguresView {
	Shell shell;
	PeriodViews periods;
	int64_t shown, opened, solved, asked, left, unshown;
	AskedTopicViews topics, posted;
} FiguresView;

typedef struct WhoPersonView {
	Str handle, initials, why_url, area;
	int hue;
	bool staff;
	Cred cred;
	int64_t area_solved_n, like_n, like_solved_n, helped_n;
	const char *soon; // a message's key; NULL: not known
	Time answered_at;
} WhoPersonView;
typedef struct WhoPersonViews {
	WhoPersonView *v;
	size_t n;
} WhoPersonViews;

typedef struct WhoView {
	Shell shell;
	Str title, url, space, space_title;
	bool solved, own, late; // own: the visitor asked; late: not found in time
	WhoPersonViews people;
} WhoView;
