// SPDX-License-Identifier: AGPL-3.0-or-later
#include "boards/jobs.h"

#include "boards/boards.h"
#include "boards_sql.h"
#include "source_impl.h"
#include "standing/standing.h"

#define LOOK_EVERY_MS (30 * TIME_SECOND_MS)
#define TAIL_FEW 500            // facts past the cells that a page may read on its way
#define SEAL_AGE_MS TIME_DAY_MS // older cells are made anew, if only for changed tags
#define REST 20                 // sealing takes about one part in so many of the time
#define FACTS_PER_MS 500

// Are there enough facts past the cells? A long history is not walked to find out.
static Status wants_sealing(Ctx *cx, Store *store, bool *ret)
{
	AUTO(Db) db = NULL;
	AUTO(Cells) cells = NULL;
	BoardNewestRows newest;
	*ret = true;
	Status st = cells_open(cx, cx->site->cells, &cells);
	fail_clear(cx);
	if (st != ST_OK || cells->stamp[BOARD_STAMP_FORMAT] != BOARD_FORMAT) return ST_OK;
	TRY(db_begin(cx, store, &db));
	Id cursor = cells->stamp[BOARD_STAMP_CURSOR];
	TRY(board_newest(cx, db, &(BoardNewestArgs){.after = cursor - 1, .limit = TAIL_FEW + 1}, &newest));
	if (cursor && (!newest.n || newest.v[0].id != cursor)) return ST_OK; // of another history: a backup was restored
	Published rules;
	TRY(standing_rules(cx, db, &rules));
	if (cells->stamp[BOARD_STAMP_RULES] != (int64_t)rules.rules->hash) return ST_OK; // others were published
	AttentionUnsealedRow unsealed;
	bool times;
	AttentionUnsealedArgs args = {.tail = cells->stamp[BOARD_STAMP_TIMES], .sealed = cells->written_at};
	args.today = board_growing(cx->now_ms);
	TRY(attention_unsealed(cx, db, &args, &unsealed, &times));
	size_t fresh = newest.n - (cursor != 0);
	Time age = cx->now_ms - cells->written_at;
	Time rest = REST * cells->stamp[BOARD_STAMP_FACTS] / FACTS_PER_MS;
	*ret = age > rest && (times || fresh >= TAIL_FEW || (fresh && age > SEAL_AGE_MS));
	return ST_OK;
}

static Status seal(Ctx *cx, Store *store, Str payload)
{
	(void)payload;
	if (!cx->site || !cx->site->cells.n) return ST_OK;
	bool wanted;
	TRY(wants_sealing(cx, store, &wanted));
	return wanted ? board_seal_store(cx, store, cx->site->cells) : ST_OK;
}

const JobKind boards_jobs[] = {{.queue = "boards.seal", .run = seal, .every_ms = LOOK_EVERY_MS}};
const size_t boards_jobs_n = COUNTOF(boards_jobs);
