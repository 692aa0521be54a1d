// SPDX-License-Identifier: AGPL-3.0-or-later
// The rulebook: where managers change the rules of reputation. What is typed is read and linted at once; what it would have
// done to the history is found by a job (whatif/whatif.h), and only then can it be published. A second page judges the
// rules in force: does their ranking tell who helps next, against the packs?
//
// The rules in force are kept by standing (standing/standing.h); here are trials and the pages.
#pragma once
#include "rulebook_sql.h"
#include "standing/standing.h"
#include "whatif/whatif.h"

#define RULEBOOK_QUEUE "rulebook.run"
#define RULEBOOK_TIMES 4 // of the back-test: a quarter of a year apart, back from 91 days ago
#define RULEBOOK_NOTE_MAX_BYTES 1000

typedef enum TrialKind { TRIAL_WHATIF = 1, TRIAL_BACKTEST = 2 } TrialKind;
typedef enum TrialState { TRIAL_WAITING = 0, TRIAL_DONE = 1, TRIAL_FAILED = 2 } TrialState;

// Reads rules as typed: ST_INVALID with "rules:LINE: reason" in cx->fail_text.
MUST_CHECK Status rulebook_read(Ctx *cx, Str toml, Ruleset **ret_rules);
// Stores a trial and the job that runs it. toml is empty for a back-test.
MUST_CHECK Status rulebook_try(Ctx *cx, Tx *tx, TrialKind kind, Str toml, Id *ret_trial);
// The job: payload is the trial's id. May run more than once.
MUST_CHECK Status rulebook_run(Ctx *cx, Store *store, Str payload);
// Puts the rules of a finished what-if in force. ST_CONFLICT unless it is done and its rules pass the linter.
MUST_CHECK Status rulebook_publish(Ctx *cx, Tx *tx, Id trial, Str note);

// A figure of a trial, scaled to 1/10000; false: not known.
bool rulebook_figure(const FigureListRows *rows, Str name, int64_t side, int64_t *ret_value);

extern const Migration rulebook_migrations[];
extern const size_t rulebook_migrations_n;
