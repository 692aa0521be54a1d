// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/life_testkit.h"

#include "test.h"

size_t town_life_below(TownLife *l, size_t n)
{
	l->seed ^= l->seed >> 12;
	l->seed ^= l->seed << 25;
	l->seed ^= l->seed >> 27;
	return (size_t)((l->seed * UINT64_C(2685821657736338717)) >> 33) % n;
}

void town_life_join(TownLife *l)
{
	if (l->people_n == TOWN_LIFE_PEOPLE) return;
	bool staff = !l->people_n;
	l->people[l->people_n] = town_join(l->t, str_format(test_arena(), "person%zu", l->people_n),
									   staff ? ROLE_MODERATOR : ROLE_MEMBER,
									   staff ? AFFILIATION_EMPLOYEE : AFFILIATION_CUSTOMER);
	l->people_n++;
}

static void ask(TownLife *l)
{
	static const char *const TAGS[] = {"kettle", "kettle scale", "toaster", "mesh radio", ""};
	Str title = str_format(test_arena(), "Why does it do that, number %zu?", l->topics_n);
	if (l->topics_n == TOWN_LIFE_TOPICS) return;
	assert_ok(l->t->cx, town_ask(l->t, title, str_from(TAGS[town_life_below(l, COUNTOF(TAGS))]), S("It *whistles*."),
								 &l->topics[l->topics_n], &l->openings[l->topics_n]));
	l->topics_n++;
}

static void answer(TownLife *l)
{
	if (l->posts_n == TOWN_LIFE_POSTS) return;
	Str text = str_format(test_arena(), "Answer %zu: vinegar, then patience.", l->posts_n);
	Id topic = l->topics[town_life_below(l, l->topics_n)];
	if (town_answer(l->t, topic, text, &l->posts[l->posts_n]) == ST_OK) l->posts_n++;
}

// By whoever may: the asker, or staff.
static Status accept(TownLife *l, Id post)
{
	Status st = ST_OK;
	for (size_t i = 0; i < l->people_n; i++) {
		l->t->cx->actor = &l->people[i];
		st = town_accept(l->t, post, town_life_below(l, 4) != 0);
		if (st == ST_OK) break;
	}
	return st;
}

static Status moderate(TownLife *l, Id post)
{
	l->t->cx->actor = &l->people[0];
	return town_delete(l->t, post, town_life_below(l, 2) != 0);
}

static Status judge(TownLife *l, size_t deed, Id opening, Id post)
{
	Id comment;
	PostEdit edit = {.post_id = opening, .title = S("Another title?"), .tags = S("toaster"), .text.source = S("No.")};
	switch (deed) {
	case 0:
	case 1:
	case 2: return town_vote(l->t, post, (int)town_life_below(l, 3) - 1);
	case 3:
	case 4: return accept(l, post);
	case 5: return town_vote(l->t, opening, 1);
	case 6: return town_mark(l->t, MARK_WORKED, post, town_life_below(l, 3) != 0);
	case 7: return town_comment(l->t, post, S("Thanks"), &comment);
	case 8: return moderate(l, town_life_below(l, 4) ? post : opening);
	default: return town_edit(l->t, &edit);
	}
}

void town_life_step(TownLife *l)
{
	size_t deed = town_life_below(l, 15);
	l->t->cx->actor = &l->people[town_life_below(l, l->people_n)];
	l->t->cx->now_ms += (Time)town_life_below(l, (size_t)l->pause_ms);
	if (deed == 0 || !l->topics_n) ask(l);
	else if (deed == 1) town_life_join(l);
	else if (deed <= 4 || !l->posts_n) answer(l);
	else {
		Id opening = l->openings[town_life_below(l, l->topics_n)], post = l->posts[town_life_below(l, l->posts_n)];
		Status st = judge(l, deed - 5, opening, post);
		(void)st;
	}
	fail_clear(l->t->cx);
}
