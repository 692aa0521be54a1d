// SPDX-License-Identifier: AGPL-3.0-or-later
// Private to standing: what its pages share.
#pragma once
#include "standing/view.h"
#include "standing/view_data.h"
#include "standing/words.h"

void why_chart(Arena *a, const Why *why, ChartView *ret_view);
MUST_CHECK Status rules_page(Ctx *cx, const Req *req, Res *res);
MUST_CHECK Status card_json(Ctx *cx, const Req *req, Res *res);
MUST_CHECK Status card_page(Ctx *cx, const Req *req, Res *res);
MUST_CHECK Status data_page(Ctx *cx, const Req *req, Res *res);
extern const Route standing_routes[];
extern const size_t standing_routes_n;
