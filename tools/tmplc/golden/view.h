// SPDX-License-Identifier: AGPL-3.0-or-later
// The view of the golden tests.
#pragma once
#include "web/html.h"

typedef struct Post {
	Str title;
	SafeHtml body;
	int votes;
} Post;
typedef struct View {
	Str title, url, evil, tag;
	const char *error;
	struct {
		Post *v;
		size_t n;
	} posts, none;
	Id id;
	Time at;
	size_t answers_n;
	uint8_t small;
	bool yes, no;
	double ratio;
	JsonText json;
} View;
