// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/demo_make.h"

static bool chance(DemoMake *m, int64_t percent) { return demo_between(&m->rng, 0, 99) < percent; }

static int index_of(char c) { return c >= '0' && c <= '9' ? c - '0' : -1; }

static void paragraph(Buf *b, Str s)
{
	if (!s.p) return;
	if (b->n) buf_str(b, S("\n\n"));
	buf_str(b, s);
}

// The question as this person would put it: the heart of it by hand, around it what some people add.
static Str question_body(DemoMake *m, const char *heart, Str space)
{
	Buf b = buf_init(m->cx->arena, 1024, 16384);
	int64_t mood = demo_between(&m->rng, 0, 99);
	bool outdoors = str_eq(space, S("mowers")) || str_eq(space, S("garden"));
	if (outdoors || str_eq(space, S("orders"))) {
		paragraph(&b, str_from(heart));
		if (outdoors && mood < 50) paragraph(&b, demo_say_pool(&m->say, POOL_GARDEN));
		return buf_view(&b);
	}
	if (mood < 12) paragraph(&b, demo_say_pool(&m->say, POOL_VERSION));
	paragraph(&b, str_from(heart));
	if (mood >= 12 && mood < 40) paragraph(&b, demo_say_pool(&m->say, POOL_HOME));
	if (mood >= 30 && mood < 55) paragraph(&b, demo_say_pool(&m->say, POOL_VERSION));
	if (mood >= 50 && mood < 74) paragraph(&b, demo_say_pool(&m->say, POOL_TRIED));
	if (mood >= 80 && mood < 95 && str_eq(space, S("routers"))) paragraph(&b, demo_say_pool(&m->say, POOL_LOG));
	if (mood % 6 == 0) paragraph(&b, demo_say_pool(&m->say, POOL_SIGN_OFF));
	return buf_view(&b);
}

static void remark_add(DemoThread *t, int32_t post, const char *text, int32_t other)
{
	if (!text) return;
	if (text[0] == '!') demo_comment_add(t, post, demo_pick(t, PICK_STAFF), str_from(text + 1));
	else demo_comment_add(t, post, other, str_from(text));
}

static void remarks_add(DemoThread *t, const DemoPattern *p, int32_t post, char code)
{
	if (post < 0 || code == '-') return;
	int from = code == '1' ? 2 : 0, to = code == '0' ? 2 : 4;
	int32_t guest = demo_pick(t, PICK_CASUAL), author = t->m->plan->posts[post].author;
	for (int i = from; i < to; i++) {
		if (i == 2) guest = demo_pick(t, PICK_CASUAL);
		remark_add(t, post, p->remark[i], i % 2 ? author : guest);
	}
}

// Plausible, wrong, tried in vain, put right: what happens before the good answer arrives.
static int32_t detour_add(DemoThread *t, const DemoPattern *p, Str *ret_fix)
{
	DemoMake *m = t->m;
	int32_t wrong = -1;
	for (int i = 0; i < 2 && p->wrong[i]; i++) {
		if (!demo_thread_wait(t, i ? 6 : 9, 240)) return -1;
		wrong = demo_post_add(t, demo_pick(t, PICK_CASUAL), str_from(p->wrong[i]));
		demo_votes_add(t, wrong, demo_between(&m->rng, 0, 3), demo_between(&m->rng, 0, 5));
	}
	for (int i = 0; i < 2 && p->tried[i]; i++) {
		if (!demo_thread_wait(t, 20, 900)) return -1;
		int32_t own = demo_post_add(t, t->asker, str_from(p->tried[i]));
		if (chance(m, 40)) demo_votes_add(t, own, demo_between(&m->rng, 1, 4), 0);
	}
	int32_t expert = demo_pick(t, PICK_EXPERT);
	*ret_fix = str_from(p->fix[0]);
	if (p->fix[1] && demo_thread_wait(t, 8, 300)) {
		int32_t post = demo_post_add(t, demo_pick(t, PICK_EXPERT), str_from(p->fix[1]));
		demo_votes_add(t, post, demo_between(&m->rng, 2, 11), chance(m, 10));
	}
	return expert;
}

static int32_t right_add(DemoThread *t, const DemoPattern *p, int32_t expert, Str fix, const char *right)
{
	DemoMake *m = t->m;
	if (!right || !demo_thread_wait(t, 5, 420)) return -1;
	Buf b = buf_init(m->cx->arena, 1024, 16384);
	bool apart = fix.p && chance(m, 45);
	if (apart) {
		int32_t first = demo_post_add(t, expert, fix);
		demo_votes_add(t, first, demo_between(&m->rng, 1, 8), 0);
		if (!demo_thread_wait(t, 4, 90)) return -1;
	} else {
		paragraph(&b, fix);
	}
	paragraph(&b, str_from(right));
	int32_t post = demo_post_add(t, expert, buf_view(&b));
	bool hot = str_eq(str_from(p->era), S("new"));
	demo_votes_add(t, post, demo_between(&m->rng, hot ? 9 : 3, hot ? 46 : 24), chance(m, 8));
	if (chance(m, 16)) {
		Str added = demo_say_pool(&m->say, POOL_EDIT);
		demo_edit_add(t, post, added, chance(m, 50) ? S("clearer") : S("one case more"));
	}
	return post;
}

static void solved_add(DemoThread *t, const DemoPattern *p, const char *code, bool detour, int order)
{
	DemoMake *m = t->m;
	Str fix = str_none();
	int32_t expert = detour ? detour_add(t, p, &fix) : demo_pick(t, PICK_EXPERT);
	if (expert < 0) return;
	int r = index_of(code[1]), k = index_of(code[2]), note = code[3] && code[4] ? index_of(code[4]) : order;
	int32_t post = right_add(t, p, expert, fix, r < 0 ? NULL : p->right[r]);
	if (post < 0) return;
	if (note >= 0 && note < 3 && p->note[note] && demo_thread_wait(t, 15, 1500)) {
		int32_t other = demo_post_add(t, demo_pick(t, PICK_CASUAL), str_from(p->note[note]));
		demo_votes_add(t, other, demo_between(&m->rng, 0, 7), 0);
	}
	bool thanks = k >= 0 && p->thanks[k];
	if (thanks && chance(m, 45)) demo_comment_add(t, post, t->asker, str_from(p->thanks[k]));
	else if (thanks && demo_thread_wait(t, 20, 2600))
		demo_votes_add(t, demo_post_add(t, t->asker, str_from(p->thanks[k])), demo_between(&m->rng, 0, 6), 0);
	remarks_add(t, p, post, code[3]);
	if (chance(m, 93)) demo_post_accept(t, post);
}

static void open_add(DemoThread *t, const DemoPattern *p, bool first)
{
	DemoMake *m = t->m;
	int64_t dice = demo_between(&m->rng, 0, 99);
	if (first && p->wrong[2] && demo_thread_wait(t, 12, 500)) {
		int32_t post = demo_post_add(t, demo_pick(t, PICK_CASUAL), str_from(p->wrong[2]));
		demo_votes_add(t, post, demo_between(&m->rng, 0, 2), demo_between(&m->rng, 0, 3));
	}
	if (first && p->right[3] && demo_thread_wait(t, 12, 900)) {
		int32_t post = demo_post_add(t, demo_pick(t, PICK_EXPERT), str_from(p->right[3]));
		demo_votes_add(t, post, demo_between(&m->rng, 2, 9), 0);
		return;
	}
	if (dice < 38) return;
	Str text = demo_say_pool(&m->say, dice < 55 ? POOL_SAME : dice < 88 ? POOL_CLARIFY : POOL_STAFF);
	if (!text.p || !demo_thread_wait(t, 10, 1800)) return;
	Str reply = str_none();
	size_t cut;
	if (str_find(text, S(" || "), &cut)) {
		reply = str_sub(text, cut + 4, text.n);
		text = str_sub(text, 0, cut);
	}
	DemoPick kind = dice < 55 ? PICK_CASUAL : dice < 88 ? PICK_EXPERT : PICK_STAFF;
	int32_t post = demo_post_add(t, demo_pick(t, kind), text);
	demo_votes_add(t, post, demo_between(&m->rng, 0, 4), 0);
	if (!chance(m, 60)) return;
	if (!reply.p || !demo_thread_wait(t, 25, 2500)) return;
	if (chance(m, 50)) demo_comment_add(t, post, t->asker, reply);
	else demo_post_add(t, t->asker, reply);
}

void demo_make_pattern(DemoMake *m, const DemoPattern *p, int variant, Time at)
{
	int32_t space = demo_space_find(m, p->space);
	bool hot = str_eq(str_from(p->era), S("new"));
	m->say.minor = hot ? 2 : at < m->now - 130 * TIME_DAY_MS ? 0 : 1;
	DemoThread t = demo_thread_open(m, (DemoTopic){.space = space,
												   .author = -1,
												   .title = str_from(p->ask[variant].title),
												   .body = question_body(m, p->ask[variant].body, str_from(p->space)),
												   .tags = str_from(p->tags),
												   .language = S("en"),
												   .style = S("question"),
												   .pattern = str_from(p->slug),
												   .created_at = at});
	if (t.over) return;
	if (hot) m->plan->topics[t.topic].views += demo_between(&m->rng, 60, 900);
	demo_votes_add(&t, -1, demo_between(&m->rng, 0, hot ? 19 : 6), chance(m, 12));
	int open_before = 0;
	for (int v = 0; v <= variant; v++) {
		bool solved = false;
		for (int i = 0; i < 3; i++) {
			if (index_of(p->plan[i][0]) != v) continue;
			solved = true;
			if (v == variant) solved_add(&t, p, p->plan[i], i == 0, i);
		}
		if (!solved && v == variant) open_add(&t, p, open_before == 0);
		open_before += !solved;
	}
}

void demo_make_script(DemoMake *m, const DemoScript *s, Time at)
{
	int32_t author = demo_member_find(m, s->who);
	DemoThread t = demo_thread_open(m, (DemoTopic){.space = demo_space_find(m, s->space),
												   .author = author,
												   .title = str_from(s->title),
												   .body = str_from(s->body),
												   .tags = str_from(s->tags),
												   .language = str_from(s->language),
												   .style = str_from(s->style),
												   .created_at = at});
	demo_votes_add(&t, -1, demo_between(&m->rng, 1, 21), chance(m, 20));
	int32_t post = -1, good = -1;
	for (size_t i = 0; i < sizeof s->lines / sizeof *s->lines && s->lines[i].text; i++) {
		const DemoLine *l = &s->lines[i];
		int32_t who = demo_member_find(m, l->who);
		if (l->kind == 'c') {
			demo_comment_add(&t, post, who, str_from(l->text));
			continue;
		}
		if (!demo_thread_wait(&t, 3, 260)) break;
		post = demo_post_add(&t, who, str_from(l->text));
		if (l->kind == 'a') good = post;
		int64_t up = l->kind == 'a' ? demo_between(&m->rng, 6, 28) : demo_between(&m->rng, 0, 12);
		demo_votes_add(&t, post, up, chance(m, 25) ? demo_between(&m->rng, 1, 4) : 0);
	}
	if (good < 0) return;
	demo_thread_wait(&t, 2, 600); // near the present it is accepted at once
	demo_post_accept(&t, good);
}
