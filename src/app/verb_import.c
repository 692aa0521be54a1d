// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth import stackexchange: progress on stderr (a bar on a terminal, else a line now and then), the account of every
// row of the dump on stdout.
#include "app/app.h"

#include "fairplay/fairplay.h"
#include "stackexchange/feature.h"
#include "stackexchange/stackexchange.h"
#include "standing/standing.h"

#include <unistd.h>

#define BAR_CELLS 30
#define BAR_EVERY_NS ((int64_t)100000000)
#define LINE_EVERY_NS ((int64_t)2000000000)
#define LINE_BYTES ((size_t)400)
#define REPORT_BYTES ((size_t)32 << 10)

typedef struct Bar {
	bool tty;
	const char *what; // the step that is shown
	int64_t started_ns, shown_ns;
} Bar;

static void say_err(const Buf *b)
{
	ssize_t done = write(STDERR_FILENO, b->p, b->n);
	(void)done;
}

static void bar_cells(Buf *b, int64_t percent)
{
	buf_str(b, S("\r["));
	for (int64_t i = 0; i < BAR_CELLS; i++) buf_char(b, i * 100 < percent * BAR_CELLS ? '#' : '.');
	buf_str(b, S("] "));
}

static void bar_line(Buf *b, const Bar *bar, const SeProgress *p, int64_t now)
{
	int64_t percent = p->total > 0 ? p->done * 100 / p->total : 100;
	double seconds = (double)(now - bar->started_ns) / 1e9, rate = seconds > 0 ? (double)p->done / seconds : 0;
	double left = rate > 0 ? (double)(p->total - p->done) / rate : 0;
	if (bar->tty) bar_cells(b, percent);
	buf_format(b, "%s %3lld %%", p->what, (long long)percent);
	if (p->rows) buf_format(b, ", %lld of %lld rows, %.0f rows/s", (long long)p->done, (long long)p->total, rate);
	else buf_format(b, ", %.1f of %.1f MB, %.1f MB/s", (double)p->done / 1e6, (double)p->total / 1e6, rate / 1e6);
	buf_format(b, ", %.0f s left", left);
	if (bar->tty) buf_str(b, S("\x1b[K"));
}

static void progress(void *arg, const SeProgress *p)
{
	Bar *bar = arg;
	int64_t now = time_mono_ns();
	bool step = bar->what != p->what, end = p->done >= p->total;
	if (step) bar->started_ns = bar->shown_ns = now;
	bar->what = p->what;
	if (!end && (step || now - bar->shown_ns < (bar->tty ? BAR_EVERY_NS : LINE_EVERY_NS))) return;
	bar->shown_ns = now;
	AUTO(Arena) a = arena_new(ARENA_BLOCK_BYTES * 2);
	Buf b = buf_init(a, LINE_BYTES, LINE_BYTES);
	bar_line(&b, bar, p, now);
	if (end || !bar->tty) buf_char(&b, '\n');
	say_err(&b);
}

static Status report(App *app, const SeAccount *account)
{
	Buf b = buf_init(app->cx.arena, REPORT_BYTES, REPORT_BYTES);
	se_account_write(&b, account);
	bool same = !se_account_total(account, SE_IMPORTED) && !se_account_total(account, SE_RENEWED);
	if (same) buf_str(&b, S("nothing changed: everything was here already\n"));
	TRY(buf_status(&app->cx, &b));
	app_say("%.*s", STR(str_trim(buf_view(&b))));
	return se_account_balances(account) ? ST_OK : fail(&app->cx, ST_INTERNAL, "some rows are unaccounted for");
}

Status verb_import_stackexchange(App *app)
{
	const Options *o = &app->options;
	SettingChange redirects = {.setting = &REDIRECTS_HOST};
	if (o->redirects.n) TRY(setting_parse(&app->cx, redirects.setting, o->redirects, &redirects.value));
	if (o->words_n < 1) return fail(&app->cx, ST_INVALID, "the folder of the dump is missing");
	TRY(app_open(app, true));
	Bar bar = {.tty = isatty(STDERR_FILENO) == 1};
	SeAccount account = {0};
	Status st = se_import(&app->cx, app->store,
						  &(SeImportOptions){.dir = o->words[0],
											 .space = o->space,
											 .host = o->redirects,
											 .progress = progress,
											 .progress_arg = &bar,
											 .beside = fairplay_compare},
						  &account);
	// Its ids are of when it began, which is too long ago for a history that was sealed meanwhile.
	if (app->site.history.n) unlink(str_z(app->cx.arena, app->site.history));
	if (st != ST_OK) return st;
	TRY(fairplay_since(&app->cx, app->store));
	TRY(standing_pass(&app->cx, app->store));
	if (o->redirects.n) TRY(store_write(&app->cx, app->store, setting_change, &redirects));
	return report(app, &account);
}
