// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stackexchange/account.h"

static const char *const OUTCOMES[SE_OUTCOMES_N] = {
#define X(name, text) [name] = text,
	SE_OUTCOME_TABLE(X)
#undef X
};

static int64_t accounted(const SeAccount *account, SeFile file)
{
	int64_t sum = 0;
	for (size_t o = 0; o < SE_OUTCOMES_N; o++) sum += account->rows[file][o];
	return sum;
}

int64_t se_account_total(const SeAccount *account, SeOutcome outcome)
{
	int64_t sum = 0;
	for (size_t f = 0; f < SE_FILES_N; f++) sum += account->rows[f][outcome];
	return sum;
}

bool se_account_balances(const SeAccount *account)
{
	for (SeFile f = 0; f < SE_FILES_N; f++)
		if (accounted(account, f) != account->read[f]) return false;
	return true;
}

void se_account_write(Buf *b, const SeAccount *account)
{
	int64_t read = 0, sum = 0;
	for (SeFile f = 0; f < SE_FILES_N; f++) {
		buf_format(b, "%-14s %9lld rows\n", se_file_name(f), (long long)account->read[f]);
		for (size_t o = 0; o < SE_OUTCOMES_N; o++)
			if (account->rows[f][o]) buf_format(b, "%14s %9lld %s\n", "", (long long)account->rows[f][o], OUTCOMES[o]);
		int64_t lost = account->read[f] - accounted(account, f);
		if (lost) buf_format(b, "%14s %9lld UNACCOUNTED FOR\n", "", (long long)lost);
		read += account->read[f];
		sum += accounted(account, f);
	}
	buf_format(b, "%-14s %9lld rows, %lld accounted for\n", "all files", (long long)read, (long long)sum);
}
