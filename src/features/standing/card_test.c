// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/card.h"

#include "test.h"

static CardVerdict verdict_of(Ctx *cx, Str card)
{
	CardVerdict verdict;
	Str payload;
	assert_ok(cx, card_verify(cx, card, &verdict, &payload));
	return verdict;
}

TEST(a_card_is_genuine_changed_foreign_or_over)
{
	Ctx *cx = test_ctx();
	Site site = {.secret = "a secret of thirty-two bytes ..", .name = S("Town")}, other = {.secret = "another"};
	Str card, payload, key;
	CardVerdict verdict;
	cx->site = &site;
	assert_ok(cx,
			  card_sign(cx, S("{\"handle\":\"ben,\\\"key\\\":\\\"\",\"expires\":\"2999-01-01T00:00:00Z\"}"), &card));
	assert_ok(cx, card_key(cx, &key));
	assert_int_equal(key.n, CARD_KEY_TEXT);
	assert_ok(cx, card_verify(cx, card, &verdict, &payload));
	assert_int_equal(verdict, CARD_GOOD);
	assert_true(str_starts(payload, S("{\"handle\"")));
	for (size_t i = 0; i < payload.n; i++) { // no byte may change
		char *changed = arena_alloc(cx->arena, card.n, 1);
		for (size_t k = 0; k < card.n; k++) changed[k] = card.p[k];
		changed[i + 11] ^= 1;
		CardVerdict v = verdict_of(cx, (Str){changed, card.n});
		assert_true(v == CARD_FALSE || v == CARD_UNREADABLE);
	}
	assert_int_equal(verdict_of(cx, S("{}")), CARD_UNREADABLE);
	assert_int_equal(verdict_of(cx, str_sub(card, 0, card.n - 3)), CARD_UNREADABLE);
	cx->site = &other;
	assert_int_equal(verdict_of(cx, card), CARD_OTHER_KEY);
	cx->site = &site;
	assert_ok(cx, card_sign(cx, S("{\"expires\":\"2001-01-01T00:00:00Z\"}"), &card));
	assert_int_equal(verdict_of(cx, card), CARD_EXPIRED);
	cx->site = NULL;
}

// As a program prints JSON for people. What stands inside a text is not white space between texts.
TEST(a_card_over_several_lines_is_read)
{
	Ctx *cx = test_ctx();
	Site site = {.secret = "a secret of thirty-two bytes ..", .name = S("Town")};
	Str payload = S("{\"rank\":\"a \\\"b\\\\\",\"n\":1,\"expires\":\"2999-01-01T00:00:00Z\"}"), card, key, signature,
		read;
	CardVerdict verdict;
	cx->site = &site;
	assert_ok(cx, card_sign(cx, payload, &card));
	assert_ok(cx, card_key(cx, &key));
	signature = str_sub(card, card.n - 88, card.n - 2);
	Str laid_out = STR_CAT(cx->arena,
						   S("\n{\r\n  \"payload\" : {\n\t\"rank\": \"a \\\"b\\\\\" ,\n\t\"n\": 1,\n\t\"expires\": "
							 "\"2999-01-01T00:00:00Z\"\n  },\n  \"key\": \""),
						   key, S("\",\n  \"signature\": \""), signature, S("\"\n}\n"));
	assert_ok(cx, card_verify(cx, laid_out, &verdict, &read));
	assert_int_equal(verdict, CARD_GOOD);
	assert_str_equal(read, str_z(cx->arena, payload));
	size_t at;
	assert_true(str_find(laid_out, S("\"a "), &at));
	Str in_text = STR_CAT(cx->arena, str_sub(laid_out, 0, at + 2), S(" "), str_sub(laid_out, at + 2, laid_out.n));
	assert_int_equal(verdict_of(cx, in_text), CARD_FALSE);
	assert_true(str_find(laid_out, S("1,"), &at));
	Str number = STR_CAT(cx->arena, str_sub(laid_out, 0, at), S("1 "),
						 str_sub(laid_out, at, laid_out.n)); // "1 1" is no JSON
	assert_int_equal(verdict_of(cx, number), CARD_FALSE);
	cx->site = NULL;
}
