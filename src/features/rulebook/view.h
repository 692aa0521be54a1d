// SPDX-License-Identifier: AGPL-3.0-or-later
// What the rulebook's templates are given. Figures come as text, already rounded; absent: not known.
#pragma once
#include "rulebook/rulebook.h"
#include "web/shell.h"

typedef struct FindingRow {
	int line;
	bool error;
	Str text, source; // source: the line, as typed; absent: beside a trial
} FindingRow;
typedef struct FindingRows {
	FindingRow *v;
	size_t n;
} FindingRows;

typedef struct TrialRow {
	Id id;
	Time at_ms;
	Str author;
	int64_t state;
} TrialRow;
typedef struct TrialRows {
	TrialRow *v;
	size_t n;
} TrialRows;

typedef struct VersionRow {
	int64_t version;
	Str name, author, note;
	Time at_ms;
	bool engine; // the same rules, read otherwise
} VersionRow;
typedef struct VersionRows {
	VersionRow *v;
	size_t n;
} VersionRows;

// The editor. Beside its lines stand their numbers, as text in one run but for those that something leads to or is said of.
typedef struct GutterRow {
	Str before; // numbers of the lines before it, a line each
	int line;
	const char *level; // "bad", "warn" or absent
} GutterRow;
typedef struct GutterRows {
	GutterRow *v;
	size_t n;
} GutterRows;
typedef struct NoteRow { // what is said of a line, over its end
	Str gap;             // line ends since the last
	bool error;
	Str text;
} NoteRow;
typedef struct NoteRows {
	NoteRow *v;
	size_t n;
} NoteRows;

typedef struct ContentRow { // of the table of contents
	int line;
	Str text;
	bool noted;
} ContentRow;
typedef struct ContentRows {
	ContentRow *v;
	size_t n;
} ContentRows;
typedef struct ContentPart {
	const char *key; // message: what these are
	ContentRows rows;
} ContentPart;
typedef struct ContentParts {
	ContentPart *v;
	size_t n;
} ContentParts;

typedef struct GlanceRow { // what a rule gives by the rules in force and by the text
	Str title, id, now, then, said;
	const char *state; // message: changed, new, gone; NULL: the same
	const char *kind;  // message, of what is no rule; NULL: a rule
	int line;          // in the text; 0: it is not there
} GlanceRow;
typedef struct GlanceRows {
	GlanceRow *v;
	size_t n;
} GlanceRows;

typedef struct RulesView {
	Shell shell;
	Crumbs crumbs;
	Str name;
	int64_t version;
	Str toml, fault;              // fault: why it cannot be read
	bool checked, edited, errors; // it was asked for; the text is not that of the rules in force
	bool published;               // just now
	int64_t lines, changes;
	GutterRows gutter;
	Str gutter_end;
	NoteRows notes;
	ContentParts contents;
	GlanceRows glance;
	FindingRows findings;
	TrialRows trials;
	VersionRows versions;
} RulesView;

typedef struct MoveRow {
	Str handle, rank_before, rank_after;
	int64_t place_before, place_after;
	bool up, down, rank_other;
} MoveRow;
typedef struct MoveRows {
	MoveRow *v;
	size_t n;
} MoveRows;

typedef struct TrialView {
	Shell shell;
	Crumbs crumbs;
	Id id;
	int64_t state;
	Str why, author, edit_url;
	Time at_ms;
	int64_t counted, moved, gained, lost;
	Str tau;
	Str auc[2], auc_range[2], ndcg[2], ndcg_range[2], price[2]; // before, after
	bool forecast_known, price_known, can_publish;
	FindingRows findings;
	MoveRows moves;
	Str note_error;
} TrialView;

typedef struct BacktestRow {
	Str name;
	bool in_force;
	Str ndcg[RULEBOOK_TIMES], range[RULEBOOK_TIMES], auc;
	int bar; // mean NDCG in hundredths, for the bar
	Str mean;
	int64_t order; // the mean, exactly
} BacktestRow;
typedef struct BacktestRows {
	BacktestRow *v;
	size_t n;
} BacktestRows;

typedef struct BacktestView {
	Shell shell;
	Crumbs crumbs;
	bool none, waiting;
	Str why;
	Time at_ms;
	Str times[RULEBOOK_TIMES]; // days, as people write them
	BacktestRows rows;
	const char *verdict_key; // message of the sentence on top
} BacktestView;
