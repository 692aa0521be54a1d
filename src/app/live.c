// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/live.h"

#define REQUEST_MS (10 * TIME_SECOND_MS) // a fact is as old as the request that makes it

static Status tell_all(Ctx *cx, Db *db, const App *app, Web *web, const Fact *fact)
{
	for (size_t i = 0; i < app->features_n; i++) {
		LiveEvent event = {0};
		if (!app->features[i].live) continue;
		TRY(app->features[i].live(cx, db, fact, &event));
		if (event.channel.n) web_tell(web, cx->arena, &event);
	}
	return ST_OK;
}

Status live_tell(LiveNews *news, Ctx *cx, Store *store, const App *app, Web *web)
{
	if (!news->after || !web_streams(web)) {
		news->after = id_floor(cx->now_ms - REQUEST_MS);
		return ST_OK;
	}
	AUTO(Db) db = NULL;
	FactBatch batch;
	TRY(db_begin(cx, store, &db));
	TRY(facts_after(cx, db, news->after, LIVE_FACTS_MAX, &batch));
	for (size_t i = 0; i < batch.n; i++) TRY(tell_all(cx, db, app, web, &batch.v[i]));
	if (batch.n) news->after = batch.ids[batch.n - 1];
	return ST_OK;
}
