// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/community.h"

Str path_topic(Arena *a, Id topic_id, Str slug)
{
	Buf b = buf_init(a, 24 + slug.n, 512);
	buf_str(&b, S("/t/"));
	buf_id(&b, topic_id);
	buf_char(&b, '/');
	buf_str(&b, slug.n ? slug : S("-"));
	return buf_view(&b);
}

// The opening stands on the first page. A page begins with any post: the one asked for, if it is not on the first.
Str path_post(Arena *a, Id topic_id, Str slug, Id post_id, int64_t number)
{
	Buf b = buf_init(a, 64 + slug.n, 512);
	buf_str(&b, path_topic(a, topic_id, slug));
	if (number > TOPIC_PAGE_POSTS) {
		buf_str(&b, S("?from="));
		buf_int(&b, number);
	}
	buf_str(&b, S("#p-"));
	buf_id(&b, post_id);
	return buf_view(&b);
}
