// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fill.h"

#include <math.h>
#include <stdlib.h>

#define POSTS_A_TOPIC 10
#define VOTES_A_TOPIC_X2 19 // 190,000 votes for 20,000 topics
#define SOLVED_PERCENT 40
#define DAY ((double)TIME_DAY_MS)

// Few write much, many write little.
static uint32_t some_member(const Plan *p, Rand *r)
{
	return (uint32_t)(pow(rand_unit(r), 2.5) * (double)p->members_n);
}

static void plan_answers(Plan *p, Rand *r)
{
	size_t left = p->posts_n - p->topics_n, *n = grab(p->topics_n, sizeof *n),
		   hot = left < HOT_POSTS ? left / 4 : HOT_POSTS - 1;
	double mean = (double)(left - hot) / (double)p->topics_n;
	size_t sum = 0;
	for (size_t i = 0; i < p->topics_n; i++) sum += n[i] = i == p->hot ? hot : (size_t)(rand_exp(r, mean + 0.5));
	while (sum != left) {
		size_t i = rand_below(r, p->topics_n);
		if (i == p->hot || (sum > left && !n[i])) continue;
		if (sum < left) n[i]++, sum++;
		else n[i]--, sum--;
	}
	size_t at = p->topics_n;
	for (size_t i = 0; i < p->topics_n; i++) {
		double span = i == p->hot ? (double)(p->end - p->post_at[i]) : 0;
		for (size_t k = 0; k < n[i]; k++, at++) {
			double after = i == p->hot ? rand_unit(r) * span : rand_exp(r, 4 * DAY);
			p->post_topic[at] = (uint32_t)i;
			p->post_author[at] = some_member(p, r);
			p->post_at[at] = i64_min(p->post_at[i] + 1000 + (Time)after, p->end);
		}
	}
	free(n);
}

static void put(Plan *p, Event e) { p->events[p->events_n++] = e; }

static void plan_posts(Plan *p, Rand *r)
{
	for (size_t i = 0; i < p->topics_n; i++) {
		p->post_topic[i] = (uint32_t)i;
		p->post_author[i] = some_member(p, r);
		p->topic_space[i] = (uint8_t)(pow(rand_unit(r), 1.5) * SPACES);
		p->post_at[i] = p->begin + (Time)(rand_unit(r) * (double)(p->end - p->begin));
	}
	p->topic_space[p->hot] = 0;
	p->post_at[p->hot] = p->begin + TIME_DAY_MS;
	plan_answers(p, r);
	for (size_t i = 0; i < p->posts_n; i++)
		put(p, (Event){.at = p->post_at[i], .a = (uint32_t)i, .kind = i < p->topics_n ? EVENT_TOPIC : EVENT_REPLY});
}

// The last space is for discussion; there and without answers nothing is solved.
static void plan_accepts(Plan *p, Rand *r)
{
	uint8_t *may = grab(p->topics_n, 1);
	size_t n = 0;
	for (size_t i = p->topics_n; i < p->posts_n; i++) {
		size_t t = p->post_topic[i];
		if (t == p->hot || p->topic_space[t] == SPACES - 1 || may[t]) continue;
		may[t] = 1;
		n++;
	}
	double share = (double)p->topics_n * SOLVED_PERCENT / 100 / (double)n;
	for (size_t i = p->topics_n; i < p->posts_n; i++) {
		size_t t = p->post_topic[i];
		if (may[t] != 1) continue;
		may[t] = 2;
		if (rand_unit(r) >= share) continue;
		size_t which = i; // one of its answers: they stand together
		while (which + 1 < p->posts_n && p->post_topic[which + 1] == t && rand_below(r, 3) == 0) which++;
		put(p, (Event){.at = p->post_at[which] + 1000 + (Time)rand_exp(r, DAY),
					   .a = (uint32_t)which,
					   .kind = EVENT_ACCEPT});
		p->accepts_n++;
	}
	free(may);
}

static void plan_votes(Plan *p, Rand *r)
{
	size_t slots = 1;
	while (slots < p->votes_n * 3) slots *= 2;
	uint64_t *seen = grab(slots, sizeof *seen);
	for (size_t n = 0; n < p->votes_n;) {
		uint32_t post = (uint32_t)rand_below(r, p->posts_n), member = some_member(p, r);
		uint64_t key = ((uint64_t)post << 32 | member) + 1;
		size_t at = (size_t)((key * 0x9e3779b97f4a7c15u) >> 20) & (slots - 1);
		while (seen[at] && seen[at] != key) at = (at + 1) & (slots - 1);
		if (seen[at] || p->post_author[post] == member) continue;
		seen[at] = key;
		put(p, (Event){.at = p->post_at[post] + 1000 + (Time)rand_exp(r, 10 * DAY),
					   .a = post,
					   .b = member,
					   .kind = EVENT_VOTE,
					   .value = rand_below(r, 10) ? 1 : -1});
		n++;
	}
	free(seen);
}

static int by_time(const void *a, const void *b)
{
	const Event *x = a, *y = b;
	if (x->at != y->at) return x->at < y->at ? -1 : 1;
	if (x->kind != y->kind) return (x->kind > y->kind) - (x->kind < y->kind);
	if (x->a != y->a) return (x->a > y->a) - (x->a < y->a);
	return (x->b > y->b) - (x->b < y->b);
}

void plan_make(Plan *p, size_t topics, uint64_t seed)
{
	Rand r = {seed ^ 0x706c616e};
	*p = (Plan){.members_n = topics,
				.topics_n = topics,
				.posts_n = topics * POSTS_A_TOPIC,
				.votes_n = topics * VOTES_A_TOPIC_X2 / 2,
				.hot = topics / 2};
	p->begin = ID_EPOCH_MS + 60 * TIME_DAY_MS;
	p->end = p->begin + 600 * TIME_DAY_MS;
	p->post_topic = grab(p->posts_n, sizeof *p->post_topic);
	p->post_author = grab(p->posts_n, sizeof *p->post_author);
	p->post_at = grab(p->posts_n, sizeof *p->post_at);
	p->topic_space = grab(p->topics_n, 1);
	p->events = grab(p->members_n + p->posts_n + p->topics_n + p->votes_n, sizeof *p->events);
	for (size_t i = 0; i < p->members_n; i++)
		put(p, (Event){.at = ID_EPOCH_MS + (Time)(rand_unit(&r) * 59 * DAY), .a = (uint32_t)i, .kind = EVENT_JOIN});
	plan_posts(p, &r);
	plan_accepts(p, &r);
	plan_votes(p, &r);
	qsort(p->events, p->events_n, sizeof *p->events, by_time);
}
