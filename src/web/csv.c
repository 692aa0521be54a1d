// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/csv.h"

static bool is_formula(Str s)
{
	static const Str MARKS[] = {S_INIT("="),
								S_INIT("+"),
								S_INIT("-"),
								S_INIT("@"),
								S_INIT("\xef\xbc\x9d"),
								S_INIT("\xef\xbc\x8b"),
								S_INIT("\xef\xbc\x8d"),
								S_INIT("\xef\xbc\xa0")};
	size_t blank = 0;
	while (blank < s.n && (unsigned char)s.p[blank] <= ' ') blank++;
	for (size_t i = 0; i < COUNTOF(MARKS); i++)
		if (str_starts(str_sub(s, blank, s.n), MARKS[i])) return true;
	return false;
}

void csv_text(Buf *b, Str s)
{
	buf_char(b, '"');
	if (is_formula(s)) buf_char(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"') buf_char(b, '"');
		buf_char(b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
	}
	buf_char(b, '"');
}
