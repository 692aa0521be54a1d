// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/i18n.h"

#include "test.h"

TEST(messages_are_sorted_and_found_by_key)
{
	assert_true(MESSAGES_N > 0);
	for (size_t i = 0; i < MESSAGES_N; i++) {
		if (i) assert_true(str_cmp(MESSAGES[i - 1].key, MESSAGES[i].key) < 0);
		assert_true(str_eq(message_get(MESSAGES[i].key), MESSAGES[i].text));
	}
}

TEST(message_that_is_missing_shows_its_key)
{
	assert_str_equal(MESSAGE("no.such.key"), "no.such.key");
	assert_str_equal(message_get_z(NULL), "");
	assert_str_equal(message_get_n(test_arena(), S("no.such.key"), 1), "no.such.key");
}

TEST(message_fill_replaces_known_places)
{
	Buf b = buf_init(test_arena(), 16, BUF_MAX_BYTES);
	message_fill(&b, S("{a} and {b}, {c} {"), 2, (MessageArg[]){{S("a"), S("one")}, {S("b"), S("{a}")}});
	assert_str_equal(buf_view(&b), "one and {a}, {c} {");
}
