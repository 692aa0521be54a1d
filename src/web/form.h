// SPDX-License-Identifier: AGPL-3.0-or-later
// Input of a route: query string, application/x-www-form-urlencoded body or JSON object -> req->fields, checked against
// the route's declared form. Undeclared names are ignored in forms and refused in JSON. Field errors go to cx.
#pragma once
#include "web/route.h"

#define FORM_PAIRS_MAX 200

// ST_BAD_REQUEST for malformed input; ST_INVALID with field errors when a value does not fit (all fields are filled as
// far as they can be, so that the form can be shown again).
MUST_CHECK Status form_parse_query(Ctx *cx, Req *req, Str query);
MUST_CHECK Status form_parse_urlencoded(Ctx *cx, Req *req, Str body, Str *ret_csrf);
MUST_CHECK Status form_parse_json(Ctx *cx, Req *req, Str body);
bool form_requires(const FormField *field); // without it the form does not fit
// The value of one pair of a query string, decoded; str_none() if absent.
Str form_peek(Arena *a, Str query, Str name);
