// SPDX-License-Identifier: AGPL-3.0-or-later
// What the pages of boards share.
#pragma once
#include "boards/view.h"

#define BOARD_ROWS 25

extern const Route boards_routes[];
extern const size_t boards_routes_n;

// The question that an address asks; words that are none ask the usual. False: the days make no window.
bool board_question_of(Ctx *cx, const Req *req, BoardQuestion *ret);
// "by=accepted&period=91d&…" of a question; other measure or place if by is not BOARD_BY_N.
Str board_query(Arena *a, const BoardQuestion *q, BoardBy by, size_t skip);
Str board_days_words(Arena *a, BoardDays d); // "1 October to 26 November 2026"
const char *board_by_key(BoardBy by);
void board_rows_fill(Ctx *cx, const BoardQuestion *q, const BoardAnswer *a, BoardView *v);
Status board_csv(Ctx *cx, const BoardQuestion *q, const BoardAnswer *a, Buf *b);
Status board_facts_page(Ctx *cx, const Req *req, Res *res);
