// SPDX-License-Identifier: AGPL-3.0-or-later
// Any path: the router finds a row whose method fits and fills its fields with valid text, or finds none.
#include "base/utf8.h"
#include "web/router.h"

static Status page(Ctx *cx, const Req *req, Res *res)
{
	(void)cx;
	(void)req;
	(void)res;
	return ST_OK;
}
static Status action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)tx;
	return page(cx, req, res);
}

static const Route ROUTES[] = {
	READ("/", RIGHT_READ, page),
	READ("/t/{topic:id}", RIGHT_READ, page),
	READ("/t/{topic:id}/{slug}", RIGHT_READ, page),
	WRITE("/t/{topic:id}/{slug}", RIGHT_READ, NULL, action),
	READ("/s/new", RIGHT_READ, page),
	READ("/{a}/{b}/{c}", RIGHT_READ, page),
	READ("/a/b/c/d/e/f/g/{h:id}", RIGHT_READ, page),
};
static const Feature FEATURE = {.name = "fuzz", .routes = ROUTES, .routes_n = COUNTOF(ROUTES)};
static const Feature *const FEATURES[] = {&FEATURE};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size || size > HTTP_TARGET_MAX_BYTES) return 0;
	AUTO(Arena) arena = arena_new(ARENA_CAP_BYTES);
	Router *r = router_new(arena, FEATURES, 1);
	HttpMethod method = (HttpMethod)(data[0] % 7);
	char *path = arena_alloc(arena, size, 1);
	path[0] = '/'; // the HTTP parser lets nothing else through
	if (size > 1) __builtin_memcpy(path + 1, data + 1, size - 1);
	Req req = {0};
	MatchResult m = router_match(r, arena, method, (Str){path, size}, &req);
	BUG_IF((m == MATCH_FOUND) != (req.route != NULL));
	if (m != MATCH_FOUND) return 0;
	BUG_IF(router_at(r, req.route_index) != req.route || req.path_n > ROUTE_PATH_ARGS_MAX);
	BUG_IF(req.route->method != (method == HTTP_HEAD ? HTTP_GET : method));
	for (size_t i = 0; i < req.path_n; i++) {
		BUG_IF(!req.path_values[i].n || !utf8_valid(req.path_values[i]));
		if (str_eq(req.path_names[i], S("topic")) || str_eq(req.path_names[i], S("h"))) BUG_IF(req.path_ids[i] <= 0);
	}
	return 0;
}
