// SPDX-License-Identifier: AGPL-3.0-or-later
// What the pages of boards share.
#pragma once
#include "boards/view.h"

#define BOARD_ROWS 25

extern const Route boards_routes[];
extern const size_t boards_routes_n;

// The question that an address asks; words that are none ask the usual. False: the days make no window.
bool board_question_of(Ctx *cx, const Req *req, BoardQuestion *ret);
const char *board_by_key(BoardBy by);
void board_rows_fill(Ctx *cx, const BoardQuestion *q, const BoardAnswer *a, BoardView *v);
Status board_csv(Ctx *cx, const BoardQuestion *q, const BoardAnswer *a, Buf *b);
void board_csv_more(Buf *b, const BoardQuestion *q, Str query); // the last line, if there are more: where
typedef struct BoardAsked {                                     // what is behind a member's number, of a question
	BoardQuestion q;
	BoardBy what;
	Id member;
	BoardDays days;
	Time before_at; // of the first row: those before this
	Id before_id;
} BoardAsked;
Status board_reads_page(Ctx *cx, const Req *req, Res *res, const BoardAsked *a);
Status board_facts_page(Ctx *cx, const Req *req, Res *res);
