// SPDX-License-Identifier: AGPL-3.0-or-later
// Addresses of the community, made in one place. All are paths of this site.
#pragma once
#include "community/community.h"

Str path_topic(Arena *a, Id topic_id, Str slug);
Str path_post(Arena *a, Id topic_id, Str slug, Id post_id, int64_t number); // on its page, at its anchor
