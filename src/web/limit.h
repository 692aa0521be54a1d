// SPDX-License-Identifier: AGPL-3.0-or-later
// Rate limits on what costs: token buckets by class and key (member or address), in a fixed table. When two keys meet
// in one slot the older one loses its bucket, which can only let a request through, never refuse one.
#pragma once
#include "web/route.h"

typedef struct Limits Limits;

Limits *limits_new(Arena *a);
void limits_done(Limits *l);
// Who counts as one client: an address, of IPv6 the network of 64 bits, which a single household has to itself.
Str limits_client(Arena *a, Str address);
// False when the bucket is empty; ret_retry_s then says after how many seconds to try again.
bool limits_take(Limits *l, LimitClass class_, Str key, Time now, int *ret_retry_s);
