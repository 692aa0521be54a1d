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
