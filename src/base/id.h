// SPDX-License-Identifier: AGPL-3.0-or-later
// Ids: 63-bit, made by the program, ordered by time: 41 bits of ms since 2024-01-01T00:00Z, 10 bits node, 12 bits
// sequence. 0 is "no id". Monotonic within an IdSource even when the clock steps back. Outside the program an id
// is 1 to 13 characters of Crockford base 32 in lower case ("4k2…"), parsed without regard to case.
#pragma once
#include "base/time.h"

typedef int64_t Id;
#define ID_EPOCH_MS ((Time)1704067200000)
#define ID_TEXT_MAX 13

typedef struct IdSource {
	_Atomic int64_t last; // ms << 12 | sequence
	int node;             // 0..1023
} IdSource;

Id id_next(IdSource *src, Time now);
Time id_time(Id id);
int id_node(Id id);                         // of the IdSource that made it
int id_order(const void *a, const void *b); // ascending, for qsort over Id
// No id made at or after t is below it; 0 before the epoch.
Id id_floor(Time t);
size_t id_format(Id id, char out[static ID_TEXT_MAX]); // returns the length; no NUL
void buf_id(Buf *b, Id id);
Str ids_json(Arena *a, const Id *ids, size_t n); // [1,2], for statements that take a list
bool id_parse(Str s, Id *ret_id);
