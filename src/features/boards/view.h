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

typedef struct Cell {         // a number beside the measure asked for, under the heading of its own measure
	const char *column, *off; // message keys; off: what stands there instead of a number
	Str text, url;            // url: absent if nothing is behind it
} Cell;
typedef struct BoardCells {
	Cell *v;
	size_t n;
} BoardCells;

typedef struct RowView {
	Str handle, initials, sort; // sort: what they are besides
	int hue;
	bool staff;
	Str place, band; // band: of which this row is the first; absent otherwise
	Str value, facts_url, range_label, range_ci, range_pt, before, change, spark_label, spark, spark_was, spark_end;
	Str place_before, share;
	BoardCells cells;
	bool up, down, ranged, fresh;
} RowView;
typedef struct RowViews {
	RowView *v;
	size_t n;
} RowViews;

typedef struct BoardView {
	Shell shell;
	Choices by, periods, spaces, tags, people, compares, shows, roles;
	BoardCells columns;
	Str bad_text, from, until; // of the days, as the form wants them
	bool details;              // the form's further fields are open
	const char *asked;         // message keys: what the measure is, its column
	const char *column;
	Str window, window_before; // in words
	RowViews rows;
	Str period, last_url, last_days;
	Str more_url, first_url, csv_url, widest_url, by_urls[BOARD_BY_N];
	Str total, total_before;
	int64_t members;
	Str staff;           // how long the staff was busy together; may be absent
	bool before_unknown; // all days compared with are before the history
	Str begins;          // the history does, within the days shown or compared with
	bool compared, widest, unmeasured, counting, blank, bad_days, ranges;
	Str sealed;                    // when credibility was counted
	bool timed, is_read, is_share; // the measure is one of time, was_read or kept
	bool credits, wide;            // there is a column of credibility; there are all
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
