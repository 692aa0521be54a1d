// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared by the community's pages: turning rows into views, and the routes of each file.
#pragma once
#include "community/view_lists.h"

extern const Route community_topic_routes[], community_list_routes[], community_write_routes[], community_feed_routes[],
	community_api_routes[];
extern const size_t community_topic_routes_n, community_list_routes_n, community_write_routes_n,
	community_feed_routes_n, community_api_routes_n;

// A position in a list ordered by (key, id), as it stands in an address: "KEY.ID". Malformed text means the beginning.
typedef struct Position {
	int64_t key;
	Id id;
} Position;
Position position_parse(Str text);
void buf_position(Buf *b, int64_t key, Id id);

Person person_of(Arena *a, Str handle, Str name, int64_t role, int64_t affiliation);
typedef struct Whereabouts { // of a topic; space: absent if it is not to be named
	Str tags, space, space_title;
} Whereabouts;
// Speaks of what a member (their `areas`) has to show there, if they have.
void cred_in(Cred *cred, Str areas, const Whereabouts *there);
TagViews tags_of(Arena *a, Str tags);
// All topic lists have one row shape.
TopicRow topic_row(Arena *a, const TopicListActiveRow *r);
TopicRows topic_rows_of(Arena *a, const TopicListActiveRow *v, size_t n);
// Spaces that the actor may see, parents first, children behind their parent.
Status topic_event(Ctx *cx, Db *db, const Fact *fact,
				   LiveEvent *ret_event);                      // Feature.live: posts, to who has the topic open
SpaceCards space_cards_of(Ctx *cx, const SpaceListRows *rows); // those that the actor sees
MUST_CHECK Status space_cards(Ctx *cx, Db *db, SpaceCards *ret_cards);
// ST_NOT_FOUND also for a space that the actor may not see.
MUST_CHECK Status visible_space(Ctx *cx, Db *db, Str slug, SpaceFindBySlugRow *ret_space);
MUST_CHECK Status visible_tag(Ctx *cx, Db *db, Str name, TagFindRow *ret_tag); // in use where the actor sees it
MUST_CHECK Status visible_topic(Ctx *cx, Db *db, Id id, TopicGetRow *ret_topic);
Crumbs crumbs_of(Arena *a, Str text, Str url, Str text2, Str url2);
// What somebody wrote, in a form or as JSON: made ready and checked before the transaction.
MUST_CHECK Status topic_prepare(Ctx *cx, Req *req, Id space_id);
MUST_CHECK Status post_prepare(Ctx *cx, Req *req);
MUST_CHECK Status comment_prepare(Ctx *cx, Req *req);
// Draws a topic page; answer: what stands in the answer field (a draft or what was typed).
MUST_CHECK Status topic_draw(Ctx *cx, const Req *req, Res *res, Id topic_id, int64_t from, const Str *answer);
Str duration_text(Arena *a, Time ms); // "2 h 13 min"
