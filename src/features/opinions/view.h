// SPDX-License-Identifier: AGPL-3.0-or-later
// What the opinions' template is given.
#pragma once
#include "web/shell.h"

typedef struct SaidView { // a sentence and the post in which it stands
	Str said, url;
} SaidView;
typedef struct SaidViews {
	SaidView *v;
	size_t n;
} SaidViews;

typedef struct TermView {
	Str words;
	int64_t pos, neg;
	SaidViews examples, reasons;
} TermView;
typedef struct TermViews {
	TermView *v;
	size_t n;
} TermViews;
typedef struct TagView {
	Shell shell;
	Str tag;
	int64_t posts, pos, neg;
	bool capped;
	TermViews liked, disliked;
} TagView;
