// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/csv.h"

#include "test.h"

TEST(csv_cells_are_texts_and_no_formulas)
{
	static const struct {
		const char *text, *cell;
	} CASES[] = {
		{"ada", "\"ada\""},
		{"", "\"\""},
		{"say \"no\"", "\"say \"\"no\"\"\""},
		{"a = b", "\"a = b\""},
		{"=1+1", "\"'=1+1\""},
		{"+1", "\"'+1\""},
		{"-1", "\"'-1\""},
		{"@SUM(A1)", "\"'@SUM(A1)\""},
		{"\t=1", "\"' =1\""},
		{"\r\n=1", "\"'  =1\""},
		{" =1", "\"' =1\""},
		{"\xef\xbc\x9d"
		 "1",
		 "\"'\xef\xbc\x9d"
		 "1\""},
		{"\xef\xbc\xa0x", "\"'\xef\xbc\xa0x\""},
		{"one\ntwo", "\"one two\""},
	};
	for (size_t i = 0; i < COUNTOF(CASES); i++) {
		Buf b = buf_init(test_arena(), 64, 256);
		csv_text(&b, str_from(CASES[i].text));
		assert_str_equal(buf_view(&b), CASES[i].cell);
	}
}
