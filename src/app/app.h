// SPDX-License-Identifier: AGPL-3.0-or-later
// What the verbs of the command line share: options, the opened site, how a failure is told. One App per process.
#pragma once
#include "admin/feature.h"
#include "community/feature.h"
#include "core/site.h"
#include "insight/feature.h"
#include "members/feature.h"
#include "text/catalogue.h"
#include "web/sites.h"

#define APP_FEATURES 24
#define APP_ARENA_BYTES ((size_t)1 << 30)

typedef struct Options {
	Str data, db, site, listen, name, admin, space, redirects, member, label, out, url, role, tls_cert, tls_key, proxy;
	Str access_log, kind, parent, visibility, persona, style, description, rules, with, as_of, at, seeds, score;
	Str by, window, area, among, compare;
	Str model, task, tasks, lang, sets, own, queries, corpus, catalogue; // of the text engine
	Str words[4];                                                        // what is not an option, after the verb
	size_t words_n;
	int64_t page_cache_mib, workers, loops, connections, horizon, top, folds;
	bool no_rate_limits, keep_tokens, json, help, replay, tsv, on, off, drop;
} Options;

typedef struct App {
	Ctx cx;
	IdSource ids;
	Options options;
	Store *store;
	Site site;
	Actor actor;
	CommunityRoutes community_routes;
	InsightRoutes insight_routes;
	AdminRoutes admin_routes;
	Feature features[APP_FEATURES];
	const Feature *feature_list[APP_FEATURES];
	size_t features_n;
} App;

typedef struct Verb {
	const char *name; // "import stackexchange"
	size_t words_max; // one too many is a title without quotes, or an option without its dashes
	const char
		*usage; // its words and options: it takes those that are named here, and --db and --site where it opens a site
	const char *doc;
	const char *example;
	Status (*run)(App *app);
} Verb;

extern const Verb APP_VERBS[];
extern const size_t APP_VERBS_N;

void app_features(App *app); // THE list of features
// Opens (and migrates) the site's store that the options name; load: its settings too.
MUST_CHECK Status app_open(App *app, bool load);
// The same for a site by its name, which the caller closes.
MUST_CHECK Status app_store_open(App *app, Str site, bool must_exist, Store **ret_store);
// Threads of the server, as asked for or by default; each may read the database.
int app_loops(const Options *o);
int app_workers(const Options *o);
// Where a site's sealed day cells lie: beside its database; none without a data directory.
void app_sealed_paths(const Options *o, Arena *a, Str name, Site *site); // of the site's files beside its database
// The names of all sites in the data directory or database, sorted.
MUST_CHECK Status app_sites(App *app, Str ret_names[static WEB_SITES_MAX], size_t *ret_n);
void app_close(App *app);
void app_say(const char *fmt, ...) PRINTF_LIKE(1, 2); // a line on stdout

MUST_CHECK Status options_parse(Ctx *cx, int argc, char **argv, Options *ret_options, const Verb **ret_verb);

typedef void (*OptionFn)(void *arg, Str name, Str value, Str doc); // value: what stands for it, "DIR"; absent for flags
void options_each(const Verb *verb, OptionFn fn, void *arg);       // those of a verb, or all
bool option_of(const Verb *verb, Str name);
#define HELP_MAX_BYTES ((size_t)64 << 10)
// Of a verb, or of those that begin with a word, or of all. False if no verb begins so.
bool help_write(Buf *b, const Verb *verb, Str word);
bool verb_is_under(const Verb *v, Str word); // "text analyse" is under "text"

Status verb_init(App *app);
Status verb_serve(App *app);
Status verb_import_stackexchange(App *app);
Status verb_stats(App *app);
Status verb_user_add(App *app);
Status verb_user_passwd(App *app);
Status verb_user_role(App *app);
Status verb_user_affiliation(App *app);
Status verb_setting_list(App *app);
Status verb_setting_get(App *app);
Status verb_setting_set(App *app);
Status verb_audit(App *app);
Status verb_space_create(App *app);
Status verb_token_create(App *app);
Status verb_backup(App *app);
Status verb_doctor(App *app);
Status verb_demo(App *app);
Status verb_completion(App *app);
Status verb_man(App *app);
Status verb_reputation_score(App *app);
Status verb_reputation_backtest(App *app);
Status verb_reputation_explain(App *app);
Status verb_reputation_lint(App *app);
Status verb_reputation_whatif(App *app);
Status verb_reputation_khoros(App *app);
Status verb_text_analyse(App *app);
Status verb_text_entities(App *app);
Status verb_text_redact(App *app);
MUST_CHECK Status text_catalogue_open(App *app, Catalogue **ret);       // --catalogue; NULL without one
MUST_CHECK Status text_site_open(App *app, Db **ret_db, Id *ret_space); // --space; untouched without one
Status verb_text_train(App *app);
Status verb_text_duplicates(App *app);
Status verb_text_match(App *app);
Status verb_text_similar(App *app);
Status verb_text_quality(App *app);
Status verb_text_evaluate(App *app);
Status verb_text_phrases(App *app);
Status verb_board(App *app);
Status verb_insight_status(App *app);
Status verb_insight_analyse(App *app);
Status verb_insight_layer(App *app);

// ST_CONFLICT if another site has a host name of this one: a Host leads to one site only.
MUST_CHECK Status app_check_hosts(App *app, const Site *wanted);
// A password nobody chose, to be shown once: 24 characters of Crockford's alphabet (120 bits).
Str app_password(Ctx *cx);
MUST_CHECK Status app_init_site(App *app, Str name, Str admin_email, bool demo, Str *ret_password);
