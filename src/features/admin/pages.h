// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "web/route.h"

#define ADMIN_PATH "/admin/settings"

Str admin_group(const Setting *s);         // "members.sign_up" -> "members"
Str admin_group_of_path(const char *path); // of a form's address
bool admin_by_command(const Setting *s);   // not changed in the browser

Status admin_page(Ctx *cx, const Req *req, Res *res); // also of a form that did not fit
Status admin_prepare(Ctx *cx, Req *req);
Status admin_action(Ctx *cx, Tx *tx, const Req *req, Res *res);
