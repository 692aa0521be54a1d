// SPDX-License-Identifier: AGPL-3.0-or-later
// Routes: one const row each. From the row come the dispatch, the permission and CSRF checks, the parsing and
// validation of input, the rate limit, the name in the access log and the OpenAPI file.
//
//   static const FormField ASK_FORM[] = {TEXT("title", 1, 300, "error.title"), …};
//   const Route community_routes[] = {
//       READ ("/t/{topic:id}/{slug}", RIGHT_READ,  topic_page, .flags = ROUTE_CACHED, .doc = "A topic"),
//       WRITE("/ask",                 RIGHT_WRITE, ask_prepare, ask_action, .form = FORM(ASK_FORM), .failed = ask_page),
//   };
//
// A READ row takes a PageFn, which is never given a Tx, so it cannot write; an ActionFn in a READ row does not compile.
// Path parts in braces are fields as well: {topic:id} an id (else 404), {slug} text. Handlers see declared fields only.
#pragma once
#include "core/job.h"
#include "core/observe.h"
#include "core/setting.h"
#include "net/http/http.h"

#define ROUTE_FIELDS_MAX 16
#define ROUTE_PATH_ARGS_MAX 3

typedef struct Req Req;
typedef struct Res Res;
typedef struct Route Route;

typedef Status (*PageFn)(Ctx *cx, const Req *req, Res *res);
typedef Status (*PrepareFn)(Ctx *cx, Req *req); // on a worker, before the Tx: validate, hash, render; reads only
typedef Status (*ActionFn)(Ctx *cx, Tx *tx, const Req *req, Res *res); // inside the Tx: nothing slow, may be run again

// WORDS: a line of words, or an array of them in JSON.
typedef enum FieldType { FIELD_LINE, FIELD_WORDS, FIELD_TEXT, FIELD_SECRET, FIELD_INT, FIELD_ID, FIELD_FLAG } FieldType;

typedef struct FormField {
	const char *name;
	FieldType type;
	int64_t min, max;  // bytes of text, or the value of an integer; min 1 of a text = required
	const char *error; // message key when it does not fit
	bool needed;       // an integer that may not be left out
} FormField;

typedef struct Form {
	const FormField *v;
	size_t n;
} Form;
#define FORM(array)                                                                                                    \
	{                                                                                                                  \
		(array), sizeof(array) / sizeof((array)[0])                                                                    \
	}
#define LINE(name, min, max, error)                                                                                    \
	{                                                                                                                  \
		(name), FIELD_LINE, (min), (max), (error), false                                                               \
	}
#define WORDS(name, min, max, error)                                                                                   \
	{                                                                                                                  \
		(name), FIELD_WORDS, (min), (max), (error), false                                                              \
	}
#define TEXT(name, min, max, error)                                                                                    \
	{                                                                                                                  \
		(name), FIELD_TEXT, (min), (max), (error), false                                                               \
	}
#define SECRET(name, min, max, error)                                                                                  \
	{                                                                                                                  \
		(name), FIELD_SECRET, (min), (max), (error), false                                                             \
	}
#define INTEGER(name, min, max, error)                                                                                 \
	{                                                                                                                  \
		(name), FIELD_INT, (min), (max), (error), false                                                                \
	}
#define NEEDED_INTEGER(name, min, max, error)                                                                          \
	{                                                                                                                  \
		(name), FIELD_INT, (min), (max), (error), true                                                                 \
	}
#define IDENT(name, min, error)                                                                                        \
	{                                                                                                                  \
		(name), FIELD_ID, (min), 0, (error), false                                                                     \
	}
#define FLAG(name)                                                                                                     \
	{                                                                                                                  \
		(name), FIELD_FLAG, 0, 1, NULL, false                                                                          \
	}

typedef enum RouteFlags {
	ROUTE_CACHED = 1,     // guests may get it from the page cache
	ROUTE_API = 2,        // JSON in and out, problem+json errors, personal tokens
	ROUTE_GUEST_FORM = 4, // a form that people without a session may post (checked by Origin and Sec-Fetch-Site)
	ROUTE_NOINDEX = 8,
	ROUTE_DEMO = 16,    // exists on demo sites only
	ROUTE_CREATES = 32, // answers 201
} RouteFlags;

typedef enum LimitClass {
	LIMIT_NONE,
	LIMIT_WRITE,
	LIMIT_SIGN_IN,
	LIMIT_SEARCH,
	LIMIT_PREVIEW,
	LIMIT_NOTE,
	LIMIT_CLASSES
} LimitClass;

struct Route {
	HttpMethod method;
	const char *path;
	Right right;
	PageFn page;
	PrepareFn prepare;
	ActionFn action;
	PageFn failed; // shows the form again with cx->field_errors and what was typed
	Form form;
	LimitClass limit;
	unsigned flags;
	size_t body_max_bytes; // 0: WEB_BODY_MAX_BYTES
	const char *doc;
	// Of API routes: the members of the reply, "id:id url:text items:[id:id title:text?]"; types text, int, bool, id, time;
	// `?` = may be null. OpenAPI is written from it, and the tests hold every reply against that.
	const char *reply;
};
#define READ(path_, right_, page_, ...)                                                                                \
	{                                                                                                                  \
		.method = HTTP_GET, .path = (path_), .right = (right_), .page = (page_), __VA_ARGS__                           \
	}
#define WRITE(path_, right_, prepare_, action_, ...)                                                                   \
	{                                                                                                                  \
		.method = HTTP_POST, .path = (path_), .right = (right_), .prepare = (prepare_), .action = (action_),           \
		__VA_ARGS__                                                                                                    \
	}

#define WEB_BODY_MAX_BYTES ((size_t)256 << 10)

typedef struct FieldValue {
	bool given;
	Str text;  // as typed, valid UTF-8, CR removed
	int64_t n; // of FIELD_INT, FIELD_ID, FIELD_FLAG
} FieldValue;

struct Req {
	const Route *route;
	size_t route_index;          // among all routes of the program
	const struct Router *router; // all of them
	const HttpJob *http;
	Db *db; // a snapshot; not inside an action (tx_db there)
	Str path_names[ROUTE_PATH_ARGS_MAX], path_values[ROUTE_PATH_ARGS_MAX];
	int64_t path_ids[ROUTE_PATH_ARGS_MAX];
	size_t path_n;
	FieldValue fields[ROUTE_FIELDS_MAX]; // in the order of route->form
	void *prepared;                      // what PrepareFn leaves for ActionFn; of a NOTE its Mark
	Str session_token, browser;          // of a member; of a guest, a cookie; or absent
	Str theme, client;                   // "light", "dark" or absent; address of who asks
	struct Guesses *guesses;             // guess.h; NULL: guessing is not limited
	int retry_s;                         // of ST_LIMITED: for Retry-After; 0: not known
	bool form_again; // of ST_LIMITED: the form came too soon and is shown again, with what was typed
	bool fragment;   // asked by a script of ours for a part of a page
};

// A declared field; absent text is str_none(), absent numbers and ids are 0. Asking for an undeclared one aborts.
Str req_str(const Req *req, const char *field);
int64_t req_int(const Req *req, const char *field);
Id req_id(const Req *req, const char *field);
bool req_given(const Req *req, const char *field);

struct Res {
	int status; // 0: 200
	Buf body;
	Str content_type; // absent: text/html; charset=utf-8
	Str location;     // with status 303 and 301, 302
	Str set_cookie[3];
	size_t set_cookie_n;
	bool no_store;    // besides what the session implies
	Observation seen; // kind 0: nothing. Stored in the background, also when the page comes from the cache
	Str stream;       // not empty: the connection becomes an event stream of this channel; the body is its first events
};

// 303 to a path of this site.
Status res_redirect(Res *res, Str path);
Status res_redirect_status(Res *res, int status, Str path);
// What stands for the browser of somebody without an account: a keyed hash of a cookie, which is set if there is none.
Str res_browser_hash(Ctx *cx, const Req *req, Res *res);
void res_cookie(Ctx *cx, Res *res, Str name, Str value, Time life_ms, bool http_only);

// What a page that is open hears of a new fact. Channels are of one site; no channel: nothing.
typedef struct LiveEvent {
	Str channel, event, data;
} LiveEvent;
typedef Status (*LiveFn)(Ctx *cx, Db *db, const Fact *fact, LiveEvent *ret_event);

typedef struct Feature {
	const char *name;
	const Migration *migrations;
	const size_t *migrations_n;
	const Route *routes;
	size_t routes_n;
	const JobKind *jobs;
	size_t jobs_n;
	const FactReader *readers;
	size_t readers_n;
	LiveFn live; // NULL: no page of this feature listens
	SettingTable settings;
	// Adds up observations of the kinds that are folded (core/observe.h), in the background, every few seconds.
	Status (*fold)(Ctx *cx, Store *store, const Observation *v, size_t n);
} Feature;
