// SPDX-License-Identifier: AGPL-3.0-or-later
// The training tool behind `hearth text train`: reads the labelled texts and lexicons, trains every head and writes the
// model file. Only sets that may train shipped weights are in its list (train_sets.c); --sets open leaves out those whose
// texts are under the terms of a network. One core, under two minutes, the same bytes each time.
#pragma once
#include "text/linear.h"
#include "text/model.h"
#include "text/train_data.h"
#include "text/work.h"

typedef enum TrainTask {
	TRAIN_LANGUAGE,
	TRAIN_SENTIMENT,
	TRAIN_SPAM,
	TRAIN_PURCHASE,
	TRAIN_QUALITY,
	TRAIN_TOPIC,
	TRAIN_RISK,
} TrainTask;

typedef struct TrainSet {
	const char *file; // in DATA/train, without .train.tsv
	TrainTask task;
	bool open;
	bool own; // written for Hearth: in TrainOptions.own, not in DATA
	const char *credit, *licence;
} TrainSet;
extern const TrainSet TRAIN_SETS[];
extern const size_t TRAIN_SETS_N;

typedef struct TrainOptions {
	Str data, out;
	Str own; // the folder of the sentences that were written for Hearth: tests/text
	bool open_only;
	void (*tell)(void *arg, const char *line); // progress
	void *arg;
} TrainOptions;

MUST_CHECK Status text_train(Ctx *cx, const TrainOptions *o);

// The steps, in order; each gets the samples of its task.
typedef struct Trainer {
	Ctx *cx;
	const TrainOptions *options;
	Lexicon lexicon;
	TextWork *work;
	ModelSection sections[MODEL_SECTIONS_MAX];
	size_t sections_n;
} Trainer;

MUST_CHECK Status train_samples(Trainer *t, TrainTask task, Samples *ret);
MUST_CHECK Status train_dev_samples(Trainer *t, TrainTask task, Samples *ret);
MUST_CHECK Status train_lexicon(Trainer *t);
MUST_CHECK Status train_language(Trainer *t);
MUST_CHECK Status train_sentiment(Trainer *t);
MUST_CHECK Status train_small(Trainer *t);
MUST_CHECK Status train_risk(Trainer *t, Linear *l);               // into the lanes of the small head
MUST_CHECK Status train_hindi(Trainer *t, Linear *l, float *cool); // likewise; cool: of each lane
MUST_CHECK Status train_topics(Trainer *t);
MUST_CHECK Status train_quality(Trainer *t);
void train_put(Trainer *t, const char *name, Str bytes);
