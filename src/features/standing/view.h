// SPDX-License-Identifier: AGPL-3.0-or-later
// What the templates of standing are given. Points are thousandths in `exact`, and as people see them elsewhere.
#pragma once
#include "standing/why.h"
#include "web/shell.h"

typedef struct GroupView {
	Str id, title;
	int64_t n, today, exact;
	Str earned, after;
	int64_t share; // of a hundred
	bool bad;
} GroupView;
typedef struct GroupViews {
	GroupView *v;
	size_t n;
} GroupViews;

typedef struct LineView {
	Str title, url;    // of the post; absent: not for the reader's eyes
	Str what;          // "kept as solution"
	Str points, after; // "+15", what it counts today; and what it earned, if that is another number
	int64_t exact;
	Str cap;  // "kudos a day: 200 points is the most" or absent
	Str pair; // "2nd": the how-manieth help to the same person; absent for the first
	bool unmatched, good, bad, back, series, repeats; // of a series of votes; about an answer that repeats another
	Time at;
} LineView;
typedef struct LineViews {
	LineView *v;
	size_t n;
} LineViews;

typedef struct PointView { // of the curve
	Str when;
	int64_t points;
	bool ahead;
} PointView;
typedef struct PointViews {
	PointView *v;
	size_t n;
} PointViews;
typedef struct ChartView {
	Str line, area, next, mark; // paths in 700 x 160
	int64_t top, middle;
	Str from, middle_label, to; // labels below
	PointViews points;
	int64_t now, in_month, half;
	Str half_day;
	int64_t half_life;
} ChartView;

typedef struct RaiseView {
	Str title, points;
} RaiseView;
typedef struct RaiseViews {
	RaiseView *v;
	size_t n;
} RaiseViews;

typedef struct NeedView {
	Str text, have, need;
	bool met, counted;
	int64_t share; // of a hundred
} NeedView;
typedef struct NeedViews {
	NeedView *v;
	size_t n;
} NeedViews;

typedef struct CapView {
	Str name, most;
} CapView;
typedef struct CapViews {
	CapView *v;
	size_t n;
} CapViews;

typedef struct AreaView {
	Str key, name;
	int64_t solved, kept;
	bool is_space, current;
	int64_t points; // half everywhere, half there
} AreaView;
typedef struct AreaViews {
	AreaView *v;
	size_t n;
} AreaViews;

typedef struct BadgeLine {
	Str name, doc;
} BadgeLine;
typedef struct BadgeLines {
	BadgeLine *v;
	size_t n;
} BadgeLines;

typedef struct ScoreView { // one of the five
	Str name, title;
	int64_t points;
	bool current;
} ScoreView;
typedef struct ScoreViews {
	ScoreView *v;
	size_t n;
} ScoreViews;
typedef struct UnpaidViews { // messages
	const char **v;
	size_t n;
} UnpaidViews;

typedef struct WhyView {
	Shell shell;
	Crumbs crumbs;
	Id id;
	Str handle, initials, area, title, lede;
	int hue;
	bool staff, own, manager, known, hidden, objected, has_chart, chance_known;
	int64_t score, lines_n, capped_n, back_n;
	Str place;                                          // "2nd to 4th of 214"
	int64_t likely, low, high, chance_x, low_x, high_x; // of a hundred; along a bar of 128
	int64_t answers_n, settled_n, solved_n, kept_n, taken_back_n, helped_n;
	GroupViews groups;
	int64_t sum_n, sum_today;
	Str sum_earned, sum_after;
	int64_t everywhere, blend, burst_held, burst_exact, start, base_held, held, lifted; // as shown
	int64_t start_exact, base_exact, held_exact, lifted_exact, exact;                   // thousandths
	ChartView chart;
	const char *filter;
	LineViews lines;
	Str all_url, capped_url, back_url, older_url;
	RaiseViews raises;
	bool many_people, other, faded; // other: than what members are ranked by; faded: since the last fact
	UnpaidViews unpaid;
	ScoreViews scores;
	Str score_title, score_word;
	int64_t then, published; // published: where the community was imported from; 0: nothing
	Str last_day;
	Str rank, next_rank, next_doc;
	Str gives, next_gives; // in words
	Str kept_in;           // the area that kept_n is of; absent: everywhere
	NeedViews needs;
	BadgeLines badges;
	CapViews caps;
	int64_t clipped;
	AreaViews areas;
	int64_t version;
	Str publisher, note;
	Time published_at, pass_at;
	Str note_error, note_text;
} WhyView;

typedef struct ObjectionRow {
	Id id;
	Str member, by, note;
	Time at;
} ObjectionRow;
typedef struct ObjectionRows {
	ObjectionRow *v;
	size_t n;
} ObjectionRows;
typedef struct ObjectionsView {
	Shell shell;
	ObjectionRows rows;
} ObjectionsView;

typedef struct RulesSentence {
	Str id, title, text;
} RulesSentence;
typedef struct RulesSentences {
	RulesSentence *v;
	size_t n;
} RulesSentences;
typedef struct RulesPart {
	const char *key, *anchor;
	bool intro, rules;
	RulesSentences sentences;
	int64_t n; // of them
} RulesPart;
typedef struct RulesParts {
	RulesPart *v;
	size_t n;
} RulesParts;
typedef struct RulesVersion {
	int64_t version, engine; // engine: not 0: the same rules, read otherwise
	Str name, publisher, note, hash;
	Time at;
} RulesVersion;
typedef struct RulesVersions {
	RulesVersion *v;
	size_t n;
} RulesVersions;
typedef struct RulesView {
	Shell shell;
	RulesParts parts;
	RulesVersions versions;
	int64_t version;
	Str publisher;
	Time published_at;
} RulesView;
