// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "programme/programme.h"
#include "web/shell.h"

typedef struct StandRow {
	Id id;
	Str handle, initials, area, why;
	int hue;
	ProgrammeState state;
	const char *state_key;
	Time since, until, changed_at, rest_until;
	int64_t solved_n, kept_n;
	bool due, old_terms;
} StandRow;
typedef struct StandRows {
	StandRow *v;
	size_t n;
} StandRows;

typedef struct NextView {
	Id id;
	Str handle;
	const char *state_key; // NULL: never in the programme
} NextView;
typedef struct NextViews {
	NextView *v;
	size_t n;
} NextViews;
typedef struct HangsRow { // an area that hangs on one member
	Str area;
	NextView who;
	NextViews next;
	int64_t accepted, of;
	bool resting;
} HangsRow;
typedef struct HangsRows {
	HangsRow *v;
	size_t n;
} HangsRows;

typedef struct TermsView {
	int64_t version, days;
	SafeHtml html;
	Str source;
	Time at;
} TermsView;

typedef struct ProgrammeView {
	Shell shell;
	StandRows proposed, invited, in, gone, due;
	int64_t in_n, resting_n;
	HangsRows hangs;
	bool counting;
} ProgrammeView;

typedef struct TermsPageView {
	Shell shell;
	TermsView terms;
	Str error;
} TermsPageView;

typedef struct StepRow {
	const char *key; // what happened
	Str by, note;
	Time at;
	bool thanks;
} StepRow;
typedef struct StepRows {
	StepRow *v;
	size_t n;
} StepRows;

typedef struct MemberView { // of a manager, and of the member
	Shell shell;
	Crumbs crumbs;
	StandRow row;
	StepRows steps, thanks;
	TermsView terms;
	Str space_slug, space_title;
	bool found, invitable, proposable, inside;
} MemberView;
