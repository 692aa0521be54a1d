// SPDX-License-Identifier: AGPL-3.0-or-later
// The board of members, in three orders. A page that begins among members with the same figure takes the rest of these
// first (queries.sql says why).
#include "members.h"

_Static_assert(sizeof(MemberListSolversRow) == sizeof(MemberListBoardRow) &&
				   sizeof(MemberListBoardSameRow) == sizeof(MemberListBoardRow) &&
				   sizeof(MemberListSolversSameRow) == sizeof(MemberListBoardRow),
			   "both orders have the same columns");
_Static_assert(sizeof(MemberListPlacesSameRow) == sizeof(MemberListPlacesRow) &&
				   sizeof(MemberListPlacesBelowRow) == sizeof(MemberListPlacesRow),
			   "all parts have the same columns");

static MemberListBoardRows joined(Ctx *cx, DbRows same, DbRows below)
{
	DbRows all = db_rows_join(cx, same, below, sizeof(MemberListBoardRow));
	return (MemberListBoardRows){.v = all.v, .n = all.n};
}

Status members_by_reputation(Ctx *cx, Db *db, int64_t reputation, Id id, int64_t limit, MemberListBoardRows *ret_rows)
{
	MemberListBoardSameRows same = {0};
	MemberListBoardRows below = {0};
	if (reputation != INT64_MAX)
		TRY(member_list_board_same(
			cx, db, &(MemberListBoardSameArgs){.reputation = reputation, .id = id, .limit = limit}, &same));
	if ((int64_t)same.n < limit)
		TRY(member_list_board(
			cx, db, &(MemberListBoardArgs){.reputation = reputation, .limit = limit - (int64_t)same.n}, &below));
	*ret_rows = joined(cx, (DbRows){same.v, same.n}, (DbRows){below.v, below.n});
	return ST_OK;
}

Status members_by_solutions(Ctx *cx, Db *db, int64_t solutions, Id id, int64_t limit, MemberListBoardRows *ret_rows)
{
	MemberListSolversSameRows same = {0};
	MemberListSolversRows below = {0};
	if (solutions != INT64_MAX)
		TRY(member_list_solvers_same(
			cx, db, &(MemberListSolversSameArgs){.solutions = solutions, .id = id, .limit = limit}, &same));
	if ((int64_t)same.n < limit)
		TRY(member_list_solvers(
			cx, db, &(MemberListSolversArgs){.solutions = solutions, .limit = limit - (int64_t)same.n}, &below));
	*ret_rows = joined(cx, (DbRows){same.v, same.n}, (DbRows){below.v, below.n});
	return ST_OK;
}

Status members_by_place(Ctx *cx, Db *db, int64_t place, Id id, int64_t limit, MemberListPlacesRows *ret_rows)
{
	MemberListPlacesSameRows same = {0};
	MemberListPlacesBelowRows below = {0};
	MemberListPlacesRows next = {0};
	place = i64_max(place, 0); // 0 is no place
	if (place > 0)
		TRY(member_list_places_same(cx, db, &(MemberListPlacesSameArgs){.place = place, .id = id, .limit = limit},
									&same));
	limit -= (int64_t)same.n;
	if (place > 0 && limit)
		TRY(member_list_places_below(cx, db, &(MemberListPlacesBelowArgs){.place = place, .id = id, .limit = limit},
									 &below));
	limit -= (int64_t)below.n;
	if (limit) TRY(member_list_places(cx, db, &(MemberListPlacesArgs){.place = place, .limit = limit}, &next));
	DbRows all = db_rows_join(cx, (DbRows){same.v, same.n}, (DbRows){below.v, below.n}, sizeof(MemberListPlacesRow));
	all = db_rows_join(cx, all, (DbRows){next.v, next.n}, sizeof(MemberListPlacesRow));
	*ret_rows = (MemberListPlacesRows){.v = all.v, .n = all.n};
	return ST_OK;
}
