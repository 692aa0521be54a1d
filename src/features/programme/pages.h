// SPDX-License-Identifier: AGPL-3.0-or-later
// What the pages of the programme share, and the handlers that feature.c has the routes of.
#pragma once
#include "programme/view.h"

#define PROGRAMME_ROWS 500

const char *programme_state_key(int64_t state); // NULL for none
Status programme_terms_view(Ctx *cx, Db *db, TermsView *ret);
Status programme_space_view(Ctx *cx, Db *db, Str *ret_slug, Str *ret_title);
StandRow programme_stand(Ctx *cx, const ProgrammeListRow *row, int64_t terms);
Str programme_why(Str why); // a rule's key in words, or what a manager wrote

// pages.c
Status programme_page(Ctx *cx, const Req *req, Res *res);
Status programme_terms_page(Ctx *cx, const Req *req, Res *res);
Status programme_list_json(Ctx *cx, const Req *req, Res *res);
Status programme_terms_prepare(Ctx *cx, Req *req);
Status programme_terms_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_space_action(Ctx *cx, Tx *tx, const Req *req, Res *res);

// pages_member.c: of a manager about a member
Status programme_member_page(Ctx *cx, const Req *req, Res *res);
Status programme_propose_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_invite_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_thank_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_renew_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_rest_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_return_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_end_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
// of the member about themselves
Status programme_me_page(Ctx *cx, const Req *req, Res *res);
Status programme_me_accept(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_me_decline(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_me_rest(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_me_return(Ctx *cx, Tx *tx, const Req *req, Res *res);
Status programme_me_leave(Ctx *cx, Tx *tx, const Req *req, Res *res);
