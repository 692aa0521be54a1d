// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/limit.h"

#include "test.h"

TEST(limits_take_a_network_of_ipv6_for_one_client)
{
	Arena *a = test_arena();
	static const char *const SAME[] = {"2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3", "2001:0db8:0001:0002:0:0:0:9"};
	Str first = limits_client(a, str_from(SAME[0]));
	for (size_t i = 0; i < COUNTOF(SAME); i++) assert_true(str_eq(limits_client(a, str_from(SAME[i])), first));
	assert_false(str_eq(limits_client(a, S("2001:db8:1:3::1")), first));
	assert_str_equal(limits_client(a, S("192.0.2.7")), "192.0.2.7");
	assert_str_equal(limits_client(a, S("::ffff:192.0.2.7")), "::ffff:192.0.2.7"); // IPv4 behind one socket
	assert_str_equal(limits_client(a, S("unknown")), "unknown");
}

TEST(limits_of_a_network_are_shared)
{
	Arena *a = test_arena();
	Limits *l = limits_new(a);
	int retry, let = 0;
	for (int i = 0; i < 40; i++) {
		Str from = str_format(a, "2001:db8:1:2::%x", i + 1);
		let += limits_take(l, LIMIT_SIGN_IN, limits_client(a, from), TEST_TIME, &retry);
	}
	assert_int_equal(let, 10);
	assert_true(limits_take(l, LIMIT_SIGN_IN, limits_client(a, S("2001:db8:1:4::1")), TEST_TIME, &retry));
	limits_done(l);
}
