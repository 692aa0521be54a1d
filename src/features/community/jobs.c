// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/jobs.h"

#include "community/community.h"

#define MERGE_EVERY_MS TIME_HOUR_MS

static Status merge_tx(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	return search_merge(cx, tx);
}

// Each commit leaves a small segment in the search index; merging them keeps searches as fast as on the first day.
static Status merge_search(Ctx *cx, Store *store, Str payload)
{
	(void)payload;
	return store_write(cx, store, merge_tx, NULL);
}

const JobKind community_jobs[] = {{.queue = "community.search_merge", .run = merge_search, .every_ms = MERGE_EVERY_MS}};
const size_t community_jobs_n = COUNTOF(community_jobs);
