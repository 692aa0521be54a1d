// SPDX-License-Identifier: AGPL-3.0-or-later
// The account of an import: every row of the dump ends in exactly one outcome, and the sum proves that none was lost.
//
//   se_account_count(&account, SE_VOTES, SE_SKIPPED_NO_POST);
//   …
//   se_account_read(&account, SE_VOTES, se_dump_rows(dump, SE_VOTES));
//   if (!se_account_balances(&account)) exit_code = 1;
//   se_account_write(&out, &account);       // the table for people
//
// A plain value, owned by the importer, one thread. A batch that is rolled back must not have been counted: count into
// a copy and keep it when the batch is durable (SeAccount is assignable).
// Refuses: a total kept apart from the outcomes; rows read come from the reader, the rest is added up.
#pragma once
#include "stackexchange/dump.h"

// name, text
#define SE_OUTCOME_TABLE(X)                                                                                            \
	X(SE_IMPORTED, "imported")                                                                                         \
	X(SE_RENEWED, "brought up to date")                                                                                \
	X(SE_UNCHANGED, "unchanged (was here already)")                                                                    \
	X(SE_SKIPPED_NO_POST, "skipped: its post is not in the dump")                                                      \
	X(SE_SKIPPED_NO_MEMBER, "skipped: its member is not in the dump")                                                  \
	X(SE_SKIPPED_WIKI, "skipped: tag wiki or other kind of post that is no contribution")                              \
	X(SE_SKIPPED_KIND, "skipped: kind without a meaning here")                                                         \
	X(SE_FAILED, "failed")

typedef enum SeOutcome {
#define X(name, text) name,
	SE_OUTCOME_TABLE(X)
#undef X
		SE_OUTCOMES_N
} SeOutcome;

typedef struct SeAccount {
	int64_t read[SE_FILES_N];
	int64_t rows[SE_FILES_N][SE_OUTCOMES_N];
} SeAccount;

static inline void se_account_count(SeAccount *account, SeFile file, SeOutcome outcome)
{
	account->rows[file][outcome]++;
}
static inline void se_account_read(SeAccount *account, SeFile file, int64_t rows) { account->read[file] = rows; }
int64_t se_account_total(const SeAccount *account, SeOutcome outcome);
bool se_account_balances(const SeAccount *account); // rows read = sum of outcomes, in each file
// One line per file and outcome that occurred, a line per file that does not balance, a last line with the sums.
void se_account_write(Buf *b, const SeAccount *account);
