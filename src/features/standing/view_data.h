// SPDX-License-Identifier: AGPL-3.0-or-later
// What the templates of the card and of "What is known about me" are given.
#pragma once
#include "attention/attention.h"
#include "standing/model.h"
#include "web/shell.h"

typedef struct CardView {
	Shell shell;
	Str text, payload, key;
	const char *verdict_key; // NULL: nothing was asked yet
	bool good;
	Str handle, site, rank, credibility, kept, solutions, helped, place; // what a card says that can be believed
	Time as_of, expires;
} CardView;

typedef struct DataFact {
	Str what;
	int64_t mine, of_me;
} DataFact;
typedef struct DataFacts {
	DataFact *v;
	size_t n;
} DataFacts;
typedef struct TimedWith { // seconds with somebody, as text; absent: none
	const char *who;       // message key
	Str read, wrote;
} TimedWith;
typedef struct TimedView {
	const char *state; // message key: is one timed, and why
	struct {
		TimedWith v[SIDES];
		size_t n;
	} with;
	Time since_at;
	int64_t kept_days;
	bool topics;                        // which they were is kept
	bool may_yes, may_no, any, refused; // refused: by this browser
} TimedView;

typedef struct DataView {
	Shell shell;
	Id id;
	MyDataGetRow m;
	const char *side_key;
	DataFacts facts;
	TimedView timed;
} DataView;
