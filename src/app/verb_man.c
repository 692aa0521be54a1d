// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth man: the manual page, and hearth completion, both made from the tables of verbs and options that --help prints. What no
// table knows (environment, files, examples) stands here.
#include "app/app.h"

#define PAGE_MAX_BYTES ((size_t)256 << 10)

static const char HEAD[] =
	".Os\n.Sh NAME\n.Nm hearth\n.Nd a customer community: web server, database and command line in one\n"
	".Sh SYNOPSIS\n";
static const char DESCRIPTION[] =
	".Nm\n.Op Ar verb\n.Fl -help\n.Sh DESCRIPTION\n.Nm\nkeeps a community of customers: spaces with questions, "
	"answers, "
	"comments, tags and votes, search, feeds, reputation and a JSON API.\nOne data directory holds all of a site, or "
	"of "
	"several.\n.Pp\n.Cm init\nasks nothing. The last line on standard output is the password of the administrator, "
	"whose "
	"handle is\n.Li admin .\nIt is shown only then.\n.Pp\n.Cm serve\nwrites\n.Dl listening on http://ADDR:PORT\nto "
	"standard error when it is ready. It ends on\n.Dv SIGTERM\nor\n.Dv SIGINT\nwithin five seconds, after finishing "
	"what "
	"is in flight. Where there are several sites, it serves them all and chooses by the Host of each request, or with\n"
	".Fl -site\nthe one that is named, for every Host. Other verbs may be run beside it.\n.Pp\nThe verbs:\n"
	".Bl -tag -width Ds\n";
static const char OPTIONS_HEAD[] = ".El\n.Sh OPTIONS\nAn option and its value may be two words or one with\n.Ql = .\n"
								   ".Bl -tag -width Ds\n";
static const char TAIL[] =
	".El\n.Sh ENVIRONMENT\n.Bl -tag -width LISTEN_FDS\n.It Ev LISTEN_FDS , LISTEN_PID\nIf they mean this process, and "
	"without\n.Fl -listen ,\n.Cm serve\nuses the socket passed as descriptor 3.\n.It Ev NOTIFY_SOCKET\n.Cm "
	"serve\ntells\n"
	".Xr systemd 1\nhere when it is ready and when it stops.\n.It Ev JOURNAL_STREAM\nIf set, lines of the log begin "
	"with a "
	"priority for the journal.\n.El\n.Sh FILES\n.Bl -tag -width Ds\n.It Pa DIR/sites/NAME.db\nA site, with\n"
	".Pa NAME.db-wal\nand\n.Pa NAME.db-shm\nwhile it is in use.\n.El\n.Sh EXIT STATUS\n.Bl -tag -width 74 "
	"-compact\n.It 0\n"
	"done\n.It 2\nthe command line or the input does not fit\n.It 3\nnot allowed\n.It 4\nthere is no such site, member "
	"or "
	"file\n.It 5\nit is there already, or differs from what is there\n.It 6\ntoo often\n.It 70\na fault of the "
	"program\n"
	".It 74\nthe disk failed or is full\n.It 75\nbusy, or out of time; try again\n.El\n.Sh EXAMPLES\nA new site with "
	"one "
	"space:\n.Bd -literal -offset indent\nhearth init --data /srv/hearth --name \"Acme community\"\nhearth space "
	"create "
	"support \"Support\" --data /srv/hearth\nhearth serve --data /srv/hearth --listen 127.0.0.1:8080\n.Ed\n.Pp\nA "
	"whole "
	"community, and a copy of it:\n.Bd -literal -offset indent\nhearth import stackexchange "
	"/srv/dumps/quantumcomputing-2018-09 \\e\n    --data /srv/hearth --space quantum\nhearth backup --data /srv/hearth "
	"--out "
	"/backup/hearth.db\n.Ed\n.Sh SEE ALSO\n.Pa docs/operating.md\nand\n.Pa docs/api.md\nof the sources.";

// Text in a macro's line or a paragraph: no macro, no dash that becomes a hyphen.
static void put_text(Buf *b, Str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (i == 0 && (s.p[0] == '.' || s.p[0] == '\'')) buf_str(b, S("\\&"));
		if (str_starts(str_sub(s, i, s.n), S("…"))) {
			buf_str(b, S("..."));
			i += 2; // of its three bytes
		} else if (s.p[i] == '\\') buf_str(b, S("\\e"));
		else if (s.p[i] == '-') buf_str(b, S("\\-"));
		else buf_char(b, s.p[i]);
	}
	buf_char(b, '\n');
}

static void put_verbs(Buf *b, bool usage)
{
	for (size_t i = 0; i < APP_VERBS_N; i++) {
		buf_format(b, "%s %s\n", usage ? ".Nm\n.Cm" : ".It Cm", APP_VERBS[i].name);
		Str text = str_from(usage ? APP_VERBS[i].usage : APP_VERBS[i].doc);
		if (text.n) put_text(b, text);
		if (usage) continue;
		buf_z(b, ".Dl ");
		put_text(b, str_from(APP_VERBS[i].example));
	}
}

static void put_option(void *page, Str name, Str value, Str doc)
{
	Buf *b = page;
	buf_format(b, ".It Fl %.*s", STR(str_sub(name, 1, name.n)));
	if (value.n) buf_format(b, " Ar %.*s", STR(value));
	buf_char(b, '\n');
	put_text(b, doc);
}

Status verb_man(App *app)
{
	Buf b = buf_init(app->cx.arena, 32768, PAGE_MAX_BYTES);
	buf_str(&b, S(".\\\" SPDX-License-Identifier: AGPL-3.0-or-later\n.\\\" Made by `hearth man`.\n.Dd $Mdocdate$\n.Dt "
				  "HEARTH 1\n"));
	buf_z(&b, HEAD);
	put_verbs(&b, true);
	buf_z(&b, DESCRIPTION);
	put_verbs(&b, false);
	buf_z(&b, OPTIONS_HEAD);
	options_each(NULL, put_option, &b);
	buf_z(&b, TAIL);
	TRY(buf_status(&app->cx, &b));
	app_say("%.*s", STR(buf_view(&b)));
	return ST_OK;
}

static void put_name(void *list, Str name, Str value, Str doc)
{
	(void)value;
	(void)doc;
	buf_format(list, " %.*s", STR(name));
}

// 'text analyse'|… of what was typed, and the options of it.
static void put_cases(Buf *b)
{
	for (size_t i = 0; i < APP_VERBS_N; i++) {
		bool two = str_find(str_from(APP_VERBS[i].name), S(" "), &(size_t){0});
		buf_format(b, "\t'%s'%s) options='", APP_VERBS[i].name, two ? "" : "\\ *");
		options_each(&APP_VERBS[i], put_name, b);
		buf_str(b, S("';;\n"));
	}
}

// Verbs by the words typed so far, their own options by "--", files otherwise.
Status verb_completion(App *app)
{
	Buf b = buf_init(app->cx.arena, 4096, 65536);
	buf_str(&b, S("_hearth() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} verbs='"));
	for (size_t i = 0; i < APP_VERBS_N; i++) buf_format(&b, "%s%s", i ? "\n" : "", APP_VERBS[i].name);
	buf_str(&b, S("'\n\tlocal options=' --help'\n\tcase \"${COMP_WORDS[1]} ${COMP_WORDS[2]-}\" in\n"));
	put_cases(&b);
	buf_str(&b, S("\tesac\n\tif [[ $cur == -* ]]; then COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
				  "\telif [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W \"$(cut -d' ' -f1 <<<\"$verbs\")\" -- "
				  "\"$cur\"))\n"
				  "\telif [[ $COMP_CWORD -eq 2 ]]; then COMPREPLY=($(compgen -W "
				  "\"$(sed -n \"s/^${COMP_WORDS[1]} //p\" <<<\"$verbs\")\" -- \"$cur\"))\n"
				  "\tfi\n}\ncomplete -o default -F _hearth hearth"));
	TRY(buf_status(&app->cx, &b));
	app_say("%.*s", STR(buf_view(&b)));
	return ST_OK;
}
