// SPDX-License-Identifier: AGPL-3.0-or-later
// What the boards' templates are given. Texts are ready to be written.
#pragma once
#include "boards/board.h"
#include "web/shell.h"

typedef struct Choice { // of a word in the sentence
	Str value, text;
	bool chosen;
} Choice;
typedef struct Choices {
	Choice *v;
	size_t n;
} Choices;

typedef struct HandleParts { // where a long handle may break: after _ and -
	Str *v;
	size_t n;
} HandleParts;

typedef struct RowView {
	HandleParts parts;
	Str handle, initials, sort; // sort: what they are besides
	int hue;
	bool staff;
	Str place, band; // band: of which this row is the first; absent otherwise
	Str value, facts_url, range_label, range_ci, range_pt, before, change, spark_label, spark, spark_was, spark_end;
	Str content, content_url, accepted, accepted_url, kudos, kudos_url, share, share_url, helped, helped_url, credit;
	Str time, time_url, was_read, was_read_url;
	Str place_before, credit_url;
	bool up, down, ranged, fresh;
} RowView;
typedef struct RowViews {
	RowView *v;
	size_t n;
} RowViews;

typedef struct BoardView {
	Shell shell;
	Choices by, periods, spaces, tags, people, compares, roles;
	Str bad_text;
	Str from, until;   // of the days, as the form wants them
	bool details;      // the form's further fields are open
	const char *asked; // message keys: what the measure is, its column
	const char *column;
	Str window, window_before; // in words
	RowViews rows;
	Str more_url, first_url, csv_url;
	Str by_urls[BOARD_BY_N];
	Str total, total_before;
	int64_t members, shown;
	Str staff;           // how long the staff was busy together; may be absent
	bool before_unknown; // all days compared with are before the history
	Str begins;          // the history does, within the days shown or compared with
	bool compared, unmeasured, counting, bad_days, ranges;
	Str sealed;                 // when credibility was counted
	bool timed, times, is_time; // timed: the measure is one of time; times: there is a column of it
	bool reads, is_read;        // the same of how long others read it
	bool is_accepted, is_content, is_kudos, is_share, is_helped,
		is_credit; // the measure asked for has no second column
} BoardView;

typedef struct FactView {
	Time at_ms;
	const char *what; // message key
	Str title, url, who;
	bool solved, said; // an acceptance, a vote
	bool out;          // of a series: counts nothing
} FactView;
typedef struct FactViews {
	FactView *v;
	size_t n;
} FactViews;

typedef struct FactsView {
	Shell shell;
	Str handle, window, area, back_url, more_url;
	const char *what;
	FactViews rows;
	Str note;
} FactsView;

typedef struct ReadTopicView { // where others read what a member wrote
	Str title, url, time;
	int64_t days; // on how many
} ReadTopicView;
typedef struct ReadTopicViews {
	ReadTopicView *v;
	size_t n;
} ReadTopicViews;

typedef struct ReadView {
	Shell shell;
	Str handle, window, area, back_url, more_url, total;
	int64_t topics;
	bool more_topics; // than are shown
	ReadTopicViews rows;
} ReadView;

typedef struct TimeDay { // what a number of time is made of
	Time at_ms;
	Str counted, read[SIDES], wrote[SIDES]; // absent: none
} TimeDay;
typedef struct TimeDays {
	TimeDay *v;
	size_t n;
} TimeDays;

typedef struct TimeView {
	Shell shell;
	Str handle, window, area, back_url, more_url;
	const char *what, *note;
	TimeDays rows;
} TimeView;
