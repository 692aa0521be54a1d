// SPDX-License-Identifier: AGPL-3.0-or-later
// What insight's templates are given. Texts are ready to be written.
#pragma once
#include "insight/insight.h"
#include "text/reading.h"
#include "web/shell.h"

typedef struct Option {
	Str value, text;
	bool chosen;
} Option;
typedef struct Options {
	Option *v;
	size_t n;
} Options;

typedef struct Num { // a number and where it leads
	Str label, url;
	int64_t n;
	Str share;
} Num;
typedef struct Nums {
	Num *v;
	size_t n;
} Nums;

typedef struct ProgressView {
	bool waiting; // not everything is read
	int64_t done, total;
} ProgressView;

typedef struct BucketView { // of the chart's table
	Str when;
	Num neg, neu, pos;
} BucketView;
typedef struct BucketViews {
	BucketView *v;
	size_t n;
} BucketViews;

typedef struct PhraseView {
	Str text, when, usual, url;
	int64_t posts, authors;
	Nums examples;
} PhraseView;
typedef struct PhraseViews {
	PhraseView *v;
	size_t n;
} PhraseViews;

typedef struct SpaceView {
	Shell shell;
	Str title, url, window, csv_url, from, until, all_url;
	Options periods;
	bool bad_days;
	ProgressView progress;
	int64_t n;
	Nums tones, kinds, languages, negative, positive;
	Num all, comments;
	Str chart[SENTIMENT_N], line, first, middle, last;
	int64_t top, middle_n;
	BucketViews buckets;
	PhraseViews phrases;
	Str bucket; // "day", "week", "month" as a heading
} SpaceView;

typedef struct TextView { // a text in a list
	Id id;
	Time at_ms;
	Str title, url, author, excerpt, language, tone, words;
	bool comment, corrected, sure;
	int tone_class; // SENTIMENT_…
} TextView;
typedef struct TextViews {
	TextView *v;
	size_t n;
} TextViews;

typedef struct ListView {
	Shell shell;
	Str space, back_url, window, csv_url, more_url;
	Options tones, kinds, languages, periods, whats;
	Str from, until;
	bool days;
	int64_t n; // -1: not counted
	TextViews rows;
} ListView;

typedef struct SpamRow {
	Id id;
	Time at_ms, decided_at;
	Str title, url, author, excerpt, decided, percent;
	bool comment;
	Time joined_at;
} SpamRow;
typedef struct SpamRows {
	SpamRow *v;
	size_t n;
} SpamRows;
typedef struct SpamView {
	Shell shell;
	SpamRows rows;
	int state;
	Str more_url, tab_urls[3];
	int64_t counts[3], least;
	ProgressView progress;
} SpamView;

typedef struct HeadView { // one thing that a text is taken for, and the form to correct it
	const char *task;
	Str label, value, share;
	Options choices;
	bool corrected;
} HeadView;
typedef struct HeadViews {
	HeadView *v;
	size_t n;
} HeadViews;
typedef struct OneView {
	Shell shell;
	Id id;
	Str title, url, author, excerpt, words;
	Time at_ms;
	bool comment, read, sure, unmeasured;
	HeadViews heads;
} OneView;

typedef struct LayerView {
	const char *task, *verdict; // verdict: message key
	Str label;
	int64_t corrections, held, base_right, layer_right, anchors_held, anchors_changed;
	Time made_at;
	bool off, used;
} LayerView;
typedef struct LayerViews {
	LayerView *v;
	size_t n;
} LayerViews;
typedef struct CorrectionRow {
	Id id, subject;
	Str task, was, label, who, title;
	Time at_ms;
	bool comment;
} CorrectionRow;
typedef struct CorrectionRows {
	CorrectionRow *v;
	size_t n;
} CorrectionRows;
typedef struct CorrectionsView {
	Shell shell;
	LayerViews layers;
	CorrectionRows rows;
	Str more_url;
	ProgressView progress;
} CorrectionsView;

typedef struct HubView {
	Shell shell;
	ProgressView progress;
	Nums spaces, tags;
	int64_t spam, reports;
	bool manager;
} HubView;
