// SPDX-License-Identifier: AGPL-3.0-or-later
#include "assets_gen.h"
#include "web/web_impl.h"

// Files with a fingerprint in their name: they never change, so browsers may keep them for ever.
bool asset_serve(HttpJob *job)
{
	if (!str_starts(job->path, S("/assets/"))) return false;
	const Asset *asset = asset_find(job->path);
	if (!asset) return false; // the router answers 404
	HttpReply *r = &job->reply;
	job->route = "/assets";
	const Str forms[CODINGS] = {asset->plain, asset->gzip, asset->br, asset->zstd};
	Coding coding = coding_choose(http_header(job, S("Accept-Encoding")));
	// Brotli is the smallest of what was made at build time.
	Str accepted = http_header(job, S("Accept-Encoding"));
	size_t at;
	if (coding == CODING_ZSTD && accepted.p && str_find(accepted, S("br"), &at)) coding = CODING_BROTLI;
	if (!forms[coding].n) coding = CODING_IDENTITY;
	r->status = str_eq(http_header(job, S("If-None-Match")), asset->etag) ? 304 : 200;
	http_reply_header(r, S("ETag"), asset->etag);
	http_reply_header(r, S("Cache-Control"), S("public, max-age=31536000, immutable"));
	http_reply_header(r, S("Vary"), S("Accept-Encoding"));
	if (r->status == 304) return true;
	http_reply_header(r, S("Content-Type"), asset->type);
	http_reply_header(r, S("X-Content-Type-Options"), S("nosniff"));
	if (coding != CODING_IDENTITY) http_reply_header(r, S("Content-Encoding"), coding_name(coding));
	r->body = forms[coding];
	return true;
}
