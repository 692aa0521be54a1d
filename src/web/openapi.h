// SPDX-License-Identifier: AGPL-3.0-or-later
// The OpenAPI 3.1 description of the JSON API, written from the route tables: nothing about a route is said twice.
#pragma once
#include "web/router.h"

void openapi_write(Buf *b, const Router *router, Str base_url);
