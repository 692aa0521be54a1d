// SPDX-License-Identifier: AGPL-3.0-or-later
// Lists in the order of a small figure that many rows share. A page that begins among rows with the same figure takes the
// rest of these first (members/queries.sql says why).
#include "model.h"

_Static_assert(sizeof(TopicListSpaceKudosSameRow) == sizeof(TopicListSpaceKudosRow) &&
				   sizeof(TagListSameRow) == sizeof(TagListRow),
			   "both parts of a list have the same columns");

Status topics_by_kudos(Ctx *cx, Db *db, Id space_id, ListPlace after, int64_t limit, TopicListSpaceKudosRows *ret_rows)
{
	TopicListSpaceKudosSameRows same = {0};
	TopicListSpaceKudosRows below = {0};
	if (after.key != INT64_MAX)
		TRY(topic_list_space_kudos_same(
			cx, db,
			&(TopicListSpaceKudosSameArgs){.space_id = space_id, .at = after.key, .id = after.id, .limit = limit},
			&same));
	if ((int64_t)same.n < limit)
		TRY(topic_list_space_kudos(
			cx, db, &(TopicListSpaceKudosArgs){.space_id = space_id, .at = after.key, .limit = limit - (int64_t)same.n},
			&below));
	DbRows all = db_rows_join(cx, (DbRows){same.v, same.n}, (DbRows){below.v, below.n}, sizeof(TopicListSpaceKudosRow));
	*ret_rows = (TopicListSpaceKudosRows){.v = all.v, .n = all.n};
	return ST_OK;
}

Status tags_by_size(Ctx *cx, Db *db, ListPlace after, int64_t limit, TagListRows *ret_rows)
{
	TagListSameRows same = {0};
	TagListRows below = {0};
	int64_t clearance = cx->actor ? (int64_t)actor_clearance(cx) : VISIBLE_STAFF;
	if (after.key != INT64_MAX)
		TRY(tag_list_same(
			cx, db, &(TagListSameArgs){.n = after.key, .id = after.id, .limit = limit, .clearance = clearance}, &same));
	if ((int64_t)same.n < limit)
		TRY(tag_list(cx, db, &(TagListArgs){.n = after.key, .limit = limit - (int64_t)same.n, .clearance = clearance},
					 &below));
	DbRows all = db_rows_join(cx, (DbRows){same.v, same.n}, (DbRows){below.v, below.n}, sizeof(TagListRow));
	*ret_rows = (TagListRows){.v = all.v, .n = all.n};
	return ST_OK;
}
