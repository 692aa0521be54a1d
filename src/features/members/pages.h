// SPDX-License-Identifier: AGPL-3.0-or-later
// What the members' pages share: pages_sign.c signs people in, up and out, pages.c is the rest and has the table of routes.
#pragma once
#include "web/route.h"

Status sign_in_page(Ctx *cx, const Req *req, Res *res);
Status sign_in_failed(Ctx *cx, const Req *req, Res *res);
Status sign_in_prepare(Ctx *cx, Req *req);
Status sign_in_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status sign_out_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status sign_up_page(Ctx *cx, const Req *req, Res *res); // also when it failed
Status sign_up_prepare(Ctx *cx, Req *req);
Status sign_up_action(Ctx *cx, Tx *tx, const Req *req, Res *res);

// A new session of somebody who has just proved who they are; goes on to `next`. Browser and network are the member's own from
// now on.
MUST_CHECK Status sign_in_begin(Ctx *cx, Tx *tx, const Req *req, Res *res, Id member_id, Str next);
Str sign_in_next(const Req *req); // the form's, or the first page
