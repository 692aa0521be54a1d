// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/openapi.h"

#include "base/json.h"
#include "web/form.h"

// What problem_json writes (respond.c).
#define PROBLEM "type:text title:text status:int detail?:text errors?:[field:text key:text]"

static const char *field_type(FieldType t)
{
	if (t == FIELD_INT) return "integer";
	return t == FIELD_FLAG ? "boolean" : "string";
}

static void write_schema(Json *j, const FormField *f)
{
	json_obj(j);
	json_key(j, "type");
	if (f->type == FIELD_WORDS) {
		json_arr(j);
		json_str(j, S("string"));
		json_str(j, S("array"));
		json_end(j);
		json_key(j, "items");
		json_obj(j);
		json_key(j, "type");
		json_str(j, S("string"));
		json_end(j);
	} else {
		json_str(j, str_from(field_type(f->type)));
	}
	bool text = f->type == FIELD_LINE || f->type == FIELD_WORDS || f->type == FIELD_TEXT || f->type == FIELD_SECRET;
	if (text && f->min) {
		json_key(j, "minLength");
		json_int(j, 1);
	}
	if (text) {
		json_key(j, "maxLength"); // JSON Schema counts letters: what fits may still be too long
		json_int(j, f->max);
		json_key(j, "description");
		json_str(j, S("maxLength counts bytes of UTF-8"));
	}
	if (f->type == FIELD_INT) {
		json_key(j, "minimum");
		json_int(j, f->min);
		json_key(j, "maximum");
		json_int(j, f->max);
	}
	json_end(j);
}

static void write_parameter(Json *j, Str name, const char *in, bool required, const FormField *f)
{
	json_obj(j);
	json_key(j, "name");
	json_str(j, name);
	json_key(j, "in");
	json_str(j, str_from(in));
	json_key(j, "required");
	json_bool(j, required);
	json_key(j, "schema");
	if (f) {
		write_schema(j, f);
	} else {
		json_obj(j);
		json_key(j, "type");
		json_str(j, S("string"));
		json_end(j);
	}
	json_end(j);
}

// "/api/v1/topics/{topic:id}" -> its names, and the path without types into ret_path.
static size_t path_names(Arena *a, Str path, Str names[static ROUTE_PATH_ARGS_MAX], Str *ret_path)
{
	Buf out = buf_init(a, path.n + 1, path.n + 1);
	size_t n = 0;
	Cursor c = cursor_of(path);
	while (!cursor_done(&c)) {
		Str text;
		if (cursor_until(&c, S("{"), path.n, &text)) buf_str(&out, text);
		if (!cursor_take(&c, '{')) break;
		Str inside;
		if (!cursor_until(&c, S("}"), path.n, &inside) || !cursor_take(&c, '}')) break;
		Str name, type = str_cut(inside, ':', &name);
		(void)type;
		names[n++] = name;
		buf_char(&out, '{');
		buf_str(&out, name);
		buf_char(&out, '}');
	}
	*ret_path = buf_view(&out);
	return n;
}

static void write_body(Json *j, const Form *form)
{
	json_key(j, "requestBody");
	json_obj(j);
	json_key(j, "required");
	json_bool(j, true);
	json_key(j, "content");
	json_obj(j);
	json_key(j, "application/json");
	json_obj(j);
	json_key(j, "schema");
	json_obj(j);
	json_key(j, "type");
	json_str(j, S("object"));
	json_key(j, "additionalProperties");
	json_bool(j, false);
	json_key(j, "required");
	json_arr(j);
	for (size_t i = 0; i < form->n; i++)
		if (form_requires(&form->v[i])) json_str(j, str_from(form->v[i].name));
	json_end(j);
	json_key(j, "properties");
	json_obj(j);
	for (size_t i = 0; i < form->n; i++) {
		json_key(j, form->v[i].name);
		write_schema(j, &form->v[i]);
	}
	for (int k = 0; k < 5; k++) json_end(j);
}

// "id:id items:[id:id title:text?] cursor:text? hint?:text" as a JSON schema of an object: cursor may be null, hint absent.
static void write_reply_members(Json *j, Cursor *c);

static void write_reply_type(Json *j, Cursor *c)
{
	Str type;
	if (cursor_take(c, '[')) {
		json_str(j, S("array"));
		json_key(j, "items");
		json_obj(j);
		json_key(j, "type");
		json_str(j, S("object"));
		write_reply_members(j, c);
		json_end(j);
		BUG_IF(!cursor_take(c, ']'));
		return;
	}
	BUG_IF(!cursor_until(c, S(" ]?"), 8, &type));
	Str name = str_eq(type, S("int")) ? S("integer") : str_eq(type, S("bool")) ? S("boolean") : S("string");
	if (!cursor_take(c, '?')) {
		json_str(j, name);
		return;
	}
	json_arr(j);
	json_str(j, name);
	json_str(j, S("null"));
	json_end(j);
}

static void write_reply_members(Json *j, Cursor *c)
{
	Str needed[32], name;
	size_t n = 0;
	json_key(j, "additionalProperties");
	json_bool(j, false);
	json_key(j, "properties");
	json_obj(j);
	while (!cursor_done(c) && *c->p != ']') {
		while (cursor_take(c, ' ')) {}
		BUG_IF(n == COUNTOF(needed) || !cursor_until(c, S("?:"), 40, &name));
		if (!cursor_take(c, '?')) needed[n++] = name;
		BUG_IF(!cursor_take(c, ':'));
		json_key(j, str_z(j->b->arena, name));
		json_obj(j);
		json_key(j, "type");
		write_reply_type(j, c);
		json_end(j);
	}
	json_end(j);
	json_key(j, "required");
	json_arr(j);
	for (size_t i = 0; i < n; i++) json_str(j, needed[i]);
	json_end(j);
}

static void write_object(Json *j, const char *members)
{
	json_obj(j);
	json_key(j, "type");
	json_str(j, S("object"));
	Cursor c = cursor_of(str_from(members));
	write_reply_members(j, &c);
	json_end(j);
}

// As far as the schema, which the caller writes before three ends.
static void write_content(Json *j, const char *type)
{
	json_key(j, "content");
	json_obj(j);
	json_key(j, type);
	json_obj(j);
	json_key(j, "schema");
}

static void write_reply(Json *j, const Route *r)
{
	json_key(j, r->flags & ROUTE_CREATES ? "201" : "200");
	json_obj(j);
	json_key(j, "description");
	json_str(j, r->flags & ROUTE_CREATES ? S("Made") : S("The answer"));
	if (r->reply) {
		write_content(j, "application/json");
		write_object(j, r->reply);
		for (int k = 0; k < 2; k++) json_end(j);
	}
	json_end(j);
}

static void write_problem(Json *j)
{
	json_key(j, "default");
	json_obj(j);
	json_key(j, "description");
	json_str(j, S("A problem (RFC 9457)"));
	write_content(j, HTTP_PROBLEM_TYPE);
	json_obj(j);
	json_key(j, "$ref");
	json_str(j, S("#/components/schemas/Problem"));
	for (int k = 0; k < 4; k++) json_end(j);
}

static void write_operation(Json *j, const Route *r, const Str *names, size_t names_n)
{
	bool reads = r->method == HTTP_GET;
	json_key(j, reads ? "get" : "post");
	json_obj(j);
	json_key(j, "summary");
	json_str(j, str_from(r->doc ? r->doc : ""));
	json_key(j, "parameters");
	json_arr(j);
	for (size_t i = 0; i < names_n; i++) write_parameter(j, names[i], "path", true, NULL);
	for (size_t i = 0; reads && i < r->form.n; i++)
		write_parameter(j, str_from(r->form.v[i].name), "query", form_requires(&r->form.v[i]), &r->form.v[i]);
	if (!reads) write_parameter(j, S("Idempotency-Key"), "header", false, NULL);
	json_end(j);
	if (!reads && r->form.n) write_body(j, &r->form);
	json_key(j, "responses");
	json_obj(j);
	write_reply(j, r);
	write_problem(j);
	json_end(j);
	if (r->right != RIGHT_READ) {
		json_key(j, "security");
		json_arr(j);
		json_obj(j);
		json_key(j, "token");
		json_arr(j);
		for (int k = 0; k < 3; k++) json_end(j);
	}
	json_end(j);
}

static void write_paths(Json *j, Arena *a, const Router *router)
{
	Str open = S("");
	for (size_t i = 0; i < router_count(router); i++) {
		const Route *r = router_at(router, i);
		if (!(r->flags & ROUTE_API)) continue;
		Str names[ROUTE_PATH_ARGS_MAX] = {0}, path;
		size_t n = path_names(a, str_from(r->path), names, &path);
		if (!str_eq(open, path)) { // rows of one path stand together
			if (open.n) json_end(j);
			json_key(j, str_z(a, path));
			json_obj(j);
			open = path;
		}
		write_operation(j, r, names, n);
	}
	if (open.n) json_end(j);
}

void openapi_write(Buf *b, const Router *router, Str base_url)
{
	Json j = json_init(b);
	json_obj(&j);
	json_key(&j, "openapi");
	json_str(&j, S("3.1.0"));
	json_key(&j, "info");
	json_obj(&j);
	json_key(&j, "title");
	json_str(&j, S("Hearth"));
	json_key(&j, "version");
	json_str(&j, S(HEARTH_VERSION));
	json_end(&j);
	json_key(&j, "servers");
	json_arr(&j);
	json_obj(&j);
	json_key(&j, "url");
	json_str(&j, base_url);
	json_end(&j);
	json_end(&j);
	json_key(&j, "paths");
	json_obj(&j);
	write_paths(&j, b->arena, router);
	json_end(&j);
	json_key(&j, "components");
	json_obj(&j);
	json_key(&j, "schemas");
	json_obj(&j);
	json_key(&j, "Problem");
	write_object(&j, PROBLEM);
	json_end(&j);
	json_key(&j, "securitySchemes");
	json_obj(&j);
	json_key(&j, "token");
	json_obj(&j);
	json_key(&j, "type");
	json_str(&j, S("http"));
	json_key(&j, "scheme");
	json_str(&j, S("bearer"));
	for (int k = 0; k < 4; k++) json_end(&j);
}
