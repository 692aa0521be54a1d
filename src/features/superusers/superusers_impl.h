// SPDX-License-Identifier: AGPL-3.0-or-later
// A year of everybody, by member. Private to the superusers' lists.
#pragma once
#include "superusers/superusers.h"

typedef struct SuperWork {
	Ctx *cx;
	const BoardSource *s;
	size_t members;
	BoardDays year;
	int64_t *posts, *content, *answers, *own, *kept, *accepted, *helped, *credit, *slope;
	bool *taken;
	bool placed; // somebody has credibility
} SuperWork;

SuperRow super_row(const SuperWork *w, uint32_t member);
bool super_counts(const SuperWork *w, uint32_t member);
MUST_CHECK Status super_areas(SuperWork *w, Superusers *ret);
