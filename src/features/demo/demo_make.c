// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/demo_make.h"

void demo_make_init(DemoMake *m)
{
	Arena *a = m->cx->arena;
	m->plan->topics = ARENA_NEW(a, DemoTopic, DEMO_TOPICS_MAX);
	m->plan->posts = ARENA_NEW(a, DemoPost, DEMO_POSTS_MAX);
	m->plan->comments = ARENA_NEW(a, DemoComment, DEMO_COMMENTS_MAX);
	m->plan->votes = ARENA_NEW(a, DemoVote, DEMO_VOTES_MAX);
	m->plan->edits = ARENA_NEW(a, DemoEdit, DEMO_EDITS_MAX);
}

int32_t demo_space_find(const DemoMake *m, const char *slug)
{
	(void)m;
	for (size_t i = 0; slug && i < DEMO_PLACES_N; i++)
		if (str_eq(str_from(DEMO_PLACES[i].slug), str_from(slug))) return (int32_t)i;
	return -1;
}

int32_t demo_member_find(const DemoMake *m, const char *handle)
{
	for (size_t i = 0; i < m->plan->members_n; i++)
		if (str_eq(m->plan->members[i].handle, str_from(handle))) return (int32_t)i;
	return 0;
}

// Somebody who acts before the day we had in mind joined a little earlier.
static void member_touch(DemoMake *m, int32_t who, Time at)
{
	DemoMember *p = &m->plan->members[who];
	if (p->joined_at > at) p->joined_at = at - demo_between(&m->rng, 90, 7200) * TIME_SECOND_MS;
}

static bool used(const DemoThread *t, int32_t who)
{
	if (who == t->asker) return true;
	for (size_t i = 0; i < t->used_n; i++)
		if (t->used[i] == who) return true;
	return false;
}

static void use(DemoThread *t, int32_t who)
{
	if (t->used_n < sizeof t->used / sizeof *t->used) t->used[t->used_n++] = who;
}

static bool is_staff(const DemoMember *p) { return str_eq(p->affiliation, S("employee")); }

static int32_t pick_top(DemoThread *t)
{
	static const uint8_t WEIGHT[] = {28, 24, 20, 16, 12};
	int32_t home = t->m->plan->topics[t->topic].space % (int32_t)DEMO_TOP_N;
	if (demo_between(&t->m->rng, 0, 99) < 30) return home;
	int64_t dice = demo_between(&t->m->rng, 0, 99);
	for (size_t i = 0; i < DEMO_TOP_N; i++) {
		dice -= WEIGHT[i];
		if (dice < 0) return (int32_t)i;
	}
	return 0;
}

static bool fits(DemoThread *t, int32_t who, DemoPick kind)
{
	const DemoMember *p = &t->m->plan->members[who];
	bool top = who < (int32_t)DEMO_TOP_N;
	if (kind == PICK_STAFF) return is_staff(p);
	if (!str_eq(p->affiliation, S("customer"))) return false; // partners speak in threads of their own
	if (kind == PICK_EXPERT) return top || str_eq(p->role, S("helper")) || str_eq(p->role, S("moderator"));
	if (kind == PICK_ASKER && (str_eq(p->role, S("helper")) || str_eq(p->role, S("moderator"))))
		return demo_between(&t->m->rng, 0, 99) < 12;
	if (kind == PICK_CASUAL) return !top && !str_eq(p->role, S("visitor"));
	return !top;
}

int32_t demo_pick(DemoThread *t, DemoPick kind)
{
	DemoMake *m = t->m;
	int64_t n = (int64_t)m->plan->members_n;
	int32_t who = 0;
	for (int tries = 0; tries < 200; tries++) {
		bool top = kind == PICK_EXPERT && demo_between(&m->rng, 0, 99) < 88;
		if (top && tries < 12) {
			who = pick_top(t);
		} else {
			// The square makes some people far more active than others.
			int64_t u = demo_between(&m->rng, 0, 999), v = demo_between(&m->rng, 0, 999);
			who = (int32_t)(n * (kind == PICK_ASKER ? u : u * v / 1000) / 1000);
		}
		if (!fits(t, who, kind) || used(t, who)) continue;
		if (tries < 60 && m->plan->members[who].joined_at > t->at) continue;
		break;
	}
	use(t, who);
	return who;
}

DemoThread demo_thread_open(DemoMake *m, DemoTopic topic)
{
	DemoPlan *p = m->plan;
	DemoThread t = {.m = m, .topic = (int32_t)p->topics_n, .asker = -1, .at = topic.created_at};
	if (p->topics_n == DEMO_TOPICS_MAX) {
		m->full = t.over = true;
		t.topic = 0;
		return t;
	}
	p->topics[p->topics_n++] = topic;
	if (topic.author < 0) p->topics[t.topic].author = demo_pick(&t, PICK_ASKER);
	t.asker = p->topics[t.topic].author;
	member_touch(m, t.asker, t.at);
	Time age_days = (m->now - t.at) / TIME_DAY_MS;
	p->topics[t.topic].views = demo_between(&m->rng, 3, 40) + age_days * demo_between(&m->rng, 1, 9);
	return t;
}

bool demo_thread_wait(DemoThread *t, int64_t min_minutes, int64_t max_minutes)
{
	if (t->over) return false;
	// Mostly near the minimum, sometimes long after.
	int64_t u = demo_between(&t->m->rng, 0, 1000), v = demo_between(&t->m->rng, 0, 1000);
	Time step = min_minutes * TIME_MINUTE_MS + (max_minutes - min_minutes) * 60 * u * v / 1000;
	step += demo_between(&t->m->rng, 1000, 59000);
	if (t->at + step >= t->m->now - TIME_MINUTE_MS) t->over = true;
	else t->at += step;
	return !t->over;
}

int32_t demo_post_add(DemoThread *t, int32_t author, Str body)
{
	DemoPlan *p = t->m->plan;
	if (t->over || p->posts_n == DEMO_POSTS_MAX) {
		if (!t->over) t->m->full = true;
		return -1;
	}
	member_touch(t->m, author, t->at);
	p->posts[p->posts_n] = (DemoPost){.topic = t->topic, .author = author, .body = body, .created_at = t->at};
	p->topics[t->topic].views += demo_between(&t->m->rng, 4, 60);
	return (int32_t)p->posts_n++;
}

void demo_post_accept(DemoThread *t, int32_t post)
{
	if (post < 0) return;
	DemoPost *p = &t->m->plan->posts[post];
	Time at = t->at > p->created_at ? t->at : p->created_at + demo_between(&t->m->rng, 4, 400) * TIME_MINUTE_MS;
	if (at >= t->m->now) return;
	p->accepted = true;
	p->accepted_at = at;
	t->m->plan->topics[t->topic].views += demo_between(&t->m->rng, 30, 700);
}

void demo_comment_add(DemoThread *t, int32_t post, int32_t author, Str text)
{
	DemoPlan *p = t->m->plan;
	Time at = post < 0 ? p->topics[t->topic].created_at : p->posts[post].created_at;
	if (p->comments_n && p->comments[p->comments_n - 1].topic == t->topic &&
		p->comments[p->comments_n - 1].post == post)
		at = p->comments[p->comments_n - 1].created_at;
	int64_t u = demo_between(&t->m->rng, 1, 1000);
	at += 2 * TIME_MINUTE_MS + u * u * 40;
	if (at >= t->m->now) return;
	if (p->comments_n == DEMO_COMMENTS_MAX) {
		t->m->full = true;
		return;
	}
	member_touch(t->m, author, at);
	p->comments[p->comments_n++] = (DemoComment){
		.topic = t->topic, .post = post, .author = author, .text = text, .created_at = at};
}

void demo_votes_add(DemoThread *t, int32_t post, int64_t up, int64_t down)
{
	DemoMake *m = t->m;
	DemoPlan *p = m->plan;
	int32_t author = post < 0 ? p->topics[t->topic].author : p->posts[post].author;
	Time from = post < 0 ? p->topics[t->topic].created_at : p->posts[post].created_at;
	size_t n = p->members_n, stride = n % 17 ? 17 : 1, at = (size_t)demo_random(&m->rng) % n;
	for (size_t k = 0; k < n && up + down > 0; k++) {
		at = (at + stride) % n;
		int64_t u = demo_between(&m->rng, 1, 1000);
		Time when = from + TIME_MINUTE_MS + u * u * u / 1000 * 9 * TIME_MINUTE_MS / 10;
		if ((int32_t)at == author || p->members[at].joined_at > when) continue;
		bool minus = demo_between(&m->rng, 1, up + down) <= down;
		if (minus) down--;
		else up--;
		if (when >= m->now) continue;
		if (p->votes_n == DEMO_VOTES_MAX) {
			m->full = true;
			return;
		}
		p->votes[p->votes_n++] = (DemoVote){
			.topic = t->topic, .post = post, .voter = (int32_t)at, .value = minus ? -1 : 1, .created_at = when};
	}
}

void demo_edit_add(DemoThread *t, int32_t post, Str added, Str reason)
{
	DemoPlan *p = t->m->plan;
	if (post < 0 || !added.p || p->edits_n == DEMO_EDITS_MAX) return;
	Time at = p->posts[post].created_at + demo_between(&t->m->rng, 6, 2000) * TIME_MINUTE_MS;
	if (at >= t->m->now) return;
	Buf b = buf_init(t->m->cx->arena, 1024, 65536);
	buf_str(&b, p->posts[post].body);
	buf_str(&b, S("\n\n"));
	buf_str(&b, added);
	p->edits[p->edits_n++] = (DemoEdit){
		.topic = t->topic, .post = post, .body = buf_view(&b), .added = added, .reason = reason, .created_at = at};
}
