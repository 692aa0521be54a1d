// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/background.h"

#include "base/heap.h"
#include "base/log.h"
#include "core/memo.h"
#include "core/observe.h"
#include "demo/demo.h"
#include "fairplay/fairplay.h"
#include "members/members.h"
#include "net/sd_notify.h"
#include "standing/standing.h"
#include "web/shell.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define DEMO_SEED 7
#define QUEUE_MAX 1024
#define CONNECTIONS_MAX 20000
#define PER_ADDRESS_MAX 20000
#define STOP_MS 3500     // for requests that are on their way
#define STOP_ALL_MS 4200 // for everything but closing the files; both since the signal
#define SITE_ARENA_BYTES ((size_t)64 << 20)

// One of the sites that this process serves.
typedef struct Served {
	Arena *arena; // what lives as long as it is served
	Str name;
	Store *store;
	Site *site; // as it was at the start
	Web *web;
	Background *background;
} Served;

typedef struct Serving {
	Served v[WEB_SITES_MAX];
	size_t n;
	AccessLog *access_log; // NULL: none
} Serving;

typedef struct Stopper {
	HttpServer *server;
	const Serving *all;
	sigset_t set;
	_Atomic Time at_ms; // when the signal came; 0: not yet
} Stopper;

static Time mono_ms(void) { return time_mono_ns() / 1000000; }

static void *wait_for_signal(void *arg)
{
	Stopper *s = arg;
	int signal_number = 0;
	sigwait(&s->set, &signal_number);
	if (signal_number == SIGUSR2) return NULL; // the server ended by itself
	atomic_store(&s->at_ms, mono_ms());
	sd_notify_send(S("STOPPING=1"));
	for (size_t i = 0; i < s->all->n; i++) background_wind_down(s->all->v[i].background);
	http_server_stop(s->server, STOP_MS);
	return NULL;
}

static void raise_file_limit(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static bool on_loopback(Str listen)
{
	return str_starts(listen, S("127.")) || str_starts(listen, S("[::1]")) || str_starts(listen, S("localhost:"));
}

// systemd socket activation: descriptors are ours if LISTEN_PID says so (sd_listen_fds(3)).
static bool activated(void)
{
	int64_t pid, n;
	return str_int(str_from(getenv("LISTEN_PID")), 1, INT32_MAX, &pid) && pid == getpid() &&
		   str_int(str_from(getenv("LISTEN_FDS")), 1, 16, &n);
}

static HttpConfig http_config(const App *app)
{
	const Options *o = &app->options;
	Str listen = o->listen.n ? o->listen : S("127.0.0.1:8080");
	if (!o->listen.n && activated()) listen = S("fd:3");
	return (HttpConfig){
		.listen = listen,
		.loops = app_loops(o),
		.workers = app_workers(o),
		.queue_max = QUEUE_MAX,
		.connections_max = o->connections ? (int)o->connections : CONNECTIONS_MAX,
		.per_address_max = PER_ADDRESS_MAX,
		.tls_cert = o->tls_cert,
		.tls_key = o->tls_key,
	};
}

static Status run(App *app, HttpServer *server, const HttpConfig *config, Stopper *stopper)
{
	sigemptyset(&stopper->set);
	sigaddset(&stopper->set, SIGTERM);
	sigaddset(&stopper->set, SIGINT);
	sigaddset(&stopper->set, SIGUSR2);
	pthread_t waiter;
	if (pthread_create(&waiter, NULL, wait_for_signal, stopper) != 0)
		return fail(&app->cx, ST_INTERNAL, "no thread to wait for signals");
	Str host;
	size_t bracket;
	if (str_find_char(config->listen, ']', &bracket)) host = str_sub(config->listen, 0, bracket + 1);
	else str_cut(config->listen, ':', &host);
	if (str_eq(host, S("fd"))) host = S("the.socket.passed"); // by systemd: its unit says which address
	Str line = str_format(app->cx.arena, "listening on %s://%.*s:%d\n", config->tls_cert.n ? "https" : "http",
						  STR(host), http_server_port(server));
	ssize_t done = write(STDERR_FILENO, line.p, line.n);
	(void)done;
	sd_notify_send(S("READY=1"));
	Status st = http_server_run(server);
	pthread_kill(waiter, SIGUSR2);
	pthread_join(waiter, NULL);
	return st;
}

// Before any thread exists (a store has one), so that only the waiting thread sees them.
static void block_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGUSR2);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

Status verb_demo(App *app)
{
	block_signals();
	TRY(app_open(app, false));
	Status st = site_load(&app->cx, app->store, &app->site);
	if (st == ST_NOT_FOUND) {
		Str password;
		TRY(app_init_site(app, S("Aldervale Community"), str_none(), true, &password));
		TRY(demo_apply(&app->cx, app->store, DEMO_SEED));
		TRY(demo_unfair(&app->cx, app->store));
		TRY(fairplay_pass(&app->cx, app->store));
		TRY(standing_pass(&app->cx, app->store));
		TRY(demo_programme(&app->cx, app->store));
		app_say("administrator: admin\none-time password: %.*s", STR(password));
		st = ST_OK;
	}
	TRY(st);
	return verb_serve(app);
}

static Status served_open(App *app, Served *s, const Serving *all)
{
	bool several = all->n > 1;
	const Options *o = &app->options;
	s->arena = arena_new(SITE_ARENA_BYTES);
	if (!s->store) TRY(app_store_open(app, s->name, true, &s->store));
	Site site;
	Status st = site_load(&app->cx, s->store, &site);
	if (st != ST_OK && several) return fail(&app->cx, st, "site %.*s: %.*s", STR(s->name), STR(app->cx.fail_text));
	TRY(st);
	if (several && !site.url.n && !site.hosts.n)
		LOG(LOG_WARN, "nobody can reach this site: it has no host names (hearth setting set site.hosts)",
			LOG_STR("site", s->name));
	s->site = site_copy(s->arena, &site);
	s->site->observer = observer_new(s->arena);
	s->site->memo = memo_new(s->arena);
	app_sealed_paths(o, s->arena, s->name, s->site);
	WebConfig config = {
		.site = s->site,
		.name = several ? str_z(s->arena, s->name) : NULL,
		.access_log = all->access_log,
		.features = app->feature_list,
		.features_n = app->features_n,
		.page_cache_bytes = (size_t)o->page_cache_mib << 20,
		.rate_limits = !o->no_rate_limits,
		.session_find = members_session_find,
		.token_find = members_token_find,
		.ids = &app->ids,
		.proxy = o->proxy,
		.error_page = web_error_page,
	};
	return web_open(&app->cx, &config, &s->web);
}

static void served_close(Served *s)
{
	// Writes still on their way finish before the web they report to is gone.
	store_close(s->store);
	web_close(s->web);
	if (s->site) observer_done(s->site->observer);
	if (s->site) memo_done(s->site->memo);
	if (s->arena) arena_free(s->arena);
}

// The first has it; `hearth setting set` would not have allowed it.
static void warn_of_shared_hosts(const Serving *all)
{
	Str host;
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < i; k++)
			if (site_shares_host(all->v[i].site, all->v[k].site, &host))
				LOG(LOG_WARN, "two sites claim one host name", LOG_STR("host", host), LOG_STR("served", all->v[k].name),
					LOG_STR("not", all->v[i].name));
}

// The site that --site names or that was opened before; else all there are.
static Status sites_choose(App *app, Serving *all)
{
	Str names[WEB_SITES_MAX] = {app->options.site};
	all->n = 1;
	if (!app->store && !app->options.site.n) TRY(app_sites(app, names, &all->n));
	for (size_t i = 0; i < all->n; i++) all->v[i].name = names[i];
	all->v[0].store = app->store; // NULL, unless it was opened before
	app->store = NULL;
	for (size_t i = 0; i < all->n; i++) TRY(served_open(app, &all->v[i], all));
	warn_of_shared_hosts(all);
	return ST_OK;
}

static bool backgrounds_stop(Serving *all, Time until_ms)
{
	bool all_done = true;
	for (size_t i = 0; i < all->n; i++) {
		if (!all->v[i].background || background_stop(all->v[i].background, until_ms)) continue;
		LOG(LOG_WARN, "stopped in the middle of a long job; it is begun anew", LOG_STR("site", all->v[i].name));
		all_done = false;
	}
	return all_done;
}

// Something is still at its work in memory that would be freed. What was acknowledged is durable, and what was not is found
// again by whoever starts next, as after a kill; a job is taken up when its lease has ended.
static void leave_it(Serving *all, bool asked)
{
	access_log_flush(all->access_log);
	_exit(status_exit_code(asked ? ST_OK : ST_TIMEOUT));
}

static Status serve_all(App *app, Serving *all, const HttpConfig *config)
{
	Web *webs[WEB_SITES_MAX];
	HttpServer *server = NULL;
	for (size_t i = 0; i < all->n; i++) webs[i] = all->v[i].web;
	HttpApp http = web_sites_http_app(web_sites_new(app->cx.arena, webs, all->n));
	TRY(http_server_open(&app->cx, config, &http, &server));
	Status st = ST_OK;
	for (size_t i = 0; st == ST_OK && i < all->n; i++) {
		Served *s = &all->v[i];
		web_attach(s->web, server);
		BackgroundConfig background = {.app = app,
									   .web = s->web,
									   .store = s->store,
									   .arena = s->arena,
									   .first = i == 0,
									   .access_log = i == 0 ? all->access_log : NULL};
		st = background_start(&app->cx, &background, &s->background);
	}
	Stopper stopper = {.server = server, .all = all};
	if (st == ST_OK) st = run(app, server, config, &stopper);
	Time asked_ms = atomic_load(&stopper.at_ms), until_ms = (asked_ms ? asked_ms : mono_ms()) + STOP_ALL_MS;
	if (!backgrounds_stop(all, until_ms) || st == ST_TIMEOUT) leave_it(all, asked_ms != 0);
	http_server_close(server);
	return st;
}

Status verb_serve(App *app)
{
	block_signals();
	raise_file_limit();
	heap_keep();
	HttpConfig config = http_config(app);
	if (app->options.no_rate_limits && !on_loopback(config.listen))
		return fail(&app->cx, ST_INVALID, "--no-rate-limits is for loopback only");
	Serving *all = ARENA_NEW(app->cx.arena, Serving, 1);
	Status st = ST_OK;
	if (app->options.access_log.n) st = access_log_open(&app->cx, app->options.access_log, &all->access_log);
	if (st == ST_OK) st = sites_choose(app, all);
	if (st == ST_OK) st = serve_all(app, all, &config);
	for (size_t i = 0; i < all->n; i++) served_close(&all->v[i]);
	access_log_close(all->access_log);
	return st;
}
