// SPDX-License-Identifier: AGPL-3.0-or-later
// How often somebody may be wrong about a secret, whatever address they come from: a tally for each key (a name, a browser, a
// network; the caller says which), of GUESS_TRIES tries, which come back by GUESS_TRIES an hour. And which networks an account
// was used from lately. Both are fixed tables of the process: nothing of it is stored, and no flood makes them grow.
//
//   if (!guess_take(g, key, now, &wait_s)) …           // before the secret is looked at, so that tries at once count as well
//   if (right) guess_give_back(g, key, now);           // it was no guess
//
// Where a table is full the fullest tally of four is forgotten, so that a flood of other names does not wash away the one that
// is under attack. Keys are made with the site's secret (guess_key): nobody can aim at a place in the table. Any thread.
#pragma once
#include "core/site.h"

#define GUESS_TRIES 10                      // wrong passwords in a row …
#define GUESS_PERIOD_MS TIME_HOUR_MS        // … and again as many in this time
#define GUESS_NETWORK_MS (30 * TIME_DAY_MS) // so long a network counts as the account's own
#define GUESS_TALLIES ((size_t)4096)        // names, browsers and networks that are counted at once
#define GUESS_NETWORKS ((size_t)4096)       // pairs of account and network that are known at once

typedef struct Guesses Guesses;

Guesses *guesses_new(Arena *a);
void guesses_done(Guesses *g);

typedef enum GuessKind { GUESS_NAME, GUESS_BROWSER, GUESS_NETWORK } GuessKind;
// What is counted or known under: a keyed hash.
uint64_t guess_key(const Site *site, GuessKind kind, Id account, Str text);

// False when no try is left; ret_wait_s then says after how many seconds there is one.
bool guess_take(Guesses *g, uint64_t key, Time now, int *ret_wait_s);
void guess_give_back(Guesses *g, uint64_t key, Time now);

void guess_network_note(Guesses *g, uint64_t key, Time now);
bool guess_network_known(Guesses *g, uint64_t key, Time now);
