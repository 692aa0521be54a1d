// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "web/shell.h"

typedef struct SeriesRow {
	Id id;
	Str voter, author, back_by;
	Time first_at, last_at, back_at;
	int64_t out_n;
	bool back;
} SeriesRow;
typedef struct SeriesRows {
	SeriesRow *v;
	size_t n;
} SeriesRows;

typedef struct RepeatRow {
	Id post_id, of_id;
	Str title, author;
	Time at;
	int64_t percent;
} RepeatRow;
typedef struct RepeatRows {
	RepeatRow *v;
	size_t n;
} RepeatRows;

typedef struct FairplayView {
	Shell shell;
	SeriesRows series;
	RepeatRows repeats;
	Str series_more, repeats_more;
	int64_t repeated_n, series_n, out_n;
} FairplayView;
