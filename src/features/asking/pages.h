// SPDX-License-Identifier: AGPL-3.0-or-later
// Handlers of asking that are not in pages.c.
#pragma once
#include "asking/view.h"

#define ASKING_API_MAX 10

static const FormField ASKING_PERIOD_FORM[] = {LINE("days", 0, 8, "error.value")};
static const FormField SIMILAR_API_FORM[] = {
	LINE("title", ASKING_TITLE_MIN, TITLE_MAX_BYTES, "error.title"),
	TEXT("body", 0, (int64_t)BODY_MAX_BYTES, "error.body"),
	INTEGER("limit", 1, ASKING_API_MAX, "error.value"),
};

Status asking_who_page(Ctx *cx, const Req *req, Res *res);
Status asking_figures_page(Ctx *cx, const Req *req, Res *res);
Status asking_api_similar(Ctx *cx, const Req *req, Res *res);
