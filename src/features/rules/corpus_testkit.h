// SPDX-License-Identifier: AGPL-3.0-or-later
// Corpora of small rule files in one text each (golden/*.txt), so that they can be read side by side:
//
//   === name of the case
//   > what is expected, a line each
//   the file
//
// Unless the name begins with "raw ", two lines are put before the file: a [ruleset], and a rule if it has none. Lines are
// counted from the case's own first line.
#pragma once
#include "rules/rules.h"

#define CORPUS_HEAD_LINES 2

typedef struct CorpusCase {
	Str name, expected, toml;
	bool raw;
} CorpusCase;

Str corpus_read(const char *name); // the text of golden/NAME; the test fails if it is not there
bool corpus_next(Str *text, CorpusCase *ret_case);
// The test fails unless golden/NAME says the same. With GOLDEN_OUT=FOLDER, what came is written there.
void corpus_same(const char *name, Str got);
