// SPDX-License-Identifier: AGPL-3.0-or-later
// What the rulebook's templates are given. Figures come as text, already rounded; absent: not known.
#pragma once
#include "rulebook/rulebook.h"
#include "web/shell.h"

typedef struct FindingRow {
	int line;
	bool error;
	Str text;
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
} VersionRow;
typedef struct VersionRows {
	VersionRow *v;
	size_t n;
} VersionRows;

typedef struct RulesView {
	Shell shell;
	Crumbs crumbs;
	Str name;
	int64_t version;
	Str toml, fault; // fault: why it cannot be read
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
	Str why, author, toml;
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
