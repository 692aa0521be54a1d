// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/json.h"
#include "base/utf8.h"
#include "test.h"

#define json_null jansson_null // both have that name
#include <jansson.h>
#undef json_null

TEST(json_writes_what_it_is_told)
{
	Buf b = buf_init(test_arena(), 64, 4096);
	Json j = json_init(&b);
	json_obj(&j);
	json_key(&j, "id");
	json_id(&j, 1000);
	json_key(&j, "no");
	json_id(&j, 0);
	json_key(&j, "s");
	json_str(&j, S(""));
	json_key(&j, "absent");
	json_str(&j, str_none());
	json_key(&j, "list");
	json_arr(&j);
	json_int(&j, INT64_MIN);
	json_bool(&j, true);
	json_none(&j);
	json_obj(&j);
	json_end(&j);
	json_arr(&j);
	json_end(&j);
	json_end(&j);
	json_key(&j, "at");
	json_time(&j, TEST_TIME);
	json_key(&j, "never");
	json_time(&j, 0);
	json_end(&j);
	assert_str_equal(
		buf_view(&b),
		"{\"id\":\"z8\",\"no\":null,\"s\":\"\",\"absent\":null,\"list\":[-9223372036854775808,true,null,{},[]],"
		"\"at\":\"2025-03-01T12:00:00Z\",\"never\":null}");
}

// Every valid text comes back from an independent parser as it was.
TEST(json_escapes_round_trip)
{
	Ctx *cx = test_ctx();
	for (int i = 0; i < 3000; i++) {
		char bytes[60];
		cx->rng->fill(cx->rng->self, bytes, sizeof bytes);
		for (size_t k = 0; k < sizeof bytes; k++) bytes[k] |= 0x60;
		for (size_t k = 0; k < sizeof bytes; k += 1 + (size_t)i % 21)
			bytes[k] &= 0x3f; // controls, quotes and the like, alone or many together
		if (i % 3 == 0) memset(bytes + i % 50, '\\', (size_t)i % 10);
		Str s = utf8_repair(cx->arena, (Str){bytes, (size_t)i % sizeof bytes});
		Buf b = buf_init(cx->arena, 64, 4096);
		Json j = json_init(&b);
		json_arr(&j);
		json_str(&j, s);
		json_end(&j);
		json_t *root = json_loadb(b.p, b.n, 0, NULL);
		assert_non_null(root);
		const json_t *v = json_array_get(root, 0);
		assert_true(str_eq((Str){json_string_value(v), json_string_length(v)}, s));
		json_decref(root);
	}
}

TEST(json_escapes_exactly)
{
	Buf b = buf_init(test_arena(), 64, 4096);
	buf_json_escaped(&b, S("\"\\/\n\r\t\b\x01\x1f\x7f\xc3\xa9"));
	assert_str_equal(buf_view(&b), "\"\\\"\\\\/\\n\\u000d\\u0009\\u0008\\u0001\\u001f\x7f\xc3\xa9\"");
}

TEST(json_nests_deeply)
{
	Buf b = buf_init(test_arena(), 64, 4096);
	Json j = json_init(&b);
	for (int i = 0; i < 30; i++) {
		json_obj(&j);
		json_key(&j, "k");
		json_arr(&j);
	}
	for (int i = 0; i < 60; i++) json_end(&j);
	json_t *root = json_loadb(b.p, b.n, 0, NULL);
	assert_non_null(root);
	json_decref(root);
}

TEST(json_overflow_is_sticky)
{
	Buf b = buf_init(test_arena(), 8, 20);
	Json j = json_init(&b);
	json_arr(&j);
	for (int i = 0; i < 100; i++) json_str(&j, S("some text"));
	json_end(&j);
	assert_true(b.overflow && b.n <= 20);
}
