// SPDX-License-Identifier: AGPL-3.0-or-later
#include "asking/pages.h"

#include "base/json.h"

static void put_topic(Ctx *cx, Json *j, const SimilarTopic *t)
{
	const AskingShownRow *r = &t->row;
	json_obj(j);
	json_key(j, "id");
	json_id(j, r->id);
	json_key(j, "url");
	json_str(j, path_topic(cx->arena, r->id, r->slug));
	json_key(j, "title");
	json_str(j, r->title);
	json_key(j, "solved");
	json_bool(j, r->body.p != NULL);
	json_key(j, "answers");
	json_int(j, r->answers_n);
	json_key(j, "score");
	json_int(j, t->score);
	json_key(j, "excerpt");
	json_str(j, t->excerpt);
	json_key(j, "author");
	json_str(j, r->author.n ? r->author : r->author_name);
	json_end(j);
}

// Not counted: nobody knows whether a program shows it.
Status asking_api_similar(Ctx *cx, const Req *req, Res *res)
{
	SimilarTopics t;
	AskingQuestion q = {.title = req_str(req, "title"),
						.body = req_str(req, "body"),
						.limit = req_given(req, "limit") ? (size_t)req_int(req, "limit") : ASKING_SHOWN_MAX};
	TRY(asking_similar(cx, req->db, &q, &t));
	res->content_type = S("application/json");
	Json j = json_init(&res->body);
	json_obj(&j);
	json_key(&j, "items");
	json_arr(&j);
	for (size_t i = 0; i < t.n; i++) put_topic(cx, &j, &t.v[i]);
	json_end(&j);
	json_end(&j);
	return buf_status(cx, &res->body);
}
