// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/guess.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#define WAYS 4 // places in the table where a key may stand
// Tries are counted in parts, of which each millisecond brings GUESS_TRIES.
#define TRY_PARTS GUESS_PERIOD_MS
#define FULL (GUESS_TRIES * TRY_PARTS)

typedef struct Tally {
	uint64_t key; // 0: free
	Time at;
	int64_t parts; // what was left then
} Tally;

typedef struct Network {
	uint64_t key;
	Time at;
} Network;

struct Guesses {
	pthread_mutex_t lock;
	Tally tallies[GUESS_TALLIES];
	Network networks[GUESS_NETWORKS];
};

Guesses *guesses_new(Arena *a)
{
	Guesses *g = ARENA_NEW(a, Guesses, 1);
	pthread_mutex_init(&g->lock, NULL);
	return g;
}

void guesses_done(Guesses *g) { pthread_mutex_destroy(&g->lock); }

uint64_t guess_key(const Site *site, GuessKind kind, Id account, Str text)
{
	unsigned char hash[crypto_generichash_BYTES];
	int64_t head[2] = {kind, account};
	crypto_generichash_state state;
	crypto_generichash_init(&state, site->secret, sizeof site->secret, sizeof hash);
	crypto_generichash_update(&state, (const unsigned char *)head, sizeof head);
	crypto_generichash_update(&state, (const unsigned char *)text.p, text.n);
	crypto_generichash_final(&state, hash, sizeof hash);
	uint64_t key;
	memcpy(&key, hash, sizeof key);
	return key ? key : 1;
}

static int64_t left(const Tally *t, Time now)
{
	Time passed = i64_max(0, now - t->at);
	if (!t->key || passed >= GUESS_PERIOD_MS) return FULL;
	return i64_min(FULL, t->parts + passed * GUESS_TRIES);
}

// The key's tally, or a fresh one in the place of the fullest of its set. Under the lock.
static Tally *tally_of(Guesses *g, uint64_t key, Time now)
{
	Tally *set = &g->tallies[key % (GUESS_TALLIES / WAYS) * WAYS], *free = set;
	for (Tally *t = set; t < set + WAYS; t++) {
		if (t->key == key) return t;
		if (left(t, now) > left(free, now)) free = t;
	}
	*free = (Tally){.key = key, .at = now, .parts = FULL};
	return free;
}

bool guess_take(Guesses *g, uint64_t key, Time now, int *ret_wait_s)
{
	pthread_mutex_lock(&g->lock);
	Tally *t = tally_of(g, key, now);
	t->parts = left(t, now);
	t->at = now;
	bool ok = t->parts >= TRY_PARTS;
	if (ok) t->parts -= TRY_PARTS;
	else *ret_wait_s = (int)((TRY_PARTS - t->parts) / GUESS_TRIES / TIME_SECOND_MS + 1);
	pthread_mutex_unlock(&g->lock);
	return ok;
}

void guess_give_back(Guesses *g, uint64_t key, Time now)
{
	pthread_mutex_lock(&g->lock);
	Tally *t = tally_of(g, key, now);
	t->parts = i64_min(FULL, t->parts + TRY_PARTS);
	pthread_mutex_unlock(&g->lock);
}

void guess_network_note(Guesses *g, uint64_t key, Time now)
{
	pthread_mutex_lock(&g->lock);
	Network *set = &g->networks[key % (GUESS_NETWORKS / WAYS) * WAYS], *place = set;
	for (Network *n = set; n < set + WAYS; n++) {
		if (n->key == key) {
			place = n;
			break;
		}
		if (n->at < place->at) place = n; // the one not used for longest
	}
	*place = (Network){key, now};
	pthread_mutex_unlock(&g->lock);
}

bool guess_network_known(Guesses *g, uint64_t key, Time now)
{
	bool known = false;
	pthread_mutex_lock(&g->lock);
	const Network *set = &g->networks[key % (GUESS_NETWORKS / WAYS) * WAYS];
	for (size_t i = 0; i < WAYS; i++) known |= set[i].key == key && now - set[i].at < GUESS_NETWORK_MS;
	pthread_mutex_unlock(&g->lock);
	return known;
}
