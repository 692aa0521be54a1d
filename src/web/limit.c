// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/limit.h"

#include <arpa/inet.h>
#include <pthread.h>

#define SLOTS 4096
#define MICRO 1000000

typedef struct Rule {
	int burst;
	int per_minute;
} Rule;

static const Rule RULES[LIMIT_CLASSES] = {
	[LIMIT_NONE] = {0, 0},     [LIMIT_WRITE] = {30, 30},    [LIMIT_SIGN_IN] = {10, 6},
	[LIMIT_SEARCH] = {60, 60}, [LIMIT_PREVIEW] = {60, 120}, [LIMIT_NOTE] = {40, 40},
};

typedef struct Slot {
	uint64_t hash;
	Time at;
	int64_t micro_tokens;
} Slot;

struct Limits {
	pthread_mutex_t lock;
	Slot slots[SLOTS];
};

Limits *limits_new(Arena *a)
{
	Limits *l = ARENA_NEW(a, Limits, 1);
	pthread_mutex_init(&l->lock, NULL);
	return l;
}

void limits_done(Limits *l) { pthread_mutex_destroy(&l->lock); }

Str limits_client(Arena *a, Str address)
{
	struct in6_addr net;
	if (inet_pton(AF_INET6, str_z(a, address), &net) != 1 || IN6_IS_ADDR_V4MAPPED(&net)) return address;
	const unsigned char *p = net.s6_addr;
	return str_format(a, "%02x%02x:%02x%02x:%02x%02x:%02x%02x/64", p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
}

bool limits_take(Limits *l, LimitClass class_, Str key, Time now, int *ret_retry_s)
{
	Rule rule = RULES[class_];
	if (!rule.per_minute) return true;
	uint64_t hash = str_hash(key) * 31 + (uint64_t)class_;
	Slot *s = &l->slots[hash % SLOTS];
	pthread_mutex_lock(&l->lock);
	int64_t full = (int64_t)rule.burst * MICRO, per_ms = (int64_t)rule.per_minute * MICRO / 60000;
	if (s->hash != hash) *s = (Slot){.hash = hash, .at = now, .micro_tokens = full};
	int64_t passed = i64_max(0, now - s->at);
	s->micro_tokens = passed > full / per_ms ? full : i64_min(full, s->micro_tokens + passed * per_ms);
	s->at = now;
	bool ok = s->micro_tokens >= MICRO;
	if (ok) s->micro_tokens -= MICRO;
	else *ret_retry_s = (int)((MICRO - s->micro_tokens) / per_ms / 1000 + 1);
	pthread_mutex_unlock(&l->lock);
	return ok;
}
