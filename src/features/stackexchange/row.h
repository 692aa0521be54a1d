// SPDX-License-Identifier: AGPL-3.0-or-later
// One row of a dump: from expat's name/value list to a typed struct, driven by a table of fields per file. Private to
// the reader (dump.c).
//
//   RowFault fault;
//   if (!se_row_parse(SE_VOTES, attributes, &row, &fault)) …   // "VoteTypeId: not a number"
//
// Fields come in the same order in every row, so each is looked for from where the last one was found. Needed fields
// that are absent, values over their maximum and values of the wrong form are faults. Owns nothing; strings point into
// the attributes. Refuses to guess a missing or malformed value.
#pragma once
#include "stackexchange/dump.h"

typedef struct RowFault {
	const char *field;
	const char *why;
} RowFault;

MUST_CHECK bool se_row_parse(SeFile file, const char *const *attributes, SeRow *ret_row, RowFault *ret_fault);
